/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/triangle_batch.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/pipeline.h"
#include "dispatch/glide/stipple_walk.h"

#include <math.h>
#include <string.h>

/* Positions have 12 bits before the point and 4 behind it, and wrap. Programs add a multiple of
 * 4096 (3 << 18) to have their floats rounded; that is taken off again. Others that leave the 12
 * bits a little are drawn where they say. */
#define WRAP 4096.0f
#define BIASED 65536.0f

/* An attribute that is no number is 0, and none is so large that its slopes overflow. */
static float sane(float v)
{
    return isfinite(v) ? CLAMP(v, -1e9f, 1e9f) : 0;
}

static bool on_the_plane(const struct glide_vertex *v)
{
    return isfinite(v->x) && isfinite(v->y);
}

/* To sixteenths of a pixel. */
static float snap(float v)
{
    if (fabsf(v) >= BIASED) {
        v = remainderf(v, WRAP);
    }
    return floorf(v * 16 + 0.5f) / 16;
}

static uint32_t target_height(const struct glide_chip *chip)
{
    return chip->registers.render_buffer == GLIDE_BUFFER_TEXTURE
               ? texture_target_height(&chip->registers)
               : chip->options.height;
}

struct clip_window triangle_batch_clip(const struct glide_chip *chip)
{
    const struct glide_chip_registers *r = &chip->registers;
    bool texture = r->render_buffer == GLIDE_BUFFER_TEXTURE;
    return fixed_state_clip_window(texture ? texture_target_width(r) : chip->options.width,
                                   target_height(chip), r);
}

static struct batch_vertex convert(const struct glide_chip *chip, const struct glide_vertex *v)
{
    struct batch_vertex out = {
        .x = snap(v->x),
        .y = snap(v->y),
        .color = {sane(v->r), sane(v->g), sane(v->b), sane(v->a)},
        .z = sane(v->z),
        .oow = sane(v->oow),
        .fog = sane(v->fog),
    };
    if (chip->registers.origin == GLIDE_ORIGIN_LOWER_LEFT) {
        out.y = target_height(chip) - out.y;
    }
    for (int i = 0; i < GLIDE_TMUS; i++) {
        out.tmu[i].sow = sane(v->tmu[i].sow);
        out.tmu[i].tow = sane(v->tmu[i].tow);
        out.tmu[i].oow = sane(v->tmu[i].oow);
    }
    return out;
}

/* Twice the area; positive if a, b, c run clockwise with y downwards. */
static float area(const struct batch_vertex *a, const struct batch_vertex *b,
                  const struct batch_vertex *c)
{
    return (b->x - a->x) * (c->y - a->y) - (c->x - a->x) * (b->y - a->y);
}

/* How much a value of the vertices changes from pixel to pixel along x and y. */
struct slope {
    float x, y;
};

static struct slope slope(const struct batch_vertex v[3], float doubled_area, float a, float b,
                          float c)
{
    return (struct slope){
        ((b - a) * (v[2].y - v[0].y) - (c - a) * (v[1].y - v[0].y)) / doubled_area,
        ((c - a) * (v[1].x - v[0].x) - (b - a) * (v[2].x - v[0].x)) / doubled_area,
    };
}

/* The level of detail of a whole triangle, as the chip has it: from the slopes of s/w and t/w. What
 * 1/w is at a pixel is added there. Of more pixels each needs less of the texture. */
static void set_lods(const struct glide_chip *chip, struct batch_vertex v[3], float doubled_area)
{
    bool on_screen = chip->registers.render_buffer != GLIDE_BUFFER_TEXTURE;
    float finer = on_screen ? log2f(chip->buffers.scale) : 0;
    for (int i = 0; i < GLIDE_TMUS; i++) {
        struct slope s = slope(v, doubled_area, v[0].tmu[i].sow, v[1].tmu[i].sow, v[2].tmu[i].sow);
        struct slope t = slope(v, doubled_area, v[0].tmu[i].tow, v[1].tmu[i].tow, v[2].tmu[i].tow);
        float along_x = s.x * s.x + t.x * t.x, along_y = s.y * s.y + t.y * t.y;
        float lod = 0.5f * log2f(MAX(along_x, along_y)) - finer;
        v[0].lod[i] = v[1].lod[i] = v[2].lod[i] = isfinite(lod) ? CLAMP(lod, -64, 64) : -64;
    }
}

static void add_plain(struct glide_chip *chip, struct batch_vertex v[3])
{
    struct triangle_batch *batch = &chip->batch;
    float doubled_area = area(&v[0], &v[1], &v[2]);
    if (doubled_area == 0) {
        return;
    }
    set_lods(chip, v, doubled_area);
    if (batch->count > 0 &&
        (batch->count + 3 > BATCH_VERTICES ||
         memcmp(&batch->registers, &chip->registers, sizeof batch->registers) != 0)) {
        pipeline_flush(chip);
    }
    if (batch->count == 0) {
        batch->registers = chip->registers;
    }
    memcpy(&batch->vertices[batch->count], v, 3 * sizeof *v);
    batch->count += 3;
}

