/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The renderer against the model, mode by mode and in random mixtures. */
#include "tests/glide/sweep.h"

#include <criterion/criterion.h>

/* Skips the test where there is no OpenGL. */
#define BEGIN(s)                                                                                   \
    struct sweep *s = sweep_create();                                                              \
    if (!s) {                                                                                      \
        cr_skip_test("no OpenGL 3.3 here");                                                        \
    }

static const uint32_t functions[] = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0x10};
static const uint32_t factors[] = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd};
static const uint32_t formats[] = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6,
                                   0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe};
static const uint32_t blends[] = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0xf};

#define PICK(sweep, array) array[sweep_random(sweep, G_N_ELEMENTS(array))]

static struct glide_combine random_combine(struct sweep *sweep)
{
    return (struct glide_combine){PICK(sweep, functions), PICK(sweep, factors),
                                  sweep_random(sweep, 2), sweep_random(sweep, 3),
                                  sweep_random(sweep, 2)};
}

Test(sweep, combine)
{
    BEGIN(s);
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(factors); j++) {
            struct glide_combine alpha = random_combine(s);
            alpha.local = sweep_random(s, 3);
            s->registers->color = random_combine(s);
            s->registers->color.function = functions[i];
            s->registers->color.factor = factors[j];
            s->registers->alpha = alpha;
            sweep_run(s, "combine %#x, factor %#x", functions[i], factors[j]);
        }
    }
    sweep_finish(s);
}

/* What the alpha combine makes is seen where it blends. */
Test(sweep, alpha_combine)
{
    BEGIN(s);
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(factors); j += 2) {
            struct glide_combine alpha = {functions[i], factors[j], sweep_random(s, 3),
                                          sweep_random(s, 3), j >> 1 & 1};
            s->registers->alpha = alpha;
            s->registers->blend_rgb_source = GLIDE_BLEND_SRC_ALPHA;
            s->registers->blend_rgb_destination = GLIDE_BLEND_ONE_MINUS_SRC_ALPHA;
            sweep_run(s, "alpha combine %#x, factor %#x, local %u, other %u", alpha.function,
                      alpha.factor, alpha.local, alpha.other);
        }
    }
    sweep_finish(s);
}

Test(sweep, texture_combine)
{
    BEGIN(s);
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(factors); j++) {
            struct glide_texture_unit *unit = &s->registers->tmu[0];
            unit->rgb = (struct glide_combine){.function = functions[i], .factor = factors[j]};
            unit->alpha = random_combine(s);
            unit->mipmap = GLIDE_MIPMAP_NEAREST;
            unit->detail_bias = 4;
            unit->detail_scale = 5;
            unit->detail_max = 0.75f;
            s->registers->tmu[1].alpha.invert = 1;
            sweep_run(s, "texture combine %#x, factor %#x; alpha %#x, %#x", functions[i],
                      factors[j], unit->alpha.function, unit->alpha.factor);
        }
    }
    sweep_finish(s);
}

Test(sweep, texture_format)
{
    BEGIN(s);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        for (int aspect = -3; aspect <= 3; aspect++) {
            struct glide_texture_unit *unit = &s->registers->tmu[0];
            unit->texture.format = formats[i];
            unit->texture.aspect = aspect;
            unit->texture.large_lod = 3 + sweep_random(s, 6);
            unit->texture.small_lod = sweep_random(s, 4);
            unit->texture.address = 8 * sweep_random(s, 1000);
            unit->mipmap = sweep_random(s, 3);
            unit->bilinear_min = sweep_random(s, 2);
            unit->bilinear_mag = sweep_random(s, 2);
            unit->clamp_s = sweep_random(s, 3);
            unit->clamp_t = sweep_random(s, 3);
            unit->ncc_table = sweep_random(s, 2);
            s->registers->color.function = GLIDE_COMBINE_SCALE_OTHER_ADD_LOCAL_ALPHA;
            s->registers->color.factor = GLIDE_FACTOR_TEXTURE_ALPHA;
            s->registers->alpha.local = GLIDE_LOCAL_ITERATED;
            sweep_run(s, "texture format %#x, aspect %d, %u to %u, mipmap %u, bilinear %u, %u",
                      formats[i], aspect, unit->texture.large_lod, unit->texture.small_lod,
                      unit->mipmap, unit->bilinear_min, unit->bilinear_mag);
        }
    }
    sweep_finish(s);
}

