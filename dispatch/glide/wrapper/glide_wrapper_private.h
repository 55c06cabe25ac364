/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the wrapper share. */
#ifndef TRIREME_DISPATCH_GLIDE_WRAPPER_PRIVATE_H
#define TRIREME_DISPATCH_GLIDE_WRAPPER_PRIVATE_H

#include "dispatch/glide/gamma_levels.h"
#include "dispatch/glide/vertex_reader.h"
#include "dispatch/glide/wrapper/glide_wrapper.h"
#include "glide_wrapper_calls.h"

/* GrTexInfo */
struct glide_tex_info {
    int32_t small_lod, large_lod, aspect, format;
    void *data;
};

struct glide_wrapper {
    struct glide_wrapper_calls calls;
    bool glide3; /* whose numbers it has */
    uint32_t units;

    /* Of the open screen. */
    bool open;
    uint32_t width, height;
    uint32_t texture_end[GLIDE_TMUS]; /* address behind the last byte */
    struct vertex_space space;
    uint32_t palette[GLIDE_PALETTE_ENTRIES];
    float gamma_option;
    struct gamma_levels gamma;
    uint16_t *picture; /* what was swapped to the front: 565, the top row first */
    bool swapped;      /* and no frame was made of it yet */
};

/* NULL: no screen is open. */
const struct glide_wrapper_calls *glide_wrapper_open_calls(const struct glide_wrapper *wrapper);
/* NULL: nor is there that unit. */
const struct glide_wrapper_calls *glide_wrapper_unit_calls(const struct glide_wrapper *wrapper,
                                                           uint32_t tmu);

#endif
