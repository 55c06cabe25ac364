/* SPDX-License-Identifier: MIT */
#include "guest/windows/outline.h"

#include <stdlib.h>

/* A curve is not cut into more. */
#define MOST_PIECES 64

void outline_finish(struct outline *outline)
{
    free(outline->points);
    free(outline->contours);
    *outline = (struct outline){0};
}

/* Room for one more in an array; false: there is none. */
static bool grow(struct outline *outline, void **array, unsigned *room, unsigned count, size_t size)
{
    if (count < *room) {
        return true;
    }
    unsigned wanted = *room ? *room * 2 : 64;
    void *larger = realloc(*array, wanted * size);
    if (!larger) {
        outline->out_of_memory = true;
        return false;
    }
    *array = larger;
    *room = wanted;
    return true;
}

void outline_start(struct outline *outline, struct outline_point point)
{
    if (grow(outline, (void **)&outline->contours, &outline->contour_room, outline->contour_count,
             sizeof *outline->contours)) {
        outline->contours[outline->contour_count++] =
            (struct outline_contour){.first = outline->point_count};
        outline_line(outline, point);
    }
}

static bool same(struct outline_point a, struct outline_point b)
{
    return a.x == b.x && a.y == b.y;
}

/* Points that stand twice in a row would be lines without a direction. */
void outline_line(struct outline *outline, struct outline_point to)
{
    struct outline_contour *contour = &outline->contours[outline->contour_count - 1];
    if (contour->count > 0 && same(outline->points[outline->point_count - 1], to)) {
        return;
    }
    if (grow(outline, (void **)&outline->points, &outline->point_room, outline->point_count,
             sizeof *outline->points)) {
        outline->points[outline->point_count++] = to;
        contour->count++;
    }
}

void outline_close(struct outline *outline)
{
    struct outline_contour *contour = &outline->contours[outline->contour_count - 1];
    if (contour->count > 1 && same(outline->points[contour->first],
                                   outline->points[contour->first + contour->count - 1])) {
        contour->count--;
        outline->point_count--;
    }
}

void outline_curve(struct outline *outline, struct outline_point control, struct outline_point to,
                   float deviation)
{
    if (outline->out_of_memory) {
        return;
    }
    struct outline_point from = outline->points[outline->point_count - 1];
    /* A chord of the whole curve is a quarter of |from - 2 control + to| away in the middle, one of
     * its n-th part n * n times nearer. */
    float x = (from.x - 2 * control.x + to.x) / 4, y = (from.y - 2 * control.y + to.y) / 4;
    float farthest = x * x + y * y;
    unsigned pieces = 1;
    while (pieces < MOST_PIECES &&
           farthest > deviation * deviation * (float)(pieces * pieces) * (float)(pieces * pieces)) {
        pieces++;
    }
    for (unsigned i = 1; i < pieces; i++) {
        float t = (float)i / (float)pieces, s = 1 - t;
        outline_line(outline, (struct outline_point){
                                  s * s * from.x + 2 * s * t * control.x + t * t * to.x,
                                  s * s * from.y + 2 * s * t * control.y + t * t * to.y,
                              });
    }
    outline_line(outline, to);
}
