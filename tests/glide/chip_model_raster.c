/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Triangles: setup, and which pixels they cover. */
#include "tests/glide/chip_model.h"

#include <math.h>
#include <string.h>

struct chip_model *chip_model_create(int width, int height)
{
    struct chip_model *model = g_new0(struct chip_model, 1);
    model->width = width;
    model->height = height;
    model->color = g_new0(uint16_t, width * height);
    model->depth = g_new0(uint16_t, width * height);
    for (int i = 0; i < GLIDE_TMUS; i++) {
        model->texture_memory[i] = g_malloc0(MODEL_TEXTURE_MEMORY);
    }
    glide_chip_registers_reset(&model->registers, width, height);
    return model;
}

void chip_model_destroy(struct chip_model *model)
{
    g_free(model->color);
    g_free(model->depth);
    for (int i = 0; i < GLIDE_TMUS; i++) {
        g_free(model->texture_memory[i]);
    }
    g_free(model);
}

void chip_model_clear(struct chip_model *model, uint32_t color, uint32_t depth)
{
    for (int y = 0; y < model->height; y++) {
        for (int x = 0; x < model->width; x++) {
            const uint32_t mode = model->registers.dither;
            model->color[y * model->width + x] =
                model_quantise(color >> 16 & 255, 5, mode, x, y) << 11 |
                model_quantise(color >> 8 & 255, 6, mode, x, y) << 5 |
                model_quantise(color & 255, 5, mode, x, y);
            model->depth[y * model->width + x] = depth;
        }
    }
}

/* Positions in sixteenths. */
struct corner {
    int64_t x, y;
    const struct glide_vertex *v;
};

struct setup {
    struct corner corners[3];
    int64_t area; /* twice, in 1/256 of a pixel; positive */
};

static int64_t cross(const struct corner *a, const struct corner *b, int64_t x, int64_t y)
{
    return (b->x - a->x) * (y - a->y) - (x - a->x) * (b->y - a->y);
}

/* The value at the centre of a pixel, from the first corner on by the value's slopes. */
static int64_t iterate(const struct setup *setup, const float at[3], int bits, int x, int y)
{
    const struct corner *c = setup->corners;
    int64_t p[3];
    for (int i = 0; i < 3; i++) {
        p[i] = llrint(at[i] * ldexp(1, bits));
    }
    int64_t along_x =
        ((p[1] - p[0]) * (c[2].y - c[0].y) - (p[2] - p[0]) * (c[1].y - c[0].y)) * 16 / setup->area;
    int64_t along_y =
        ((p[2] - p[0]) * (c[1].x - c[0].x) - (p[1] - p[0]) * (c[2].x - c[0].x)) * 16 / setup->area;
    return p[0] + (along_x * (16 * x + 8 - c[0].x) + along_y * (16 * y + 8 - c[0].y)) / 16;
}

#define ITERATE(setup, field, bits, x, y)                                                          \
    iterate(setup,                                                                                 \
            (const float[3]){(setup)->corners[0].v->field, (setup)->corners[1].v->field,           \
                             (setup)->corners[2].v->field},                                        \
            bits, x, y)

/* log2 of the longer of the two steps that s/w and t/w make from pixel to pixel. */
static int triangle_lod(const struct setup *setup, int tmu)
{
    double s[3], t[3];
    for (int i = 0; i < 3; i++) {
        s[i] = setup->corners[i].v->tmu[tmu].sow;
        t[i] = setup->corners[i].v->tmu[tmu].tow;
    }
    const struct corner *c = setup->corners;
    double y1 = c[1].y - c[0].y, y2 = c[2].y - c[0].y, x1 = c[1].x - c[0].x, x2 = c[2].x - c[0].x;
    double scale = 16.0 / setup->area;
    double s_x = ((s[1] - s[0]) * y2 - (s[2] - s[0]) * y1) * scale;
    double t_x = ((t[1] - t[0]) * y2 - (t[2] - t[0]) * y1) * scale;
    double s_y = ((s[2] - s[0]) * x1 - (s[1] - s[0]) * x2) * scale;
    double t_y = ((t[2] - t[0]) * x1 - (t[1] - t[0]) * x2) * scale;
    double longest = fmax(s_x * s_x + t_x * t_x, s_y * s_y + t_y * t_y);
    return longest > 0 ? (int)floor(log2(longest) / 2 * 256) : -64 * 256;
}

