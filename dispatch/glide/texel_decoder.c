/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/texel_decoder.h"

#include "dispatch/glide/texel_blocks.h"

#include <string.h>

/* Fewer bits become eight by repetition. */
static uint8_t from_1(uint32_t v)
{
    return v & 1 ? 0xff : 0;
}

static uint8_t from_2(uint32_t v)
{
    return (v & 3) * 0x55;
}

static uint8_t from_3(uint32_t v)
{
    v &= 7;
    return v << 5 | v << 2 | v >> 1;
}

static uint8_t from_4(uint32_t v)
{
    return (v & 15) * 0x11;
}

static uint8_t from_5(uint32_t v)
{
    v &= 31;
    return v << 3 | v >> 2;
}

static uint8_t from_6(uint32_t v)
{
    v &= 63;
    return v << 2 | v >> 4;
}

static void put(uint8_t out[4], uint8_t r, uint8_t g, uint8_t b, uint8_t a)
{
    out[0] = r;
    out[1] = g;
    out[2] = b;
    out[3] = a;
}

static void decode_332(uint32_t v, uint8_t alpha, uint8_t out[4])
{
    put(out, from_3(v >> 5), from_3(v >> 2), from_2(v), alpha);
}

static void look_up(const uint8_t table[256][4], uint32_t index, uint8_t alpha, uint8_t out[4])
{
    memcpy(out, table[index & 0xff], 3);
    out[3] = alpha;
}

static void decode_8(uint32_t format, uint32_t v, const struct texel_tables *tables, uint8_t out[4])
{
    switch (format) {
    case GLIDE_TEXFMT_YIQ_422:
        look_up(tables->ncc, v, 0xff, out);
        break;
    case GLIDE_TEXFMT_ALPHA_8:
        put(out, v, v, v, v);
        break;
    case GLIDE_TEXFMT_INTENSITY_8:
        put(out, v, v, v, 0xff);
        break;
    case GLIDE_TEXFMT_ALPHA_INTENSITY_44:
        put(out, from_4(v), from_4(v), from_4(v), from_4(v >> 4));
        break;
    case GLIDE_TEXFMT_P_8:
        look_up(tables->palette, v, 0xff, out);
        break;
    case GLIDE_TEXFMT_P_8_6666:
        memcpy(out, tables->palette_6666[v & 0xff], 4);
        break;
    default:
        decode_332(v, 0xff, out);
    }
}

static void decode_16(uint32_t format, uint32_t v, const struct texel_tables *tables,
                      uint8_t out[4])
{
    switch (format) {
    case GLIDE_TEXFMT_ARGB_8332:
        decode_332(v, v >> 8, out);
        break;
    case GLIDE_TEXFMT_AYIQ_8422:
        look_up(tables->ncc, v, v >> 8, out);
        break;
    case GLIDE_TEXFMT_ARGB_1555:
        put(out, from_5(v >> 10), from_5(v >> 5), from_5(v), from_1(v >> 15));
        break;
    case GLIDE_TEXFMT_ARGB_4444:
        put(out, from_4(v >> 8), from_4(v >> 4), from_4(v), from_4(v >> 12));
        break;
    case GLIDE_TEXFMT_ALPHA_INTENSITY_88:
        put(out, v, v, v, v >> 8);
        break;
    case GLIDE_TEXFMT_AP_88:
        look_up(tables->palette, v, v >> 8, out);
        break;
    default:
        put(out, from_5(v >> 11), from_6(v >> 5), from_5(v), 0xff);
    }
}

enum texel_table texel_format_table(uint32_t format)
{
    switch (format) {
    case GLIDE_TEXFMT_YIQ_422:
    case GLIDE_TEXFMT_AYIQ_8422:
        return TEXEL_TABLE_NCC;
    case GLIDE_TEXFMT_P_8:
    case GLIDE_TEXFMT_P_8_6666:
    case GLIDE_TEXFMT_AP_88:
        return TEXEL_TABLE_PALETTE;
    default:
        return TEXEL_TABLE_NONE;
    }
}

void texel_palette_entry(struct texel_tables *tables, uint32_t index, uint32_t entry)
{
    put(tables->palette[index], entry >> 16, entry >> 8, entry, 0xff);
    put(tables->palette_6666[index], from_6(entry >> 12), from_6(entry >> 6), from_6(entry),
        from_6(entry >> 18));
}

/* Nine bits of two's complement. */
static int signed_9(uint32_t v)
{
    return (int)(v & 0xff) - (int)(v & 0x100);
}

static uint8_t clamp_8(int v)
{
    return v < 0 ? 0 : v > 255 ? 255 : v;
}

void texel_ncc_expand(uint8_t ncc[256][4], const uint32_t words[GLIDE_NCC_WORDS])
{
    for (uint32_t texel = 0; texel < 256; texel++) {
        uint32_t y = texel >> 4;
        int luminance = words[y / 4] >> (y % 4 * 8) & 0xff;
        uint32_t i = words[4 + (texel >> 2 & 3)];
        uint32_t q = words[8 + (texel & 3)];
        for (int c = 0; c < 3; c++) {
            int shift = 18 - 9 * c;
            ncc[texel][c] = clamp_8(luminance + signed_9(i >> shift) + signed_9(q >> shift));
        }
        ncc[texel][3] = 0xff;
    }
}

void texel_decode(uint32_t format, uint32_t width, uint32_t height, const uint8_t *texels,
                  const struct texel_tables *tables, uint8_t (*rgba)[4])
{
    if (texel_blocks_decode(format, width, height, texels, rgba)) {
        return;
    }
    uint32_t count = width * height;
    if (format == GLIDE_TEXFMT_ARGB_8888) {
        for (uint32_t i = 0; i < count; i++) {
            put(rgba[i], texels[4 * i + 2], texels[4 * i + 1], texels[4 * i], texels[4 * i + 3]);
        }
    } else if (format >= GLIDE_TEXFMT_ARGB_8332) {
        for (uint32_t i = 0; i < count; i++) {
            decode_16(format, texels[2 * i] | texels[2 * i + 1] << 8, tables, rgba[i]);
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            decode_8(format, texels[i], tables, rgba[i]);
        }
    }
}
