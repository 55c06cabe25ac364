/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The accumulation buffer, which the host's surfaces do not have: whoever has the surfaces keeps
 * one (gl_decoder_ops.accumulate). What the GL's state says about it is asked for here.
 */
#include "dispatch/gl_host_default.h"
#include "gl_host.h"

/* The guest draws to a framebuffer with an accumulation buffer, now. */
static bool accumulates(struct gl_decoder *d)
{
    return d->host->legacy && d->ops->accumulate && d->default_framebuffer.accumulation &&
           d->host->lists.compiling == 0 && gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
}

static void accumulate(struct gl_decoder *d, struct gl_accumulation *what)
{
    gl_decoder_mute(d);
    what->scissored = d->gl->IsEnabled(GL_SCISSOR_TEST);
    d->gl->GetIntegerv(GL_SCISSOR_BOX, what->scissor);
    d->gl->GetBooleanv(GL_COLOR_WRITEMASK, what->mask);
    gl_decoder_unmute(d);
    if (!d->ops->accumulate(d->data, what)) {
        gl_decoder_set_error(d, GL_OUT_OF_MEMORY);
    }
}

void gl_host_Accum(struct gl_decoder *d, GLenum op, GLfloat value)
{
    struct gl_accumulation what = {.op = op, .value = value};
    if (op < GL_ACCUM || op > GL_ADD || !accumulates(d) ||
        !gl_host_default_bound(d, GL_READ_FRAMEBUFFER_BINDING)) {
        d->gl->Accum(op, value);
        return;
    }
    accumulate(d, &what);
}

void gl_host_Clear(struct gl_decoder *d, GLbitfield mask)
{
    const GLbitfield all =
        GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT | GL_ACCUM_BUFFER_BIT;
    if (mask & GL_ACCUM_BUFFER_BIT && !(mask & ~all) && accumulates(d)) {
        struct gl_accumulation what = {.op = GL_CLEAR};
        gl_decoder_mute(d);
        d->gl->GetFloatv(GL_ACCUM_CLEAR_VALUE, what.color);
        gl_decoder_unmute(d);
        accumulate(d, &what);
    }
    d->gl->Clear(mask);
}
