/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/glide_cases.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/programs/glide_functions.h"

enum { RESOLUTION = 7, WIDTH = 640, HEIGHT = 480 };
enum { BACK = 1, FORMAT_565 = 0xa, LFB_READ = 0, LFB_WRITE = 1, STRIP = 4 };
enum { REPEAT = 100 };                 /* of what is short, in a step */
enum { TEXTURE_LOG = 6, TEXELS = 64 }; /* of a side */

static struct vertex {
    float x, y, r, g, b, q, s, t;
} corners[3], strip[REPEAT + 2];

static uint16_t texels[TEXELS][TEXELS];
static uint32_t context;
static unsigned number; /* of steps so far */

/* What the cases change. */
static void start(void)
{
    glide.alpha_blend_function(4, 0, 4, 0);
}

static void combine_color(void)
{
    glide.color_combine(1, 0, 0, 2, 0);
}

static void combine_texture(void)
{
    glide.color_combine(3, 1, 0, 1, 0);
}

static void set_corners(float x, float y, float size)
{
    corners[0] = (struct vertex){x, y, 255, 0, 0, 1, 0, 0};
    corners[1] = (struct vertex){x + size, y, 0, 255, 0, 1, 255, 0};
    corners[2] = (struct vertex){x, y + size, 0, 0, 255, 1, 0, 255};
}

static void draw_corners(void)
{
    glide.draw_triangle(&corners[0], &corners[1], &corners[2]);
}

/* So small that it covers no pixel: what is measured is the call, not the fill. */
static void prepare_small(void)
{
    start();
    combine_color();
    set_corners(10.1f, 10.1f, 0.2f);
}

/* 50 pixels, as a model of the time has them. */
static void prepare_filled(void)
{
    start();
    combine_texture();
    set_corners(10, 10, 10);
}

static void step_triangles(void)
{
    for (int i = 0; i < REPEAT; i++) {
        draw_corners();
    }
}

static void prepare_strip(void)
{
    start();
    combine_color();
    for (int i = 0; i < REPEAT + 2; i++) {
        strip[i] = (struct vertex){
            10.1f + 0.001f * (float)i, i % 2 ? 10.3f : 10.1f, 255, 255, 255, 1, 0, 0};
    }
}

static void step_strip(void)
{
    glide.draw_vertex_array(STRIP, REPEAT + 2, strip, sizeof *strip);
}

/* Textures */

static const struct glide_tex_info texture = {TEXTURE_LOG, TEXTURE_LOG, 0, FORMAT_565, texels};

static void download(void)
{
    texels[0][0] = (uint16_t)number++;
    glide.tex_download(0, glide.tex_min_address(0), 3, &texture);
}

static void step_download_and_draw(void)
{
    download();
    draw_corners();
}

/* The frame buffer */

static void lock(uint32_t type)
{
    struct glide_lfb_info info = {.size = sizeof info};
    if (!glide.lfb_lock(type, BACK, 0, 0, 0, &info)) {
        fprintf(stderr, "grLfbLock failed\n");
        exit(1);
    }
    if (type == LFB_WRITE) {
        uint16_t *row = (uint16_t *)((uint8_t *)info.pointer + number % HEIGHT * info.stride);
        for (int x = 0; x < WIDTH; x++) {
            row[x] = (uint16_t)(number + (unsigned)x);
        }
        number++;
    }
    glide.lfb_unlock(type, BACK);
}

/* A row is written, and nothing is drawn in between. */
static void step_write(void)
{
    lock(LFB_WRITE);
}

static void step_draw_and_write(void)
{
    draw_corners();
    lock(LFB_WRITE);
}

static void step_draw_and_read(void)
{
    draw_corners();
    lock(LFB_READ);
}

/* Settings */

static void step_settings(void)
{
    for (unsigned i = 0; i < REPEAT; i += 2) {
        glide.constant_color(0xff000000 + ++number);
        glide.alpha_blend_function(number % 2 ? 4 : 1, 0, 4, 0);
    }
}

static void step_settings_and_triangles(void)
{
    for (unsigned i = 0; i < REPEAT; i++) {
        if (++number % 2) {
            combine_color();
        } else {
            combine_texture();
        }
        draw_corners();
    }
}

/* Settings that are as they were. */
static void step_same_settings(void)
{
    for (unsigned i = 0; i < REPEAT; i += 2) {
        glide.constant_color(0xff000000);
        glide.alpha_blend_function(4, 0, 4, 0);
    }
}

/* A frame of 1000 textured triangles. */
static void step_frame(void)
{
    glide.clear_31(0, 0, 0);
    for (int i = 0; i < 10; i++) {
        step_triangles();
    }
    glide.swap(0);
}

const struct glide_case glide_cases[] = {
    {"triangles", "triangles", REPEAT, 10, prepare_small, step_triangles},
    {"triangles-50-pixels", "triangles", REPEAT, 10, prepare_filled, step_triangles},
    {"strip-100", "triangles", REPEAT, 10, prepare_strip, step_strip},
    {"download-64", "bytes", sizeof texels, 10, prepare_filled, download},
    {"download-64-draw", "bytes", sizeof texels, 1, prepare_filled, step_download_and_draw},
    {"lock-write", "locks", 1, 10, prepare_small, step_write},
    {"draw-lock-write", "locks", 1, 1, prepare_small, step_draw_and_write},
    {"draw-lock-read", "locks", 1, 1, prepare_small, step_draw_and_read},
    {"settings", "changes", REPEAT, 10, prepare_small, step_settings},
    {"same-settings", "calls", REPEAT, 10, prepare_small, step_same_settings},
    {"settings-draw", "changes", REPEAT, 1, prepare_small, step_settings_and_triangles},
    {"frame-1000", "frames", 1, 1, prepare_filled, step_frame},
};
const unsigned glide_case_count = sizeof glide_cases / sizeof *glide_cases;

const struct glide_case *glide_case_find(const char *name)
{
    for (unsigned i = 0; i < glide_case_count; i++) {
        if (strcmp(glide_cases[i].name, name) == 0) {
            return &glide_cases[i];
        }
    }
    return NULL;
}

void glide_cases_open(void)
{
    static const struct {
        uint32_t parameter;
        size_t offset;
    } layout[] = {{0x01, offsetof(struct vertex, x)},
                  {0x20, offsetof(struct vertex, r)},
                  {0x04, offsetof(struct vertex, q)},
                  {0x40, offsetof(struct vertex, s)}};
    glide.init();
    glide.select(0);
    context = glide.open(0, RESOLUTION, 0, 0, 0, 2, 1);
    if (!context) {
        fprintf(stderr, "grSstWinOpen failed\n");
        exit(1);
    }
    for (unsigned i = 0; i < sizeof layout / sizeof *layout; i++) {
        glide.vertex_layout(layout[i].parameter, (int32_t)layout[i].offset, 1);
    }
    glide.tex_combine(0, 1, 0, 1, 0, 0, 0);
    glide.tex_filter_mode(0, 1, 1);
    glide.tex_source(0, glide.tex_min_address(0), 3, &texture);
}

void glide_cases_close(void)
{
    glide.close_31(context);
    glide.shutdown();
}

void glide_cases_finish(void)
{
    uint16_t pixel;
    glide.read_region(BACK, 0, 0, 1, 1, 2, &pixel);
}
