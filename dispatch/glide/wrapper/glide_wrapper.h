/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Glide's commands carried out by a library of the user's, libglide2x.so or libglide3x.so, in place
 * of the renderer.
 *
 * What a library is asked for. All of its functions are called on the thread of the context that
 * has it, with no OpenGL context current: it makes what it draws with itself. Frames are what its
 * grLfbReadRegion() says of the back buffer before a swap, or of the front buffer where a program
 * shows that without one. A library serves one context at a time, since Glide knows one board.
 *
 * What it is spared: commands while no screen is open, units that it was not told of, textures that
 * lie outside of its memory or are no textures, rectangles outside of the screen, vertices that are
 * not finite. Other values are handed on as they come from the guest, and a library that trusts
 * them is one that a guest can bring down together with this process.
 */
#ifndef TRIREME_DISPATCH_GLIDE_WRAPPER_H
#define TRIREME_DISPATCH_GLIDE_WRAPPER_H

#include <glib.h>
#include <stdint.h>

#include "glide_wrapper_handlers.h"

GQuark glide_wrapper_error_quark(void);

/* With a struct glide_wrapper. */
extern const struct glide_backend glide_wrapper_backend;

/* `units`: texture units that the guest is shown; `gamma` as the renderer's option. NULL with an
 * error: the library cannot be loaded, lacks a function, or serves another context. */
struct glide_wrapper *glide_wrapper_create(const char *path, uint32_t units, float gamma,
                                           GError **error);
/* On the thread of its commands. NULL is fine. */
void glide_wrapper_destroy(struct glide_wrapper *wrapper);

/* The frame, with gamma, as `height` rows of `width` pixels 0xffRRGGBB, the lowest first; black if
 * there is none. `to` is only written. */
void glide_wrapper_read_frame(struct glide_wrapper *wrapper, uint32_t width, uint32_t height,
                              uint32_t *to);

#endif