/* Pixels whose centre is inside; on an edge if that is a left or an upper one. */
static bool covers(const struct setup *setup, int x, int y)
{
    for (int i = 0; i < 3; i++) {
        const struct corner *a = &setup->corners[i], *b = &setup->corners[(i + 1) % 3];
        int64_t side = cross(a, b, 16 * x + 8, 16 * y + 8);
        bool left = b->y < a->y, upper = b->y == a->y && b->x > a->x;
        if (side < 0 || (side == 0 && !left && !upper)) {
            return false;
        }
    }
    return true;
}

static bool above(const struct corner *a, const struct corner *b)
{
    return a->y < b->y || (a->y == b->y && a->x < b->x);
}

/* Rows begin at the edge from the highest to the lowest corner: at their right end, if the third
 * corner lies to its left. */
static bool from_the_right(const struct setup *setup)
{
    const struct corner *high = &setup->corners[0], *low = high, *third = high;
    for (int i = 1; i < 3; i++) {
        high = above(&setup->corners[i], high) ? &setup->corners[i] : high;
        low = above(low, &setup->corners[i]) ? &setup->corners[i] : low;
    }
    for (int i = 0; i < 3; i++) {
        bool other = &setup->corners[i] != high && &setup->corners[i] != low;
        third = other ? &setup->corners[i] : third;
    }
    return cross(high, low, third->x, third->y) > 0;
}

static void draw(struct chip_model *model, const struct setup *setup)
{
    const struct glide_chip_registers *r = &model->registers;
    for (int y = 0; y < model->height; y++) {
        int row = r->origin == GLIDE_ORIGIN_LOWER_LEFT ? model->height - 1 - y : y;
        for (int step = 0; step < model->width; step++) {
            int x = from_the_right(setup) ? model->width - 1 - step : step;
            if (x < (int)r->clip_min_x || x >= (int)r->clip_max_x || row < (int)r->clip_min_y ||
                row >= (int)r->clip_max_y || !covers(setup, x, y)) {
                continue;
            }
            struct model_pixel pixel = {
                .x = x,
                .y = y,
                .r = ITERATE(setup, r, 12, x, y),
                .g = ITERATE(setup, g, 12, x, y),
                .b = ITERATE(setup, b, 12, x, y),
                .a = ITERATE(setup, a, 12, x, y),
                .z = ITERATE(setup, z, 12, x, y),
                .oow = ITERATE(setup, oow, 30, x, y),
                .fog = ITERATE(setup, fog, 30, x, y),
            };
            for (int i = 0; i < GLIDE_TMUS; i++) {
                pixel.tmu[i].sow = ITERATE(setup, tmu[i].sow, 18, x, y);
                pixel.tmu[i].tow = ITERATE(setup, tmu[i].tow, 18, x, y);
                pixel.tmu[i].oow = ITERATE(setup, tmu[i].oow, 30, x, y);
                pixel.tmu[i].lod = triangle_lod(setup, i);
            }
            model_draw_pixel(model, &pixel);
        }
    }
}

static struct corner corner(const struct chip_model *model, const struct glide_vertex *v)
{
    struct corner c = {(int64_t)floor(v->x * 16 + 0.5), (int64_t)floor(v->y * 16 + 0.5), v};
    if (model->registers.origin == GLIDE_ORIGIN_LOWER_LEFT) {
        c.y = 16 * model->height - c.y;
    }
    return c;
}

void chip_model_triangle(struct chip_model *model, const struct glide_vertex *a,
                         const struct glide_vertex *b, const struct glide_vertex *c)
{
    struct setup setup = {{corner(model, a), corner(model, b), corner(model, c)}, 0};
    uint32_t cull = model->registers.cull;
    setup.area =
        cross(&setup.corners[0], &setup.corners[1], setup.corners[2].x, setup.corners[2].y);
    bool flipped = model->registers.origin == GLIDE_ORIGIN_LOWER_LEFT;
    bool positive = flipped ? setup.area < 0 : setup.area > 0;
    if (setup.area == 0 || (cull == GLIDE_CULL_NEGATIVE && !positive) ||
        (cull == GLIDE_CULL_POSITIVE && positive)) {
        return;
    }
    if (setup.area < 0) {
        struct corner second = setup.corners[1];
        setup.corners[1] = setup.corners[2];
        setup.corners[2] = second;
        setup.area = -setup.area;
    }
    draw(model, &setup);
}
