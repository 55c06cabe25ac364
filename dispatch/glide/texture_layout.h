/* SPDX-License-Identifier: MIT */
/*
 * Where the levels of a mipmap lie in a texture unit's memory: one after another from the largest
 * on, each with the bytes that it needs; levels that the unit does not hold (GR_MIPMAPLEVELMASK_*)
 * take none. A whole mipmap is rounded up to 8 bytes.
 *
 * Levels are counted in log2 of the larger side (8: 256 texels), the aspect ratio in log2 of
 * width / height (-3 to 3), as Glide 3 does. Shared by guest and host.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TEXTURE_LAYOUT_H
#define TRIREME_DISPATCH_GLIDE_TEXTURE_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#define GLIDE_LARGEST_LOD 11 /* 2048 texels, as on the last boards; a Voodoo 3 has 8 */

/* Texels of a level. */
uint32_t glide_level_width(uint32_t lod, int32_t aspect);
uint32_t glide_level_height(uint32_t lod, int32_t aspect);
/* Bytes of a row of texels or, in the compressed formats, of blocks; and how many rows. */
uint32_t glide_level_row_bytes(uint32_t lod, int32_t aspect, uint32_t format);
uint32_t glide_level_rows(uint32_t lod, int32_t aspect, uint32_t format);
uint32_t glide_level_bytes(uint32_t lod, int32_t aspect, uint32_t format);
/* Whether a unit with that mask of levels holds this one: even are 256, 64, 16, 4, 1. */
bool glide_level_held(uint32_t lod, uint32_t levels);
/* Bytes from the address of a mipmap whose largest level is `large` to its level `lod`. */
uint32_t glide_level_offset(uint32_t lod, uint32_t large, int32_t aspect, uint32_t format,
                            uint32_t levels);
/* What grTexCalcMemRequired() and, with the mask, grTexTextureMemRequired() answer. */
uint32_t glide_mipmap_bytes(uint32_t small, uint32_t large, int32_t aspect, uint32_t format,
                            uint32_t levels);

#endif
