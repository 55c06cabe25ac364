/* SPDX-License-Identifier: MIT */
/*
 * GrScreenResolution_t and GrScreenRefresh_t in pixels and Hz.
 */
#ifndef TRIREME_GUEST_GLIDE_SCREENS_H
#define TRIREME_GUEST_GLIDE_SCREENS_H

#include <stdbool.h>
#include <stdint.h>

#define GLIDE_RESOLUTIONS 0x18

/* False: there is no such screen. */
bool glide_screen_size(int32_t resolution, uint32_t *width, uint32_t *height);
/* Hz; 60 for what there is not. */
uint32_t glide_screen_rate(int32_t refresh);

/* When the retrace would be on a screen of that rate, by the clock: lines from the top, the
 * retrace's behind the visible ones. */
uint32_t glide_screen_line(uint32_t height, uint32_t rate);

#endif
