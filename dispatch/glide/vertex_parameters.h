/* SPDX-License-Identifier: MIT */
/*
 * What a vertex of the command `draw` consists of: x and y, then the words of each parameter that
 * is named, in the order of the bits. Words are floats, but for PARGB's.
 */
#ifndef TRIREME_GLIDE_VERTEX_PARAMETERS_H
#define TRIREME_GLIDE_VERTEX_PARAMETERS_H

#include <stdint.h>

enum glide_parameter {
    GLIDE_PARAMETER_Z = 1u << 0,
    GLIDE_PARAMETER_W = 1u << 1, /* of clip coordinates */
    GLIDE_PARAMETER_Q =
        1u << 2, /* 1/w of the vertex, and of texture units without a q of their own */
    GLIDE_PARAMETER_FOG = 1u << 3,
    GLIDE_PARAMETER_A = 1u << 4,
    GLIDE_PARAMETER_RGB = 1u << 5,   /* 3 floats */
    GLIDE_PARAMETER_PARGB = 1u << 6, /* 0xAARRGGBB in one word */
    GLIDE_PARAMETER_ST0 = 1u << 7,   /* 2 floats; of unit 1, too, if that has none */
    GLIDE_PARAMETER_Q0 = 1u << 8,
    GLIDE_PARAMETER_ST1 = 1u << 9, /* 2 floats */
    GLIDE_PARAMETER_Q1 = 1u << 10,
    GLIDE_PARAMETERS = (1u << 11) - 1,
};

/* Words of a vertex with these parameters. */
static inline uint32_t glide_vertex_words(uint32_t parameters)
{
    const uint32_t longer = GLIDE_PARAMETER_ST0 | GLIDE_PARAMETER_ST1 | GLIDE_PARAMETER_RGB;
    uint32_t words = 2;
    for (uint32_t rest = parameters & GLIDE_PARAMETERS; rest; rest &= rest - 1) {
        words++;
    }
    for (uint32_t rest = parameters & longer; rest; rest &= rest - 1) {
        words++;
    }
    return words + (parameters & GLIDE_PARAMETER_RGB ? 1 : 0);
}

#endif
