/* SPDX-License-Identifier: MIT */
/*
 * What the versions' start.c, start_2.c and start_3.c have in common.
 */
#ifndef TRIREME_GUEST_GLIDE_START_H
#define TRIREME_GUEST_GLIDE_START_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/glide/pixel_formats.h"

/* grSstWinOpen(), of every version. */
struct glide_start {
    uintptr_t window;
    int32_t resolution, refresh, color_format, origin, color_buffers, aux_buffers;
    uint32_t pixel_format; /* enum glide_pixel_format */
};
bool glide_start_screen(const struct glide_start *wanted);

void glide_clear(uint32_t color, uint8_t alpha, uint32_t depth);

#endif
