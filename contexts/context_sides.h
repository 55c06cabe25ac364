/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Front and back: which surfaces of its drawables a context is bound to. EGL's surfaces have one
 * colour buffer, so a context is bound to other ones when the guest names another buffer, and what
 * the sides have in common is copied (surface_copier.h). Programs that draw to the back buffer and
 * swap never have a second surface.
 *
 * What is not as in a framebuffer with two buffers: while a program draws to both (FRONT_AND_BACK)
 * the back buffer is both, so that what was in front before is lost; and depth is read from the
 * side that is read, where the other one is drawn to.
 */
#ifndef TRIREME_CONTEXT_SIDES_H
#define TRIREME_CONTEXT_SIDES_H

#include "contexts/context.h"

/* To the draw and read drawables. */
bool context_bind_drawables(struct context *context, GError **error);

/* What it is bound to. */
EGLSurface context_draw_surface(const struct context *context);
EGLSurface context_read_surface(const struct context *context);

/* The guest draws to and reads from other sides of its drawables. False: there is no memory for a
 * front buffer, and the back buffer is both. */
bool context_select_sides(struct context *context, enum gl_side draw, enum gl_side read,
                          GError **error);

/* There is a draw drawable, whose back buffer becomes the front buffer, too. */
void context_swap(struct context *context);
/* The same without a frame that would have what is in front: the front buffer has it from then on.
 */
void context_swap_unseen(struct context *context);

/* That side of the draw drawable is current for reading while a frame is read. */
void context_begin_frame_read(struct context *context, enum gl_side side);
void context_end_frame_read(struct context *context);

#endif
