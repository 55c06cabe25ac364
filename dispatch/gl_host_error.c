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

static void put_answer(struct gl_result *result, struct gl_calm_answer answer)
{
    if (result->data && result->capacity >= sizeof answer) {
        memcpy(result->data, &answer, sizeof answer);
        result->bytes = sizeof answer;
    }
}

GLenum gl_host_TriremeGetError(struct gl_decoder *d, struct gl_result *answer)
{
    /* Between glBegin and glEnd the question is the same error that asking there is. */
    bool outside = gl_host_outside(d);
    GLenum error = gl_host_GetError(d);
    put_answer(answer, outside ? gl_host_calm(d) : (struct gl_calm_answer){GL_CALM_NOT});
    return error;
}

/* The same without the question: an error that waits goes on waiting. */
void gl_host_TriremeGetCalm(struct gl_decoder *d, struct gl_result *answer)
{
    struct gl_calm_answer now = {GL_CALM_NOT};
    if (gl_host_outside(d)) {
        gl_host_attempt(d);
        if (d->error == GL_NO_ERROR) {
            now = gl_host_calm(d);
        }
    }
    put_answer(answer, now);
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
