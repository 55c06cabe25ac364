/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/pipeline.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/fixed_state.h"
#include "dispatch/glide/shader_uniforms.h"
#include "dispatch/glide/shader_writer.h"
#include "dispatch/glide/stipple_walk.h"

#include <epoxy/gl.h>
#include <string.h>

static void set_input(enum vertex_input input, int components, size_t offset)
{
    glEnableVertexAttribArray(input);
    glVertexAttribPointer(input, components, GL_FLOAT, GL_FALSE, sizeof(struct batch_vertex),
                          (const void *)offset);
}

static void make_samplers(struct glide_chip *chip)
{
    static const GLint modes[] = {
        [GLIDE_CLAMP_WRAP] = GL_REPEAT,
        [GLIDE_CLAMP_CLAMP] = GL_CLAMP_TO_EDGE,
        [GLIDE_CLAMP_MIRROR] = GL_MIRRORED_REPEAT,
    };
    for (int s = 0; s < 3; s++) {
        glGenSamplers(3, chip->samplers[s]);
        for (int t = 0; t < 3; t++) {
            GLuint sampler = chip->samplers[s][t];
            glSamplerParameteri(sampler, GL_TEXTURE_WRAP_S, modes[s]);
            glSamplerParameteri(sampler, GL_TEXTURE_WRAP_T, modes[t]);
            glSamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_NEAREST);
            glSamplerParameteri(sampler, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        }
    }
}

bool pipeline_init(struct glide_chip *chip, GError **error)
{
    if (!shader_cache_init(&chip->shaders, error)) {
        return false;
    }
    glGenVertexArrays(1, &chip->vertex_array);
    glGenBuffers(1, &chip->vertex_buffer);
    glGenBuffers(1, &chip->uniform_buffer);
    glBindVertexArray(chip->vertex_array);
    glBindBuffer(GL_ARRAY_BUFFER, chip->vertex_buffer);
    set_input(VERTEX_POSITION, 2, offsetof(struct batch_vertex, x));
    set_input(VERTEX_COLOR, 4, offsetof(struct batch_vertex, color));
    set_input(VERTEX_DEPTH, 4, offsetof(struct batch_vertex, z));
    set_input(VERTEX_TMU0, 3, offsetof(struct batch_vertex, tmu[0]));
    set_input(VERTEX_TMU1, 3, offsetof(struct batch_vertex, tmu[1]));
    set_input(VERTEX_LOD, 2, offsetof(struct batch_vertex, lod));
    make_samplers(chip);
    return true;
}

void pipeline_finish(struct glide_chip *chip)
{
    shader_cache_finish(&chip->shaders);
    glDeleteVertexArrays(1, &chip->vertex_array);
    glDeleteBuffers(2, (uint32_t[]){chip->vertex_buffer, chip->uniform_buffer});
    for (int s = 0; s < 3; s++) {
        glDeleteSamplers(3, chip->samplers[s]);
    }
}

static void set_color(int32_t out[4], uint32_t argb)
{
    out[0] = argb >> 16 & 0xff;
    out[1] = argb >> 8 & 0xff;
    out[2] = argb & 0xff;
    out[3] = argb >> 24;
}

static void set_unit_uniforms(struct unit_uniforms *out, const struct glide_texture_unit *unit)
{
    struct sampled_texture sampled;
    sampled_texture_from_registers(&sampled, unit);
    /* s and t run to 256 along the larger side, and to less along the other. */
    out->scale_s = (sampled.aspect < 0 ? 1u << -sampled.aspect : 1) / 256.0f;
    out->scale_t = (sampled.aspect > 0 ? 1u << sampled.aspect : 1) / 256.0f;
    out->lod_min = 8 - (int)sampled.large_lod;
    out->lod_max = 8 - (int)sampled.small_lod;
    out->lod_bias = CLAMP(unit->lod_bias, -32, 31) / 4.0f;
    out->detail_bias = CLAMP(unit->detail_bias, -32, 31);
    out->detail_scale = 1u << MIN(unit->detail_scale, 7);
    out->detail_max = unit->detail_max > 0 ? MIN(unit->detail_max, 1) * 255 : 0;
    set_color(out->chroma_low, unit->chroma_low);
    set_color(out->chroma_high, unit->chroma_high);
    set_color(out->constant_color, unit->constant_color);
}

