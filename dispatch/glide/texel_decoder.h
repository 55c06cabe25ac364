/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texels as they lie in a texture unit's memory become four bytes: red, green, blue, alpha, as the
 * unit gives them to its filter.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TEXEL_DECODER_H
#define TRIREME_DISPATCH_GLIDE_TEXEL_DECODER_H

#include "dispatch/glide/chip_registers.h"

#include <stdbool.h>
#include <stdint.h>

/* What some formats look colours up in, as four bytes each. */
struct texel_tables {
    uint8_t palette[GLIDE_PALETTE_ENTRIES][4];
    uint8_t palette_6666[GLIDE_PALETTE_ENTRIES][4];
    uint8_t ncc[256][4]; /* by a byte of YIQ 422 */
};

enum texel_table { TEXEL_TABLE_NONE, TEXEL_TABLE_PALETTE, TEXEL_TABLE_NCC };
/* Which of them a format's colours depend on. */
enum texel_table texel_format_table(uint32_t format);

void texel_palette_entry(struct texel_tables *tables, uint32_t index, uint32_t entry);
void texel_ncc_expand(uint8_t ncc[256][4], const uint32_t words[GLIDE_NCC_WORDS]);

/* Decodes a level. `texels`: as many bytes as glide_level_bytes() says. */
void texel_decode(uint32_t format, uint32_t width, uint32_t height, const uint8_t *texels,
                  const struct texel_tables *tables, uint8_t (*rgba)[4]);

#endif
