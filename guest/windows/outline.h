/* SPDX-License-Identifier: MIT */
/*
 * The outline of a glyph as closed contours of straight lines. Asks nothing of the system.
 */
#ifndef TRIREME_OUTLINE_H
#define TRIREME_OUTLINE_H

#include <stdbool.h>

struct outline_point {
    float x, y;
};

struct outline_contour {
    unsigned first, count; /* of the outline's points; the last is joined to the first */
};

/* All zeros is an empty one. */
struct outline {
    struct outline_point *points;
    struct outline_contour *contours;
    unsigned point_count, point_room, contour_count, contour_room;
    bool out_of_memory; /* then something is missing */
};

void outline_finish(struct outline *outline);

/* Another contour begins at the point. */
void outline_start(struct outline *outline, struct outline_point point);
void outline_line(struct outline *outline, struct outline_point to);
/* The contour ends; its last point may be its first. */
void outline_close(struct outline *outline);
/* A quadratic curve, in lines that are nowhere farther from it than `deviation`, which is > 0. */
void outline_curve(struct outline *outline, struct outline_point control, struct outline_point to,
                   float deviation);

/*
 * outline_fill.c: the area between contours and their holes. A hole lies in another contour and
 * goes round the other way; contours of one direction may overlap.
 */

/* What is filled lies to the right of the lines: so goes the largest contour. */
bool outline_is_clockwise(const struct outline *outline);

/* Indices of points, three for each triangle, counter-clockwise where y goes up; to be freed. NULL:
 * there are none, or no memory. */
unsigned *outline_fill(const struct outline *outline, unsigned *count);

#endif
