/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texture units: level of detail, addresses, formats, filter, combine. */
#include "tests/glide/chip_model.h"

#include <math.h>

/* A texture as a unit's registers describe it. */
struct texture {
    const struct chip_model *model;
    const struct glide_texture_unit *unit;
    int tmu;
};

static int level_width(const struct texture *t, int lod)
{
    int width = 256 >> lod, shift = t->unit->texture.aspect;
    width >>= shift < 0 ? -shift : 0;
    return width > 0 ? width : 1;
}

static int level_height(const struct texture *t, int lod)
{
    int height = 256 >> lod, shift = t->unit->texture.aspect;
    height >>= shift > 0 ? shift : 0;
    return height > 0 ? height : 1;
}

static bool is_16_bit(uint32_t format)
{
    return format >= 8;
}

/* lod counts from 256 texels downwards; each level follows the next larger one that the unit has.
 */
static uint32_t level_address(const struct texture *t, int lod)
{
    const struct glide_texture *texture = &t->unit->texture;
    uint32_t address = texture->address;
    for (int i = 8 - (int)texture->large_lod; i < lod; i++) {
        if (texture->levels >> (i & 1) & 1) {
            address += level_width(t, i) * level_height(t, i) << is_16_bit(texture->format);
        }
    }
    return address;
}

static int widen(int v, int bits)
{
    v &= (1 << bits) - 1;
    /* The bits repeat until there are eight. */
    int wide = 0;
    for (int have = 0; have < 8; have += bits) {
        int shift = 8 - bits - have;
        wide |= shift >= 0 ? v << shift : v >> -shift;
    }
    return wide;
}

static int nine_bits(uint32_t v)
{
    return (int)(v & 511) - (v & 256 ? 512 : 0);
}

static struct model_color yiq(const struct texture *t, int code, int alpha)
{
    const uint32_t *words = t->model->ncc[t->tmu][t->unit->ncc_table & 1];
    int y = words[code >> 6 & 3] >> (code >> 4 & 3) * 8 & 255;
    uint32_t i = words[4 + (code >> 2 & 3)], q = words[8 + (code & 3)];
    return (struct model_color){model_clamp(y + nine_bits(i >> 18) + nine_bits(q >> 18), 0, 255),
                                model_clamp(y + nine_bits(i >> 9) + nine_bits(q >> 9), 0, 255),
                                model_clamp(y + nine_bits(i) + nine_bits(q), 0, 255), alpha};
}

static struct model_color palette(const struct texture *t, int code, int alpha)
{
    uint32_t entry = t->model->palette[code & 255];
    return (struct model_color){entry >> 16 & 255, entry >> 8 & 255, entry & 255, alpha};
}

static struct model_color palette_6666(const struct texture *t, int code)
{
    uint32_t entry = t->model->palette[code & 255];
    return (struct model_color){widen(entry >> 12, 6), widen(entry >> 6, 6), widen(entry, 6),
                                widen(entry >> 18, 6)};
}

static struct model_color texel_color(const struct texture *t, int v)
{
    switch (t->unit->texture.format) {
    case 0x0:
    case 0x8:
        return (struct model_color){widen(v >> 5, 3), widen(v >> 2, 3), widen(v, 2),
                                    t->unit->texture.format == 8 ? v >> 8 : 255};
    case 0x1:
        return yiq(t, v, 255);
    case 0x2:
        return (struct model_color){v, v, v, v};
    case 0x3:
        return (struct model_color){v, v, v, 255};
    case 0x4:
        return (struct model_color){widen(v, 4), widen(v, 4), widen(v, 4), widen(v >> 4, 4)};
    case 0x5:
        return palette(t, v, 255);
    case 0x6:
        return palette_6666(t, v);
    case 0x9:
        return yiq(t, v, v >> 8);
    case 0xa:
        return (struct model_color){widen(v >> 11, 5), widen(v >> 5, 6), widen(v, 5), 255};
    case 0xb:
        return (struct model_color){widen(v >> 10, 5), widen(v >> 5, 5), widen(v, 5),
                                    v & 0x8000 ? 255 : 0};
    case 0xc:
        return (struct model_color){widen(v >> 8, 4), widen(v >> 4, 4), widen(v, 4),
                                    widen(v >> 12, 4)};
    case 0xd:
        return (struct model_color){v & 255, v & 255, v & 255, v >> 8};
    default:
        return palette(t, v, v >> 8);
    }
}

static int wrap(int at, int size, uint32_t mode)
{
    if (mode == GLIDE_CLAMP_CLAMP) {
        return model_clamp(at, 0, size - 1);
    }
    if (mode == GLIDE_CLAMP_MIRROR && at & size) {
        at = ~at;
    }
    return at & (size - 1);
}

