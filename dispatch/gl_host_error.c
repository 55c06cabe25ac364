/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors (gl_pending_error.c) and the deletion of sync objects. */
#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_host_calm.h"
#include "dispatch/gl_host_state.h"
#include "dispatch/gl_sync_table.h"
#include "gl_host.h"

#include <string.h>

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

GLenum gl_host_TriremeGetError(struct gl_decoder *d, struct gl_result *calm)
{
    /* Between glBegin and glEnd the question is the same error that asking there is. */
    bool outside = gl_host_outside(d);
    GLenum error = gl_host_GetError(d);
    const uint32_t now = outside ? gl_host_calm(d) : GL_CALM_NOT;
    if (calm->data && calm->capacity >= sizeof now) {
        memcpy(calm->data, &now, sizeof now);
        calm->bytes = sizeof now;
    }
    return error;
}

void gl_host_DeleteSync(struct gl_decoder *d, uint64_t sync)
{
    GLsync own = gl_sync_remove(sync);
    if (own || sync == 0) {
        d->gl->DeleteSync(own);
    } else {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
    }
}
