/* SPDX-License-Identifier: MIT */
/*
 * Glide 2's own allocator of texture memory: mipmaps by number, one behind the other in each unit,
 * freed all at once.
 */
#include <stdlib.h>
#include <string.h>

#include "dispatch/glide/texture_layout.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/textures.h"

#define MOST_MIPMAPS 1024u /* MAX_MIPMAPS_PER_SST */
#define NO_MIPMAP UINT32_MAX

enum { FORMAT_YIQ = 0x1, FORMAT_AYIQ = 0x9 };

static struct glide_mipmap_info mipmaps[MOST_MIPMAPS];
static uint32_t count;
static uint32_t next_address[GLIDE_TMUS];
static uint32_t current[GLIDE_TMUS] = {NO_MIPMAP, NO_MIPMAP};

static struct glide_mipmap_info *find(uint32_t id)
{
    return id < count && mipmaps[id].valid ? &mipmaps[id] : NULL;
}

static bool shape_of(const struct glide_mipmap_info *mipmap, struct glide_shape *shape)
{
    const struct glide_tex_info info = {mipmap->small_lod, mipmap->large_lod, mipmap->aspect,
                                        mipmap->format, NULL};
    return glide_shape_of(&info, shape);
}

void GLIDE_CALL trireme_guTexMemReset(void)
{
    memset(mipmaps, 0, sizeof mipmaps);
    count = 0;
    for (unsigned tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        next_address[tmu] = 0;
        current[tmu] = NO_MIPMAP;
    }
}

uint32_t GLIDE_CALL trireme_guTexMemQueryAvail(int32_t tmu)
{
    const struct trireme_glide_board *board = &glide_board.shown;
    return tmu >= 0 && (uint32_t)tmu < board->units ? board->unit_memory - next_address[tmu] : 0;
}

uint32_t GLIDE_CALL trireme_guTexAllocateMemory(int32_t tmu, uint8_t even_odd, int32_t width,
                                                int32_t height, int32_t format, int32_t mipmap,
                                                int32_t small_lod, int32_t large_lod,
                                                int32_t aspect, int32_t s_clamp, int32_t t_clamp,
                                                int32_t minify, int32_t magnify, float lod_bias,
                                                int32_t trilinear)
{
    const struct glide_tex_info info = {small_lod, large_lod, aspect, format, NULL};
    uint32_t bytes = trireme_grTexTextureMemRequired(even_odd, &info);
    if (bytes == 0 || count >= MOST_MIPMAPS || trireme_guTexMemQueryAvail(tmu) < bytes) {
        return NO_MIPMAP;
    }
    mipmaps[count] = (struct glide_mipmap_info){
        .valid = 1,
        .width = width,
        .height = height,
        .aspect = aspect,
        .format = format,
        .mipmap = mipmap,
        .magnify = magnify,
        .minify = minify,
        .s_clamp = s_clamp,
        .t_clamp = t_clamp,
        .lod_bias = (uint32_t)(int32_t)(lod_bias * 4),
        .small_lod = small_lod,
        .large_lod = large_lod,
        .tmu = tmu,
        .even_odd = even_odd,
        .address = next_address[tmu],
        .trilinear = trilinear,
    };
    next_address[tmu] += bytes;
    return count++;
}

uint32_t GLIDE_CALL trireme_guTexChangeAttributes(uint32_t id, int32_t width, int32_t height,
                                                  int32_t format, int32_t mipmap, int32_t small_lod,
                                                  int32_t large_lod, int32_t aspect,
                                                  int32_t s_clamp, int32_t t_clamp, int32_t minify,
                                                  int32_t magnify)
{
    struct glide_mipmap_info *changed = find(id);
    /* -1 leaves an attribute as it is. */
    const struct {
        int32_t *place, value;
    } attributes[] = {
        {changed ? &changed->width : NULL, width},
        {changed ? &changed->height : NULL, height},
        {changed ? &changed->format : NULL, format},
        {changed ? &changed->mipmap : NULL, mipmap},
        {changed ? &changed->small_lod : NULL, small_lod},
        {changed ? &changed->large_lod : NULL, large_lod},
        {changed ? &changed->aspect : NULL, aspect},
        {changed ? &changed->s_clamp : NULL, s_clamp},
        {changed ? &changed->t_clamp : NULL, t_clamp},
        {changed ? &changed->minify : NULL, minify},
        {changed ? &changed->magnify : NULL, magnify},
    };
    for (unsigned i = 0; changed && i < sizeof attributes / sizeof *attributes; i++) {
        if (attributes[i].value != -1) {
            *attributes[i].place = attributes[i].value;
        }
    }
    return changed != NULL;
}

