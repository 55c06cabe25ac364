/* SPDX-License-Identifier: MIT */
/*
 * Textures as Glide 2 and 3 describe them, which number levels and aspects differently. The host
 * knows Glide 3's numbers.
 */
#ifndef TRIREME_GUEST_GLIDE_TEXTURES_H
#define TRIREME_GUEST_GLIDE_TEXTURES_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/glide/types.h"

enum glide_table {
    GLIDE_TABLE_NCC0 = 0,
    GLIDE_TABLE_NCC1 = 1,
    GLIDE_TABLE_PALETTE = 2,
    GLIDE_TABLE_PALETTE_6666 = 3,
};

/* A program's numbers to logarithms, and back. */
int32_t glide_lod_log2(int32_t lod);
int32_t glide_aspect_log2(int32_t aspect);

/* Levels and aspect by their logarithms, format as it is. */
struct glide_shape {
    int32_t small_lod, large_lod, aspect, format;
};
/* False: there is no such texture. `info` has a program's numbers. */
bool glide_shape_of(const struct glide_tex_info *info, struct glide_shape *shape);

struct glide_rows {
    uint32_t tmu, address;
    struct glide_shape shape; /* small_lod does not matter */
    int32_t lod;              /* the level's */
    uint32_t even_odd;
    uint32_t first, last;
    const void *data; /* of row `first` */
};
void glide_download_rows(const struct glide_rows *rows);
/* All levels of the mask, from memory that has every level. */
void glide_download(uint32_t tmu, uint32_t address, uint32_t even_odd,
                    const struct glide_shape *shape, const void *data);

/* Entries first to last of a table, which begins at `data`. */
void glide_download_table(uint32_t tmu, uint32_t type, const void *data, int32_t first,
                          int32_t last);

void glide_source(uint32_t tmu, uint32_t address, uint32_t even_odd,
                  const struct glide_shape *shape);

#endif
