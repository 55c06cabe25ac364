/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a fragment shader of the pixel pipeline is written from: the registers' modes, with
 * everything left out that makes no difference, so that equal pipelines have equal keys. Bytes
 * only; compared as memory.
 */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_KEY_H
#define TRIREME_DISPATCH_GLIDE_SHADER_KEY_H

#include "dispatch/glide/chip_registers.h"

#include <stdbool.h>

struct combine_key {
    uint8_t function, factor, local, other, invert;
};

/* The extension's. `enable` is 0: the plain one is in effect. */
struct combine_ext_key {
    uint8_t enable, a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert;
};

enum filter_key {
    FILTER_POINT,
    FILTER_BILINEAR,
    FILTER_BILINEAR_MAG, /* point sampled where the texture is minified */
    FILTER_BILINEAR_MIN,
};

struct unit_key {
    uint8_t used;
    struct combine_key rgb, alpha;
    struct combine_ext_key rgb_ext, alpha_ext;
    uint8_t filter; /* enum filter_key */
    uint8_t mipmap; /* enum glide_mipmap */
    uint8_t levels; /* enum glide_level_mask */
    uint8_t lod_blend;
    uint8_t chroma; /* enum chroma_key */
};

enum chroma_key { CHROMA_NONE, CHROMA_VALUE, CHROMA_RANGE, CHROMA_OUTSIDE_RANGE };

struct shader_key {
    uint8_t lfb; /* colours and depths come from a frame buffer write, not from vertices */
    struct combine_key color, alpha;
    struct combine_ext_key color_ext, alpha_ext;
    uint8_t lighting;
    struct unit_key tmu[GLIDE_TMUS];
    uint8_t chroma;     /* enum chroma_key */
    uint8_t alpha_test; /* not "always" */
    uint8_t fog_source, fog_mult, fog_add;
    uint8_t depth_mode; /* GLIDE_DEPTH_DISABLE: the shader writes no depth */
    uint8_t dither;     /* enum glide_dither; with `quantise` */
    uint8_t quantise;   /* colours are written as 565 holds them */
    uint8_t stipple;    /* enum glide_stipple */
    uint8_t counted;    /* what is dropped is counted */
    uint8_t prefog;     /* the colour before fog is a second output, for blending */
};

struct shader_key_options {
    bool true_color;
    bool counted;
    bool lfb;        /* the pixels of a frame buffer write … */
    bool pipeline;   /* … go through the pipeline */
    bool lfb_depth;  /* … and it writes depths */
    bool lfb_16_bit; /* its colours have 5 or 6 bits */
};
void shader_key_from_registers(struct shader_key *key, const struct glide_chip_registers *registers,
                               const struct shader_key_options *options);

/* What a combine function is made of. */
enum combine_add { COMBINE_ADD_NOTHING, COMBINE_ADD_LOCAL, COMBINE_ADD_LOCAL_ALPHA };
struct combine_parts {
    bool scale; /* other, local's negative, or their difference, times the factor */
    bool other, minus_local;
    enum combine_add add;
};
struct combine_parts combine_function_parts(uint32_t function);

/* Whether the pixels' colours depend on what is in the frame buffer. */
bool registers_blend(const struct glide_chip_registers *registers);

#endif
