/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values that the pipeline's shaders get, in the layout std140: the same names stand in the
 * block that shader_writer.c writes. Colours are 0 to 255, in the order red, green, blue, alpha.
 */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_UNIFORMS_H
#define TRIREME_DISPATCH_GLIDE_SHADER_UNIFORMS_H

#include "dispatch/glide/chip_registers.h"

#include <stdint.h>

struct unit_uniforms {
    /* From s and t, which run to 256, to the texture's own 0 to 1; the least and the greatest level
     * of detail (0: 256 texels). */
    float scale_s, scale_t, lod_min, lod_max;
    float lod_bias, detail_bias, detail_scale, detail_max;
    int32_t chroma_low[4], chroma_high[4], constant_color[4];
};

struct shader_uniforms {
    float position[4]; /* Glide's pixels times xy plus zw are OpenGL's -1 to 1 */
    int32_t constant_color[4];
    int32_t fog_color[4];
    int32_t chroma_low[4], chroma_high[4];
    int32_t alpha_test[4];                /* function, reference */
    int32_t depth[4];                     /* bias */
    int32_t stipple[4];                   /* pattern, pixels drawn per pixel of Glide's */
    int32_t lfb[4];                       /* x, y, width of a frame buffer write */
    int32_t fog_table[GLIDE_FOG_ENTRIES]; /* four to a vector */
    struct unit_uniforms tmu[GLIDE_TMUS];
};

#endif
