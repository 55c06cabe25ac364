/* SPDX-License-Identifier: MIT */
#include "guest/glide/textures.h"

#include <string.h>

#include "dispatch/glide/texture_layout.h"
#include "glide_encode.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"

#define EVERY_LEVEL 3u

static bool is_glide2(void)
{
    return glide_version < 30;
}

int32_t glide_lod_log2(int32_t lod)
{
    return is_glide2() ? 8 - lod : lod;
}

int32_t glide_aspect_log2(int32_t aspect)
{
    return is_glide2() ? 3 - aspect : aspect;
}

bool glide_shape_of(const struct glide_tex_info *info, struct glide_shape *shape)
{
    if (!info) {
        return false;
    }
    *shape = (struct glide_shape){
        .small_lod = glide_lod_log2(info->small_lod),
        .large_lod = glide_lod_log2(info->large_lod),
        .aspect = glide_aspect_log2(info->aspect),
        .format = info->format,
    };
    return shape->small_lod >= 0 && shape->small_lod <= shape->large_lod &&
           shape->large_lod <= GLIDE_LARGEST_LOD && shape->aspect >= -3 && shape->aspect <= 3 &&
           shape->format >= 0;
}

static uint32_t bytes_of(const struct glide_shape *shape, uint32_t even_odd)
{
    return glide_mipmap_bytes((uint32_t)shape->small_lod, (uint32_t)shape->large_lod, shape->aspect,
                              (uint32_t)shape->format, even_odd);
}

uint32_t GLIDE_CALL trireme_grTexCalcMemRequired(int32_t small_lod, int32_t large_lod,
                                                 int32_t aspect, int32_t format)
{
    const struct glide_tex_info info = {small_lod, large_lod, aspect, format, NULL};
    struct glide_shape shape;
    return glide_shape_of(&info, &shape) ? bytes_of(&shape, EVERY_LEVEL) : 0;
}

uint32_t GLIDE_CALL trireme_grTexTextureMemRequired(uint32_t even_odd,
                                                    const struct glide_tex_info *info)
{
    struct glide_shape shape;
    return glide_shape_of(info, &shape) ? bytes_of(&shape, even_odd) : 0;
}

uint32_t GLIDE_CALL trireme_grTexMinAddress(int32_t tmu)
{
    return 0;
}

/* The last address at which the smallest texture fits, as Glide has it. */
uint32_t GLIDE_CALL trireme_grTexMaxAddress(int32_t tmu)
{
    const struct trireme_glide_board *board = &glide_board.shown;
    return tmu >= 0 && (uint32_t)tmu < board->units ? board->unit_memory - 8 : 0;
}

void glide_download_rows(const struct glide_rows *rows)
{
    const struct glide_shape *shape = &rows->shape;
    const uint32_t lod = (uint32_t)rows->lod, format = (uint32_t)shape->format;
    uint32_t count = glide_level_rows(lod, shape->aspect, format);
    if (!rows->data || rows->first > rows->last || rows->last >= count ||
        !glide_level_held(lod, rows->even_odd)) {
        return;
    }
    uint32_t bytes =
        (rows->last - rows->first + 1) * glide_level_row_bytes(lod, shape->aspect, format);
    glide_encode_tex_download(&glide_board.encoder, rows->tmu, rows->address, rows->lod,
                              shape->large_lod, shape->aspect, format, rows->even_odd, rows->first,
                              rows->last, rows->data, bytes);
}

void glide_download(uint32_t tmu, uint32_t address, uint32_t even_odd,
                    const struct glide_shape *shape, const void *data)
{
    const uint8_t *from = data;
    for (int32_t lod = shape->large_lod; data && lod >= shape->small_lod; lod--) {
        const uint32_t format = (uint32_t)shape->format;
        const struct glide_rows rows = {
            .tmu = tmu,
            .address = address,
            .shape = *shape,
            .lod = lod,
            .even_odd = even_odd,
            .last = glide_level_rows((uint32_t)lod, shape->aspect, format) - 1,
            .data = from,
        };
        glide_download_rows(&rows);
        from += glide_level_bytes((uint32_t)lod, shape->aspect, format);
    }
}

