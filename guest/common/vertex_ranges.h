/* SPDX-License-Identifier: MIT */
/* Which vertices draws name, and what of the program's memory between them may be read, too. */
#ifndef TRIREME_GUEST_VERTEX_RANGES_H
#define TRIREME_GUEST_VERTEX_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guest/common/vertex_arrays.h"

/* What lies further apart than this may have unmapped memory between it. */
#define SMALLEST_PAGE 4096

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

/* Whether the range that so many indices name may be read as one: it is smaller than a page, or has
 * no more vertices than there are indices, and then it is taken for granted that none is left out.
 */
bool vertex_range_is_dense(const struct vertex_array_object *vao, const struct vertex_range *range,
                           size_t indices);

/* The indices of a draw, and which of them names no vertex. */
struct index_list {
    const void *indices;
    GLenum type;
    size_t count;
    bool restart;
    uint32_t restart_index;
};

/* Vertices that may not be read as one range: those ranges that may, in ascending order. */
struct vertex_runs {
    struct vertex_range *range;
    uint32_t *number; /* of each range's first vertex, if only these vertices are numbered */
    size_t ranges;
    uint32_t vertices;
};

/* The runs of what a draw names; vertex_runs_finish() frees them. False: it may be read as one
 * range, or cannot be told apart (no memory, or a vertex would get the number of the restart
 * index). */
bool vertex_runs_find(struct vertex_runs *runs, const struct vertex_array_object *vao,
                      const struct index_list *list, GLint base_vertex);
void vertex_runs_finish(struct vertex_runs *runs);

/* The same indices into the runs' vertices, numbered from 0, for a base vertex of 0. */
void vertex_runs_renumber(const struct vertex_runs *runs, const struct index_list *list,
                          GLint base_vertex, void *to);

#endif
