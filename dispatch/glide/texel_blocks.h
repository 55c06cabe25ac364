/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compressed formats of Glide 3's extension TEXFMT: DXT1 to DXT5, and FXT1. */
#ifndef TRIREME_DISPATCH_GLIDE_TEXEL_BLOCKS_H
#define TRIREME_DISPATCH_GLIDE_TEXEL_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

/* False: the format is none of them. */
bool texel_blocks_decode(uint32_t format, uint32_t width, uint32_t height, const uint8_t *blocks,
                         uint8_t (*rgba)[4]);

#endif