void GLIDE_CALL trireme_grTexDownloadMipMap(int32_t tmu, uint32_t address, uint32_t even_odd,
                                            const struct glide_tex_info *info)
{
    struct glide_shape shape;
    if (glide_shape_of(info, &shape)) {
        glide_download((uint32_t)tmu, address, even_odd, &shape, info->data);
    }
}

/* A program's description of one level. */
static bool describe_level(struct glide_rows *rows, int32_t lod, int32_t large_lod, int32_t aspect,
                           int32_t format)
{
    const struct glide_tex_info info = {lod, large_lod, aspect, format, NULL};
    rows->lod = glide_lod_log2(lod);
    return glide_shape_of(&info, &rows->shape);
}

void GLIDE_CALL trireme_grTexDownloadMipMapLevel(int32_t tmu, uint32_t address, int32_t lod,
                                                 int32_t large_lod, int32_t aspect, int32_t format,
                                                 uint32_t even_odd, const void *data)
{
    struct glide_rows rows = {
        .tmu = (uint32_t)tmu,
        .address = address,
        .even_odd = even_odd,
        .data = data,
    };
    if (describe_level(&rows, lod, large_lod, aspect, format)) {
        rows.last = glide_level_rows((uint32_t)rows.lod, rows.shape.aspect, (uint32_t)format) - 1;
        glide_download_rows(&rows);
    }
}

uint32_t GLIDE_CALL trireme_grTexDownloadMipMapLevelPartial(int32_t tmu, uint32_t address,
                                                            int32_t lod, int32_t large_lod,
                                                            int32_t aspect, int32_t format,
                                                            uint32_t even_odd, const void *data,
                                                            int32_t first_row, int32_t last_row)
{
    struct glide_rows rows = {
        .tmu = (uint32_t)tmu,
        .address = address,
        .even_odd = even_odd,
        .first = (uint32_t)first_row,
        .last = (uint32_t)last_row,
        .data = data,
    };
    if (!describe_level(&rows, lod, large_lod, aspect, format)) {
        return 0;
    }
    glide_download_rows(&rows);
    return 1;
}

void glide_source(uint32_t tmu, uint32_t address, uint32_t even_odd,
                  const struct glide_shape *shape)
{
    glide_set_tex_source(&glide_board.settings, tmu, address, even_odd, shape->small_lod,
                         shape->large_lod, shape->aspect, (uint32_t)shape->format);
}

void GLIDE_CALL trireme_grTexSource(int32_t tmu, uint32_t address, uint32_t even_odd,
                                    const struct glide_tex_info *info)
{
    struct glide_shape shape;
    if (glide_shape_of(info, &shape)) {
        glide_source((uint32_t)tmu, address, even_odd, &shape);
    }
}

/* GR_TEXBASE_*: Glide 2 counts from 256 down. */
void GLIDE_CALL trireme_grTexMultibaseAddress(int32_t tmu, uint32_t range, uint32_t address,
                                              uint32_t even_odd, const struct glide_tex_info *info)
{
    glide_set_tex_multibase_address(&glide_board.settings, (uint32_t)tmu,
                                    is_glide2() ? 3 - range : range, address);
}

void glide_download_table(uint32_t tmu, uint32_t type, const void *data, int32_t first,
                          int32_t last)
{
    if (!data || first < 0 || last >= GLIDE_PALETTE_ENTRIES || first > last) {
        return;
    }
    if (type <= GLIDE_TABLE_NCC1) {
        const struct glide_ncc_table *table = data;
        glide_encode_tex_table(&glide_board.encoder, tmu, type, 0, table->packed,
                               sizeof table->packed);
    } else {
        glide_encode_tex_table(&glide_board.encoder, tmu, type, (uint32_t)first,
                               (const uint32_t *)data + first, 4 * (uint32_t)(last - first + 1));
    }
}
