/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copies between the surfaces of a drawable, in an EGL context of its own, so that no state of a
 * guest's context has a say: what is scissored, masked or counted there.
 *
 * Belongs to a render thread. A copy leaves the copier's context current; the caller binds its own
 * again.
 */
#ifndef TRIREME_SURFACE_COPIER_H
#define TRIREME_SURFACE_COPIER_H

#include <stdbool.h>

#include "contexts/accum_buffer.h"
#include "contexts/display.h"

struct surface_copier {
    const struct display *display;
    EGLContext egl; /* made for the first copy */
};

enum surface_part { SURFACE_COLOR, SURFACE_DEPTH_STENCIL };

void surface_copier_init(struct surface_copier *copier, const struct display *display);
/* Its context is not current. */
void surface_copier_finish(struct surface_copier *copier);

/* Both surfaces have the same configuration and size; no other thread has them current. */
void surface_copier_copy(struct surface_copier *copier, EGLSurface from, EGLSurface to,
                         enum surface_part part, uint32_t width, uint32_t height);

/* `pixels`: a frame (frame.h), rows bottom-up. */
void surface_copier_put(struct surface_copier *copier, EGLSurface to, const void *pixels,
                        uint32_t width, uint32_t height);

/* Colours of a part of a surface, RGBA, a byte each; `mask` says which ones may change. */
void surface_copier_read(struct surface_copier *copier, EGLSurface from,
                         const struct accum_box *box, uint8_t *pixels);
void surface_copier_write(struct surface_copier *copier, EGLSurface to, const struct accum_box *box,
                          const uint8_t *pixels, const uint8_t mask[4]);

#endif
