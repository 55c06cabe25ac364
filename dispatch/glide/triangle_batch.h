/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Triangles that wait to be drawn, all with the same registers, as OpenGL's vertices: positions in
 * Glide's pixels from the screen's upper left corner.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TRIANGLE_BATCH_H
#define TRIREME_DISPATCH_GLIDE_TRIANGLE_BATCH_H

#include "dispatch/glide/chip.h"
#include "dispatch/glide/fixed_state.h"

#define BATCH_VERTICES (3 * 4096)

struct batch_vertex {
    float x, y;
    float color[4];
    float z, oow, fog;
    float stipple; /* of a pattern that rotates: how often, at the pixels' corners */
    struct {
        float sow, tow, oow;
    } tmu[GLIDE_TMUS];
    float lod[GLIDE_TMUS];
};

struct triangle_batch {
    struct glide_chip_registers registers; /* of what waits */
    uint32_t count;
    struct batch_vertex *vertices; /* BATCH_VERTICES */
};

/* The clip window of what is drawn to. */
struct clip_window triangle_batch_clip(const struct glide_chip *chip);

#endif
