/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_host_default.h"

#include "gl_host.h"

bool gl_host_default_bound(struct gl_decoder *d, GLenum binding)
{
    bool has_objects = d->version >= 0x300 ||
                       gl_decoder_has_extension(d, "GL_ARB_framebuffer_object") ||
                       gl_decoder_has_extension(d, "GL_EXT_framebuffer_object");
    return gl_host_outside(d) && (!has_objects || gl_host_integer(d, binding, 1) == 0);
}

static GLenum initial_name(const struct gl_decoder *d)
{
    return d->default_framebuffer.double_buffered ? GL_BACK : GL_FRONT;
}

static GLenum name_of(const struct gl_decoder *d, struct gl_host_buffer buffer)
{
    return buffer.named ? buffer.name : initial_name(d);
}

bool gl_host_default_value(struct gl_decoder *d, GLenum pname, GLint *value)
{
    const struct gl_host_default *buffers = &d->host->default_buffers;
    switch (pname) {
    case GL_DOUBLEBUFFER:
        *value = d->default_framebuffer.double_buffered;
        return gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
    case GL_DRAW_BUFFER:
    case GL_DRAW_BUFFER0:
        *value = (GLint)name_of(d, buffers->draw);
        return gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
    case GL_READ_BUFFER:
        *value = (GLint)name_of(d, buffers->read);
        return gl_host_default_bound(d, GL_READ_FRAMEBUFFER_BINDING);
    case GL_ACCUM_RED_BITS:
    case GL_ACCUM_GREEN_BITS:
    case GL_ACCUM_BLUE_BITS:
    case GL_ACCUM_ALPHA_BITS:
        *value = d->default_framebuffer.accumulation ? 16 : 0;
        return d->host->legacy && gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING);
    default:
        return false;
    }
}

static enum gl_side side_of(GLenum buffer)
{
    switch (buffer) {
    case GL_FRONT:
    case GL_FRONT_LEFT:
        return GL_SIDE_FRONT;
    case GL_LEFT:
    case GL_FRONT_AND_BACK:
        return GL_SIDE_BOTH;
    default:
        return GL_SIDE_BACK;
    }
}

/* What the surface calls the buffer; as it is, if it is none of a default framebuffer's left ones.
 */
static GLenum surface_name(const struct gl_decoder *d, GLenum buffer)
{
    const struct gl_default_framebuffer *surface = &d->default_framebuffer;
    switch (buffer) {
    case GL_BACK:
    case GL_BACK_LEFT:
        return surface->back ? surface->back : buffer;
    case GL_FRONT:
    case GL_FRONT_LEFT:
        return surface->front ? surface->front : buffer;
    case GL_LEFT:
    case GL_FRONT_AND_BACK:
        return surface->both ? surface->both : buffer;
    default:
        return buffer;
    }
}

/* The same for commands that take the name of a single buffer only. */
static GLenum single_name(const struct gl_decoder *d, GLenum buffer)
{
    switch (buffer) {
    case GL_BACK:
    case GL_BACK_LEFT:
    case GL_FRONT_LEFT:
        return surface_name(d, GL_BACK);
    default:
        return buffer;
    }
}

static void select_sides(struct gl_decoder *d)
{
    struct gl_host_default *buffers = &d->host->default_buffers;
    enum gl_side draw = side_of(buffers->draw.name), read = side_of(buffers->read.name);
    /* Of two buffers the front one is read. OpenGL 2.1, section 4.3.2. */
    read = read == GL_SIDE_BOTH ? GL_SIDE_FRONT : read;
    if (draw != buffers->draw_side || read != buffers->read_side) {
        buffers->draw_side = draw;
        buffers->read_side = read;
        if (d->ops->select_sides) {
            d->ops->select_sides(d->data, draw, read);
        }
    }
}

/* The guest named a buffer, and the GL took its surface's name for it, or put that into a list. */
static void choose(struct gl_decoder *d, GLenum pname, struct gl_host_buffer *chosen, GLenum buffer)
{
    d->host->default_buffers.chosen = true;
    if (gl_host_integer(d, pname, 0) == (GLint)surface_name(d, buffer)) {
        *chosen = (struct gl_host_buffer){true, buffer};
        select_sides(d);
    }
}

void gl_host_DrawBuffer(struct gl_decoder *d, GLenum buffer)
{
    if (!gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING)) {
        d->gl->DrawBuffer(buffer);
        return;
    }
    gl_host_attempt(d);
    d->gl->DrawBuffer(surface_name(d, buffer));
    if (gl_host_succeeded(d)) {
        choose(d, GL_DRAW_BUFFER, &d->host->default_buffers.draw, buffer);
    }
}

void gl_host_ReadBuffer(struct gl_decoder *d, GLenum buffer)
{
    if (!gl_host_default_bound(d, GL_READ_FRAMEBUFFER_BINDING)) {
        d->gl->ReadBuffer(buffer);
        return;
    }
    gl_host_attempt(d);
    d->gl->ReadBuffer(surface_name(d, buffer));
    if (gl_host_succeeded(d)) {
        choose(d, GL_READ_BUFFER, &d->host->default_buffers.read, buffer);
    }
}

/* The surface's names for buffers of outputs. Front and back together are one buffer of the
 * surface, which is given the first of the two outputs. Returns the first name, or
 * GL_FRONT_AND_BACK. */
