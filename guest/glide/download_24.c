/* SPDX-License-Identifier: MIT */
#include "glide_entry_points.h"

/* No manual or header says what its runs are: nothing is downloaded. */
void GLIDE_CALL trireme_ConvertAndDownloadRle(int32_t tmu, uint32_t address, int32_t lod,
                                              int32_t large_lod, int32_t aspect, int32_t format,
                                              uint32_t even_odd, const uint8_t *bitmap,
                                              int32_t bitmap_height, uint32_t u0, uint32_t v0,
                                              uint32_t width, uint32_t height, uint32_t to_width,
                                              uint32_t to_height, const uint16_t *colors)
{
}
