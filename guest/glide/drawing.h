/* SPDX-License-Identifier: MIT */
/*
 * Draws on their way into the ring: `draw` records, filled vertex by vertex.
 */
#ifndef TRIREME_GUEST_GLIDE_DRAWING_H
#define TRIREME_GUEST_GLIDE_DRAWING_H

#include <stdint.h>

/* Glide 3's numbers, as the command `draw` has them. */
enum glide_draw_mode {
    GLIDE_DRAW_POINTS = 0,
    GLIDE_DRAW_LINE_STRIP = 1,
    GLIDE_DRAW_LINES = 2,
    GLIDE_DRAW_POLYGON = 3,
    GLIDE_DRAW_TRIANGLE_STRIP = 4,
    GLIDE_DRAW_TRIANGLE_FAN = 5,
    GLIDE_DRAW_TRIANGLES = 6,
    GLIDE_DRAW_TRIANGLE_STRIP_CONTINUE = 7,
    GLIDE_DRAW_TRIANGLE_FAN_CONTINUE = 8,
};

/* Edges of triangles that are antialiased; any bit for points and lines. */
enum glide_smooth {
    GLIDE_SMOOTH_NONE = 0,
    GLIDE_SMOOTH_AB = 1,
    GLIDE_SMOOTH_BC = 2,
    GLIDE_SMOOTH_CA = 4,
    GLIDE_SMOOTH_ALL = 7,
};

/* Where vertex `index` of a draw is. */
typedef const void *glide_vertex_of(const void *data, uint32_t index);

/* Draws `count` vertices of the board's layout. A CONTINUE goes on where the last strip or fan
 * ended, if there was one. */
void glide_draw(uint32_t mode, uint32_t smooth, uint32_t count, glide_vertex_of *vertex_of,
                const void *data);

/* The same for vertices whose addresses are in an array. */
void glide_draw_pointers(uint32_t mode, uint32_t smooth, uint32_t count,
                         const void *const *vertices);

#endif
