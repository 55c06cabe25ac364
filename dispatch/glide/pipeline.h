/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pixel pipeline: registers become OpenGL's state, and what waits is drawn. */
#ifndef TRIREME_DISPATCH_GLIDE_PIPELINE_H
#define TRIREME_DISPATCH_GLIDE_PIPELINE_H

#include "dispatch/glide/chip.h"

/* Draws the triangles that wait. */
void pipeline_flush(struct glide_chip *chip);

/* Fills what the clip window and the masks leave of the buffers. */
void pipeline_clear(struct glide_chip *chip, uint32_t color, uint32_t depth);
void pipeline_clear_stencil(struct glide_chip *chip, uint32_t stencil);

/* A frame buffer write: what lies in the chip's lfb textures is drawn at x, y, counted from the
 * upper left corner. */
struct pipeline_lfb {
    uint32_t buffer; /* front or back */
    uint32_t x, y, width, height;
    bool pipeline;            /* through all of it */
    bool color, alpha, depth; /* what the pixels have */
    bool five_bits;           /* of a colour, or six */
};
void pipeline_draw_lfb(struct glide_chip *chip, const struct pipeline_lfb *lfb);

bool pipeline_init(struct glide_chip *chip, GError **error);
void pipeline_finish(struct glide_chip *chip);

#endif
