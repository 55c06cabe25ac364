/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/texture_cache.h"

#include "dispatch/glide/texture_layout.h"

#include <epoxy/gl.h>
#include <string.h>

#define MOST_BYTES ((size_t)128 << 20)
/* What a texture costs besides its texels. */
#define TEXTURE_BYTES 4096

/* All of it is compared as memory. */
struct texture_key {
    struct sampled_texture sampled;
    uint32_t tmu;
    uint64_t tables_hash;
};

struct cached_texture {
    struct texture_key key;
    uint32_t name;
    uint64_t written; /* as of which write of the unit's memory */
    uint64_t used;
    size_t bytes;
};

static guint key_hash(gconstpointer key)
{
    const uint8_t *bytes = key;
    guint hash = 2166136261u;
    for (size_t i = 0; i < sizeof(struct texture_key); i++) {
        hash = (hash ^ bytes[i]) * 16777619u;
    }
    return hash;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct texture_key)) == 0;
}

static void texture_destroy(gpointer data)
{
    struct cached_texture *texture = data;
    glDeleteTextures(1, &texture->name);
    g_free(texture);
}

void texture_cache_init(struct texture_cache *cache)
{
    cache->textures = g_hash_table_new_full(key_hash, key_equal, NULL, texture_destroy);
}

void texture_cache_finish(struct texture_cache *cache)
{
    g_clear_pointer(&cache->textures, g_hash_table_destroy);
}

static void drop_least_used(struct texture_cache *cache)
{
    struct cached_texture *oldest = NULL;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, cache->textures);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct cached_texture *texture = value;
        if (!oldest || texture->used < oldest->used) {
            oldest = texture;
        }
    }
    if (oldest) {
        cache->bytes -= oldest->bytes;
        g_hash_table_remove(cache->textures, &oldest->key);
    }
}

/* With multibase the levels 8 (256) to 6 have a base each, and 5 and below share one. */
static uint32_t level_base(const struct glide_texture_unit *unit, uint32_t lod, uint32_t *first)
{
    if (!unit->multibase || lod > 8) {
        *first = MIN(unit->texture.large_lod, GLIDE_LARGEST_LOD);
        return unit->texture.address;
    }
    *first = MAX(lod, 5);
    return unit->multibase_addresses[MIN(8 - *first, GLIDE_MULTIBASE_ADDRESSES - 1)];
}

void sampled_texture_from_registers(struct sampled_texture *sampled,
                                    const struct glide_texture_unit *unit)
{
    memset(sampled, 0, sizeof *sampled);
    sampled->large_lod = MIN(unit->texture.large_lod, GLIDE_LARGEST_LOD);
    sampled->small_lod = MIN(unit->texture.small_lod, sampled->large_lod);
    sampled->levels = unit->texture.levels & GLIDE_LEVELS_BOTH;
    if (sampled->levels == 0) {
        sampled->levels = GLIDE_LEVELS_BOTH;
    }
    sampled->format = unit->texture.format;
    sampled->aspect = CLAMP(unit->texture.aspect, -3, 3);
    for (uint32_t lod = sampled->small_lod; lod <= sampled->large_lod; lod++) {
        uint32_t first;
        uint32_t base = level_base(unit, lod, &first);
        sampled->addresses[lod] = base + glide_level_offset(lod, first, sampled->aspect,
                                                            sampled->format, sampled->levels);
    }
}

static uint64_t latest_write(const struct texture_memory *memory, const struct sampled_texture *s)
{
    uint64_t latest = 0;
    for (uint32_t lod = s->small_lod; lod <= s->large_lod; lod++) {
        if (glide_level_held(lod, s->levels)) {
            size_t bytes = glide_level_bytes(lod, s->aspect, s->format);
            latest = MAX(latest, texture_memory_written(memory, s->addresses[lod], bytes));
        }
    }
    return latest;
}

/* Decodes all levels into the texture, which is bound; what the unit does not hold is black.
 * Without memory for that they stay as they are. */
static void fill(struct cached_texture *texture, const struct texture_memory *memory,
                 const struct texel_tables *tables)
{
    const struct sampled_texture *s = &texture->key.sampled;
    size_t most = 4 * (size_t)glide_level_width(s->large_lod, s->aspect) *
                  glide_level_height(s->large_lod, s->aspect);
    g_autofree uint8_t *rgba = g_try_malloc(most);
    g_autofree uint8_t *texels =
        g_try_malloc(glide_level_bytes(s->large_lod, s->aspect, s->format));
    if (!rgba || !texels) {
        return;
    }
    texture->bytes = TEXTURE_BYTES;
    for (uint32_t lod = s->small_lod; lod <= s->large_lod; lod++) {
        uint32_t width = glide_level_width(lod, s->aspect);
        uint32_t height = glide_level_height(lod, s->aspect);
        bool held = glide_level_held(lod, s->levels);
        if (held) {
            texture_memory_read(memory, s->addresses[lod], texels,
                                glide_level_bytes(lod, s->aspect, s->format));
            texel_decode(s->format, width, height, texels, tables, (uint8_t(*)[4])rgba);
        } else {
            memset(rgba, 0, 4 * (size_t)width * height);
        }
        glTexImage2D(GL_TEXTURE_2D, s->large_lod - lod, GL_RGBA8, width, height, 0, GL_RGBA,
                     GL_UNSIGNED_BYTE, rgba);
        texture->bytes += 4 * (size_t)width * height;
    }
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, s->large_lod - s->small_lod);
}

uint32_t texture_cache_get(struct texture_cache *cache, uint32_t tmu,
                           const struct texture_memory *memory,
                           const struct sampled_texture *sampled, const struct texel_tables *tables,
                           uint64_t tables_hash)
{
    struct texture_key key;
    memset(&key, 0, sizeof key);
    key.sampled = *sampled;
    key.tmu = tmu;
    key.tables_hash = tables_hash;
    struct cached_texture *texture = g_hash_table_lookup(cache->textures, &key);
    uint64_t written = latest_write(memory, sampled);
    if (!texture) {
        texture = g_new0(struct cached_texture, 1);
        texture->key = key;
        texture->written = UINT64_MAX;
        glGenTextures(1, &texture->name);
        g_hash_table_insert(cache->textures, &texture->key, texture);
    }
    texture->used = ++cache->clock;
    if (texture->written != written) {
        glBindTexture(GL_TEXTURE_2D, texture->name);
        cache->bytes -= texture->bytes;
        fill(texture, memory, tables);
        cache->bytes += texture->bytes;
        texture->written = written;
        while (cache->bytes > MOST_BYTES && g_hash_table_size(cache->textures) > GLIDE_TMUS) {
            drop_least_used(cache);
        }
    }
    return texture->name;
}
