/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/texel_blocks.h"

#include "dispatch/glide/chip_registers.h"

#include <glib.h>
#include <string.h>

enum { R, G, B, A };

static uint64_t little_64(const uint8_t *bytes)
{
    uint64_t v = 0;
    for (int i = 7; i >= 0; i--) {
        v = v << 8 | bytes[i];
    }
    return v;
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

/* `step` of `steps` on the way from a to b, all four channels. */
static void blend(uint8_t out[4], const uint8_t a[4], const uint8_t b[4], int step, int steps)
{
    for (int c = 0; c < 4; c++) {
        out[c] = (a[c] * (steps - step) + b[c] * step + steps / 2) / steps;
    }
}

/* --- DXT: 4 by 4 texels --- */

static void dxt_565(uint32_t v, uint8_t out[4])
{
    out[R] = from_5(v >> 11);
    out[G] = from_6(v >> 5);
    out[B] = from_5(v);
    out[A] = 0xff;
}

/* `one_bit_alpha`: DXT1, where the order of the two colours says whether a code is transparent. */
static void dxt_colors(const uint8_t *block, bool one_bit_alpha, uint8_t texels[16][4])
{
    uint8_t colors[4][4] = {{0}};
    uint32_t first = block[0] | block[1] << 8, second = block[2] | block[3] << 8;
    dxt_565(first, colors[0]);
    dxt_565(second, colors[1]);
    if (first > second || !one_bit_alpha) {
        blend(colors[2], colors[0], colors[1], 1, 3);
        blend(colors[3], colors[0], colors[1], 2, 3);
    } else {
        blend(colors[2], colors[0], colors[1], 1, 2);
    }
    for (int i = 0; i < 16; i++) {
        memcpy(texels[i], colors[block[4 + i / 4] >> (i % 4 * 2) & 3], 4);
    }
}

static void dxt_explicit_alpha(const uint8_t *block, uint8_t texels[16][4])
{
    uint64_t bits = little_64(block);
    for (int i = 0; i < 16; i++) {
        texels[i][A] = (bits >> (4 * i) & 15) * 0x11;
    }
}

static void dxt_interpolated_alpha(const uint8_t *block, uint8_t texels[16][4])
{
    int alphas[8] = {block[0], block[1], 0, 0, 0, 0, 0, 0xff};
    int steps = alphas[0] > alphas[1] ? 7 : 5;
    for (int i = 1; i < steps; i++) {
        alphas[1 + i] = (alphas[0] * (steps - i) + alphas[1] * i + steps / 2) / steps;
    }
    uint64_t bits = little_64(block) >> 16;
    for (int i = 0; i < 16; i++) {
        texels[i][A] = alphas[bits >> (3 * i) & 7];
    }
}

static void dxt_block(uint32_t format, const uint8_t *block, uint8_t texels[16][4])
{
    if (format == GLIDE_TEXFMT_DXT1) {
        dxt_colors(block, true, texels);
        return;
    }
    dxt_colors(block + 8, false, texels);
    if (format <= GLIDE_TEXFMT_DXT3) {
        dxt_explicit_alpha(block, texels);
    } else {
        dxt_interpolated_alpha(block, texels);
    }
}

/* --- FXT1: 8 by 4 texels, as the extension GL_3DFX_texture_compression_FXT1 describes them --- */

struct fxt1 {
    uint64_t low, high; /* bits 0 to 63, 64 to 127 */
};

/* `count` bits from bit `first` on, all in one half or in both. */
static uint32_t fxt1_bits(const struct fxt1 *block, int first, int count)
{
    uint64_t v = first >= 64  ? block->high >> (first - 64)
                 : first == 0 ? block->low
                              : block->low >> first | block->high << (64 - first);
    return v & ((1u << count) - 1);
}

static void fxt1_555(const struct fxt1 *block, int first, uint8_t out[4])
{
    uint32_t v = fxt1_bits(block, first, 15);
    out[R] = from_5(v >> 10);
    out[G] = from_5(v >> 5);
    out[B] = from_5(v);
    out[A] = 0xff;
}

static void fxt1_hi(const struct fxt1 *block, int texel, uint8_t out[4])
{
    uint8_t first[4], second[4];
    uint32_t code = fxt1_bits(block, 3 * texel, 3);
    fxt1_555(block, 96, first);
    fxt1_555(block, 111, second);
    if (code == 7) {
        memset(out, 0, 4);
    } else {
        blend(out, first, second, code, 6);
    }
}

static void fxt1_chroma(const struct fxt1 *block, int texel, uint8_t out[4])
{
    fxt1_555(block, 64 + 15 * fxt1_bits(block, 2 * texel, 2), out);
}

static void fxt1_mixed(const struct fxt1 *block, int texel, uint8_t out[4])
{
    int half = texel / 16;
    uint8_t first[4], second[4];
    int first_at = 64 + 30 * half;
    uint32_t code = fxt1_bits(block, 2 * texel, 2);
    uint32_t green_bit = fxt1_bits(block, 125 + half, 1);
    bool transparent = fxt1_bits(block, 124, 1);
    fxt1_555(block, first_at, first);
    fxt1_555(block, first_at + 15, second);
    second[G] = from_6(fxt1_bits(block, first_at + 20, 5) << 1 | green_bit);
    if (transparent) {
        if (code == 3) {
            memset(out, 0, 4);
        } else {
            blend(out, first, second, code, 2);
        }
        return;
    }
    uint32_t code_bit = fxt1_bits(block, 32 * half + 1, 1);
    first[G] = from_6(fxt1_bits(block, first_at + 5, 5) << 1 | (green_bit ^ code_bit));
    blend(out, first, second, code, 3);
}

static void fxt1_alpha_color(const struct fxt1 *block, int index, uint8_t out[4])
{
    fxt1_555(block, 64 + 15 * index, out);
    out[A] = from_5(fxt1_bits(block, 109 + 5 * index, 5));
}

static void fxt1_alpha(const struct fxt1 *block, int texel, uint8_t out[4])
{
    uint8_t first[4], second[4];
    uint32_t code = fxt1_bits(block, 2 * texel, 2);
    if (fxt1_bits(block, 124, 1)) {
        fxt1_alpha_color(block, texel < 16 ? 0 : 2, first);
        fxt1_alpha_color(block, 1, second);
        blend(out, first, second, code, 3);
    } else if (code == 3) {
        memset(out, 0, 4);
    } else {
        fxt1_alpha_color(block, code, out);
    }
}

static void fxt1_block(const uint8_t *bytes, uint8_t texels[32][4])
{
    struct fxt1 block = {little_64(bytes), little_64(bytes + 8)};
    uint32_t mode = block.high >> 61;
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 8; x++) {
            uint8_t *out = texels[8 * y + x];
            int texel = x / 4 * 16 + y * 4 + x % 4;
            if (mode & 4) {
                fxt1_mixed(&block, texel, out);
            } else if (mode == 3) {
                fxt1_alpha(&block, texel, out);
            } else if (mode == 2) {
                fxt1_chroma(&block, texel, out);
            } else {
                fxt1_hi(&block, texel, out);
            }
        }
    }
}

bool texel_blocks_decode(uint32_t format, uint32_t width, uint32_t height, const uint8_t *blocks,
                         uint8_t (*rgba)[4])
{
    bool fxt1 = format == GLIDE_TEXFMT_FXT1;
    if (!fxt1 && (format < GLIDE_TEXFMT_DXT1 || format > GLIDE_TEXFMT_DXT5)) {
        return false;
    }
    uint32_t block_width = fxt1 ? 8 : 4;
    size_t block_bytes = format == GLIDE_TEXFMT_DXT1 ? 8 : 16;
    for (uint32_t y = 0; y < height; y += 4) {
        for (uint32_t x = 0; x < width; x += block_width, blocks += block_bytes) {
            uint8_t texels[32][4];
            if (fxt1) {
                fxt1_block(blocks, texels);
            } else {
                dxt_block(format, blocks, texels);
            }
            for (uint32_t row = 0; row < MIN(4, height - y); row++) {
                memcpy(rgba[(y + row) * width + x], texels[row * block_width],
                       4 * (size_t)MIN(block_width, width - x));
            }
        }
    }
    return true;
}
