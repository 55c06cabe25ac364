/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/fixed_state.h"

#include "dispatch/glide/shader_key.h"

#include <epoxy/gl.h>
#include <glib.h>

static uint32_t source_factor(uint32_t factor)
{
    static const uint16_t factors[16] = {
        GL_ZERO,
        GL_SRC_ALPHA,
        GL_DST_COLOR,
        GL_DST_ALPHA,
        GL_ONE,
        GL_ONE_MINUS_SRC_ALPHA,
        GL_ONE_MINUS_DST_COLOR,
        GL_ONE_MINUS_DST_ALPHA,
        [GLIDE_BLEND_SATURATE_OR_PREFOG] = GL_SRC_ALPHA_SATURATE,
    };
    return factors[factor & 15];
}

static uint32_t destination_factor(uint32_t factor)
{
    static const uint16_t factors[16] = {
        GL_ZERO,
        GL_SRC_ALPHA,
        GL_SRC_COLOR,
        GL_DST_ALPHA,
        GL_ONE,
        GL_ONE_MINUS_SRC_ALPHA,
        GL_ONE_MINUS_SRC_COLOR,
        GL_ONE_MINUS_DST_ALPHA,
        [GLIDE_BLEND_SATURATE_OR_PREFOG] = GL_SRC1_COLOR,
    };
    return factors[factor & 15];
}

/* The 16-bit alpha buffer's factors are zero and one, whatever else is asked for. */
static uint32_t alpha_factor(const struct render_target *target, uint32_t factor,
                             uint32_t (*any)(uint32_t factor))
{
    return target->argb_8888 ? any(factor) : factor == GLIDE_BLEND_ONE ? GL_ONE : GL_ZERO;
}

static uint32_t equation(uint32_t operation)
{
    return operation == GLIDE_BLEND_SUBTRACT           ? GL_FUNC_SUBTRACT
           : operation == GLIDE_BLEND_REVERSE_SUBTRACT ? GL_FUNC_REVERSE_SUBTRACT
                                                       : GL_FUNC_ADD;
}

void fixed_state_blend(const struct render_target *target, const struct glide_chip_registers *r)
{
    if (!registers_blend(r) && r->blend_alpha_source == GLIDE_BLEND_ONE &&
        r->blend_alpha_destination == GLIDE_BLEND_ZERO) {
        glDisable(GL_BLEND);
        return;
    }
    glEnable(GL_BLEND);
    glBlendEquationSeparate(equation(r->blend_rgb_operation), equation(r->blend_alpha_operation));
    glBlendFuncSeparate(source_factor(r->blend_rgb_source),
                        destination_factor(r->blend_rgb_destination),
                        alpha_factor(target, r->blend_alpha_source, source_factor),
                        alpha_factor(target, r->blend_alpha_destination, destination_factor));
}

struct clip_window fixed_state_clip_window(uint32_t width, uint32_t height,
                                           const struct glide_chip_registers *r)
{
    uint32_t max_x = MIN(r->clip_max_x, width), max_y = MIN(r->clip_max_y, height);
    uint32_t min_x = MIN(r->clip_min_x, max_x), min_y = MIN(r->clip_min_y, max_y);
    uint32_t top = r->origin == GLIDE_ORIGIN_LOWER_LEFT ? height - max_y : min_y;
    return (struct clip_window){min_x, top, max_x - min_x, max_y - min_y};
}

void fixed_state_clip(const struct render_target *target, const struct glide_chip_registers *r)
{
    struct clip_window clip = fixed_state_clip_window(target->width, target->height, r);
    uint32_t scale = target->scale;
    glEnable(GL_SCISSOR_TEST);
    glScissor(clip.x * scale, clip.y * scale, clip.width * scale, clip.height * scale);
}

uint32_t fixed_state_clip_pixels(const struct render_target *target,
                                 const struct glide_chip_registers *r)
{
    struct clip_window clip = fixed_state_clip_window(target->width, target->height, r);
    return clip.width * clip.height;
}

void fixed_state_target(const struct render_target *target)
{
    glBindFramebuffer(GL_FRAMEBUFFER, target->framebuffer);
    glViewport(0, 0, target->width * target->scale, target->height * target->scale);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
}

bool fixed_state_compares_bias(const struct glide_chip_registers *r)
{
    return r->depth_mode == GLIDE_DEPTH_Z_COMPARE_TO_BIAS ||
           r->depth_mode == GLIDE_DEPTH_W_COMPARE_TO_BIAS;
}

void fixed_state_depth(const struct glide_chip_registers *r)
{
    if (r->depth_mode == GLIDE_DEPTH_DISABLE || r->depth_mode > GLIDE_DEPTH_W_COMPARE_TO_BIAS) {
        glDisable(GL_DEPTH_TEST);
        return;
    }
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_NEVER + (r->depth_compare & 7));
    glDepthMask(r->depth_mask != 0);
}

static uint32_t stencil_operation(uint32_t operation)
{
    static const uint16_t operations[] = {GL_KEEP, GL_ZERO,   GL_REPLACE,   GL_INCR,
                                          GL_DECR, GL_INVERT, GL_INCR_WRAP, GL_DECR_WRAP};
    return operations[operation & 7];
}

void fixed_state_stencil(const struct render_target *target, const struct glide_chip_registers *r)
{
    if (!target->argb_8888 || !r->stencil_enable) {
        glDisable(GL_STENCIL_TEST);
        return;
    }
    glEnable(GL_STENCIL_TEST);
    glStencilFunc(GL_NEVER + (r->stencil_compare & 7), (int)r->stencil_reference & 0xff,
                  r->stencil_mask);
    glStencilMask(r->stencil_write_mask);
    glStencilOp(stencil_operation(r->stencil_fail), stencil_operation(r->stencil_depth_fail),
                stencil_operation(r->stencil_pass));
}

void fixed_state_stencil_marks(bool marked)
{
    glEnable(GL_STENCIL_TEST);
    glStencilMask(1);
    glStencilFunc(marked ? GL_EQUAL : GL_ALWAYS, 1, 1);
    glStencilOp(GL_KEEP, GL_KEEP, marked ? GL_ZERO : GL_REPLACE);
}

bool fixed_state_writes_alpha(const struct render_target *target,
                              const struct glide_chip_registers *r)
{
    return r->mask_alpha && (target->argb_8888 || r->depth_mode == GLIDE_DEPTH_DISABLE);
}

void fixed_state_mask(uint32_t rgb, bool alpha)
{
    glColorMask((rgb & 1) != 0, (rgb & 2) != 0, (rgb & 4) != 0, alpha);
}
