/* SPDX-License-Identifier: MIT */
/*
 * What only Glide 2.1 has of screens.
 */
#include "glide_entry_points.h"

/* Glide 2.1 knows no windows. `smoothing` is of the picture's way to the monitor. */
uint32_t GLIDE_CALL trireme_grSstOpen(int32_t resolution, int32_t refresh, int32_t color_format,
                                      int32_t origin, int32_t smoothing, int32_t buffers)
{
    return trireme_grSstWinOpen_2(0, resolution, refresh, color_format, origin, buffers, 1);
}

/* Ours has no splash screen. */
void GLIDE_CALL trireme_grSplash_21(void)
{
}
