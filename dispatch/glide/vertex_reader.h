/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vertices as programs lay them out (vertex_parameters.h) become the chip's, and primitives become
 * points, lines and triangles.
 */
#ifndef TRIREME_DISPATCH_GLIDE_VERTEX_READER_H
#define TRIREME_DISPATCH_GLIDE_VERTEX_READER_H

#include "dispatch/glide/chip.h"

/* What vertices mean. */
struct vertex_space {
    uint32_t color_format; /* GrColorFormat_t of the program's colours */
    /* Where Glide 3's clip coordinates go. */
    bool clip_coordinates;
    float depth_near, depth_far;
    struct {
        int32_t x, y, width, height;
    } viewport;
    int32_t aspects[GLIDE_TMUS]; /* of the units' textures */
};

/* Window coordinates, in a screen of that size. */
void vertex_space_reset(struct vertex_space *space, uint32_t width, uint32_t height);
/* A colour in the program's order as 0xAARRGGBB. */
uint32_t vertex_space_color(const struct vertex_space *space, uint32_t color);

/* Who draws. `smooth` as in glide_chip_draw_*(). */
struct vertex_sink {
    void (*point)(void *to, const struct glide_vertex *v, bool smooth);
    void (*line)(void *to, const struct glide_vertex *a, const struct glide_vertex *b, bool smooth);
    void (*triangle)(void *to, const struct glide_vertex *a, const struct glide_vertex *b,
                     const struct glide_vertex *c, unsigned smooth);
};

/* The command `draw` (glide.toml). */
struct vertex_primitives {
    uint32_t mode, parameters, smooth, count;
    const void *data; /* NULL: nothing is drawn */
    size_t size;
};
void vertex_primitives_draw(const struct vertex_primitives *primitives,
                            const struct vertex_space *space, const struct vertex_sink *sink,
                            void *to);

#endif
