/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "guest/windows/outline.h"

static void add_contour(struct outline *outline, const float (*points)[2], unsigned count)
{
    outline_start(outline, (struct outline_point){points[0][0], points[0][1]});
    for (unsigned i = 1; i < count; i++) {
        outline_line(outline, (struct outline_point){points[i][0], points[i][1]});
    }
    outline_close(outline);
}

#define ADD(outline, ...)                                                                          \
    add_contour(outline, (const float[][2]){__VA_ARGS__},                                          \
                sizeof((const float[][2]){__VA_ARGS__}) / sizeof(float[2]))

static float triangle_area(const struct outline *outline, const unsigned *corner)
{
    struct outline_point a = outline->points[corner[0]], b = outline->points[corner[1]],
                         c = outline->points[corner[2]];
    return ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)) / 2;
}

/* The triangles' area, of which each goes round counter-clockwise. */
static float filled_area(const struct outline *outline)
{
    unsigned count;
    unsigned *triangles = outline_fill(outline, &count);
    float sum = 0;
    cr_assert_eq(count % 3, 0u);
    for (unsigned i = 0; i < count; i += 3) {
        float area = triangle_area(outline, triangles + i);
        cr_assert_gt(area, 0);
        sum += area;
    }
    free(triangles);
    return sum;
}

Test(outline, nothing_is_filled_by_nothing)
{
    struct outline outline = {0};
    unsigned count = 1;
    cr_assert_null(outline_fill(&outline, &count));
    cr_assert_eq(count, 0u);
    ADD(&outline, {0, 0}, {1, 1});
    cr_assert_eq(filled_area(&outline), 0);
    outline_finish(&outline);
}

Test(outline, both_directions_are_filled)
{
    struct outline outline = {0};
    ADD(&outline, {0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}, {0, 0});
    cr_assert_eq(outline.contours[0].count, 5u, "the last point is the first");
    cr_assert_float_eq(filled_area(&outline), 10, 1e-4);
    outline_finish(&outline);
    ADD(&outline, {0, 4}, {2, 1}, {4, 4}, {4, 0}, {0, 0});
    cr_assert_float_eq(filled_area(&outline), 10, 1e-4);
    outline_finish(&outline);
}

Test(outline, holes_stay_open)
{
    struct outline outline = {0};
    /* Clockwise as TrueType's are; two holes side by side, one with an island. */
    ADD(&outline, {0, 0}, {0, 10}, {20, 10}, {20, 0});
    ADD(&outline, {1, 1}, {9, 1}, {9, 9}, {1, 9});
    ADD(&outline, {11, 1}, {19, 1}, {19, 9}, {11, 9});
    ADD(&outline, {3, 3}, {3, 5}, {5, 5}, {5, 3});
    cr_assert_float_eq(filled_area(&outline), 200 - 64 - 64 + 4, 1e-3);
    outline_finish(&outline);
}

Test(outline, a_hole_in_the_lee_of_corners)
{
    struct outline outline = {0};
    /* What lies to the right of the hole is jagged, and the corners of one edge are not seen. */
    ADD(&outline, {0, 0}, {10, 0}, {4, 3}, {10, 6}, {5, 6.5f}, {9, 9}, {0, 9});
    ADD(&outline, {1, 4}, {1, 5}, {2, 5}, {2, 4});
    ADD(&outline, {1, 6}, {1, 7}, {2, 7}, {2, 6});
    float whole = 0;
    for (unsigned i = 0; i < 7; i++) {
        struct outline_point a = outline.points[i], b = outline.points[(i + 1) % 7];
        whole += (a.x * b.y - b.x * a.y) / 2;
    }
    cr_assert_float_eq(filled_area(&outline), whole - 2, 1e-3);
    outline_finish(&outline);
}

Test(outline, overlapping_contours_of_one_direction_are_both_filled)
{
    struct outline outline = {0};
    ADD(&outline, {0, 0}, {10, 0}, {10, 2}, {0, 2});
    ADD(&outline, {4, 1}, {6, 1}, {6, 8}, {4, 8});
    cr_assert_float_eq(filled_area(&outline), 20 + 14, 1e-3);
    outline_finish(&outline);
}

/* Stars with round holes in their middle and a row of small ones, as glyphs have them or worse. */
Test(outline, many_shapes)
{
    srand(1);
    for (unsigned shape = 0; shape < 300; shape++) {
        struct outline outline = {0};
        unsigned corners = 5 + (unsigned)rand() % 60, holes = (unsigned)rand() % 6;
        float wanted = 0;
        for (unsigned contour = 0; contour <= holes; contour++) {
            unsigned count = contour == 0 ? corners : 3 + (unsigned)rand() % 12;
            float middle_x = contour == 0 ? 0 : -4.0f + 2 * (float)contour;
            float middle_y = contour == 0 ? 0 : (float)(rand() % 100) / 100;
            unsigned first = outline.point_count;
            for (unsigned i = 0; i < count; i++) {
                float angle = 6.2831853f * (float)i / (float)count * (contour == 0 ? 1 : -1);
                float radius = contour == 0 ? 12.0f + (float)(rand() % 1000) / 50
                                            : 0.2f + (float)(rand() % 100) / 140;
                struct outline_point point = {middle_x + radius * cosf(angle),
                                              middle_y + radius * sinf(angle)};
                i == 0 ? outline_start(&outline, point) : outline_line(&outline, point);
            }
            outline_close(&outline);
            for (unsigned i = 0; i < count; i++) {
                struct outline_point a = outline.points[first + i],
                                     b = outline.points[first + (i + 1) % count];
                wanted += (a.x * b.y - b.x * a.y) / 2;
            }
        }
        cr_assert_float_eq(filled_area(&outline), wanted, 1e-2f * wanted, "shape %u", shape);
        outline_finish(&outline);
    }
}

Test(outline, contours_that_cross_themselves_end)
{
    srand(2);
    for (unsigned shape = 0; shape < 200; shape++) {
        struct outline outline = {0};
        unsigned contours = 1 + (unsigned)rand() % 4;
        for (unsigned contour = 0; contour < contours; contour++) {
            outline_start(&outline,
                          (struct outline_point){(float)(rand() % 8), (float)(rand() % 8)});
            for (unsigned i = 0; i < 20; i++) {
                outline_line(&outline,
                             (struct outline_point){(float)(rand() % 8), (float)(rand() % 8)});
            }
            outline_close(&outline);
        }
        filled_area(&outline);
        outline_finish(&outline);
    }
}

Test(outline, a_curve_is_as_near_as_asked)
{
    for (float deviation = 1; deviation > 0.005f; deviation /= 3) {
        struct outline outline = {0};
        outline_start(&outline, (struct outline_point){0, 0});
        outline_curve(&outline, (struct outline_point){10, 20}, (struct outline_point){20, 0},
                      deviation);
        float farthest = 0;
        for (unsigned i = 0; i + 1 < outline.point_count; i++) {
            struct outline_point a = outline.points[i], b = outline.points[i + 1];
            /* y = x (20 - x) / 10: the curve against the middle of its chord. */
            float x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
            float curve = x * (20 - x) / 10;
            farthest = fmaxf(farthest, fabsf(curve - y));
        }
        cr_assert_leq(farthest, deviation * 1.01f);
        cr_assert_leq(outline.point_count, 3 + (unsigned)(5 / sqrtf(deviation)), "not too many");
        cr_assert_eq(outline.points[outline.point_count - 1].x, 20);
        outline_finish(&outline);
    }
}