/* All inputs that a unit has, each in each place. */
static struct glide_combine_ext random_ext(struct sweep *s, const uint32_t *inputs, size_t count)
{
    struct glide_combine_ext ext = {1,
                                    inputs[sweep_random(s, count)],
                                    sweep_random(s, 5),
                                    inputs[sweep_random(s, count)],
                                    sweep_random(s, 5),
                                    inputs[sweep_random(s, count)],
                                    sweep_random(s, 2),
                                    inputs[sweep_random(s, count)],
                                    sweep_random(s, 2),
                                    sweep_random(s, 2),
                                    sweep_random(s, 2)};
    if (sweep_random(s, 3) == 0) {
        ext.d = GLIDE_INPUT_B;
    }
    return ext;
}

Test(sweep, combine_extension)
{
    static const uint32_t colors[] = {0x0, 0x1, 0x2, 0x3, 0x5, 0x6, 0x8, 0x9, 0xf};
    static const uint32_t alphas[] = {0x0, 0x1, 0x5, 0x8};
    static const uint32_t texels[] = {0x0, 0x7, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0x10, 0x11};
    BEGIN(s);
    for (int i = 0; i < 60; i++) {
        struct glide_texture_unit *unit = &s->registers->tmu[0];
        /* Of a filter's one a shift makes more. */
        unit->bilinear_min = unit->bilinear_mag = 0;
        s->registers->color_ext = random_ext(s, colors, G_N_ELEMENTS(colors));
        s->registers->alpha_ext = random_ext(s, alphas, G_N_ELEMENTS(alphas));
        if (i % 2) {
            unit->rgb_ext = random_ext(s, texels, G_N_ELEMENTS(texels));
            unit->alpha_ext = random_ext(s, texels, G_N_ELEMENTS(texels));
            unit->constant_color = 0x60c04080;
            unit->mipmap = GLIDE_MIPMAP_NEAREST;
        }
        s->registers->alpha_test = GLIDE_GREATER;
        s->registers->alpha_reference = 20;
        sweep_run(s, "combine extension %d", i);
    }
    sweep_finish(s);
}

/* Levels shared out between the units, and what the chip makes of the fraction between them. */
Test(sweep, trilinear)
{
    BEGIN(s);
    for (int i = 0; i < 32; i++) {
        for (int tmu = 0; tmu < GLIDE_TMUS; tmu++) {
            struct glide_texture_unit *unit = &s->registers->tmu[tmu];
            unit->texture.levels = (i + tmu) & 1 ? GLIDE_LEVELS_ODD : GLIDE_LEVELS_EVEN;
            unit->texture.large_lod = 4 + i / 8;
            unit->mipmap = GLIDE_MIPMAP_NEAREST;
            unit->lod_blend = i >> 1 & 1;
            unit->lod_bias = i - 8;
        }
        s->registers->tmu[0].rgb = s->registers->tmu[0].alpha =
            (struct glide_combine){.function = GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL,
                                   .factor = i >> 2 & 1 ? 0x5 : 0xd};
        sweep_run(s, "trilinear %d", i);
    }
    sweep_finish(s);
}

Test(sweep, blend)
{
    BEGIN(s);
    s->layers = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(blends); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(blends); j++) {
            s->registers->blend_rgb_source = blends[i];
            s->registers->blend_rgb_destination = blends[j];
            s->registers->fog_source = GLIDE_FOG_TABLE_ON_W;
            s->registers->dither = (i + j) % 3;
            sweep_run(s, "blend %#x, %#x", blends[i], blends[j]);
        }
    }
    sweep_finish(s);
}

/* Between two layers the chip rounds to 565, and the renderer does not. */
Test(sweep, blended_layers)
{
    BEGIN(s);
    s->tolerance = 2;
    for (size_t i = 0; i < G_N_ELEMENTS(blends); i++) {
        s->registers->blend_rgb_source = blends[i];
        s->registers->blend_rgb_destination = PICK(s, blends);
        sweep_run(s, "layers, blend %#x, %#x", blends[i], s->registers->blend_rgb_destination);
    }
    sweep_finish(s);
}

Test(sweep, fog)
{
    BEGIN(s);
    for (uint32_t i = 0; i < 5 * 4 * 3; i++) {
        s->registers->fog_source = i % 5;
        s->registers->fog_mult = i / 5 & 1;
        s->registers->fog_add = i / 10 & 1;
        for (int entry = 0; i >= 20 && entry < GLIDE_FOG_ENTRIES; entry++) {
            s->registers->fog_table[entry] = i < 40 ? 255 - 3 * entry : entry * entry / 17;
        }
        sweep_run(s, "fog %u, mult %u, add %u", s->registers->fog_source, s->registers->fog_mult,
                  s->registers->fog_add);
    }
    sweep_finish(s);
}

