/* SPDX-License-Identifier: MIT */
#include "dispatch/glide/texture_layout.h"

/* GrTextureFormat_t of Glide 3's extensions. */
#define FXT1 0x11
#define ARGB_8888 0x12
#define DXT1 0x16
#define DXT5 0x1a
#define FIRST_16_BIT 0x8

/* A format's unit of storage: one texel, or a block of them. */
struct block {
    uint32_t width, height, bytes;
};

static struct block format_block(uint32_t format)
{
    if (format == FXT1) {
        return (struct block){8, 4, 16};
    }
    if (format >= DXT1 && format <= DXT5) {
        return (struct block){4, 4, format == DXT1 ? 8 : 16};
    }
    if (format == ARGB_8888) {
        return (struct block){1, 1, 4};
    }
    return (struct block){1, 1, format >= FIRST_16_BIT ? 2 : 1};
}

static uint32_t side(uint32_t lod, int32_t halvings)
{
    if (lod > GLIDE_LARGEST_LOD) {
        lod = GLIDE_LARGEST_LOD;
    }
    if (halvings < 0) {
        return 1u << lod;
    }
    return (uint32_t)halvings >= lod ? 1 : 1u << (lod - (uint32_t)halvings);
}

uint32_t glide_level_width(uint32_t lod, int32_t aspect)
{
    return side(lod, aspect < 0 ? (aspect < -3 ? 3 : -aspect) : 0);
}

uint32_t glide_level_height(uint32_t lod, int32_t aspect)
{
    return side(lod, aspect > 3 ? 3 : aspect);
}

uint32_t glide_level_row_bytes(uint32_t lod, int32_t aspect, uint32_t format)
{
    struct block block = format_block(format);
    return (glide_level_width(lod, aspect) + block.width - 1) / block.width * block.bytes;
}

uint32_t glide_level_rows(uint32_t lod, int32_t aspect, uint32_t format)
{
    struct block block = format_block(format);
    return (glide_level_height(lod, aspect) + block.height - 1) / block.height;
}

uint32_t glide_level_bytes(uint32_t lod, int32_t aspect, uint32_t format)
{
    return glide_level_row_bytes(lod, aspect, format) * glide_level_rows(lod, aspect, format);
}

bool glide_level_held(uint32_t lod, uint32_t levels)
{
    return levels & (lod & 1 ? 2 : 1);
}

uint32_t glide_level_offset(uint32_t lod, uint32_t large, int32_t aspect, uint32_t format,
                            uint32_t levels)
{
    uint32_t offset = 0;
    if (large > GLIDE_LARGEST_LOD) {
        large = GLIDE_LARGEST_LOD;
    }
    for (uint32_t above = large; above > lod; above--) {
        if (glide_level_held(above, levels)) {
            offset += glide_level_bytes(above, aspect, format);
        }
    }
    return offset;
}

uint32_t glide_mipmap_bytes(uint32_t small, uint32_t large, int32_t aspect, uint32_t format,
                            uint32_t levels)
{
    if (small > large) {
        return 0;
    }
    uint32_t bytes = glide_level_offset(small, large, aspect, format, levels);
    if (glide_level_held(small, levels)) {
        bytes += glide_level_bytes(small, aspect, format);
    }
    return (bytes + 7) & ~7u;
}
