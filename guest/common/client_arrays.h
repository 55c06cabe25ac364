/* SPDX-License-Identifier: MIT */
/*
 * Which bytes of the program's memory a draw reads through its client arrays, and how they travel:
 * arrays that are interleaved become one block, so that each byte is copied once, and nothing
 * is read but what lies between the first and the last element that the GL may read.
 */
#ifndef TRIREME_GUEST_CLIENT_ARRAYS_H
#define TRIREME_GUEST_CLIENT_ARRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/common/vertex_arrays.h"

/* `elements` pieces of `bytes` each, `stride` bytes apart in the program's memory. */
struct client_block {
    const uint8_t *source;
    uint64_t bytes;
    uint64_t stride;
    uint64_t elements; /* 1: one contiguous piece */
    uint64_t offset;   /* in the data, multiple of 8 */
    /* While blocks are put together: what the arrays in it have in common. */
    GLsizei array_stride;
    uint32_t base, count;
};

/* Vertices [first, first + count) of `instances` instances from `base_instance`. */
struct client_draw {
    uint32_t first, count;
    uint32_t instances, base_instance;
};

struct client_plan {
    unsigned arrays, blocks;
    bool renumber;  /* vertices count from draw.first in the data: the draw must begin at 0 */
    uint64_t bytes; /* of the data */
    struct client_array_record array[ARRAY_COUNT];
    struct client_block block[ARRAY_COUNT];
};

/* Plans the transfer of the arrays in `mask`. draw->count and draw->instances are not 0.
 * False: the arrays are larger than memory can be. */
bool client_plan_make(struct client_plan *plan, const struct vertex_array_object *vao,
                      uint64_t mask, const struct client_draw *draw);

/* Vertices `first` to `last`; none if last < first. */
struct vertex_range {
    int64_t first, last;
};

/*
 * What the ranges span, if it may be read as one: between them lies less than a page in each array,
 * so that every byte there shares its page with a vertex that the GL reads. Sorts `ranges`.
 * False: it may not, or there is no vertex, or one that cannot be.
 */
bool vertex_ranges_join(const struct vertex_array_object *vao, struct vertex_range *ranges,
                        size_t count, struct vertex_range *whole);

/* Copies the plan's data, plan->bytes of them. */
void client_plan_copy(const struct client_plan *plan, uint8_t *to);

#endif
