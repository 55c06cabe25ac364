/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chip's counters of pixels (GrSstPerfStats_t). Counting begins when somebody first asks, so
 * that other programs' shaders have none of it: those count what they drop, in an atomic counter
 * each, and OpenGL's queries count what passes the depth test. Without atomic counters (OpenGL
 * before 4.2) everything stays 0.
 */
#ifndef TRIREME_DISPATCH_GLIDE_PIXEL_COUNTERS_H
#define TRIREME_DISPATCH_GLIDE_PIXEL_COUNTERS_H

#include "dispatch/glide/chip.h"

#define PIXEL_QUERIES 32

struct pixel_counters {
    bool counting;
    uint32_t buffer; /* of the atomic counters: pixels in, dropped by chroma key, by alpha test */
    uint32_t queries[PIXEL_QUERIES];
    uint32_t queries_used;
    uint64_t drawn, cleared;
    uint64_t per_pixel; /* OpenGL's samples for one of Glide's pixels */
};

/* Around each draw of the pipeline. */
void pixel_counters_begin_draw(struct pixel_counters *counters);
void pixel_counters_end_draw(struct pixel_counters *counters);
void pixel_counters_cleared(struct pixel_counters *counters, uint32_t pixels);
void pixel_counters_finish(struct pixel_counters *counters);

#endif
