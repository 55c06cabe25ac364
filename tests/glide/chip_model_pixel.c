/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pixel's way: chroma key, colour and alpha combine, alpha test, fog, depth, blending, dithering,
 * masks. */
#include "tests/glide/chip_model.h"

int model_clamp(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

int model_dither(uint32_t mode, int x, int y)
{
    /* Each cell of the finer matrix is four times the coarser one's, and that one's quarter. */
    static const int quarters[2][2] = {{0, 2}, {3, 1}};
    if (mode == GLIDE_DITHER_4X4) {
        return 4 * quarters[y & 1][x & 1] + quarters[y >> 1 & 1][x >> 1 & 1];
    }
    return mode == GLIDE_DITHER_2X2 ? 4 * quarters[y & 1][x & 1] + 2 : 0;
}

int model_quantise(int color, int bits, uint32_t mode, int x, int y)
{
    const int step = 1 << (8 - bits);
    if (mode == GLIDE_DITHER_DISABLE) {
        return color / step;
    }
    return (color - (color >> bits) + model_dither(mode, x, y) * step / 16) / step;
}

struct model_function model_function(uint32_t function)
{
    struct model_function f = {0};
    switch (function) {
    case 0x1:
        f.add_local = true;
        break;
    case 0x2:
        f.add_local_alpha = true;
        break;
    case 0x5:
    case 0x4:
    case 0x3:
        f.scale = f.other = true;
        f.add_local = function == 0x4;
        f.add_local_alpha = function == 0x5;
        break;
    case 0x8:
    case 0x7:
    case 0x6:
        f.scale = f.other = f.minus_local = true;
        f.add_local = function == 0x7;
        f.add_local_alpha = function == 0x8;
        break;
    case 0x10:
    case 0x9:
        f.scale = f.minus_local = true;
        f.add_local = function == 0x9;
        f.add_local_alpha = function == 0x10;
        break;
    }
    return f;
}

int model_float_depth(int64_t oow)
{
    if (oow >= 1 << 30) {
        return 0;
    }
    uint64_t fraction = oow > 0 ? (uint64_t)oow << 2 : 0; /* 32 bits behind the point */
    int zeros = 0;
    while (zeros < 16 && !(fraction & 0x80000000u)) {
        fraction <<= 1;
        zeros++;
    }
    if (zeros == 16) {
        return 0xffff;
    }
    int mantissa = ~(fraction >> 19) & 0xfff;
    int depth = zeros << 12 | mantissa;
    return depth < 0xffff ? depth + 1 : depth;
}

/* One channel through a combine unit. */
static int combine(struct model_function f, uint32_t factor, int other, int local, int local_alpha,
                   int share, bool invert)
{
    int v = f.other ? other : 0;
    if (f.minus_local) {
        v -= local;
    }
    if (f.scale) {
        share = factor & 8 ? 255 - share : share;
        v = v * (share + 1) >> 8;
    } else {
        v = 0;
    }
    v += f.add_local ? local : f.add_local_alpha ? local_alpha : 0;
    v = model_clamp(v, 0, 255);
    return invert ? 255 - v : v;
}

static int term(int v, uint32_t mode)
{
    switch (mode) {
    case GLIDE_MODE_X:
        return v;
    case GLIDE_MODE_ONE_MINUS_X:
        return 255 - v;
    case GLIDE_MODE_NEGATIVE_X:
        return -v;
    case GLIDE_MODE_X_MINUS_HALF:
        return v - 128;
    default:
        return 0;
    }
}

int model_combine_ext(const struct glide_combine_ext *ext, const int inputs[GLIDE_INPUTS])
{
    int b = inputs[ext->b];
    int c = ext->c == GLIDE_INPUT_B ? b : inputs[ext->c];
    int d = ext->d == GLIDE_INPUT_B ? b : inputs[ext->d];
    int v = term(inputs[ext->a], ext->a_mode) + term(b, ext->b_mode);
    v = (v * ((ext->c_invert ? 255 - c : c) + 1) >> 8) + (ext->d_invert ? 255 - d : d);
    v = model_clamp(v * (1 << ext->shift), 0, 255);
    return ext->invert ? 255 - v : v;
}

static struct model_color unpack(uint32_t argb)
{
    return (struct model_color){argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >> 24};
}

static bool in_range(struct model_color c, struct model_color low, struct model_color high)
{
    return c.r >= low.r && c.r <= high.r && c.g >= low.g && c.g <= high.g && c.b >= low.b &&
           c.b <= high.b;
}

static bool keyed(const struct glide_chip_registers *r, struct model_color c)
{
    struct model_color value = unpack(r->chroma_value);
    if (r->chroma_range_enable) {
        bool inside = in_range(c, value, unpack(r->chroma_range_high));
        return r->chroma_range_mode & 1 ? !inside : inside;
    }
    return r->chroma_enable && c.r == value.r && c.g == value.g && c.b == value.b;
}

/* Everything that the colour path chooses from. */
struct sources {
    struct model_color iterated, texture, constant;
    int z;
};

static struct model_color other(const struct sources *s, uint32_t select)
{
    return select == GLIDE_OTHER_ITERATED  ? s->iterated
           : select == GLIDE_OTHER_TEXTURE ? s->texture
                                           : s->constant;
}

static int local_alpha(const struct sources *s, uint32_t select)
{
    return select == GLIDE_LOCAL_ITERATED ? s->iterated.a
           : select == GLIDE_LOCAL_DEPTH  ? s->z >> 8
                                          : s->constant.a;
}

/* One channel's inputs of the colour path. The alphas that it calls local and other are b and a of
 * the alpha combine. */
static int path_ext(const struct glide_chip_registers *r, const struct glide_combine_ext *ext,
                    const struct sources *s, int iterated, int texture, int constant)
{
    int inputs[GLIDE_INPUTS] = {
        [GLIDE_INPUT_TEXTURE_ALPHA] = s->texture.a, [GLIDE_INPUT_CONSTANT_ALPHA] = s->constant.a,
        [GLIDE_INPUT_CONSTANT_COLOR] = constant,    [GLIDE_INPUT_ITERATED_ALPHA] = s->iterated.a,
        [GLIDE_INPUT_ITERATED_RGB] = iterated,      [GLIDE_INPUT_TEXTURE_RGB] = texture,
    };
    const int alphas[GLIDE_INPUTS] = {
        [GLIDE_INPUT_TEXTURE_ALPHA] = s->texture.a,
        [GLIDE_INPUT_CONSTANT_ALPHA] = s->constant.a,
        [GLIDE_INPUT_ITERATED_ALPHA] = s->iterated.a,
    };
    inputs[GLIDE_INPUT_LOCAL_ALPHA] = alphas[r->alpha_ext.b];
    inputs[GLIDE_INPUT_OTHER_ALPHA] = alphas[r->alpha_ext.a];
    return model_combine_ext(ext, inputs);
}

static struct model_color color_path_ext(const struct glide_chip_registers *r,
                                         const struct sources *s)
{
    const struct model_color *i = &s->iterated, *t = &s->texture, *c = &s->constant;
    return (struct model_color){path_ext(r, &r->color_ext, s, i->r, t->r, c->r),
                                path_ext(r, &r->color_ext, s, i->g, t->g, c->g),
                                path_ext(r, &r->color_ext, s, i->b, t->b, c->b),
                                path_ext(r, &r->alpha_ext, s, i->a, t->a, c->a)};
}

static struct model_color color_path(const struct glide_chip_registers *r, const struct sources *s)
{
    struct model_color other_color = other(s, r->color.other);
    struct model_color local = r->color.local == GLIDE_LOCAL_ITERATED ? s->iterated : s->constant;
    if (r->alpha_controls_lighting) {
        local = s->texture.a & 0x80 ? s->constant : s->iterated;
    }
    int a_other = other(s, r->alpha.other).a, a_local = local_alpha(s, r->alpha.local);
    struct model_color shares[8] = {
        {0, 0, 0, 0},
        {local.r, local.g, local.b, a_local},
        {a_other, a_other, a_other, a_other},
        {a_local, a_local, a_local, a_local},
        {s->texture.a, s->texture.a, s->texture.a, s->texture.a},
        s->texture,
    };
    struct model_color share = shares[r->color.factor & 7];
    struct model_function f = model_function(r->color.function);
    bool invert = r->color.invert;
    return (struct model_color){
        combine(f, r->color.factor, other_color.r, local.r, a_local, share.r, invert),
        combine(f, r->color.factor, other_color.g, local.g, a_local, share.g, invert),
        combine(f, r->color.factor, other_color.b, local.b, a_local, share.b, invert),
        combine(model_function(r->alpha.function), r->alpha.factor, a_other, a_local, a_local,
                shares[r->alpha.factor & 7].a, r->alpha.invert),
    };
}

/* GrCmpFnc_t is a set: bit 0 for less, 1 for equal, 2 for greater. */
static bool passes(uint32_t function, int value, int against)
{
    return function >> (value < against ? 0 : value == against ? 1 : 2) & 1;
}

static int fog_share(const struct glide_chip_registers *r, const struct model_pixel *p,
                     const struct sources *s)
{
    if (r->fog_source == GLIDE_FOG_ITERATED_Z) {
        return s->z >> 8;
    }
    if (r->fog_source == GLIDE_FOG_ITERATED_ALPHA) {
        return s->iterated.a;
    }
    int w = model_float_depth(r->fog_source == GLIDE_FOG_TABLE_ON_W ? p->oow : p->fog);
    int entry = w / 1024, next = entry < 63 ? entry + 1 : 63;
    int delta = (r->fog_table[next] - r->fog_table[entry]) * 4;
    return r->fog_table[entry] + (delta * (w / 4 % 256) >> 10);
}

static int fog_channel(const struct glide_chip_registers *r, int color, int fog, int share)
{
    int from = r->fog_mult ? 0 : color;
    int v = ((r->fog_add ? 0 : fog) - from) * (share + 1) >> 8;
    return model_clamp(v + from, 0, 255);
}

static void apply_fog(const struct glide_chip_registers *r, const struct model_pixel *p,
                      const struct sources *s, struct model_color *c)
{
    if (r->fog_source == GLIDE_FOG_DISABLE) {
        return;
    }
    struct model_color fog = unpack(r->fog_color);
    int share = fog_share(r, p, s);
    c->r = fog_channel(r, c->r, fog.r, share);
    c->g = fog_channel(r, c->g, fog.g, share);
    c->b = fog_channel(r, c->b, fog.b, share);
}

static bool compares_bias(const struct glide_chip_registers *r)
{
    return r->depth_mode == GLIDE_DEPTH_Z_COMPARE_TO_BIAS ||
           r->depth_mode == GLIDE_DEPTH_W_COMPARE_TO_BIAS;
}

/* The depth that is written, and compared unless that is the bias. */
static int pixel_depth(const struct glide_chip_registers *r, const struct model_pixel *p,
                       const struct sources *s)
{
    bool of_z = r->depth_mode == GLIDE_DEPTH_Z || r->depth_mode == GLIDE_DEPTH_Z_COMPARE_TO_BIAS;
    int bias = compares_bias(r) ? 0 : r->depth_bias;
    return model_clamp((of_z ? s->z : model_float_depth(p->oow)) + bias, 0, 65535);
}

/* Of the channel's own colour, the other side's colour, the alphas, the colour before fog. */
static int blend_share(uint32_t factor, bool source, int other_color, int source_alpha,
                       int target_alpha, int before_fog)
{
    int inverse_target = 255 - target_alpha;
    switch (factor & 15) {
    case GLIDE_BLEND_SRC_ALPHA:
        return source_alpha;
    case GLIDE_BLEND_OTHER_COLOR:
        return other_color;
    case GLIDE_BLEND_DST_ALPHA:
        return target_alpha;
    case GLIDE_BLEND_ONE:
        return 255;
    case GLIDE_BLEND_ONE_MINUS_SRC_ALPHA:
        return 255 - source_alpha;
    case GLIDE_BLEND_ONE_MINUS_OTHER_COLOR:
        return 255 - other_color;
    case GLIDE_BLEND_ONE_MINUS_DST_ALPHA:
        return inverse_target;
    case GLIDE_BLEND_SATURATE_OR_PREFOG:
        return !source ? before_fog : source_alpha < inverse_target ? source_alpha : inverse_target;
    default:
        return 0;
    }
}

static int blend(const struct glide_chip_registers *r, int color, int target, int alpha,
                 int before_fog)
{
    int a = blend_share(r->blend_rgb_source, true, target, alpha, 255, before_fog);
    int b = blend_share(r->blend_rgb_destination, false, color, alpha, 255, before_fog);
    return model_clamp((color * (a + 1) >> 8) + (target * (b + 1) >> 8), 0, 255);
}

static void write_color(struct chip_model *model, const struct model_pixel *p, struct model_color c,
                        struct model_color before_fog)
{
    const struct glide_chip_registers *r = &model->registers;
    uint16_t *target = &model->color[p->y * model->width + p->x];
    int red = *target >> 11, green = *target >> 5 & 63, blue = *target & 31;
    c.r = blend(r, c.r, red << 3 | red >> 2, c.a, before_fog.r);
    c.g = blend(r, c.g, green << 2 | green >> 4, c.a, before_fog.g);
    c.b = blend(r, c.b, blue << 3 | blue >> 2, c.a, before_fog.b);
    if (r->mask_rgb & 1) {
        red = model_quantise(c.r, 5, r->dither, p->x, p->y);
    }
    if (r->mask_rgb & 2) {
        green = model_quantise(c.g, 6, r->dither, p->x, p->y);
    }
    if (r->mask_rgb & 4) {
        blue = model_quantise(c.b, 5, r->dither, p->x, p->y);
    }
    *target = red << 11 | green << 5 | blue;
}

/* A pattern that rotates does so with each pixel, drawn or not. */
static bool stippled_out(struct glide_chip_registers *r, const struct model_pixel *p)
{
    int bit = p->y % 4 * 8 + 7 - p->x % 8;
    bool drawn;
    switch (r->stipple) {
    case GLIDE_STIPPLE_PATTERN:
        return !(r->stipple_pattern >> bit & 1);
    case GLIDE_STIPPLE_ROTATE:
        drawn = r->stipple_pattern >> 31;
        r->stipple_pattern = r->stipple_pattern << 1 | drawn;
        return !drawn;
    default:
        return false;
    }
}

void model_draw_pixel(struct chip_model *model, const struct model_pixel *p)
{
    const struct glide_chip_registers *r = &model->registers;
    struct sources s = {
        .iterated = {model_clamp(p->r >> 12, 0, 255), model_clamp(p->g >> 12, 0, 255),
                     model_clamp(p->b >> 12, 0, 255), model_clamp(p->a >> 12, 0, 255)},
        .constant = unpack(r->constant_color),
        .z = model_clamp(p->z >> 12, 0, 65535),
    };
    if (stippled_out(&model->registers, p) || !model_texture(model, p, &s.texture) ||
        keyed(r, other(&s, r->color.other))) {
        return;
    }
    struct model_color c = r->color_ext.enable ? color_path_ext(r, &s) : color_path(r, &s);
    if (!passes(r->alpha_test, c.a, r->alpha_reference)) {
        return;
    }
    struct model_color before_fog = c;
    apply_fog(r, p, &s, &c);
    if (r->depth_mode != GLIDE_DEPTH_DISABLE) {
        uint16_t *depth = &model->depth[p->y * model->width + p->x];
        int mine = pixel_depth(r, p, &s);
        int compared = compares_bias(r) ? r->depth_bias & 0xffff : mine;
        if (!passes(r->depth_compare, compared, *depth)) {
            return;
        }
        if (r->depth_mask) {
            *depth = mine;
        }
    }
    write_color(model, p, c, before_fog);
}
