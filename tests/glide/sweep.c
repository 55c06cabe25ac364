/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/glide/sweep.h"

#include "tests/dispatch/egl_context.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIXELS (SWEEP_WIDTH * SWEEP_HEIGHT)
#define TEXTURE_BYTES (256u << 10)
/* Of the pixels of a picture, this many may differ by more than a step of 565, or their depths by
 * more than the renderer's floats and the model's fixed point leave open. */
#define MOST_DIFFERENT (PIXELS * 5 / 1000)
#define DEPTH_TOLERANCE 4

uint32_t sweep_random(struct sweep *sweep, uint32_t limit)
{
    sweep->random = sweep->random * 1664525u + 1013904223u;
    return (sweep->random >> 8) % limit;
}

static void fill_textures(struct sweep *sweep)
{
    g_autofree uint8_t *bytes = g_malloc(TEXTURE_BYTES);
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        for (uint32_t i = 0; i < TEXTURE_BYTES; i++) {
            bytes[i] = sweep_random(sweep, 256);
        }
        glide_chip_write_texture(sweep->chip, tmu, 0, bytes, TEXTURE_BYTES);
        memcpy(sweep->model->texture_memory[tmu], bytes, TEXTURE_BYTES);
    }
}

static uint32_t random_word(struct sweep *sweep)
{
    return sweep_random(sweep, 0x10000) << 16 | sweep_random(sweep, 0x10000);
}

static void fill_tables(struct sweep *sweep)
{
    for (int i = 0; i < GLIDE_PALETTE_ENTRIES; i++) {
        sweep->model->palette[i] = random_word(sweep);
    }
    glide_chip_write_palette(sweep->chip, 0, GLIDE_PALETTE_ENTRIES, sweep->model->palette);
    for (int tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        for (int table = 0; table < 2; table++) {
            for (int i = 0; i < GLIDE_NCC_WORDS; i++) {
                sweep->model->ncc[tmu][table][i] = random_word(sweep);
            }
            glide_chip_write_ncc(sweep->chip, tmu, table, sweep->model->ncc[tmu][table]);
        }
    }
}

struct sweep *sweep_create(void)
{
    const struct glide_chip_options options = {.width = SWEEP_WIDTH,
                                               .height = SWEEP_HEIGHT,
                                               .color_buffers = 2,
                                               .texture_memory = MODEL_TEXTURE_MEMORY,
                                               .scale = 1};
    if (!egl_context_make(3, 3, true)) {
        return NULL;
    }
    g_autoptr(GError) error = NULL;
    struct sweep *sweep = g_new0(struct sweep, 1);
    sweep->chip = glide_chip_create(&options, &error);
    cr_assert_not_null(sweep->chip, "%s", error ? error->message : "");
    sweep->model = chip_model_create(SWEEP_WIDTH, SWEEP_HEIGHT);
    sweep->registers = glide_chip_registers(sweep->chip);
    sweep->random = 1;
    sweep->layers = 2;
    sweep->tolerance = 1;
    fill_textures(sweep);
    fill_tables(sweep);
    sweep_reset(sweep);
    return sweep;
}

void sweep_finish(struct sweep *sweep)
{
    cr_assert_eq(sweep->failed, 0, "%d of %d cases differ", sweep->failed, sweep->cases);
    cr_assert_gt(sweep->cases, 0);
    glide_chip_destroy(sweep->chip);
    chip_model_destroy(sweep->model);
    egl_context_unmake();
    g_free(sweep);
}

void sweep_reset(struct sweep *sweep)
{
    struct glide_chip_registers *r = sweep->registers;
    glide_chip_registers_reset(r, SWEEP_WIDTH, SWEEP_HEIGHT);
    r->color.other = GLIDE_OTHER_TEXTURE;
    r->alpha.other = GLIDE_OTHER_TEXTURE;
    r->constant_color = 0xc0a05030;
    r->fog_color = 0xff90c0e0;
    for (int i = 0; i < GLIDE_FOG_ENTRIES; i++) {
        r->fog_table[i] = i * 4;
    }
    for (int i = 0; i < GLIDE_TMUS; i++) {
        struct glide_texture_unit *unit = &r->tmu[i];
        unit->texture = (struct glide_texture){.address = 1024 * i,
                                               .levels = GLIDE_LEVELS_BOTH,
                                               .small_lod = 0,
                                               .large_lod = 5,
                                               .format = GLIDE_TEXFMT_ARGB_4444};
        unit->rgb.function = unit->alpha.function = GLIDE_COMBINE_LOCAL;
    }
}

static void draw_triangle(struct sweep *sweep, const struct glide_vertex v[3])
{
    sweep->model->registers = *sweep->registers;
    glide_chip_draw_triangle(sweep->chip, &v[0], &v[1], &v[2], 0);
    chip_model_triangle(sweep->model, &v[0], &v[1], &v[2]);
}

