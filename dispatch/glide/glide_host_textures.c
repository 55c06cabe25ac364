/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of texture units, downloads of textures and of their tables. */
#include "dispatch/glide/glide_host_private.h"
#include "dispatch/glide/texture_layout.h"

#include <math.h>
#include <string.h>

/* GrTexTable_t */
enum { TABLE_NCC0, TABLE_NCC1, TABLE_PALETTE, TABLE_PALETTE_6666 };

void glide_host_tex_clamp_mode(struct glide_host *host, uint32_t tmu, uint32_t s, uint32_t t)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->clamp_s = s;
        unit->clamp_t = t;
    }
}

void glide_host_tex_combine(struct glide_host *host, uint32_t tmu, uint32_t rgb_function,
                            uint32_t rgb_factor, uint32_t alpha_function, uint32_t alpha_factor,
                            uint32_t rgb_invert, uint32_t alpha_invert)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->rgb = (struct glide_combine){
            .function = rgb_function, .factor = rgb_factor, .invert = rgb_invert};
        unit->alpha = (struct glide_combine){
            .function = alpha_function, .factor = alpha_factor, .invert = alpha_invert};
        unit->rgb_ext.enable = unit->alpha_ext.enable = 0;
    }
}

void glide_host_tex_color_combine_ext(struct glide_host *host, uint32_t tmu, uint32_t a,
                                      uint32_t a_mode, uint32_t b, uint32_t b_mode, uint32_t c,
                                      uint32_t c_invert, uint32_t d, uint32_t d_invert,
                                      uint32_t shift, uint32_t invert)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->rgb_ext =
            glide_host_combine_ext(a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert);
    }
}

void glide_host_tex_alpha_combine_ext(struct glide_host *host, uint32_t tmu, uint32_t a,
                                      uint32_t a_mode, uint32_t b, uint32_t b_mode, uint32_t c,
                                      uint32_t c_invert, uint32_t d, uint32_t d_invert,
                                      uint32_t shift, uint32_t invert)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->alpha_ext =
            glide_host_combine_ext(a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert);
    }
}

void glide_host_tex_constant_color(struct glide_host *host, uint32_t tmu, uint32_t color)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->constant_color = glide_host_color(host, color);
    }
}

void glide_host_tex_detail_control(struct glide_host *host, uint32_t tmu, int32_t lod_bias,
                                   uint32_t detail_scale, float detail_max)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->detail_bias = lod_bias;
        unit->detail_scale = detail_scale;
        unit->detail_max = detail_max;
    }
}

void glide_host_tex_filter_mode(struct glide_host *host, uint32_t tmu, uint32_t minify,
                                uint32_t magnify)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        enum glide_filter filter = host->options.filter;
        bool as_program = filter == GLIDE_FILTER_PROGRAM;
        unit->bilinear_min = as_program ? minify != 0 : filter == GLIDE_FILTER_BILINEAR;
        unit->bilinear_mag = as_program ? magnify != 0 : filter == GLIDE_FILTER_BILINEAR;
    }
}

void glide_host_tex_lod_bias(struct glide_host *host, uint32_t tmu, float bias)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->lod_bias = isnan(bias) ? 0 : (int32_t)floorf(CLAMP(bias, -8, 7.75f) * 4 + 0.5f);
    }
}

static void apply_mipmap_mode(struct glide_host *host, uint32_t tmu)
{
    uint32_t mode = host->mipmap[tmu];
    host->registers->tmu[tmu].mipmap =
        mode == GLIDE_MIPMAP_NEAREST_DITHER && !host->mipmap_dither ? GLIDE_MIPMAP_NEAREST : mode;
}

void glide_host_tex_mipmap_mode(struct glide_host *host, uint32_t tmu, uint32_t mode,
                                uint32_t lod_blend)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        host->mipmap[tmu] = mode;
        apply_mipmap_mode(host, tmu);
        unit->lod_blend = lod_blend != 0;
    }
}

void glide_host_mipmap_dither(struct glide_host *host, uint32_t enable)
{
    host->mipmap_dither = enable != 0;
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        apply_mipmap_mode(host, tmu);
    }
}

