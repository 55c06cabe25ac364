/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chip's pixel path in software, as its manuals describe it and without a look at the renderer:
 * positions in sixteenths of a pixel, colours iterated as 12.12, depths as 20.12, 1/w as 2.30, s/w
 * and t/w as 14.18; a frame buffer of RGB 565 and 16-bit depths. Slow, and made to be read.
 *
 * Registers, vertices and texture memory are what dispatch/glide/chip.h says.
 */
#ifndef TRIREME_TESTS_GLIDE_CHIP_MODEL_H
#define TRIREME_TESTS_GLIDE_CHIP_MODEL_H

#include "dispatch/glide/chip.h"

#define MODEL_TEXTURE_MEMORY (1u << 20)

/* A colour with what belongs to it, each 0 to 255; between two steps it may be more or less. */
struct model_color {
    int r, g, b, a;
};

struct chip_model {
    int width, height;
    uint16_t *color, *depth; /* row 0 is the top */
    struct glide_chip_registers registers;
    uint8_t *texture_memory[GLIDE_TMUS];
    uint32_t palette[GLIDE_PALETTE_ENTRIES];
    uint32_t ncc[GLIDE_TMUS][2][GLIDE_NCC_WORDS];
};

struct chip_model *chip_model_create(int width, int height);
void chip_model_destroy(struct chip_model *model);
void chip_model_clear(struct chip_model *model, uint32_t color, uint32_t depth);
void chip_model_triangle(struct chip_model *model, const struct glide_vertex *a,
                         const struct glide_vertex *b, const struct glide_vertex *c);

/* --- between the model's parts --- */

/* What is iterated over a triangle, at one pixel. */
struct model_pixel {
    int x, y;
    int64_t r, g, b, a; /* 12.12 */
    int64_t z;          /* 20.12 */
    int64_t oow, fog;   /* 2.30 */
    struct {
        int64_t sow, tow, oow; /* 14.18, 14.18, 2.30 */
        int lod;               /* 8.8, of the whole triangle, where 1/w is 1 */
    } tmu[GLIDE_TMUS];
};

void model_draw_pixel(struct chip_model *model, const struct model_pixel *pixel);
/* What unit 0 gives to the colour path. False: a texel is keyed out. */
bool model_texture(const struct chip_model *model, const struct model_pixel *pixel,
                   struct model_color *out);
/* 1/w as the 16-bit float of depths and fog. */
int model_float_depth(int64_t oow);

/* A combine function, split into what it does (Glide's manual, grColorCombine). */
struct model_function {
    bool other, minus_local, scale, add_local, add_local_alpha;
};
struct model_function model_function(uint32_t function);
/* The extension COMBINE: one channel, from its inputs by their numbers. */
int model_combine_ext(const struct glide_combine_ext *ext, const int inputs[GLIDE_INPUTS]);
int model_clamp(int v, int low, int high);
/* The matrix of that mode, 0 to 15. */
int model_dither(uint32_t mode, int x, int y);
/* `bits` of a colour's eight, at that pixel. */
int model_quantise(int color, int bits, uint32_t dither, int x, int y);

#endif