static void upload_uniforms(const struct glide_chip *chip, const struct glide_chip_registers *r,
                            const struct render_target *target, const struct pipeline_lfb *lfb)
{
    struct shader_uniforms u = {
        .position = {2.0f / target->width, 2.0f / target->height, -1, -1},
        .alpha_test = {r->alpha_test & 7, r->alpha_reference & 0xff},
        .depth = {CLAMP(r->depth_bias, -65536, 65536)},
        .stipple = {(int32_t)r->stipple_pattern, (int32_t)target->scale},
    };
    if (lfb) {
        u.lfb[0] = lfb->x;
        u.lfb[1] = lfb->y;
        u.lfb[2] = lfb->width;
    }
    if (fixed_state_compares_bias(r)) {
        u.depth[0] = r->depth_bias & 0xffff;
    }
    set_color(u.constant_color, r->constant_color);
    set_color(u.fog_color, r->fog_color);
    set_color(u.chroma_low, r->chroma_value);
    set_color(u.chroma_high, r->chroma_range_high);
    for (int i = 0; i < GLIDE_FOG_ENTRIES; i++) {
        u.fog_table[i] = r->fog_table[i];
    }
    for (int i = 0; i < GLIDE_TMUS; i++) {
        set_unit_uniforms(&u.tmu[i], &r->tmu[i]);
    }
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, chip->uniform_buffer);
    glBufferData(GL_UNIFORM_BUFFER, sizeof u, &u, GL_STREAM_DRAW);
}

static uint64_t tables_hash(struct glide_chip *chip, uint32_t tmu, const struct sampled_texture *s)
{
    const struct glide_texture_unit *unit = &chip->batch.registers.tmu[tmu];
    const uint32_t *words = chip->ncc[tmu][unit->ncc_table & 1];
    uint64_t hash = 14695981039346656037u;
    switch (texel_format_table(s->format)) {
    case TEXEL_TABLE_PALETTE:
        return chip->palette_hash;
    case TEXEL_TABLE_NCC:
        texel_ncc_expand(chip->tables[tmu].ncc, words);
        for (int i = 0; i < GLIDE_NCC_WORDS; i++) {
            hash = (hash ^ words[i]) * 1099511628211u;
        }
        return hash;
    default:
        return 0;
    }
}

static void bind_texture(struct glide_chip *chip, uint32_t tmu)
{
    const struct glide_texture_unit *unit = &chip->batch.registers.tmu[tmu];
    struct sampled_texture sampled;
    sampled_texture_from_registers(&sampled, unit);
    uint64_t hash = tables_hash(chip, tmu, &sampled);
    glActiveTexture(GL_TEXTURE0 + tmu);
    uint32_t name = texture_cache_get(&chip->texture_cache, tmu, &chip->textures[tmu], &sampled,
                                      &chip->tables[tmu], hash);
    glBindTexture(GL_TEXTURE_2D, name);
    glBindSampler(tmu, chip->samplers[MIN(unit->clamp_s, 2)][MIN(unit->clamp_t, 2)]);
}

static struct render_target screen(const struct glide_chip *chip, uint32_t buffer)
{
    return (struct render_target){frame_buffers_of(&chip->buffers, buffer), chip->options.width,
                                  chip->options.height, chip->buffers.scale,
                                  chip->options.argb_8888};
}

/* Where the registers' render buffer is; false: nowhere. */
static bool find_target(struct glide_chip *chip, const struct glide_chip_registers *r,
                        struct render_target *target)
{
    if (r->render_buffer != GLIDE_BUFFER_TEXTURE) {
        *target = screen(chip, r->render_buffer);
        return true;
    }
    *target = (struct render_target){texture_target_use(chip, r), texture_target_width(r),
                                     texture_target_height(r), 1, false};
    return target->framebuffer != 0;
}

static void draw(struct glide_chip *chip, const struct batch_vertex *vertices, uint32_t count)
{
    glBindVertexArray(chip->vertex_array);
    glBindBuffer(GL_ARRAY_BUFFER, chip->vertex_buffer);
    glBufferData(GL_ARRAY_BUFFER, count * sizeof *vertices, vertices, GL_STREAM_DRAW);
    glDrawArrays(GL_TRIANGLES, 0, count);
}