void glide_host_tex_multibase(struct glide_host *host, uint32_t tmu, uint32_t enable)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->multibase = enable != 0;
    }
}

/* GrTexBaseRange_t counts from the smallest levels on. */
void glide_host_tex_multibase_address(struct glide_host *host, uint32_t tmu, uint32_t range,
                                      uint32_t address)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit && range < GLIDE_MULTIBASE_ADDRESSES) {
        unit->multibase_addresses[GLIDE_MULTIBASE_ADDRESSES - 1 - range] = address;
    }
}

void glide_host_tex_ncc_table(struct glide_host *host, uint32_t tmu, uint32_t table)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->ncc_table = table;
    }
}

struct glide_texture glide_host_texture(uint32_t address, uint32_t even_odd, int32_t small_lod,
                                        int32_t large_lod, int32_t aspect, uint32_t format)
{
    return (struct glide_texture){
        .address = address,
        .levels = even_odd,
        .small_lod = CLAMP(small_lod, 0, GLIDE_LARGEST_LOD),
        .large_lod = CLAMP(large_lod, 0, GLIDE_LARGEST_LOD),
        .aspect = aspect,
        .format = format,
    };
}

void glide_host_tex_source(struct glide_host *host, uint32_t tmu, uint32_t address,
                           uint32_t even_odd, int32_t small_lod, int32_t large_lod, int32_t aspect,
                           uint32_t format)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->texture = glide_host_texture(address, even_odd, small_lod, large_lod, aspect, format);
        host->space.aspects[tmu] = aspect;
    }
}

void glide_host_tex_chroma_mode(struct glide_host *host, uint32_t tmu, uint32_t mode)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->chroma_enable = mode != 0;
    }
}

void glide_host_tex_chroma_range(struct glide_host *host, uint32_t tmu, uint32_t min, uint32_t max,
                                 uint32_t mode)
{
    struct glide_texture_unit *unit = glide_host_unit(host, tmu);
    if (unit) {
        unit->chroma_low = glide_host_color(host, min);
        unit->chroma_high = glide_host_color(host, max);
        unit->chroma_mode = mode;
    }
}

void glide_host_tex_table(struct glide_host *host, uint32_t tmu, uint32_t type, uint32_t first,
                          const void *data, size_t size)
{
    if (!host->chip) {
        return;
    }
    if (type == TABLE_PALETTE || type == TABLE_PALETTE_6666) {
        glide_chip_write_palette(host->chip, first, size / 4, data);
    } else if ((type == TABLE_NCC0 || type == TABLE_NCC1) && size >= 4 * GLIDE_NCC_WORDS &&
               glide_host_unit(host, tmu)) {
        glide_chip_write_ncc(host->chip, tmu, type, data);
    }
}

void glide_host_tex_download(struct glide_host *host, uint32_t tmu, uint32_t address, int32_t lod,
                             int32_t large_lod, int32_t aspect, uint32_t format, uint32_t even_odd,
                             uint32_t first_row, uint32_t last_row, const void *data, size_t size)
{
    if (!host->chip || !glide_host_unit(host, tmu) || lod < 0 || lod > large_lod ||
        large_lod > GLIDE_LARGEST_LOD || aspect < -3 || aspect > 3 ||
        !glide_level_held(lod, even_odd)) {
        return;
    }
    uint32_t rows = glide_level_rows(lod, aspect, format);
    uint32_t texels_a_row = glide_level_height(lod, aspect) / rows; /* 1, or a block's height */
    uint32_t first = first_row / MAX(texels_a_row, 1);
    uint32_t end = MIN(last_row / MAX(texels_a_row, 1), rows - 1) + 1;
    if (first >= end) {
        return;
    }
    uint32_t row_bytes = glide_level_row_bytes(lod, aspect, format);
    uint32_t at = address + glide_level_offset(lod, large_lod, aspect, format, even_odd);
    glide_chip_write_texture(host->chip, tmu, at + first * row_bytes, data,
                             MIN(size, (size_t)(end - first) * row_bytes));
}
