/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The context's error, which is the GL's own joined with what the guest's library and the decoder
 * detect: the first one stays until glGetError. Between glBegin and glEnd the GL must not be
 * asked, since the question itself would be an error.
 */
#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_host_state.h"

bool gl_host_outside(struct gl_decoder *d)
{
    if (d->begin == GL_BEGIN_UNKNOWN) {
        /* Inside, the GL answers nothing. */
        GLint size = -1;
        gl_decoder_mute(d);
        d->gl->GetIntegerv(GL_MAX_TEXTURE_SIZE, &size);
        gl_decoder_unmute(d);
        d->begin = size == -1 ? GL_BEGIN_INSIDE : GL_BEGIN_OUTSIDE;
    }
    return d->begin == GL_BEGIN_OUTSIDE;
}

bool gl_decoder_is_outside(struct gl_decoder *d, bool ask)
{
    return ask ? gl_host_outside(d) : d->begin == GL_BEGIN_OUTSIDE;
}

void gl_decoder_set_error(struct gl_decoder *d, GLenum error)
{
    if (d->error == GL_NO_ERROR && gl_host_outside(d) && d->gl->GetError) {
        d->error = d->gl->GetError();
    }
    if (d->error == GL_NO_ERROR && d->begin == GL_BEGIN_INSIDE) {
        /* Between glBegin and glEnd the call itself is the error, and so is this question. If the
         * GL has one already, that came first. */
        d->gl->GetError();
    } else if (d->error == GL_NO_ERROR) {
        d->error = error;
    }
    gl_host_debug_error(d, error);
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
