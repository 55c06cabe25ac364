/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queries to which the host's GL has an answer that is not the guest's: versions and formats that
 * are not carried, robustness that the guest did not ask for, and the default framebuffer, which
 * is double-buffered for the guest and a single-buffered surface on the host.
 */
#include <string.h>

#include "dispatch/gl_host_debug.h"
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

/* The default framebuffer is bound to the target. */
static bool default_bound(struct gl_decoder *d, GLenum binding)
{
    bool has_objects = d->version >= 0x300 ||
                       gl_decoder_has_extension(d, "GL_ARB_framebuffer_object") ||
                       gl_decoder_has_extension(d, "GL_EXT_framebuffer_object");
    return gl_host_outside(d) && (!has_objects || gl_host_integer(d, binding, 1) == 0);
}

static GLenum initial_buffer(const struct gl_decoder *d)
{
    return d->default_framebuffer.double_buffered ? GL_BACK : GL_FRONT;
}

/* The guest's answer to a query of one value; false: the GL's is right. */
static bool own_value(struct gl_decoder *d, GLenum pname, GLint *value)
{
    const struct gl_host_state *h = d->host;
    uint32_t version = MIN(d->version, d->limits.max_version);
    switch (pname) {
    case GL_MAJOR_VERSION:
        *value = (GLint)(version >> 8);
        return d->version >= 0x300;
    case GL_MINOR_VERSION:
        *value = (GLint)(version & 0xff);
        return d->version >= 0x300;
    case GL_CONTEXT_FLAGS:
        if (d->version < 0x300) {
            return false;
        }
        *value = gl_host_integer(d, pname, 0) & ~GL_CONTEXT_FLAG_ROBUST_ACCESS_BIT;
        return true;
    case GL_NUM_PROGRAM_BINARY_FORMATS:
    case GL_NUM_SHADER_BINARY_FORMATS:
        *value = 0;
        return true;
    case GL_DOUBLEBUFFER:
        *value = d->default_framebuffer.double_buffered;
        return default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
    case GL_DRAW_BUFFER:
    case GL_DRAW_BUFFER0:
        *value = (GLint)(h->draw_buffer ? h->draw_buffer : initial_buffer(d));
        return default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
    case GL_READ_BUFFER:
        *value = (GLint)(h->read_buffer ? h->read_buffer : initial_buffer(d));
        return default_bound(d, GL_READ_FRAMEBUFFER_BINDING);
    default:
        return gl_host_debug_value(d, pname, value);
    }
}

#define GET(suffix, type, conversion)                                                              \
    void gl_host_Get##suffix(struct gl_decoder *d, GLenum pname, struct gl_result *values)         \
    {                                                                                              \
        GLint value;                                                                               \
        if (pname == GL_PROGRAM_BINARY_FORMATS || pname == GL_SHADER_BINARY_FORMATS) {             \
            return;                                                                                \
        }                                                                                          \
        if (!gl_host_outside(d) || !own_value(d, pname, &value)) {                                 \
            gl_default_Get##suffix(d, pname, values);                                              \
            return;                                                                                \
        }                                                                                          \
        type converted = conversion;                                                               \
        if (values->data && values->capacity >= sizeof converted) {                                \
            memcpy(values->data, &converted, sizeof converted);                                    \
            values->bytes = sizeof converted;                                                      \
        }                                                                                          \
    }

GET(Integerv, GLint, value)
GET(Integer64v, GLint64, value)
GET(Floatv, GLfloat, (GLfloat)value)
GET(Doublev, GLdouble, value)
GET(Booleanv, GLboolean, value != 0)

/*
 * Draw and read buffers of the default framebuffer. The GL gets the name that the surface has for
 * the buffer; the guest is told the name that it gave.
 */
static GLenum surface_buffer(const struct gl_decoder *d, GLenum buffer)
{
    const struct gl_default_framebuffer *surface = &d->default_framebuffer;
    switch (buffer) {
    case GL_BACK:
    case GL_BACK_LEFT:
        return surface->back ? surface->back : buffer;
    case GL_FRONT:
    case GL_FRONT_LEFT:
        return surface->front ? surface->front : buffer;
    default:
        return buffer;
    }
}

void gl_host_DrawBuffer(struct gl_decoder *d, GLenum buffer)
{
    if (!default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING)) {
        d->gl->DrawBuffer(buffer);
        return;
    }
    gl_host_attempt(d);
    d->gl->DrawBuffer(surface_buffer(d, buffer));
    if (gl_host_succeeded(d)) {
        d->host->draw_buffer = buffer;
    }
}

void gl_host_ReadBuffer(struct gl_decoder *d, GLenum buffer)
{
    if (!default_bound(d, GL_READ_FRAMEBUFFER_BINDING)) {
        d->gl->ReadBuffer(buffer);
        return;
    }
    gl_host_attempt(d);
    d->gl->ReadBuffer(surface_buffer(d, buffer));
    if (gl_host_succeeded(d)) {
        d->host->read_buffer = buffer;
    }
}

void gl_host_DrawBuffers(struct gl_decoder *d, GLsizei n, struct gl_payload buffers)
{
    const GLenum *names = buffers.data;
    if (n <= 0 || !names || !default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING)) {
        d->gl->DrawBuffers(names ? n : MIN(n, 0), names);
        return;
    }
    GLenum *mapped = gl_decoder_scratch(d, (uint64_t)n * sizeof *mapped);
    if (!mapped) {
        return;
    }
    for (GLsizei i = 0; i < n; i++) {
        /* That may be two buffers, and is an error here. */
        mapped[i] = names[i] == GL_FRONT ? GL_FRONT : surface_buffer(d, names[i]);
    }
    gl_host_attempt(d);
    d->gl->DrawBuffers(n, mapped);
    if (gl_host_succeeded(d)) {
        d->host->draw_buffer = names[0];
    }
}