static struct model_color fetch(const struct texture *t, int lod, int s, int t_at)
{
    int width = level_width(t, lod);
    s = wrap(s, width, t->unit->clamp_s);
    t_at = wrap(t_at, level_height(t, lod), t->unit->clamp_t);
    bool wide = is_16_bit(t->unit->texture.format);
    uint32_t at = level_address(t, lod) + ((t_at * width + s) << wide);
    const uint8_t *memory = t->model->texture_memory[t->tmu];
    int v = memory[at % MODEL_TEXTURE_MEMORY];
    if (wide) {
        v |= memory[(at + 1) % MODEL_TEXTURE_MEMORY] << 8;
    }
    return texel_color(t, v);
}

/* Four texels, each by the area that is nearer to it; x and y in 1/256 of a texel. */
static int mix(int a, int b, int c, int d, int x, int y)
{
    return (a * (256 - x) * (256 - y) + b * x * (256 - y) + c * (256 - x) * y + d * x * y) >> 16;
}

/* s and t in 1/256 of a texel of the level. */
static struct model_color filter(const struct texture *t, int lod, int64_t s, int64_t t_at,
                                 bool bilinear)
{
    if (!bilinear) {
        return fetch(t, lod, s >> 8, t_at >> 8);
    }
    s -= 128;
    t_at -= 128;
    int x = s >> 8, y = t_at >> 8, right = s & 255, down = t_at & 255;
    struct model_color a = fetch(t, lod, x, y), b = fetch(t, lod, x + 1, y);
    struct model_color c = fetch(t, lod, x, y + 1), d = fetch(t, lod, x + 1, y + 1);
    return (struct model_color){
        mix(a.r, b.r, c.r, d.r, right, down), mix(a.g, b.g, c.g, d.g, right, down),
        mix(a.b, b.b, c.b, d.b, right, down), mix(a.a, b.a, c.a, d.a, right, down)};
}

/* What a unit's combine chooses from besides colours. */
struct lod {
    int level, fraction, detail;
    bool magnified;
};

static struct lod find_lod(const struct glide_texture_unit *unit, const struct model_pixel *p,
                           int tmu)
{
    int least = (8 - (int)unit->texture.large_lod) * 256;
    int most = (8 - (int)unit->texture.small_lod) * 256;
    double oow = ldexp(p->tmu[tmu].oow, -30);
    int raw = p->tmu[tmu].lod - (int)floor(log2(oow > 1e-9 ? oow : 1e-9) * 256);
    struct lod lod = {.magnified = raw < least};
    int lod_now = least;
    if (unit->mipmap != GLIDE_MIPMAP_DISABLE) {
        lod_now = raw + unit->lod_bias * 64;
        if (unit->mipmap == GLIDE_MIPMAP_NEAREST_DITHER) {
            lod_now += (2 * model_dither(GLIDE_DITHER_4X4, p->x, p->y) - 15) * 4;
        }
        lod_now = model_clamp(lod_now, least, most);
    }
    lod.level = lod_now >> 8;
    lod.fraction = lod_now & 255;
    if (unit->lod_blend && lod.level & 1) {
        lod.fraction = 255 - lod.fraction;
    }
    if (!(unit->texture.levels >> (lod.level & 1) & 1)) {
        lod.level += lod.level < most >> 8 ? 1 : -1;
    }
    int detail = (unit->detail_bias * 256 - raw) * (1 << unit->detail_scale) >> 8;
    lod.detail = model_clamp(detail, 0, (int)(unit->detail_max * 255));
    return lod;
}

static int combine(const struct glide_combine *c, int other, int local, int local_alpha,
                   const int shares[8])
{
    struct model_function f = model_function(c->function);
    int share = shares[c->factor & 7];
    share = c->factor & 8 ? 255 - share : share;
    int v = (f.other ? other : 0) - (f.minus_local ? local : 0);
    v = f.scale ? v * (share + 1) >> 8 : 0;
    v += f.add_local ? local : f.add_local_alpha ? local_alpha : 0;
    v = model_clamp(v, 0, 255);
    return c->invert ? 255 - v : v;
}

static struct model_color unit_color(const struct glide_texture_unit *unit, const struct lod *lod,
                                     struct model_color other, struct model_color local)
{
    const int r[8] = {0, local.r, other.a, local.a, lod->detail, lod->fraction};
    const int g[8] = {0, local.g, other.a, local.a, lod->detail, lod->fraction};
    const int b[8] = {0, local.b, other.a, local.a, lod->detail, lod->fraction};
    const int a[8] = {0, local.a, other.a, local.a, lod->detail, lod->fraction};
    return (struct model_color){
        combine(&unit->rgb, other.r, local.r, local.a, r),
        combine(&unit->rgb, other.g, local.g, local.a, g),
        combine(&unit->rgb, other.b, local.b, local.a, b),
        combine(&unit->alpha, other.a, local.a, local.a, a),
    };
}