static GLenum name_outputs(const struct gl_decoder *d, GLsizei n, const GLenum *names,
                           GLenum *mapped)
{
    unsigned fronts = 0, backs = 0;
    for (GLsizei i = 0; i < n; i++) {
        bool front = names[i] == GL_FRONT_LEFT, back = names[i] == GL_BACK_LEFT;
        bool second = (front && fronts == 0 && backs > 0) || (back && backs == 0 && fronts > 0);
        mapped[i] = second ? GL_NONE : single_name(d, names[i]);
        fronts += front;
        backs += back;
    }
    return fronts > 0 && backs > 0 ? GL_FRONT_AND_BACK : names[0];
}

void gl_host_DrawBuffers(struct gl_decoder *d, GLsizei n, struct gl_payload buffers)
{
    const GLenum *names = buffers.data;
    if (n <= 0 || !names || !gl_host_default_bound(d, GL_DRAW_FRAMEBUFFER_BINDING)) {
        d->gl->DrawBuffers(names ? n : MIN(n, 0), names);
        return;
    }
    GLenum *mapped = gl_decoder_scratch(d, (uint64_t)n * sizeof *mapped);
    if (!mapped) {
        return;
    }
    GLenum chosen = name_outputs(d, n, names, mapped);
    gl_host_attempt(d);
    d->gl->DrawBuffers(n, mapped);
    if (gl_host_succeeded(d)) {
        if (mapped[0] != GL_NONE && mapped[0] != surface_name(d, chosen)) {
            d->gl->DrawBuffer(surface_name(d, chosen));
        }
        choose(d, GL_DRAW_BUFFER, &d->host->default_buffers.draw, chosen);
    }
}

/* What the guest would call the buffer that has this name of the surface's. */
static GLenum guest_name(const struct gl_decoder *d, GLenum name)
{
    const struct gl_default_framebuffer *surface = &d->default_framebuffer;
    if (name == GL_NONE) {
        return name;
    }
    if (name == surface->back) {
        return initial_name(d);
    }
    if (name == surface->front) {
        return GL_FRONT;
    }
    return name == surface->both ? GL_FRONT_AND_BACK : name;
}

static void follow(struct gl_decoder *d, GLenum binding, GLenum pname,
                   struct gl_host_buffer *chosen)
{
    if (gl_host_default_bound(d, binding)) {
        GLenum name = (GLenum)gl_host_integer(d, pname, 0);
        if (name != surface_name(d, name_of(d, *chosen))) {
            *chosen = (struct gl_host_buffer){true, guest_name(d, name)};
        }
    }
}

void gl_host_default_follow(struct gl_decoder *d)
{
    struct gl_host_default *buffers = &d->host->default_buffers;
    if (buffers->chosen) {
        follow(d, GL_DRAW_FRAMEBUFFER_BINDING, GL_DRAW_BUFFER, &buffers->draw);
        follow(d, GL_READ_FRAMEBUFFER_BINDING, GL_READ_BUFFER, &buffers->read);
        select_sides(d);
    }
}

void gl_host_PopAttrib(struct gl_decoder *d)
{
    d->gl->PopAttrib();
    gl_host_default_follow(d);
}

/* What the surface, which is the selected side, calls the buffer that the guest gives up: its own
 * buffer, or one that it does not have. */
static GLenum given_up_name(const struct gl_decoder *d, GLenum buffer, enum gl_side selected)
{
    bool front_left = d->default_framebuffer.back == GL_FRONT_LEFT;
    if (buffer != GL_FRONT_LEFT && buffer != GL_BACK_LEFT) {
        return buffer;
    }
    bool own = side_of(buffer) == selected;
    return own == front_left ? GL_FRONT_LEFT : GL_BACK_LEFT;
}

/* The attachments that the GL is to invalidate; `from` itself where the guest's own framebuffer
 * object is bound. NULL: no memory. */
static const GLenum *given_up(struct gl_decoder *d, GLenum target, GLsizei n, const GLenum *from)
{
    const struct gl_host_default *buffers = &d->host->default_buffers;
    bool read = target == GL_READ_FRAMEBUFFER;
    enum gl_side selected = read ? buffers->read_side : buffers->draw_side;
    if (n <= 0 || !from ||
        !gl_host_default_bound(d,
                               read ? GL_READ_FRAMEBUFFER_BINDING : GL_DRAW_FRAMEBUFFER_BINDING)) {
        return from;
    }
    if (!d->default_framebuffer.double_buffered) {
        selected = GL_SIDE_FRONT;
    }
    GLenum *names = gl_decoder_scratch(d, (uint64_t)n * sizeof *names);
    for (GLsizei i = 0; names && i < n; i++) {
        names[i] = given_up_name(d, from[i], selected);
    }
    return names;
}

void gl_host_InvalidateFramebuffer(struct gl_decoder *d, GLenum target, GLsizei n,
                                   struct gl_payload attachments)
{
    const GLenum *names = given_up(d, target, n, attachments.data);
    if (names || !attachments.data) {
        d->gl->InvalidateFramebuffer(target, n, names);
    }
}

void gl_host_InvalidateSubFramebuffer(struct gl_decoder *d, GLenum target, GLsizei n,
                                      struct gl_payload attachments, GLint x, GLint y,
                                      GLsizei width, GLsizei height)
{
    const GLenum *names = given_up(d, target, n, attachments.data);
    if (names || !attachments.data) {
        d->gl->InvalidateSubFramebuffer(target, n, names, x, y, width, height);
    }
}
