/* SPDX-License-Identifier: MIT */
/*
 * GrScreenRefresh_t in Hz, and where the retrace is.
 */
#ifndef TRIREME_GUEST_GLIDE_SCREENS_H
#define TRIREME_GUEST_GLIDE_SCREENS_H

#include <stdint.h>

#include "dispatch/glide/screen_sizes.h"

/* Hz; 60 for what there is not. */
uint32_t glide_screen_rate(int32_t refresh);

/* When the retrace would be on a screen of that rate, by the clock: lines from the top, the
 * retrace's behind the visible ones. */
uint32_t glide_screen_line(uint32_t height, uint32_t rate);
/* That, where programs are told 0 in the retrace. */
uint32_t glide_screen_shown_line(uint32_t height, uint32_t rate);

#endif
