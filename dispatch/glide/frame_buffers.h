/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chip's frame buffer as OpenGL's framebuffers: two or three colour buffers with eight bits a
 * colour, and the one depth buffer that all of them share. Row 0 is the top of the screen. Depths
 * are floats of 1/65536 steps, which hold 16 bits exactly; beside them lie stencils, which are the
 * program's where there is such an extension, and else the pipeline's, 0 between two draws. Colours
 * that were written once have 5 or 6 bits already; what was blended since has more, and is dithered
 * when it is read or shown.
 */
#ifndef TRIREME_DISPATCH_GLIDE_FRAME_BUFFERS_H
#define TRIREME_DISPATCH_GLIDE_FRAME_BUFFERS_H

#include "dispatch/glide/chip.h"

#define MOST_COLOR_BUFFERS 3

struct frame_buffers {
    uint32_t width, height; /* in Glide's pixels */
    uint32_t scale, samples, count;
    /* In the order in which they are shown: 0 is the front, 1 the back. */
    uint32_t framebuffers[MOST_COLOR_BUFFERS];
    uint32_t colors[MOST_COLOR_BUFFERS]; /* textures, or renderbuffers where there are samples */
    uint32_t depth;
    /* One sample a pixel, at the scale, and at Glide's size: made where they differ. */
    uint32_t resolved, resolved_color, resolved_depth;
    uint32_t small, small_color, small_depth;
};

bool frame_buffers_init(struct frame_buffers *buffers, const struct glide_chip_options *options,
                        GError **error);
void frame_buffers_finish(struct frame_buffers *buffers);
/* The framebuffer of GLIDE_BUFFER_FRONT or _BACK; the back one's for anything else. */
uint32_t frame_buffers_of(const struct frame_buffers *buffers, uint32_t buffer);
void frame_buffers_swap(struct frame_buffers *buffers);
/* Binds a framebuffer for reading that has what `buffer` shows, at Glide's size. */
void frame_buffers_bind_small(const struct frame_buffers *buffers, uint32_t buffer, bool depth);
/* The texture of the front buffer with one sample a pixel, at the scale. */
uint32_t frame_buffers_front_texture(const struct frame_buffers *buffers);

#endif
