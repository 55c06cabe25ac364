/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/shader_key.h"

#include <string.h>

struct combine_parts combine_function_parts(uint32_t function)
{
    static const struct combine_parts parts[] = {
        [GLIDE_COMBINE_ZERO] = {false, false, false, COMBINE_ADD_NOTHING},
        [GLIDE_COMBINE_LOCAL] = {false, false, false, COMBINE_ADD_LOCAL},
        [GLIDE_COMBINE_LOCAL_ALPHA] = {false, false, false, COMBINE_ADD_LOCAL_ALPHA},
        [GLIDE_COMBINE_SCALE_OTHER] = {true, true, false, COMBINE_ADD_NOTHING},
        [GLIDE_COMBINE_SCALE_OTHER_ADD_LOCAL] = {true, true, false, COMBINE_ADD_LOCAL},
        [GLIDE_COMBINE_SCALE_OTHER_ADD_LOCAL_ALPHA] = {true, true, false, COMBINE_ADD_LOCAL_ALPHA},
        [GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL] = {true, true, true, COMBINE_ADD_NOTHING},
        [GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL] = {true, true, true, COMBINE_ADD_LOCAL},
        [GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL_ALPHA] = {true, true, true,
                                                                   COMBINE_ADD_LOCAL_ALPHA},
        [GLIDE_COMBINE_SCALE_MINUS_LOCAL_ADD_LOCAL] = {true, false, true, COMBINE_ADD_LOCAL},
        [GLIDE_COMBINE_SCALE_MINUS_LOCAL_ADD_LOCAL_ALPHA] = {true, false, true,
                                                             COMBINE_ADD_LOCAL_ALPHA},
    };
    return function < sizeof parts / sizeof *parts ? parts[function] : parts[GLIDE_COMBINE_ZERO];
}

/* Factors that stand for nothing are taken for zero, and one minus these for one. */
static uint8_t sane_factor(uint32_t factor)
{
    uint8_t selected = factor & 7;
    return (selected > GLIDE_FACTOR_TEXTURE_RGB ? GLIDE_FACTOR_ZERO : selected) |
           (factor & GLIDE_FACTOR_ONE_MINUS);
}

static uint8_t at_most(uint32_t value, uint32_t most, uint8_t otherwise)
{
    return value <= most ? value : otherwise;
}

static bool uses_local(const struct combine_parts *parts, uint8_t factor)
{
    return parts->minus_local || parts->add == COMBINE_ADD_LOCAL ||
           (parts->scale && (factor & 7) == GLIDE_FACTOR_LOCAL);
}

/* What the function does not look at is 0 in the key. */
static struct combine_key combine_key(const struct glide_combine *combine, uint32_t most_local)
{
    struct combine_parts parts = combine_function_parts(combine->function);
    struct combine_key key = {
        .function = at_most(combine->function, GLIDE_COMBINE_SCALE_MINUS_LOCAL_ADD_LOCAL_ALPHA, 0),
        .invert = combine->invert != 0,
        .local = at_most(combine->local, most_local, GLIDE_LOCAL_CONSTANT),
        .other = at_most(combine->other, GLIDE_OTHER_CONSTANT, GLIDE_OTHER_CONSTANT),
        .factor = sane_factor(combine->factor),
    };
    if (!parts.scale) {
        key.factor = 0;
    }
    return key;
}

static struct combine_ext_key combine_ext_key(const struct glide_combine_ext *ext)
{
    if (!ext->enable) {
        return (struct combine_ext_key){0};
    }
    return (struct combine_ext_key){
        .enable = 1,
        .a = at_most(ext->a, GLIDE_INPUTS - 1, GLIDE_INPUT_ZERO),
        .a_mode = at_most(ext->a_mode, GLIDE_MODE_X_MINUS_HALF, GLIDE_MODE_ZERO),
        .b = ext->b == GLIDE_INPUT_B ? GLIDE_INPUT_ZERO
                                     : at_most(ext->b, GLIDE_INPUTS - 1, GLIDE_INPUT_ZERO),
        .b_mode = at_most(ext->b_mode, GLIDE_MODE_X_MINUS_HALF, GLIDE_MODE_ZERO),
        .c = at_most(ext->c, GLIDE_INPUTS - 1, GLIDE_INPUT_ZERO),
        .c_invert = ext->c_invert != 0,
        .d = at_most(ext->d, GLIDE_INPUTS - 1, GLIDE_INPUT_ZERO),
        .d_invert = ext->d_invert != 0,
        .shift = at_most(ext->shift, 2, 0),
        .invert = ext->invert != 0,
    };
}

static bool has_input(const struct combine_ext_key *key, uint8_t input)
{
    return key->enable &&
           (key->a == input || key->b == input || key->c == input || key->d == input);
}

static bool factor_is_texture(const struct combine_key *key)
{
    uint8_t factor = key->factor & 7;
    return combine_function_parts(key->function).scale &&
           (factor == GLIDE_FACTOR_TEXTURE_ALPHA || factor == GLIDE_FACTOR_TEXTURE_RGB);
}

static bool uses_other_alpha(const struct combine_key *key)
{
    return combine_function_parts(key->function).scale &&
           (key->factor & 7) == GLIDE_FACTOR_OTHER_ALPHA;
}

static bool ext_samples(const struct combine_ext_key *key)
{
    return has_input(key, GLIDE_INPUT_TEXTURE_ALPHA) || has_input(key, GLIDE_INPUT_TEXTURE_RGB);
}

