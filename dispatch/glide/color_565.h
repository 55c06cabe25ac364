/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How eight bits of a colour become five or six: the same as in the shaders (shader_writer.c). */
#ifndef TRIREME_DISPATCH_GLIDE_COLOR_565_H
#define TRIREME_DISPATCH_GLIDE_COLOR_565_H

#include "dispatch/glide/chip_registers.h"

#include <stdint.h>

/* What is added at that pixel, in sixteenths of a step. */
static inline uint32_t color_dither(uint32_t mode, uint32_t x, uint32_t y)
{
    static const uint8_t wide[4][4] = {
        {0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    static const uint8_t narrow[2][2] = {{2, 10}, {14, 6}};
    return mode == GLIDE_DITHER_4X4   ? wide[y & 3][x & 3]
           : mode == GLIDE_DITHER_2X2 ? narrow[y & 1][x & 1]
                                      : 0;
}

/* A colour that has five and six bits already stays what it is, with any dither. Without, what is
 * below a step is cut off. */
static inline uint16_t color_565(const uint8_t rgba[4], uint32_t mode, uint32_t x, uint32_t y)
{
    if (mode == GLIDE_DITHER_DISABLE) {
        return (rgba[0] >> 3) << 11 | (rgba[1] >> 2) << 5 | rgba[2] >> 3;
    }
    uint32_t dither = color_dither(mode, x, y);
    uint32_t r = (rgba[0] - (rgba[0] >> 5) + (dither >> 1)) >> 3;
    uint32_t g = (rgba[1] - (rgba[1] >> 6) + (dither >> 2)) >> 2;
    uint32_t b = (rgba[2] - (rgba[2] >> 5) + (dither >> 1)) >> 3;
    return r << 11 | g << 5 | b;
}

#endif
