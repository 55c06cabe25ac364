/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors, Begin and End (gl_pending_error.c), and the deletion of sync objects. */
#include "dispatch/gl_host_arrays.h"
#include "dispatch/gl_sync_table.h"
#include "gl_host.h"

GLenum gl_host_GetError(struct gl_decoder *d)
{
    /* Clears the GL's error too: it came later than a pending one, so nobody gets to see it. */
    GLenum own = d->gl->GetError();
    GLenum pending = d->error;
    if (pending == GL_NO_ERROR || d->begin == GL_BEGIN_INSIDE) {
        return own;
    }
    d->error = GL_NO_ERROR;
    return pending;
}

void gl_host_Begin(struct gl_decoder *d, GLenum mode)
{
    gl_host_prepare_elements(d);
    /* Compiled, or with a mode that does not exist, it may not begin anything. */
    bool sure = !d->host->compiling && mode <= GL_POLYGON;
    d->begin = sure ? GL_BEGIN_INSIDE : GL_BEGIN_UNKNOWN;
    d->gl->Begin(mode);
}

void gl_host_End(struct gl_decoder *d)
{
    d->gl->End();
    d->begin = GL_BEGIN_OUTSIDE;
}

void gl_host_CallList(struct gl_decoder *d, GLuint list)
{
    d->gl->CallList(list);
    gl_host_list_called(d);
}

void gl_host_CallLists(struct gl_decoder *d, GLsizei n, GLenum type, struct gl_payload lists)
{
    if (lists.kind == GL_PAYLOAD_NULL && n > 0) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    d->gl->CallLists(n, type, lists.data);
    gl_host_list_called(d);
}

void gl_host_DeleteSync(struct gl_decoder *d, uint64_t sync)
{
    GLsync own = gl_sync_remove(sync);
    if (own) {
        d->gl->DeleteSync(own);
    } else if (sync != 0) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
    }
}
