/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the pixel pipeline: each is a write to the chip's registers. */
#include "dispatch/glide/glide_host_private.h"

void glide_host_alpha_blend_function(struct glide_host *host, uint32_t rgb_source,
                                     uint32_t rgb_destination, uint32_t alpha_source,
                                     uint32_t alpha_destination)
{
    glide_host_alpha_blend_function_ext(host, rgb_source, rgb_destination, GLIDE_BLEND_ADD,
                                        alpha_source, alpha_destination, GLIDE_BLEND_ADD);
}

void glide_host_alpha_blend_function_ext(struct glide_host *host, uint32_t rgb_source,
                                         uint32_t rgb_destination, uint32_t rgb_operation,
                                         uint32_t alpha_source, uint32_t alpha_destination,
                                         uint32_t alpha_operation)
{
    struct glide_chip_registers *r = host->registers;
    r->blend_rgb_source = rgb_source;
    r->blend_rgb_destination = rgb_destination;
    r->blend_rgb_operation = rgb_operation;
    r->blend_alpha_source = alpha_source;
    r->blend_alpha_destination = alpha_destination;
    r->blend_alpha_operation = alpha_operation;
}

void glide_host_color_combine(struct glide_host *host, uint32_t function, uint32_t factor,
                              uint32_t local, uint32_t other, uint32_t invert)
{
    host->registers->color = (struct glide_combine){function, factor, local, other, invert};
    host->registers->color_ext.enable = 0;
}

void glide_host_alpha_combine(struct glide_host *host, uint32_t function, uint32_t factor,
                              uint32_t local, uint32_t other, uint32_t invert)
{
    host->registers->alpha = (struct glide_combine){function, factor, local, other, invert};
    host->registers->alpha_ext.enable = 0;
}

void glide_host_color_combine_ext(struct glide_host *host, uint32_t a, uint32_t a_mode, uint32_t b,
                                  uint32_t b_mode, uint32_t c, uint32_t c_invert, uint32_t d,
                                  uint32_t d_invert, uint32_t shift, uint32_t invert)
{
    host->registers->color_ext =
        glide_host_combine_ext(a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert);
}

void glide_host_alpha_combine_ext(struct glide_host *host, uint32_t a, uint32_t a_mode, uint32_t b,
                                  uint32_t b_mode, uint32_t c, uint32_t c_invert, uint32_t d,
                                  uint32_t d_invert, uint32_t shift, uint32_t invert)
{
    host->registers->alpha_ext =
        glide_host_combine_ext(a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert);
}

void glide_host_alpha_controls_lighting(struct glide_host *host, uint32_t enable)
{
    host->registers->alpha_controls_lighting = enable != 0;
}

void glide_host_alpha_test_function(struct glide_host *host, uint32_t function)
{
    host->registers->alpha_test = function;
}

void glide_host_alpha_test_reference(struct glide_host *host, uint32_t value)
{
    host->registers->alpha_reference = value;
}

void glide_host_chroma_key_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->chroma_enable = mode != 0;
}

void glide_host_chroma_key_value(struct glide_host *host, uint32_t color)
{
    host->registers->chroma_value = glide_host_color(host, color);
}

void glide_host_chroma_range_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->chroma_range_enable = mode != 0;
}

void glide_host_chroma_range(struct glide_host *host, uint32_t min, uint32_t max, uint32_t mode)
{
    host->registers->chroma_value = glide_host_color(host, min);
    host->registers->chroma_range_high = glide_host_color(host, max);
    host->registers->chroma_range_mode = mode;
}

void glide_host_clip_window(struct glide_host *host, uint32_t min_x, uint32_t min_y, uint32_t max_x,
                            uint32_t max_y)
{
    struct glide_chip_registers *r = host->registers;
    r->clip_min_x = min_x;
    r->clip_min_y = min_y;
    r->clip_max_x = max_x;
    r->clip_max_y = max_y;
}

void glide_host_color_mask(struct glide_host *host, uint32_t rgb, uint32_t alpha)
{
    glide_host_color_mask_ext(host, rgb, rgb, rgb, alpha);
}

