/* SPDX-License-Identifier: MIT */
/*
 * Which bytes of the program's memory a draw reads through its client arrays, and how they travel:
 * arrays that are interleaved become one block, so that each byte is copied once, and nothing
 * is read but elements that the GL may read and what lies between two less than a page apart.
 */
#ifndef TRIREME_GUEST_CLIENT_ARRAYS_H
#define TRIREME_GUEST_CLIENT_ARRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/common/vertex_arrays.h"
#include "guest/common/vertex_ranges.h"

/* The arrays of one stride that are interleaved. */
struct client_block {
    const uint8_t *source; /* element `base` */
    uint64_t element;      /* bytes of an element of all these arrays */
    uint64_t stride;
    uint32_t base, count;
    const struct vertex_runs *runs; /* NULL: elements [base, base + count) */
    /* In the data, where elements that lie more than a page apart lie side by side. */
    uint64_t packed_stride;
    uint64_t offset; /* multiple of 8 */
    uint64_t bytes;
};

/* The block's bytes lie in the program's memory as they do in the data. */
static inline bool client_block_is_contiguous(const struct client_block *block)
{
    return !block->runs && (block->count == 1 || block->packed_stride == block->stride);
}

/* Vertices [first, first + count) of `instances` instances from `base_instance`. */
struct client_draw {
    uint32_t first, count;
    uint32_t instances, base_instance;
    const struct vertex_runs *runs; /* not NULL: these vertices, the first of which is `first` */
};

struct client_plan {
    unsigned arrays, blocks;
    bool renumber;  /* vertices count from 0 in the data: the draw must begin there */
    uint64_t bytes; /* of the data */
    struct client_array_record array[ARRAY_COUNT];
    struct client_block block[ARRAY_COUNT];
};

/* Plans the transfer of the arrays in `mask`. draw->count and draw->instances are not 0.
 * False: the arrays are larger than memory can be. */
bool client_plan_make(struct client_plan *plan, const struct vertex_array_object *vao,
                      uint64_t mask, const struct client_draw *draw);

/* Copies the plan's data, plan->bytes of them. */
void client_plan_copy(const struct client_plan *plan, uint8_t *to);

#endif
