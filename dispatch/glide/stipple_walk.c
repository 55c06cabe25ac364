/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/stipple_walk.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/fixed_state.h"

#include <math.h>

struct polygon {
    const struct batch_vertex *v;
    unsigned corners;
    double doubled_area; /* of the first three; positive: clockwise with y downwards */
};

static double cross(const struct batch_vertex *a, const struct batch_vertex *b, double x, double y)
{
    return (b->x - a->x) * (y - a->y) - (x - a->x) * (b->y - a->y);
}

/* All values of a vertex there. */
static struct batch_vertex interpolate(const struct polygon *p, double x, double y)
{
    struct batch_vertex out;
    const float *a = (const float *)&p->v[0], *b = (const float *)&p->v[1];
    const float *c = (const float *)&p->v[2];
    double share_b = -cross(&p->v[0], &p->v[2], x, y) / p->doubled_area;
    double share_c = cross(&p->v[0], &p->v[1], x, y) / p->doubled_area;
    for (size_t i = 0; i < sizeof out / sizeof(float); i++) {
        ((float *)&out)[i] = (float)(a[i] + share_b * (b[i] - a[i]) + share_c * (c[i] - a[i]));
    }
    out.x = (float)x;
    out.y = (float)y;
    return out;
}

static bool is_higher(const struct batch_vertex *a, const struct batch_vertex *b)
{
    return a->y < b->y || (a->y == b->y && a->x < b->x);
}

/* Whether the rest of the polygon lies to the left of its long edge. */
static bool runs_left(const struct polygon *p)
{
    const struct batch_vertex *top = &p->v[0], *bottom = &p->v[0];
    double side = 0;
    for (unsigned i = 1; i < p->corners; i++) {
        top = is_higher(&p->v[i], top) ? &p->v[i] : top;
        bottom = is_higher(bottom, &p->v[i]) ? &p->v[i] : bottom;
    }
    for (unsigned i = 0; i < p->corners; i++) {
        side += cross(top, bottom, p->v[i].x, p->v[i].y);
    }
    return side > 0;
}

/* Where the polygon begins and ends at that height; false: it is not there. */
static bool find_span(const struct polygon *p, double y, double *left, double *right)
{
    *left = INFINITY;
    *right = -INFINITY;
    for (unsigned i = 0; i < p->corners; i++) {
        const struct batch_vertex *a = &p->v[i], *b = &p->v[(i + 1) % p->corners];
        if ((a->y <= y) == (b->y <= y)) {
            continue;
        }
        double x = a->x + (y - a->y) * (b->x - a->x) / (b->y - a->y);
        *left = MIN(*left, x);
        *right = MAX(*right, x);
    }
    return *left < *right;
}

/* Pixels whose centres are inside, or on a left edge. */
static void emit_row(struct glide_chip *chip, const struct polygon *p, uint32_t y, uint32_t from,
                     uint32_t to, uint32_t before, stipple_row *row)
{
    struct batch_vertex corners[4] = {interpolate(p, from, y), interpolate(p, to, y),
                                      interpolate(p, to, y + 1.0), interpolate(p, from, y + 1.0)};
    float first = before & 31, last = first + (to - from);
    bool left = runs_left(p);
    corners[0].stipple = corners[3].stipple = left ? last : first;
    corners[1].stipple = corners[2].stipple = left ? first : last;
    row(chip, corners);
}

void stipple_walk(struct glide_chip *chip, const struct batch_vertex *v, unsigned corners,
                  stipple_row *row)
{
    struct glide_chip_registers *r = &chip->registers;
    const struct clip_window clip = triangle_batch_clip(chip);
    const struct polygon p = {v, corners, cross(&v[0], &v[1], v[2].x, v[2].y)};
    uint32_t pixels = 0;
    for (uint32_t y = clip.y; p.doubled_area != 0 && y < clip.y + clip.height; y++) {
        double left, right;
        if (!find_span(&p, y + 0.5, &left, &right)) {
            continue;
        }
        double from = MAX(ceil(left - 0.5), clip.x);
        double to = MIN(ceil(right - 0.5), clip.x + clip.width);
        if (from < to) {
            emit_row(chip, &p, y, (uint32_t)from, (uint32_t)to, pixels, row);
            pixels += (uint32_t)to - (uint32_t)from;
        }
    }
    r->stipple_pattern = stipple_turned(r->stipple_pattern, pixels);
}