/* All that the extension's combine unit of a texture unit can choose from. */
struct ext_sources {
    const struct lod *lod;
    struct model_color other, local, iterated, constant;
};

/* One channel, of which each source has its own. */
static int unit_ext(const struct glide_combine_ext *ext, const struct ext_sources *s, int other,
                    int local, int iterated, int constant)
{
    const int inputs[GLIDE_INPUTS] = {
        [GLIDE_INPUT_LOCAL_ALPHA] = s->local.a,
        [GLIDE_INPUT_OTHER_ALPHA] = s->other.a,
        [GLIDE_INPUT_DETAIL_FACTOR] = s->lod->detail,
        [GLIDE_INPUT_ITERATED_ALPHA] = s->iterated.a,
        [GLIDE_INPUT_ITERATED_RGB] = iterated,
        [GLIDE_INPUT_LOCAL_TEXTURE_ALPHA] = s->local.a,
        [GLIDE_INPUT_LOCAL_TEXTURE_RGB] = local,
        [GLIDE_INPUT_LOD_FRACTION] = s->lod->fraction,
        [GLIDE_INPUT_OTHER_TEXTURE_ALPHA] = s->other.a,
        [GLIDE_INPUT_OTHER_TEXTURE_RGB] = other,
        [GLIDE_INPUT_TMU_CONSTANT_ALPHA] = s->constant.a,
        [GLIDE_INPUT_TMU_CONSTANT_COLOR] = constant,
    };
    return model_combine_ext(ext, inputs);
}

static struct model_color unit_color_ext(const struct glide_texture_unit *unit,
                                         const struct ext_sources *s)
{
    const struct model_color *o = &s->other, *l = &s->local, *i = &s->iterated, *c = &s->constant;
    return (struct model_color){unit_ext(&unit->rgb_ext, s, o->r, l->r, i->r, c->r),
                                unit_ext(&unit->rgb_ext, s, o->g, l->g, i->g, c->g),
                                unit_ext(&unit->rgb_ext, s, o->b, l->b, i->b, c->b),
                                unit_ext(&unit->alpha_ext, s, o->a, l->a, i->a, c->a)};
}

static struct ext_sources ext_sources(const struct model_pixel *p,
                                      const struct glide_texture_unit *unit, const struct lod *lod,
                                      struct model_color other, struct model_color local)
{
    uint32_t c = unit->constant_color;
    return (struct ext_sources){
        lod,
        other,
        local,
        {model_clamp(p->r >> 12, 0, 255), model_clamp(p->g >> 12, 0, 255),
         model_clamp(p->b >> 12, 0, 255), model_clamp(p->a >> 12, 0, 255)},
        {c >> 16 & 255, c >> 8 & 255, c & 255, c >> 24},
    };
}

static bool keyed(const struct glide_texture_unit *unit, struct model_color c)
{
    uint32_t low = unit->chroma_low, high = unit->chroma_high;
    bool inside = c.r >= (int)(low >> 16 & 255) && c.r <= (int)(high >> 16 & 255) &&
                  c.g >= (int)(low >> 8 & 255) && c.g <= (int)(high >> 8 & 255) &&
                  c.b >= (int)(low & 255) && c.b <= (int)(high & 255);
    return unit->chroma_enable && inside != (bool)(unit->chroma_mode & 1);
}

bool model_texture(const struct chip_model *model, const struct model_pixel *p,
                   struct model_color *out)
{
    struct model_color color = {0, 0, 0, 0};
    for (int tmu = GLIDE_TMUS - 1; tmu >= 0; tmu--) {
        const struct glide_texture_unit *unit = &model->registers.tmu[tmu];
        struct texture texture = {model, unit, tmu};
        struct lod lod = find_lod(unit, p, tmu);
        int64_t oow = p->tmu[tmu].oow > 0 ? p->tmu[tmu].oow : 1;
        /* 14.18 over 2.30 in 1/256 texels of the level with 256. */
        int64_t s = (p->tmu[tmu].sow << 20) / oow, t = (p->tmu[tmu].tow << 20) / oow;
        bool bilinear = lod.magnified ? unit->bilinear_mag : unit->bilinear_min;
        struct model_color local =
            filter(&texture, lod.level, s >> lod.level, t >> lod.level, bilinear);
        if (keyed(unit, local)) {
            return false;
        }
        struct ext_sources sources = ext_sources(p, unit, &lod, color, local);
        color = unit->rgb_ext.enable ? unit_color_ext(unit, &sources)
                                     : unit_color(unit, &lod, color, local);
    }
    *out = color;
    return true;
}