void glide_host_color_mask_ext(struct glide_host *host, uint32_t red, uint32_t green, uint32_t blue,
                               uint32_t alpha)
{
    host->registers->mask_rgb = (red ? 1 : 0) | (green ? 2 : 0) | (blue ? 4 : 0);
    host->registers->mask_alpha = alpha != 0;
}

void glide_host_constant_color(struct glide_host *host, uint32_t color)
{
    host->registers->constant_color = glide_host_color(host, color);
}

void glide_host_cull_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->cull = mode;
}

void glide_host_depth_bias(struct glide_host *host, int32_t level)
{
    host->registers->depth_bias = level;
}

void glide_host_depth_function(struct glide_host *host, uint32_t function)
{
    host->registers->depth_compare = function;
}

void glide_host_depth_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->depth_mode = mode;
}

void glide_host_depth_mask(struct glide_host *host, uint32_t enable)
{
    host->registers->depth_mask = enable != 0;
}

void glide_host_dither_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->dither = mode;
}

void glide_host_fog_color(struct glide_host *host, uint32_t color)
{
    host->registers->fog_color = glide_host_color(host, color);
}

/* GrFogMode_t of Glide 3: a source, GR_FOG_MULT2 and GR_FOG_ADD2. */
void glide_host_fog_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->fog_source = mode & 0xff;
    host->registers->fog_mult = (mode & 0x100) != 0;
    host->registers->fog_add = (mode & 0x200) != 0;
}

void glide_host_origin(struct glide_host *host, uint32_t origin)
{
    host->registers->origin = origin;
}

void glide_host_render_buffer(struct glide_host *host, uint32_t buffer)
{
    if (buffer == GLIDE_BUFFER_FRONT || buffer == GLIDE_BUFFER_BACK ||
        buffer == GLIDE_BUFFER_TEXTURE) {
        host->registers->render_buffer = buffer;
    }
}

void glide_host_stencil_mode(struct glide_host *host, uint32_t enable)
{
    host->registers->stencil_enable = enable != 0;
}

void glide_host_stencil_function(struct glide_host *host, uint32_t function, uint32_t reference,
                                 uint32_t mask)
{
    host->registers->stencil_compare = function;
    host->registers->stencil_reference = reference;
    host->registers->stencil_mask = mask;
}

void glide_host_stencil_mask(struct glide_host *host, uint32_t mask)
{
    host->registers->stencil_write_mask = mask;
}

void glide_host_stencil_operation(struct glide_host *host, uint32_t stencil_fail,
                                  uint32_t depth_fail, uint32_t pass)
{
    host->registers->stencil_fail = stencil_fail;
    host->registers->stencil_depth_fail = depth_fail;
    host->registers->stencil_pass = pass;
}

void glide_host_stipple_mode(struct glide_host *host, uint32_t mode)
{
    host->registers->stipple = mode;
}

void glide_host_stipple_pattern(struct glide_host *host, uint32_t pattern)
{
    host->registers->stipple_pattern = pattern;
}

void glide_host_coordinate_space(struct glide_host *host, uint32_t mode)
{
    host->space.clip_coordinates = mode != 0;
}

void glide_host_depth_range(struct glide_host *host, float near, float far)
{
    host->space.depth_near = near;
    host->space.depth_far = far;
}

void glide_host_viewport(struct glide_host *host, int32_t x, int32_t y, int32_t width,
                         int32_t height)
{
    host->space.viewport.x = x;
    host->space.viewport.y = y;
    host->space.viewport.width = width;
    host->space.viewport.height = height;
}

void glide_host_texture_buffer(struct glide_host *host, uint32_t tmu, uint32_t address,
                               int32_t small_lod, int32_t large_lod, int32_t aspect,
                               uint32_t format, uint32_t even_odd)
{
    host->registers->texture_buffer_tmu = tmu;
    host->registers->texture_buffer =
        glide_host_texture(address, even_odd, small_lod, large_lod, aspect, format);
}

/* A texture buffer's depths need no memory that a program names (texture_target.h). */
void glide_host_aux_buffer(struct glide_host *host, uint32_t buffer)
{
}

void glide_host_texture_aux_buffer(struct glide_host *host, uint32_t tmu, uint32_t address,
                                   int32_t small_lod, int32_t large_lod, int32_t aspect,
                                   uint32_t format, uint32_t even_odd)
{
}
