/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/texture_target.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/color_565.h"
#include "dispatch/glide/texture_layout.h"

#include <epoxy/gl.h>

static uint32_t lod_of(const struct glide_chip_registers *r)
{
    return MIN(r->texture_buffer.large_lod, GLIDE_LARGEST_LOD);
}

uint32_t texture_target_width(const struct glide_chip_registers *r)
{
    return glide_level_width(lod_of(r), r->texture_buffer.aspect);
}

uint32_t texture_target_height(const struct glide_chip_registers *r)
{
    return glide_level_height(lod_of(r), r->texture_buffer.aspect);
}

static size_t bytes_of(const struct texture_target *target)
{
    return 2 * (size_t)target->width * target->height;
}

static void allocate(uint32_t *name, uint32_t attachment, const struct texture_target *target)
{
    bool depth = attachment == GL_DEPTH_STENCIL_ATTACHMENT;
    glDeleteTextures(1, name);
    glGenTextures(1, name);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, *name);
    glTexImage2D(GL_TEXTURE_2D, 0, depth ? GL_DEPTH32F_STENCIL8 : GL_RGBA8, target->width,
                 target->height, 0, depth ? GL_DEPTH_STENCIL : GL_RGBA,
                 depth ? GL_FLOAT_32_UNSIGNED_INT_24_8_REV : GL_UNSIGNED_BYTE, NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glFramebufferTexture2D(GL_FRAMEBUFFER, attachment, GL_TEXTURE_2D, *name, 0);
}

static void load(struct glide_chip *chip, struct texture_target *target)
{
    size_t count = (size_t)target->width * target->height;
    g_autofree uint8_t *texels = g_try_malloc(2 * count);
    g_autofree uint8_t *rgba = g_try_malloc(4 * count);
    if (!texels || !rgba) {
        return;
    }
    texture_memory_read(&chip->textures[target->tmu], target->address, texels, 2 * count);
    texel_decode(GLIDE_TEXFMT_RGB_565, target->width, target->height, texels, &chip->tables[0],
                 (uint8_t(*)[4])rgba);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, target->color);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, target->width, target->height, GL_RGBA,
                    GL_UNSIGNED_BYTE, rgba);
}

static bool is_loaded(const struct glide_chip *chip, const struct texture_target *target,
                      const struct texture_target *wanted)
{
    return target->framebuffer && target->tmu == wanted->tmu &&
           target->address == wanted->address && target->lod == wanted->lod &&
           target->aspect == wanted->aspect &&
           target->written == texture_memory_written(&chip->textures[target->tmu], target->address,
                                                     bytes_of(target));
}

uint32_t texture_target_use(struct glide_chip *chip, const struct glide_chip_registers *r)
{
    struct texture_target *target = &chip->texture_target;
    struct texture_target wanted = {
        .framebuffer = target->framebuffer,
        .color = target->color,
        .depth = target->depth,
        .tmu = r->texture_buffer_tmu,
        .address = r->texture_buffer.address,
        .lod = lod_of(r),
        .width = texture_target_width(r),
        .height = texture_target_height(r),
        .aspect = r->texture_buffer.aspect,
        .dirty = true,
    };
    if (wanted.tmu >= GLIDE_TMUS || r->texture_buffer.format != GLIDE_TEXFMT_RGB_565) {
        return 0;
    }
    if (is_loaded(chip, target, &wanted)) {
        target->dirty = true;
        return target->framebuffer;
    }
    texture_target_store(chip);
    wanted.written =
        texture_memory_written(&chip->textures[wanted.tmu], wanted.address, bytes_of(&wanted));
    if (!wanted.framebuffer) {
        glGenFramebuffers(1, &wanted.framebuffer);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, wanted.framebuffer);
    allocate(&wanted.color, GL_COLOR_ATTACHMENT0, &wanted);
    allocate(&wanted.depth, GL_DEPTH_STENCIL_ATTACHMENT, &wanted);
    glDisable(GL_SCISSOR_TEST);
    glStencilMask(0xff);
    glClearStencil(0);
    glClear(GL_STENCIL_BUFFER_BIT);
    *target = wanted;
    load(chip, target);
    return target->framebuffer;
}

void texture_target_store(struct glide_chip *chip)
{
    struct texture_target *target = &chip->texture_target;
    if (!target->dirty) {
        return;
    }
    target->dirty = false;
    size_t count = (size_t)target->width * target->height;
    g_autofree uint8_t *rgba = g_try_malloc(4 * count);
    g_autofree uint16_t *texels = g_try_malloc(2 * count);
    if (!rgba || !texels) {
        return;
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target->framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, target->width, target->height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    for (uint32_t y = 0; y < target->height; y++) {
        for (uint32_t x = 0; x < target->width; x++) {
            size_t i = (size_t)y * target->width + x;
            texels[i] = GUINT16_TO_LE(color_565(rgba + 4 * i, chip->registers.dither, x, y));
        }
    }
    texture_memory_write(&chip->textures[target->tmu], target->address, texels, 2 * count);
    target->written =
        texture_memory_written(&chip->textures[target->tmu], target->address, bytes_of(target));
}

void texture_target_finish(struct texture_target *target)
{
    glDeleteFramebuffers(1, &target->framebuffer);
    glDeleteTextures(2, (uint32_t[]){target->color, target->depth});
}