/* What goes through the pixel pipeline. */
struct drawing {
    const struct glide_chip_registers *registers;
    const struct render_target *target;
    const struct pipeline_lfb *lfb; /* NULL: triangles */
    struct shader_key key;
};

static bool set_state(struct glide_chip *chip, const struct drawing *d)
{
    uint32_t program = shader_cache_get(&chip->shaders, &d->key);
    if (!program) {
        return false;
    }
    fixed_state_target(d->target);
    fixed_state_clip(d->target, d->registers);
    fixed_state_depth(d->registers);
    fixed_state_stencil(d->target, d->registers);
    fixed_state_blend(d->target, d->registers);
    fixed_state_mask(d->registers->mask_rgb, fixed_state_writes_alpha(d->target, d->registers));
    upload_uniforms(chip, d->registers, d->target, d->lfb);
    glUseProgram(program);
    return true;
}

static void draw_counted(struct glide_chip *chip, const struct drawing *d,
                         const struct batch_vertex *vertices, uint32_t count)
{
    if (d->key.counted) {
        pixel_counters_begin_draw(&chip->counters);
    }
    draw(chip, vertices, count);
    if (d->key.counted) {
        pixel_counters_end_draw(&chip->counters);
    }
}

/* The bias is compared, and the pixels' own depths are written: with OpenGL, which compares what it
 * writes, one triangle after the other is drawn with the bias and marks its pixels, and then writes
 * its depths where the marks are. */
static void draw_beside_bias(struct glide_chip *chip, const struct drawing *d,
                             const struct batch_vertex *vertices, uint32_t count)
{
    struct glide_chip_registers registers = *d->registers;
    struct drawing depths = *d;
    registers.depth_mode =
        registers.depth_mode == GLIDE_DEPTH_Z_COMPARE_TO_BIAS ? GLIDE_DEPTH_Z : GLIDE_DEPTH_W;
    registers.depth_bias = 0;
    registers.depth_compare = GLIDE_ALWAYS;
    registers.mask_rgb = registers.mask_alpha = 0;
    depths.registers = &registers;
    depths.key.depth_mode = (uint8_t)registers.depth_mode;
    depths.key.counted = 0;
    for (uint32_t i = 0; i < count; i += 3) {
        if (!set_state(chip, d)) {
            return;
        }
        glDepthMask(GL_FALSE);
        fixed_state_stencil_marks(false);
        draw_counted(chip, d, vertices + i, 3);
        if (set_state(chip, &depths)) {
            fixed_state_stencil_marks(true);
            draw_counted(chip, &depths, vertices + i, 3);
        }
    }
}

/* Where the program has the stencils there are no marks. */
static void draw_pixels(struct glide_chip *chip, const struct drawing *d,
                        const struct batch_vertex *vertices, uint32_t count)
{
    if (fixed_state_compares_bias(d->registers) && d->registers->depth_mask &&
        !d->target->argb_8888) {
        draw_beside_bias(chip, d, vertices, count);
    } else if (set_state(chip, d)) {
        draw_counted(chip, d, vertices, count);
    }
}

void pipeline_flush(struct glide_chip *chip)
{
    const struct glide_chip_registers *r = &chip->batch.registers;
    uint32_t count = chip->batch.count;
    struct render_target target;
    struct drawing drawing = {.registers = r, .target = &target};
    chip->batch.count = 0;
    if (count == 0) {
        return;
    }
    shader_key_from_registers(&drawing.key, r,
                              &(struct shader_key_options){.true_color = chip->options.true_color,
                                                           .counted = chip->counters.counting});
    if (drawing.key.tmu[0].used) {
        texture_target_store(chip);
    }
    if (!find_target(chip, r, &target)) {
        return;
    }
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        if (drawing.key.tmu[tmu].used) {
            bind_texture(chip, tmu);
        }
    }
    draw_pixels(chip, &drawing, chip->batch.vertices, count);
}

