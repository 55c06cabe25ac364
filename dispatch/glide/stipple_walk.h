/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stipple pattern that rotates: bit 31 says whether a pixel is drawn, and with each pixel the
 * register turns by one to the left. So it matters in which order pixels come: row by row from the
 * top, within a row from the long edge, which leads from the highest corner to the lowest, towards
 * the others. Pixels outside of the clip window are none.
 *
 * OpenGL has no such order. A polygon is taken apart into rows of pixels that know how many came
 * before them.
 */
#ifndef TRIREME_DISPATCH_GLIDE_STIPPLE_WALK_H
#define TRIREME_DISPATCH_GLIDE_STIPPLE_WALK_H

#include "dispatch/glide/triangle_batch.h"

#define STIPPLE_MOST_CORNERS 4

/* A row's corners, clockwise from the upper left, with `stipple` set. */
typedef void stipple_row(struct glide_chip *chip, const struct batch_vertex corners[4]);

/* `v`: the corners of a convex polygon, 3 or 4, whose values lie in the plane of the first three.
 * Turns the register for all of its pixels. */
void stipple_walk(struct glide_chip *chip, const struct batch_vertex *v, unsigned corners,
                  stipple_row *row);

static inline uint32_t stipple_turned(uint32_t pattern, uint32_t pixels)
{
    unsigned by = pixels & 31;
    return by ? pattern << by | pattern >> (32 - by) : pattern;
}

#endif
