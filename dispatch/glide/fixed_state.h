/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pipeline does with OpenGL's own state: target, clip window, depth test, blending, masks.
 */
#ifndef TRIREME_DISPATCH_GLIDE_FIXED_STATE_H
#define TRIREME_DISPATCH_GLIDE_FIXED_STATE_H

#include "dispatch/glide/chip.h"

struct render_target {
    uint32_t framebuffer;
    uint32_t width, height; /* in Glide's pixels */
    uint32_t scale;
    bool argb_8888; /* has alphas of its own, and stencils */
};

/* In rows of the frame buffer. */
struct clip_window {
    uint32_t x, y, width, height;
};
struct clip_window fixed_state_clip_window(uint32_t width, uint32_t height,
                                           const struct glide_chip_registers *r);

void fixed_state_target(const struct render_target *target);
void fixed_state_clip(const struct render_target *target, const struct glide_chip_registers *r);
/* How many pixels of Glide's it leaves. */
uint32_t fixed_state_clip_pixels(const struct render_target *target,
                                 const struct glide_chip_registers *r);
/* Instead of the pixels' own depths. */
bool fixed_state_compares_bias(const struct glide_chip_registers *r);
void fixed_state_depth(const struct glide_chip_registers *r);
void fixed_state_stencil(const struct render_target *target, const struct glide_chip_registers *r);
/* In place of the program's stencils. False: pixels that are drawn are marked. True: only pixels
 * that are marked are drawn, and lose their marks. */
void fixed_state_stencil_marks(bool marked);
void fixed_state_blend(const struct render_target *target, const struct glide_chip_registers *r);
/* rgb: bits as those of the register mask_rgb. */
void fixed_state_mask(uint32_t rgb, bool alpha);
/* Alphas of a 16-bit frame buffer have a buffer only where depths have none: the two share one. */
bool fixed_state_writes_alpha(const struct render_target *target,
                              const struct glide_chip_registers *r);

#endif
