/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Textures of a wrapper library. Glide 2 counts levels and aspects the other way round. */
#include <string.h>

#include "dispatch/glide/texture_layout.h"
#include "dispatch/glide/wrapper/glide_wrapper_private.h"

/* Of boards that wrappers are of. */
#define LARGEST_LOD 8

/* GrTexTable_t */
enum { TABLE_NCC0, TABLE_NCC1, TABLE_PALETTE, TABLE_PALETTE_6666 };

struct shape {
    int32_t small_lod, large_lod, aspect;
    uint32_t format, even_odd;
};

static int32_t lod_of(const struct glide_wrapper *wrapper, int32_t lod)
{
    return wrapper->glide3 ? lod : LARGEST_LOD - lod;
}

static int32_t aspect_of(const struct glide_wrapper *wrapper, int32_t aspect)
{
    return wrapper->glide3 ? aspect : 3 - aspect;
}

/* Whether it is a texture, of a format that the library's version has, in that unit's memory. */
static bool is_texture(const struct glide_wrapper *wrapper, uint32_t tmu, uint32_t address,
                       const struct shape *shape)
{
    return shape->small_lod >= 0 && shape->small_lod <= shape->large_lod &&
           shape->large_lod <= LARGEST_LOD && shape->aspect >= -3 && shape->aspect <= 3 &&
           shape->format <= (wrapper->glide3 ? GLIDE_TEXFMT_DXT5 : GLIDE_TEXFMT_AP_88) &&
           shape->even_odd >= GLIDE_LEVELS_EVEN && shape->even_odd <= GLIDE_LEVELS_BOTH &&
           (uint64_t)address + glide_mipmap_bytes(shape->small_lod, shape->large_lod, shape->aspect,
                                                  shape->format, shape->even_odd) <=
               wrapper->texture_end[tmu];
}

static struct glide_tex_info info_of(const struct glide_wrapper *wrapper, const struct shape *shape)
{
    return (struct glide_tex_info){lod_of(wrapper, shape->small_lod),
                                   lod_of(wrapper, shape->large_lod),
                                   aspect_of(wrapper, shape->aspect), (int32_t)shape->format, NULL};
}

void glide_wrapper_tex_source(struct glide_wrapper *wrapper, uint32_t tmu, uint32_t address,
                              uint32_t even_odd, int32_t small_lod, int32_t large_lod,
                              int32_t aspect, uint32_t format)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_unit_calls(wrapper, tmu);
    const struct shape shape = {small_lod, large_lod, aspect, format, even_odd};
    if (calls && is_texture(wrapper, tmu, address, &shape)) {
        const struct glide_tex_info info = info_of(wrapper, &shape);
        calls->grTexSource((int32_t)tmu, address, even_odd, &info);
        wrapper->space.aspects[tmu] = aspect;
    }
}

/* GrTexBaseRange_t: Glide 2 counts from 256 down. What the levels are the command does not say; a
 * largest one of that range is what the address is of. */
void glide_wrapper_tex_multibase_address(struct glide_wrapper *wrapper, uint32_t tmu,
                                         uint32_t range, uint32_t address)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_unit_calls(wrapper, tmu);
    if (calls && range < GLIDE_MULTIBASE_ADDRESSES && address < wrapper->texture_end[tmu]) {
        const struct shape shape = {0, (int32_t)range + 5, 0, GLIDE_TEXFMT_RGB_332,
                                    GLIDE_LEVELS_BOTH};
        const struct glide_tex_info info = info_of(wrapper, &shape);
        calls->grTexMultibaseAddress((int32_t)tmu, wrapper->glide3 ? range : 3 - range, address,
                                     GLIDE_LEVELS_BOTH, &info);
    }
}

void glide_wrapper_tex_ncc_table(struct glide_wrapper *wrapper, uint32_t tmu, uint32_t table)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_unit_calls(wrapper, tmu);
    if (calls && wrapper->glide3) {
        calls->grTexNCCTable_3(table & 1);
    } else if (calls) {
        calls->grTexNCCTable_2((int32_t)tmu, table & 1);
    }
}

void glide_wrapper_tex_download(struct glide_wrapper *wrapper, uint32_t tmu, uint32_t address,
                                int32_t lod, int32_t large_lod, int32_t aspect, uint32_t format,
                                uint32_t even_odd, uint32_t first_row, uint32_t last_row,
                                const void *data, size_t size)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_unit_calls(wrapper, tmu);
    const struct shape shape = {lod, large_lod, aspect, format, even_odd};
    if (!calls || !is_texture(wrapper, tmu, address, &shape) || first_row > last_row ||
        last_row >= glide_level_height(lod, aspect)) {
        return;
    }
    /* Of compressed formats a row is one of blocks: never more bytes than texels ask for here. */
    size_t row_bytes = glide_level_row_bytes(lod, aspect, format);
    if (size >= (last_row - first_row + 1) * row_bytes) {
        calls->grTexDownloadMipMapLevelPartial(
            (int32_t)tmu, address, lod_of(wrapper, lod), lod_of(wrapper, large_lod),
            aspect_of(wrapper, aspect), (int32_t)format, even_odd, data, (int32_t)first_row,
            (int32_t)last_row);
    }
}

/* GuNccTable: what the words say stands in them a second time, unpacked. */
struct ncc_table {
    uint8_t y[16];
    int16_t i[4][3], q[4][3];
    uint32_t packed[GLIDE_NCC_WORDS];
};

static int16_t nine_bits(uint32_t word, int shift)
{
    uint32_t v = word >> shift & 0x1ff;
    return (int16_t)(v & 0x100 ? (int32_t)v - 0x200 : (int32_t)v);
}

static struct ncc_table unpack(const void *words)
{
    struct ncc_table table;
    memcpy(table.packed, words, sizeof table.packed);
    for (int i = 0; i < 16; i++) {
        table.y[i] = table.packed[i / 4] >> 8 * (i % 4) & 0xff;
    }
    for (int i = 0; i < 4; i++) {
        for (int channel = 0; channel < 3; channel++) {
            table.i[i][channel] = nine_bits(table.packed[4 + i], 18 - 9 * channel);
            table.q[i][channel] = nine_bits(table.packed[8 + i], 18 - 9 * channel);
        }
    }
    return table;
}

static void download_table(const struct glide_wrapper *wrapper, uint32_t tmu, uint32_t type,
                           const void *table)
{
    if (wrapper->glide3) {
        wrapper->calls.grTexDownloadTable_3(type, table);
    } else {
        wrapper->calls.grTexDownloadTable_2((int32_t)tmu, type, table);
    }
}

/* A palette always goes whole. */
void glide_wrapper_tex_table(struct glide_wrapper *wrapper, uint32_t tmu, uint32_t type,
                             uint32_t first, const void *data, size_t size)
{
    if (!glide_wrapper_unit_calls(wrapper, tmu)) {
        return;
    }
    if ((type == TABLE_NCC0 || type == TABLE_NCC1) && size >= 4 * GLIDE_NCC_WORDS) {
        const struct ncc_table table = unpack(data);
        download_table(wrapper, tmu, type, &table);
    } else if ((type == TABLE_PALETTE || (type == TABLE_PALETTE_6666 && wrapper->glide3)) &&
               first < GLIDE_PALETTE_ENTRIES) {
        memcpy(wrapper->palette + first, data, MIN(size / 4, GLIDE_PALETTE_ENTRIES - first) * 4);
        download_table(wrapper, tmu, type, wrapper->palette);
    }
}
