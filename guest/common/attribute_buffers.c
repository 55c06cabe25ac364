/* SPDX-License-Identifier: MIT */
/* Which of a default framebuffer's buffers are drawn to and read. */
#include "guest/common/attribute_items.h"

static GLint integer(GLenum name)
{
    GLint value = 0;
    trireme_glGetIntegerv(name, &value);
    return value;
}

/* Of a framebuffer object they belong to it. */
static bool default_framebuffer(const struct attribute_access *access, GLenum binding)
{
    return access->same_buffers && (access->version < 30 || integer(binding) == 0);
}

static void read_name(const struct attribute_access *access, GLenum binding, GLenum query,
                      struct attribute_data *v)
{
    v->names_buffer = true;
    v->absent = !attribute_has_viewport() || !default_framebuffer(access, binding);
    v->i[0] = integer(query);
}

void attribute_read_draw_buffer(const struct attribute_access *access, struct attribute_data *v)
{
    read_name(access, GL_DRAW_FRAMEBUFFER_BINDING, GL_DRAW_BUFFER, v);
}

void attribute_read_read_buffer(const struct attribute_access *access, struct attribute_data *v)
{
    read_name(access, GL_READ_FRAMEBUFFER_BINDING, GL_READ_BUFFER, v);
}

void attribute_write_draw_buffer(const struct attribute_access *access,
                                 const struct attribute_data *v)
{
    if (default_framebuffer(access, GL_DRAW_FRAMEBUFFER_BINDING)) {
        access->draw_buffer((GLenum)v->i[0]);
    }
}

void attribute_write_read_buffer(const struct attribute_access *access,
                                 const struct attribute_data *v)
{
    if (default_framebuffer(access, GL_READ_FRAMEBUFFER_BINDING)) {
        trireme_glReadBuffer((GLenum)v->i[0]);
    }
}
