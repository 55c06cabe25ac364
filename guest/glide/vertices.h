/* SPDX-License-Identifier: MIT */
/*
 * Where a program's vertices have what, and how they are put into records: only the words that the
 * layout names, in the order of enum glide_parameter.
 */
#ifndef TRIREME_GUEST_GLIDE_VERTICES_H
#define TRIREME_GUEST_GLIDE_VERTICES_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/glide/vertex_parameters.h"

#define GLIDE_LAYOUT_PARAMETERS 12 /* x and y, then those of enum glide_parameter */
#define GLIDE_LAYOUT_MOST_WORDS 17
/* Bytes of Glide 2's GrVertex. */
#define GLIDE2_VERTEX_BYTES 60

struct glide_layout {
    uint8_t named[GLIDE_LAYOUT_PARAMETERS];   /* booleans */
    int32_t offsets[GLIDE_LAYOUT_PARAMETERS]; /* bytes from a vertex's start */
    /* Made of these. */
    uint32_t parameters; /* enum glide_parameter */
    uint32_t words;
    int32_t places[GLIDE_LAYOUT_MOST_WORDS];
};

/* After grSstWinOpen() of that version: Glide 2's fixed vertex; Glide 3's has nothing yet. */
void glide_layout_start(struct glide_layout *layout, unsigned version);

/* Glide 2's hints about which s, t and w differ (GR_HINT_STWHINT). */
void glide_layout_hint(struct glide_layout *layout, uint32_t hints);

/* Glide 3's grVertexLayout(): GR_PARAM_*. Others: nothing happens. */
void glide_layout_name(struct glide_layout *layout, uint32_t parameter, int32_t offset, bool named);

/* A layout that came from the program's memory: makes its parts fit together. */
void glide_layout_check(struct glide_layout *layout);

/* The words of a vertex. */
static inline uint8_t *glide_layout_gather(const struct glide_layout *layout, const void *vertex,
                                           uint8_t *to)
{
    for (uint32_t i = 0; i < layout->words; i++) {
        __builtin_memcpy(to + 4 * i, (const uint8_t *)vertex + layout->places[i], 4);
    }
    return to + 4 * layout->words;
}

#endif
