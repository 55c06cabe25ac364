/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vertices to draw: places, colours, texture coordinates, interleaved. */
#ifndef TRIREME_TESTS_OPENGL_CORNERS_H
#define TRIREME_TESTS_OPENGL_CORNERS_H

#include "tests/opengl/pair.h"

struct corner {
    float position[3];
    uint8_t color[4];
    float texture[2];
};

/* Corners all over the surface, recognisably coloured. */
void fill_corners(struct corner *corners, unsigned n);

/* The same at the end of a page, to be freed with guarded_free(). */
struct corner *guarded_corners(unsigned n);

/* Enables arrays of places and colours that begin at `corners`. */
void point_at(const struct pair_gl *gl, const struct corner *corners);

void clear(const struct pair_gl *gl);

#endif