void pipeline_clear(struct glide_chip *chip, uint32_t color, uint32_t depth)
{
    const struct glide_chip_registers *r = &chip->registers;
    bool depths = r->depth_mask && r->depth_mode != GLIDE_DEPTH_DISABLE;
    int32_t c[4];
    struct render_target target;
    if (!find_target(chip, r, &target)) {
        return;
    }
    set_color(c, color);
    fixed_state_target(&target);
    fixed_state_clip(&target, r);
    fixed_state_mask(r->mask_rgb, fixed_state_writes_alpha(&target, r));
    glDepthMask(GL_TRUE);
    glClearColor(c[0] / 255.0f, c[1] / 255.0f, c[2] / 255.0f, c[3] / 255.0f);
    glClearDepth(depth / 65536.0);
    pixel_counters_cleared(&chip->counters, fixed_state_clip_pixels(&target, r));
    glClear(GL_COLOR_BUFFER_BIT | (depths ? GL_DEPTH_BUFFER_BIT : 0));
}

void pipeline_clear_stencil(struct glide_chip *chip, uint32_t stencil)
{
    const struct glide_chip_registers *r = &chip->registers;
    struct render_target target;
    if (!r->stencil_enable || !find_target(chip, r, &target) || !target.argb_8888) {
        return;
    }
    fixed_state_target(&target);
    fixed_state_clip(&target, r);
    glStencilMask(r->stencil_write_mask);
    glClearStencil((int)stencil);
    glClear(GL_STENCIL_BUFFER_BIT);
}

/* Where depths are written past the pipeline, stencils are a constant. */
static void write_constant_stencil(const struct render_target *target,
                                   const struct glide_chip_registers *r, bool depths)
{
    const struct glide_chip_registers constant = {.stencil_enable = depths && r->stencil_enable,
                                                  .stencil_compare = GLIDE_ALWAYS,
                                                  .stencil_reference = r->lfb_constant_stencil,
                                                  .stencil_write_mask = r->stencil_write_mask,
                                                  .stencil_pass = GLIDE_STENCIL_REPLACE};
    fixed_state_stencil(target, &constant);
}

/* Past the pipeline. */
static void draw_plainly(struct glide_chip *chip, const struct drawing *d,
                         const struct batch_vertex *vertices, uint32_t count)
{
    const struct glide_chip_registers *r = d->registers;
    uint32_t program = shader_cache_get(&chip->shaders, &d->key);
    if (!program) {
        return;
    }
    fixed_state_target(d->target);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    fixed_state_mask(r->mask_rgb, d->lfb->alpha && fixed_state_writes_alpha(d->target, r));
    write_constant_stencil(d->target, r, d->lfb->depth);
    if (d->lfb->depth) {
        glEnable(GL_DEPTH_TEST);
        glDepthFunc(GL_ALWAYS);
        glDepthMask(GL_TRUE);
    } else {
        glDisable(GL_DEPTH_TEST);
    }
    upload_uniforms(chip, r, d->target, d->lfb);
    glUseProgram(program);
    draw(chip, vertices, count);
}

void pipeline_draw_lfb(struct glide_chip *chip, const struct pipeline_lfb *lfb)
{
    const struct render_target target = screen(chip, lfb->buffer);
    struct glide_chip_registers registers = chip->registers;
    struct drawing drawing = {.registers = &registers, .target = &target, .lfb = lfb};
    float left = lfb->x, top = lfb->y, right = left + lfb->width, bottom = top + lfb->height;
    struct batch_vertex v[6] = {{.x = left, .y = top},     {.x = right, .y = top},
                                {.x = right, .y = bottom}, {.x = left, .y = top},
                                {.x = right, .y = bottom}, {.x = left, .y = bottom}};
    shader_key_from_registers(&drawing.key, &registers,
                              &(struct shader_key_options){.true_color = chip->options.true_color,
                                                           .lfb = true,
                                                           .pipeline = lfb->pipeline,
                                                           .lfb_depth = lfb->depth,
                                                           .lfb_16_bit = lfb->five_bits});
    if (!lfb->color) {
        registers.mask_rgb = 0;
    }
    if (lfb->pipeline) {
        draw_pixels(chip, &drawing, v, 6);
    } else {
        draw_plainly(chip, &drawing, v, 6);
    }
    if (drawing.key.stipple == GLIDE_STIPPLE_ROTATE) {
        chip->registers.stipple_pattern =
            stipple_turned(registers.stipple_pattern, lfb->width * lfb->height);
    }
}
