/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * OpenGL's textures for what lies in the texture units' memory. A texture is made when something is
 * drawn with it, and stays right as long as neither its bytes nor the table of its colours changed:
 * both are looked at every time, so that it does not matter which way the bytes came there.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TEXTURE_CACHE_H
#define TRIREME_DISPATCH_GLIDE_TEXTURE_CACHE_H

#include "dispatch/glide/texel_decoder.h"
#include "dispatch/glide/texture_memory.h"

#include <glib.h>

struct texture_cache {
    GHashTable *textures; /* struct texture_key to struct cached_texture */
    uint64_t clock;
    size_t bytes; /* of all textures */
};

void texture_cache_init(struct texture_cache *cache);
/* With the OpenGL context current. */
void texture_cache_finish(struct texture_cache *cache);

/* What a unit samples: sane values, whatever its registers say. */
struct sampled_texture {
    uint32_t small_lod, large_lod, levels, format;
    int32_t aspect;
    uint32_t addresses[12]; /* of each level, by its LOD */
};
void sampled_texture_from_registers(struct sampled_texture *sampled,
                                    const struct glide_texture_unit *unit);

/* The name of the texture, whose level 0 is large_lod. `tables_hash` stands for the contents of the
 * table that the format needs. */
uint32_t texture_cache_get(struct texture_cache *cache, uint32_t tmu,
                           const struct texture_memory *memory,
                           const struct sampled_texture *sampled, const struct texel_tables *tables,
                           uint64_t tables_hash);

#endif
