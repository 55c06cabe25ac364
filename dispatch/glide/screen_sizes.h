/* SPDX-License-Identifier: MIT */
/*
 * GrScreenResolution_t in pixels. Shared by guest and host.
 */
#ifndef TRIREME_DISPATCH_GLIDE_SCREEN_SIZES_H
#define TRIREME_DISPATCH_GLIDE_SCREEN_SIZES_H

#include <stdbool.h>
#include <stdint.h>

#define GLIDE_RESOLUTIONS 0x18

/* False: there is no such screen. */
bool glide_screen_size(int32_t resolution, uint32_t *width, uint32_t *height);
/* The resolution of that size; -1: there is none. */
int32_t glide_screen_resolution(uint32_t width, uint32_t height);

#endif