/* Whether the texture units' colour reaches the pixel. */
static bool samples(const struct shader_key *key)
{
    return ext_samples(&key->color_ext) || ext_samples(&key->alpha_ext) ||
           (key->color.other == GLIDE_OTHER_TEXTURE &&
            (combine_function_parts(key->color.function).other || key->chroma != CHROMA_NONE)) ||
           (key->alpha.other == GLIDE_OTHER_TEXTURE &&
            (combine_function_parts(key->alpha.function).other || uses_other_alpha(&key->color) ||
             uses_other_alpha(&key->alpha))) ||
           factor_is_texture(&key->color) || factor_is_texture(&key->alpha) || key->lighting;
}

static enum chroma_key chroma_key(bool enable, bool range, uint32_t mode)
{
    return !enable    ? CHROMA_NONE
           : !range   ? CHROMA_VALUE
           : mode & 1 ? CHROMA_OUTSIDE_RANGE
                      : CHROMA_RANGE;
}

static void unit_key(struct unit_key *key, const struct glide_texture_unit *unit)
{
    static const uint8_t filters[2][2] = {{FILTER_POINT, FILTER_BILINEAR_MAG},
                                          {FILTER_BILINEAR_MIN, FILTER_BILINEAR}};
    key->used = 1;
    key->rgb = combine_key(&unit->rgb, GLIDE_LOCAL_ITERATED);
    key->alpha = combine_key(&unit->alpha, GLIDE_LOCAL_ITERATED);
    key->rgb.local = key->rgb.other = key->alpha.local = key->alpha.other = 0;
    key->rgb_ext = combine_ext_key(&unit->rgb_ext);
    key->alpha_ext = combine_ext_key(&unit->alpha_ext);
    key->filter = filters[unit->bilinear_min != 0][unit->bilinear_mag != 0];
    key->mipmap = at_most(unit->mipmap, GLIDE_MIPMAP_NEAREST_DITHER, GLIDE_MIPMAP_DISABLE);
    key->levels = unit->texture.levels & GLIDE_LEVELS_BOTH;
    key->lod_blend = unit->lod_blend != 0;
    key->chroma = chroma_key(unit->chroma_enable, true, unit->chroma_mode);
}

static bool ext_passes_other(const struct combine_ext_key *key)
{
    return has_input(key, GLIDE_INPUT_OTHER_ALPHA) ||
           has_input(key, GLIDE_INPUT_OTHER_TEXTURE_ALPHA) ||
           has_input(key, GLIDE_INPUT_OTHER_TEXTURE_RGB);
}

/* Whether the unit lets anything of the unit above it through. */
static bool passes_other(const struct unit_key *key)
{
    if (ext_passes_other(&key->rgb_ext) || ext_passes_other(&key->alpha_ext)) {
        return true;
    }
    struct combine_parts rgb = combine_function_parts(key->rgb.function);
    struct combine_parts alpha = combine_function_parts(key->alpha.function);
    return rgb.other || alpha.other || uses_other_alpha(&key->rgb) || uses_other_alpha(&key->alpha);
}

bool registers_blend(const struct glide_chip_registers *registers)
{
    return registers->blend_rgb_source != GLIDE_BLEND_ONE ||
           registers->blend_rgb_destination != GLIDE_BLEND_ZERO ||
           registers->blend_rgb_operation != GLIDE_BLEND_ADD;
}

static void pipeline_key(struct shader_key *key, const struct glide_chip_registers *r)
{
    key->chroma = chroma_key(r->chroma_enable || r->chroma_range_enable, r->chroma_range_enable,
                             r->chroma_range_mode);
    key->alpha_test = (r->alpha_test & 7) != GLIDE_ALWAYS;
    key->fog_source = at_most(r->fog_source, GLIDE_FOG_ITERATED_ALPHA, GLIDE_FOG_DISABLE);
    if (key->fog_source != GLIDE_FOG_DISABLE) {
        key->fog_mult = r->fog_mult != 0;
        key->fog_add = r->fog_add != 0;
    }
    key->depth_mode = at_most(r->depth_mode, GLIDE_DEPTH_W_COMPARE_TO_BIAS, GLIDE_DEPTH_DISABLE);
    key->stipple = at_most(r->stipple, GLIDE_STIPPLE_ROTATE, GLIDE_STIPPLE_DISABLE);
    key->prefog = r->blend_rgb_destination == GLIDE_BLEND_SATURATE_OR_PREFOG;
}

void shader_key_from_registers(struct shader_key *key, const struct glide_chip_registers *r,
                               const struct shader_key_options *options)
{
    memset(key, 0, sizeof *key);
    key->lfb = options->lfb;
    key->counted = options->counted;
    if (!options->lfb || options->pipeline) {
        pipeline_key(key, r);
    } else if (options->lfb_depth) {
        key->depth_mode = GLIDE_DEPTH_Z;
    }
    bool blends = registers_blend(r) && (!options->lfb || options->pipeline);
    bool exact = options->lfb_16_bit && key->fog_source == GLIDE_FOG_DISABLE;
    if (!options->true_color && !blends && !exact) {
        key->quantise = 1;
        key->dither = at_most(r->dither, GLIDE_DITHER_4X4, GLIDE_DITHER_DISABLE);
    }
    if (options->lfb) {
        return;
    }
    key->color = combine_key(&r->color, GLIDE_LOCAL_CONSTANT);
    key->alpha = combine_key(&r->alpha, GLIDE_LOCAL_DEPTH);
    key->color_ext = combine_ext_key(&r->color_ext);
    key->alpha_ext = combine_ext_key(&r->alpha_ext);
    struct combine_parts color = combine_function_parts(key->color.function);
    key->lighting = r->alpha_controls_lighting && uses_local(&color, key->color.factor);
    if (samples(key)) {
        unit_key(&key->tmu[0], &r->tmu[0]);
        if (passes_other(&key->tmu[0])) {
            unit_key(&key->tmu[1], &r->tmu[1]);
        }
    }
}