struct glide_mipmap_info *GLIDE_CALL trireme_guTexGetMipMapInfo(uint32_t id)
{
    return find(id);
}

uint32_t GLIDE_CALL trireme_guTexGetCurrentMipMap(int32_t tmu)
{
    return tmu >= 0 && tmu < GLIDE_TMUS ? current[tmu] : NO_MIPMAP;
}

static bool has_ncc(const struct glide_mipmap_info *mipmap)
{
    return mipmap->format == FORMAT_YIQ || mipmap->format == FORMAT_AYIQ;
}

void GLIDE_CALL trireme_guTexDownloadMipMap(uint32_t id, const void *data,
                                            const struct glide_ncc_table *table)
{
    struct glide_mipmap_info *mipmap = find(id);
    struct glide_shape shape;
    if (!mipmap || !shape_of(mipmap, &shape)) {
        return;
    }
    mipmap->data = (void *)data;
    glide_download((uint32_t)mipmap->tmu, mipmap->address, mipmap->even_odd, &shape, data);
    if (table && has_ncc(mipmap)) {
        mipmap->ncc = *table;
    }
}

/* *data moves on behind the level. */
void GLIDE_CALL trireme_guTexDownloadMipMapLevel(uint32_t id, int32_t lod, const void **data)
{
    const struct glide_mipmap_info *mipmap = find(id);
    struct glide_shape shape;
    if (!mipmap || !data || !shape_of(mipmap, &shape)) {
        return;
    }
    int32_t level = glide_lod_log2(lod);
    if (level < shape.small_lod || level > shape.large_lod) {
        return;
    }
    trireme_grTexDownloadMipMapLevel(mipmap->tmu, mipmap->address, lod, mipmap->large_lod,
                                     mipmap->aspect, mipmap->format, mipmap->even_odd, *data);
    *data = (const uint8_t *)*data +
            glide_level_bytes((uint32_t)level, shape.aspect, (uint32_t)shape.format);
}

/* The unit's state becomes what the mipmap wants. */
void GLIDE_CALL trireme_guTexSource(uint32_t id)
{
    const struct glide_mipmap_info *mipmap = find(id);
    struct glide_settings *settings = &glide_board.settings;
    struct glide_shape shape;
    if (!mipmap || !shape_of(mipmap, &shape)) {
        return;
    }
    uint32_t tmu = (uint32_t)mipmap->tmu;
    glide_source(tmu, mipmap->address, mipmap->even_odd, &shape);
    glide_set_tex_filter_mode(settings, tmu, (uint32_t)mipmap->minify, (uint32_t)mipmap->magnify);
    glide_set_tex_clamp_mode(settings, tmu, (uint32_t)mipmap->s_clamp, (uint32_t)mipmap->t_clamp);
    glide_set_tex_mipmap_mode(settings, tmu, (uint32_t)mipmap->mipmap, (uint32_t)mipmap->trilinear);
    glide_set_tex_lod_bias(settings, tmu, (float)(int32_t)mipmap->lod_bias / 4);
    if (has_ncc(mipmap)) {
        glide_download_table(tmu, GLIDE_TABLE_NCC0, &mipmap->ncc, 0, 0);
        glide_set_tex_ncc_table(settings, tmu, 0);
    }
    current[tmu] = id;
}

/* Each level of a 256 × 256 mipmap in a colour of its own, 565. */
void *GLIDE_CALL trireme_guTexCreateColorMipMap(void)
{
    static const uint16_t colors[] = {0xf800, 0x07e0, 0x001f, 0xffff, 0x0000,
                                      0xffe0, 0x07ff, 0xf81f, 0x8410};
    size_t texels = 0;
    for (unsigned lod = 0; lod <= 8; lod++) {
        texels += (size_t)1 << 2 * lod;
    }
    uint16_t *mipmap = malloc(texels * sizeof *mipmap), *texel = mipmap;
    for (int lod = 8; mipmap && lod >= 0; lod--) {
        for (size_t i = 0; i < (size_t)1 << 2 * lod; i++) {
            *texel++ = colors[8 - lod];
        }
    }
    return mipmap;
}
