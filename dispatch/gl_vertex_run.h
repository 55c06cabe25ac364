/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vertices of draws that have the same arrays, one draw's behind the other's in the stream buffer:
 * the arrays keep their pointers, and the draws count on. To point the arrays anew before each draw
 * makes many a GL check and set up everything again, which takes longer than the draw itself.
 *
 * A program that counts vertices by itself (gl_VertexID) would see other numbers: with one in use,
 * the arrays are pointed for each draw.
 */
#ifndef TRIREME_DISPATCH_GL_VERTEX_RUN_H
#define TRIREME_DISPATCH_GL_VERTEX_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/client_array_record.h"
#include "dispatch/gl_payload.h"

struct gl_decoder;

/* Fixed-function arrays alone: they have no divisors. */
#define VERTEX_RUN_ARRAYS ARRAY_GENERIC0

/* Arrays that are interleaved. */
struct vertex_region {
    uint64_t low, bytes; /* in a draw's data */
    uint64_t stride;
    uint64_t place; /* of vertex 0 in the stream buffer */
};

struct vertex_layout {
    unsigned arrays, regions;
    struct client_array_record array[VERTEX_RUN_ARRAYS]; /* offsets into regions; their base is 0 */
    uint8_t region_of[VERTEX_RUN_ARRAYS];
    struct vertex_region region[VERTEX_RUN_ARRAYS];
};

struct gl_vertex_run {
    bool open; /* the arrays point to vertex 0 of their regions */
    struct vertex_layout layout;
    uint64_t next, end; /* the next vertex's number, and the first one that there is no room for */
    uint64_t room;      /* bytes of the next run, at least */
    int32_t shift;      /* from the draw's numbers of vertices to the run's */
};

/*
 * Puts a draw's data into the stream buffer and has the arrays point there. GL_ARRAY_BUFFER is
 * another one then. `touched`: the arrays as a mask. The records are checked: their offsets lie in
 * the data. False: these arrays cannot be in a run, or the GL has no memory.
 */
bool gl_vertex_run_add(struct gl_decoder *d, const struct client_array_record *records,
                       unsigned count, uint64_t touched, const struct gl_payload *data);

/* What a draw must add to its vertices' numbers. Fresh after gl_host_may_draw(). */
int32_t gl_vertex_run_shift(const struct gl_decoder *d);

/* Points the arrays to where the draw's own numbers find its vertices. */
void gl_vertex_run_settle(struct gl_decoder *d);

/* Somebody else points the arrays, or has taken the stream buffer. */
void gl_vertex_run_drop(struct gl_decoder *d);

#endif