Test(sweep, depth)
{
    static const int32_t biases[] = {0, 100, -300, 40000, -70000};
    BEGIN(s);
    for (uint32_t mode = 0; mode < 5; mode++) {
        for (uint32_t compare = 0; compare < 8; compare++) {
            bool compares_bias = mode >= GLIDE_DEPTH_Z_COMPARE_TO_BIAS;
            s->registers->depth_mode = mode;
            s->registers->depth_compare = compare;
            s->registers->depth_mask = compare != GLIDE_EQUAL;
            s->registers->depth_bias = compares_bias ? 30000 : biases[compare % 5];
            sweep_run(s, "depth mode %u, compare %u, bias %d", mode, compare,
                      s->registers->depth_bias);
        }
    }
    sweep_finish(s);
}

Test(sweep, alpha_test_and_masks)
{
    BEGIN(s);
    for (uint32_t i = 0; i < 32; i++) {
        /* An iterated alpha is rarely equal to anything, a constant one is to itself. */
        bool iterated = i < 16;
        s->registers->alpha.other = iterated ? GLIDE_OTHER_ITERATED : GLIDE_OTHER_CONSTANT;
        s->registers->alpha_test = i & 7;
        s->registers->alpha_reference = iterated ? 40 + 10 * i : s->registers->constant_color >> 24;
        s->registers->mask_rgb = i < 8 ? 7 : i & 7;
        s->registers->stipple = i / 8 % 3;
        s->registers->stipple_pattern = 0x8421a55a;
        s->registers->dither = i / 3 % 3;
        s->registers->cull = i / 9 % 3;
        s->registers->origin = i / 5 & 1;
        s->registers->clip_min_x = i / 4;
        s->registers->clip_max_y = SWEEP_HEIGHT - i / 3;
        s->registers->alpha_controls_lighting = i / 7 & 1;
        s->registers->color.function = GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL;
        s->registers->color.factor = GLIDE_FACTOR_OTHER_ALPHA;
        sweep_run(s, "alpha test and masks %u", i);
    }
    sweep_finish(s);
}

/* The pattern goes on from triangle to triangle, and from row to row. */
Test(sweep, rotating_stipple)
{
    static const uint32_t patterns[] = {0x80000000, 0xaaaaaaaa, 0xffff0000, 0x12345678};
    BEGIN(s);
    for (uint32_t i = 0; i < 16; i++) {
        s->registers->stipple = GLIDE_STIPPLE_ROTATE;
        s->registers->stipple_pattern = patterns[i % 4];
        s->registers->origin = i / 4 & 1;
        s->registers->clip_min_x = i;
        s->registers->clip_max_y = SWEEP_HEIGHT - i;
        sweep_run(s, "rotating stipple %u", i);
    }
    sweep_finish(s);
}

Test(sweep, chroma)
{
    BEGIN(s);
    for (uint32_t i = 0; i < 24; i++) {
        struct glide_texture_unit *unit = &s->registers->tmu[0];
        unit->texture.format = GLIDE_TEXFMT_RGB_332;
        unit->bilinear_min = unit->bilinear_mag = 0;
        /* Of the texture's values some are 0x92 and 0x49 in each channel. */
        s->registers->color.other = i % 3;
        s->registers->constant_color = 0xff926d55;
        s->registers->chroma_enable = i / 3 & 1;
        s->registers->chroma_value = i % 3 == 1 ? 0x000000 : 0x926d55;
        s->registers->chroma_range_enable = i / 6 & 1;
        s->registers->chroma_range_mode = i / 12;
        s->registers->chroma_range_high = 0xb6dbaa;
        unit->chroma_enable = i % 5 == 4;
        unit->chroma_low = 0x200000;
        unit->chroma_high = 0x92ffff;
        unit->chroma_mode = i & 1;
        sweep_run(s, "chroma %u", i);
    }
    sweep_finish(s);
}

Test(sweep, mixtures)
{
    BEGIN(s);
    for (int i = 0; i < 100; i++) {
        struct glide_chip_registers *r = s->registers;
        r->color = random_combine(s);
        r->alpha = random_combine(s);
        for (int tmu = 0; tmu < GLIDE_TMUS; tmu++) {
            r->tmu[tmu].rgb = random_combine(s);
            r->tmu[tmu].alpha = random_combine(s);
            r->tmu[tmu].texture.format = PICK(s, formats);
            r->tmu[tmu].mipmap = sweep_random(s, 2);
        }
        r->fog_source = sweep_random(s, 5);
        r->blend_rgb_source = PICK(s, blends);
        r->blend_rgb_destination = PICK(s, blends);
        r->depth_mode = sweep_random(s, 3);
        r->depth_compare = 4 + sweep_random(s, 4);
        r->depth_mask = 1;
        r->dither = sweep_random(s, 3);
        sweep_run(s, "mixture %d", i);
    }
    sweep_finish(s);
}