static void add_plain_quad(struct glide_chip *chip, const struct batch_vertex v[4])
{
    struct batch_vertex first[3] = {v[0], v[1], v[2]};
    struct batch_vertex second[3] = {v[0], v[2], v[3]};
    add_plain(chip, first);
    add_plain(chip, second);
}

static void add(struct glide_chip *chip, struct batch_vertex v[3])
{
    if (chip->registers.stipple == GLIDE_STIPPLE_ROTATE) {
        stipple_walk(chip, v, 3, add_plain_quad);
    } else {
        add_plain(chip, v);
    }
}

static void add_quad(struct glide_chip *chip, const struct batch_vertex v[4])
{
    if (chip->registers.stipple == GLIDE_STIPPLE_ROTATE) {
        stipple_walk(chip, v, 4, add_plain_quad);
    } else {
        add_plain_quad(chip, v);
    }
}

static struct batch_vertex moved(const struct batch_vertex *v, float x, float y, float alpha)
{
    struct batch_vertex out = *v;
    out.x += x;
    out.y += y;
    out.color[3] *= alpha;
    return out;
}

/* A strip of a pixel's width along the edge ab, away from c, whose alpha falls to nothing. */
static void add_fading_edge(struct glide_chip *chip, const struct batch_vertex *a,
                            const struct batch_vertex *b, bool clockwise)
{
    float x = b->x - a->x, y = b->y - a->y;
    float length = hypotf(x, y);
    if (length == 0) {
        return;
    }
    float side = clockwise ? 1 : -1;
    float out_x = side * y / length, out_y = -side * x / length;
    struct batch_vertex quad[4] = {*a, *b, moved(b, out_x, out_y, 0), moved(a, out_x, out_y, 0)};
    add_quad(chip, quad);
}

void glide_chip_draw_triangle(struct glide_chip *chip, const struct glide_vertex *a,
                              const struct glide_vertex *b, const struct glide_vertex *c,
                              unsigned antialias)
{
    if (!on_the_plane(a) || !on_the_plane(b) || !on_the_plane(c)) {
        return;
    }
    struct batch_vertex v[3] = {convert(chip, a), convert(chip, b), convert(chip, c)};
    float on_screen = area(&v[0], &v[1], &v[2]);
    /* The sign that culling goes by is that of the program's own coordinates. */
    float signed_area = chip->registers.origin == GLIDE_ORIGIN_LOWER_LEFT ? -on_screen : on_screen;
    if ((chip->registers.cull == GLIDE_CULL_NEGATIVE && signed_area < 0) ||
        (chip->registers.cull == GLIDE_CULL_POSITIVE && signed_area > 0)) {
        return;
    }
    struct batch_vertex inner[3] = {v[0], v[1], v[2]};
    add(chip, inner);
    for (int i = 0; i < 3 && on_screen != 0; i++) {
        if (antialias & (1u << i)) {
            add_fading_edge(chip, &v[i], &v[(i + 1) % 3], on_screen > 0);
        }
    }
}

static void add_pixel(struct glide_chip *chip, const struct batch_vertex *v, float x, float y,
                      float alpha)
{
    struct batch_vertex quad[4];
    for (int i = 0; i < 4; i++) {
        quad[i] = moved(v, 0, 0, alpha);
        quad[i].x = x + (i == 1 || i == 2);
        quad[i].y = y + (i >= 2);
    }
    add_quad(chip, quad);
}

void glide_chip_draw_point(struct glide_chip *chip, const struct glide_vertex *v, bool antialias)
{
    if (!on_the_plane(v)) {
        return;
    }
    struct batch_vertex at = convert(chip, v);
    if (!antialias) {
        add_pixel(chip, &at, floorf(at.x), floorf(at.y), 1);
        return;
    }
    /* A pixel's light, shared out between the four whose centres are around it. */
    float left = floorf(at.x - 0.5f), top = floorf(at.y - 0.5f);
    float right_share = at.x - 0.5f - left, lower_share = at.y - 0.5f - top;
    for (int i = 0; i < 4; i++) {
        int right = i & 1, lower = i >> 1;
        float share =
            (right ? right_share : 1 - right_share) * (lower ? lower_share : 1 - lower_share);
        add_pixel(chip, &at, left + right, top + lower, share);
    }
}

void glide_chip_draw_line(struct glide_chip *chip, const struct glide_vertex *a,
                          const struct glide_vertex *b, bool antialias)
{
    if (!on_the_plane(a) || !on_the_plane(b)) {
        return;
    }
    struct batch_vertex from = convert(chip, a), to = convert(chip, b);
    float x = to.x - from.x, y = to.y - from.y;
    bool steep = fabsf(y) > fabsf(x);
    if (antialias) {
        add_fading_edge(chip, &from, &to, true);
        add_fading_edge(chip, &from, &to, false);
        return;
    }
    /* One pixel in each column (row, if steep) whose centre it passes. */
    float wide_x = steep ? 0.5f : 0, wide_y = steep ? 0 : 0.5f;
    struct batch_vertex quad[4] = {moved(&from, -wide_x, -wide_y, 1),
                                   moved(&to, -wide_x, -wide_y, 1), moved(&to, wide_x, wide_y, 1),
                                   moved(&from, wide_x, wide_y, 1)};
    add_quad(chip, quad);
}
