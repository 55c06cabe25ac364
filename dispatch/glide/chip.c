/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/chip.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/pipeline.h"

#include <epoxy/gl.h>
#include <gio/gio.h>
#include <string.h>

static uint64_t hash_palette(const struct texel_tables *tables)
{
    uint64_t hash = 14695981039346656037u;
    const uint8_t *bytes = (const uint8_t *)tables->palette_6666;
    const uint8_t *plain = (const uint8_t *)tables->palette;
    for (size_t i = 0; i < sizeof tables->palette; i++) {
        hash = (hash ^ (bytes[i] << 8 | plain[i])) * 1099511628211u;
    }
    return hash;
}

static bool init_textures(struct glide_chip *chip, GError **error)
{
    bool made = true;
    uint32_t size = CLAMP(chip->options.texture_memory, TEXTURE_PAGE, GLIDE_MAX_TEXTURE_MEMORY);
    while (size & (size - 1)) {
        size &= size - 1;
    }
    chip->options.texture_memory = size;
    for (int i = 0; i < GLIDE_TMUS; i++) {
        made = texture_memory_init(&chip->textures[i], size) && made;
    }
    texture_cache_init(&chip->texture_cache);
    chip->palette_hash = hash_palette(&chip->tables[0]);
    if (!made) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no texture memory of %u bytes", size);
    }
    return made;
}

struct glide_chip *glide_chip_create(const struct glide_chip_options *options, GError **error)
{
    if (epoxy_gl_version() < 33) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Glide needs OpenGL 3.3, and this is %d.%d", epoxy_gl_version() / 10,
                    epoxy_gl_version() % 10);
        return NULL;
    }
    if (options->width < 1 || options->width > GLIDE_MAX_SIDE || options->height < 1 ||
        options->height > GLIDE_MAX_SIDE) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no screen of %ux%u pixels",
                    options->width, options->height);
        return NULL;
    }
    struct glide_chip *chip = g_new0(struct glide_chip, 1);
    chip->options = *options;
    chip->options.true_color |= options->argb_8888;
    chip->batch.vertices = g_new(struct batch_vertex, BATCH_VERTICES);
    glide_chip_registers_reset(&chip->registers, options->width, options->height);
    if (!init_textures(chip, error) || !frame_buffers_init(&chip->buffers, options, error) ||
        !pipeline_init(chip, error) || !presenter_init(&chip->presenter, error)) {
        glide_chip_destroy(chip);
        return NULL;
    }
    return chip;
}

void glide_chip_destroy(struct glide_chip *chip)
{
    if (!chip) {
        return;
    }
    presenter_finish(&chip->presenter);
    pipeline_finish(chip);
    frame_buffers_finish(&chip->buffers);
    texture_target_finish(&chip->texture_target);
    pixel_counters_finish(&chip->counters);
    texture_cache_finish(&chip->texture_cache);
    for (int i = 0; i < GLIDE_TMUS; i++) {
        texture_memory_finish(&chip->textures[i]);
    }
    glDeleteTextures(2, (uint32_t[]){chip->lfb_color, chip->lfb_depth});
    g_free(chip->batch.vertices);
    g_free(chip);
}

uint32_t glide_chip_width(const struct glide_chip *chip)
{
    return chip->options.width;
}

uint32_t glide_chip_height(const struct glide_chip *chip)
{
    return chip->options.height;
}

uint32_t glide_chip_texture_memory(const struct glide_chip *chip)
{
    return chip->options.texture_memory;
}

struct glide_chip_registers *glide_chip_registers(struct glide_chip *chip)
{
    return &chip->registers;
}

void glide_chip_registers_reset(struct glide_chip_registers *r, uint32_t width, uint32_t height)
{
    memset(r, 0, sizeof *r);
    r->color.function = GLIDE_COMBINE_SCALE_OTHER;
    r->color.factor = GLIDE_FACTOR_ONE;
    r->alpha.function = GLIDE_COMBINE_SCALE_OTHER;
    r->alpha.factor = GLIDE_FACTOR_ONE;
    r->alpha.local = GLIDE_LOCAL_CONSTANT;
    r->alpha.other = GLIDE_OTHER_CONSTANT;
    r->constant_color = 0xffffffff;
    for (int i = 0; i < GLIDE_TMUS; i++) {
        struct glide_texture_unit *unit = &r->tmu[i];
        unit->texture.levels = GLIDE_LEVELS_BOTH;
        unit->clamp_s = unit->clamp_t = GLIDE_CLAMP_CLAMP;
        unit->bilinear_min = unit->bilinear_mag = 1;
    }
    r->alpha_test = GLIDE_ALWAYS;
    r->depth_compare = GLIDE_LESS;
    r->stencil_compare = GLIDE_ALWAYS;
    r->stencil_mask = r->stencil_write_mask = 0xff;
    r->blend_rgb_source = r->blend_alpha_source = GLIDE_BLEND_ONE;
    r->dither = GLIDE_DITHER_4X4;
    r->mask_rgb = 7;
    r->clip_max_x = width;
    r->clip_max_y = height;
    r->render_buffer = GLIDE_BUFFER_BACK;
    r->lfb_constant_alpha = 0xff;
}

void glide_chip_write_texture(struct glide_chip *chip, uint32_t tmu, uint32_t address,
                              const void *data, size_t size)
{
    if (tmu < GLIDE_TMUS) {
        pipeline_flush(chip);
        texture_target_store(chip);
        texture_memory_write(&chip->textures[tmu], address, data, size);
    }
}

void glide_chip_write_palette(struct glide_chip *chip, uint32_t first, uint32_t count,
                              const uint32_t *entries)
{
    pipeline_flush(chip);
    for (uint32_t i = 0; i < count && first < GLIDE_PALETTE_ENTRIES - i; i++) {
        for (int tmu = 0; tmu < GLIDE_TMUS; tmu++) {
            texel_palette_entry(&chip->tables[tmu], first + i, entries[i]);
        }
    }
    chip->palette_hash = hash_palette(&chip->tables[0]);
}

void glide_chip_write_ncc(struct glide_chip *chip, uint32_t tmu, uint32_t table,
                          const uint32_t words[GLIDE_NCC_WORDS])
{
    if (tmu < GLIDE_TMUS && table < 2) {
        pipeline_flush(chip);
        memcpy(chip->ncc[tmu][table], words, sizeof chip->ncc[tmu][table]);
    }
}

void glide_chip_clear(struct glide_chip *chip, uint32_t color, uint32_t alpha, uint32_t depth)
{
    pipeline_flush(chip);
    pipeline_clear(chip, (color & 0xffffff) | (alpha & 0xff) << 24, depth & 0xffff);
}

void glide_chip_clear_stencil(struct glide_chip *chip, uint32_t stencil)
{
    pipeline_flush(chip);
    pipeline_clear_stencil(chip, stencil & 0xff);
}

void glide_chip_swap(struct glide_chip *chip)
{
    pipeline_flush(chip);
    frame_buffers_swap(&chip->buffers);
}

void glide_chip_flush(struct glide_chip *chip, bool wait)
{
    pipeline_flush(chip);
    if (wait) {
        glFinish();
    } else {
        glFlush();
    }
}