static void draw_background(struct sweep *sweep)
{
    const float right = SWEEP_WIDTH, bottom = SWEEP_HEIGHT;
    const struct glide_vertex corners[4] = {
        {.r = 20, .g = 200, .b = 90, .z = 60000, .oow = 1},
        {.x = right, .r = 240, .g = 10, .b = 60, .z = 20000, .oow = 1},
        {.x = right, .y = bottom, .r = 90, .g = 130, .b = 250, .z = 1000, .oow = 1},
        {.y = bottom, .r = 250, .g = 240, .b = 230, .z = 30000, .oow = 1}};
    struct glide_chip_registers saved = *sweep->registers;
    glide_chip_registers_reset(sweep->registers, SWEEP_WIDTH, SWEEP_HEIGHT);
    sweep->registers->depth_mode = GLIDE_DEPTH_Z;
    sweep->registers->depth_compare = GLIDE_ALWAYS;
    sweep->registers->depth_mask = 1;
    draw_triangle(sweep, (struct glide_vertex[3]){corners[0], corners[1], corners[2]});
    draw_triangle(sweep, (struct glide_vertex[3]){corners[0], corners[2], corners[3]});
    *sweep->registers = saved;
}

/* A vertex of that distance; s and t as they are before they are divided. */
static struct glide_vertex vertex(float x, float y, float w, float s, float t)
{
    struct glide_vertex v = {.x = x, .y = y, .oow = 1 / w, .fog = 0.7f / w};
    for (int i = 0; i < GLIDE_TMUS; i++) {
        v.tmu[i].oow = 1 / w;
        v.tmu[i].sow = s * (1 + 0.3f * i) / w;
        v.tmu[i].tow = t * (1 - 0.2f * i) / w;
    }
    return v;
}

static void shade(struct glide_vertex *v, float r, float g, float b, float a, float z)
{
    v->r = r;
    v->g = g;
    v->b = b;
    v->a = a;
    v->z = z;
}

static void draw_foreground(struct sweep *sweep)
{
    struct glide_vertex v[3] = {vertex(1.25f, 2.5f, 1.5f, 10, 5), vertex(47, 4, 30, 300, 20),
                                vertex(12.0625f, 39, 6, 40, 280)};
    shade(&v[0], 255, 0, 30, 10, 100);
    shade(&v[1], 10, 250, 128, 255, 64000);
    shade(&v[2], 60, 90, 255, 140, 30000);
    draw_triangle(sweep, v);
    if (sweep->layers < 2) {
        return;
    }
    struct glide_vertex u[3] = {vertex(46, 12, 3, 200, 0), vertex(44.5f, 38, 9, 260, 500),
                                vertex(3, 30, 2, -100, 90)};
    shade(&u[0], 200, 220, 20, 240, 50000);
    shade(&u[1], 255, 255, 255, 0, 20000);
    shade(&u[2], 0, 100, 0, 200, 5000);
    draw_triangle(sweep, u);
}

static bool colors_close(uint16_t a, uint16_t b, int steps)
{
    return abs((a >> 11) - (b >> 11)) <= steps && abs((a >> 5 & 63) - (b >> 5 & 63)) <= steps &&
           abs((a & 31) - (b & 31)) <= steps;
}

static void compare(struct sweep *sweep, const char *name)
{
    static uint16_t colors[PIXELS], depths[PIXELS];
    int colors_off = 0, depths_off = 0, first = -1;
    glide_chip_lfb_read(sweep->chip, GLIDE_BUFFER_BACK, GLIDE_ORIGIN_UPPER_LEFT, 0, 0, SWEEP_WIDTH,
                        SWEEP_HEIGHT, colors, 2 * SWEEP_WIDTH);
    glide_chip_lfb_read(sweep->chip, GLIDE_BUFFER_AUX, GLIDE_ORIGIN_UPPER_LEFT, 0, 0, SWEEP_WIDTH,
                        SWEEP_HEIGHT, depths, 2 * SWEEP_WIDTH);
    for (int i = 0; i < PIXELS; i++) {
        if (!colors_close(colors[i], sweep->model->color[i], sweep->tolerance)) {
            first = first < 0 ? i : first;
            colors_off++;
        }
        depths_off += abs(depths[i] - sweep->model->depth[i]) > DEPTH_TOLERANCE;
    }
    sweep->cases++;
    if (colors_off > MOST_DIFFERENT || depths_off > MOST_DIFFERENT) {
        sweep->failed++;
        fprintf(stderr, "%s: %d colours and %d depths of %d differ", name, colors_off, depths_off,
                PIXELS);
        if (first >= 0) {
            fprintf(stderr, "; at %d, %d %04x where the model has %04x", first % SWEEP_WIDTH,
                    first / SWEEP_WIDTH, colors[first], sweep->model->color[first]);
        }
        fputc('\n', stderr);
    }
}

void sweep_run(struct sweep *sweep, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *name = g_strdup_vprintf(format, args);
    va_end(args);
    draw_background(sweep);
    draw_foreground(sweep);
    compare(sweep, name);
    sweep_reset(sweep);
}
