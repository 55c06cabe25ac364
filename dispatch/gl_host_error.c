/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The context's error, which is the GL's own joined with what the guest's library and the decoder
 * detect: the first one stays until glGetError. Between glBegin and glEnd the GL must not be
 * asked, since the question itself would be an error.
 */
#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_sync_table.h"
#include "gl_host.h"

void gl_decoder_set_error(struct gl_decoder *d, GLenum error)
{
    if (d->error == GL_NO_ERROR && d->begin == GL_BEGIN_OUTSIDE && d->gl->GetError) {
        d->error = d->gl->GetError();
    }
    if (d->error == GL_NO_ERROR) {
        d->error = error;
    }
}

bool gl_decoder_peek_error(struct gl_decoder *d, GLenum *error)
{
    if (d->begin != GL_BEGIN_OUTSIDE) {
        return false;
    }
    if (d->error == GL_NO_ERROR) {
        d->error = d->gl->GetError();
    }
    *error = d->error;
    return true;
}

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
    d->begin = GL_BEGIN_INSIDE;
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
    d->begin = d->begin == GL_BEGIN_OUTSIDE ? GL_BEGIN_UNKNOWN : d->begin;
}

void gl_host_CallLists(struct gl_decoder *d, GLsizei n, GLenum type, struct gl_payload lists)
{
    if (lists.kind == GL_PAYLOAD_NULL && n > 0) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    d->gl->CallLists(n, type, lists.data);
    d->begin = d->begin == GL_BEGIN_OUTSIDE ? GL_BEGIN_UNKNOWN : d->begin;
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
