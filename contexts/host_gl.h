/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The few GL functions that contexts/ itself calls; all commands of guests go through dispatch/.
 * Plain C types, so that this header stands beside any GL header.
 */
#ifndef TRIREME_HOST_GL_H
#define TRIREME_HOST_GL_H

#include <stdbool.h>

struct host_gl {
    void (*get_integerv)(unsigned name, int *value);
    void (*get_floatv)(unsigned name, float *value);
    void (*viewport)(int x, int y, int width, int height);
    void (*scissor)(int x, int y, int width, int height);
    void (*draw_buffer)(unsigned buffer);
    void (*read_buffer)(unsigned buffer);
    void (*bind_framebuffer)(unsigned target, unsigned framebuffer);
    void (*bind_buffer)(unsigned target, unsigned buffer);
    void (*pixel_storei)(unsigned name, int value);
    void (*pixel_transferf)(unsigned name, float value); /* compatibility contexts only */
    void (*read_pixels)(int x, int y, int width, int height, unsigned format, unsigned type,
                        void *to);
    unsigned (*get_graphics_reset_status)(void); /* NULL: contexts cannot be reset */
    bool compatibility;                          /* the context has what core profiles dropped */
    bool pack_invert;                            /* GL_MESA_pack_invert */
};

/* With the context current. False: it lacks something of GL 3.0. */
bool host_gl_load(struct host_gl *gl, bool robust);

#endif
