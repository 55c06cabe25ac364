/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest program's board: carries out Glide's commands (glide_host_handlers.h, generated) on a
 * chip that is there from `open` to `close`; while there is none, commands do nothing.
 *
 * Threads: as chip.h.
 */
#ifndef TRIREME_DISPATCH_GLIDE_HOST_H
#define TRIREME_DISPATCH_GLIDE_HOST_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "glide_host_handlers.h"

/* How textures are sampled. */
enum glide_filter {
    GLIDE_FILTER_PROGRAM, /* as the program says */
    GLIDE_FILTER_NEAREST,
    GLIDE_FILTER_BILINEAR,
};

struct glide_host_options {
    uint32_t texture_units;  /* 1 or 2 */
    uint32_t texture_memory; /* bytes of each unit */
    uint32_t scale;          /* pixels drawn per pixel of Glide's, each way */
    uint32_t samples;        /* 0, or samples per pixel */
    bool true_color;         /* 8 bits per colour instead of dithered 565 */
    enum glide_filter filter;
    float gamma; /* of frames, on top of the program's; 0: none */
};

/* With a struct glide_host. */
extern const struct glide_backend glide_host_backend;

/* The OpenGL context that is current belongs to the host from now on. */
struct glide_host *glide_host_create(const struct glide_host_options *options);
/* NULL is fine. */
void glide_host_destroy(struct glide_host *host);

/* Draws what is in front over all of an OpenGL framebuffer, rows upwards. Nothing if not open. */
void glide_host_present(struct glide_host *host, uint32_t framebuffer, uint32_t width,
                        uint32_t height);

#endif
