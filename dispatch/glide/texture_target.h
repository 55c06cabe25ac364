/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Drawing into texture memory (the extension TEXTUREBUFFER): an OpenGL framebuffer stands in for
 * the bytes while something is drawn there. They are put back before anybody can look at them, and
 * are loaded again where they were written since. Depths lie in memory of their own, and are lost
 * when another texture is drawn to.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TEXTURE_TARGET_H
#define TRIREME_DISPATCH_GLIDE_TEXTURE_TARGET_H

#include "dispatch/glide/chip.h"

struct texture_target {
    uint32_t framebuffer, color, depth; /* 0: none yet */
    /* What is in it. */
    uint32_t tmu, address, lod, width, height;
    int32_t aspect;
    uint64_t written; /* as of which write of the unit's memory */
    bool dirty;       /* drawn to since it was stored */
};

/* The size of the texture that is drawn to. */
uint32_t texture_target_width(const struct glide_chip_registers *registers);
uint32_t texture_target_height(const struct glide_chip_registers *registers);
/* The framebuffer to draw to; 0: the registers name no texture of 565. */
uint32_t texture_target_use(struct glide_chip *chip, const struct glide_chip_registers *registers);
/* Puts what was drawn into texture memory. */
void texture_target_store(struct glide_chip *chip);
void texture_target_finish(struct texture_target *target);

#endif
