/* SPDX-License-Identifier: MIT */
/*
 * What only Glide 2.4 has like this.
 */
#include "glide_entry_points.h"
#include "guest/glide/lfb.h"

uint32_t GLIDE_CALL trireme_grLfbWriteRegion_2(int32_t buffer, uint32_t x, uint32_t y,
                                               int32_t format, uint32_t width, uint32_t height,
                                               int32_t stride, const void *data)
{
    struct glide_lfb_region region = {buffer, format, false, x, y, width, height, stride, data};
    return glide_lfb_call_region(&region);
}

/* Ours has no splash screen. */
void GLIDE_CALL trireme_grSplash_24(float x, float y, float width, float height, uint32_t frame)
{
}

/* No manual or header says what its runs are: nothing is downloaded. */
void GLIDE_CALL trireme_ConvertAndDownloadRle(int32_t tmu, uint32_t address, int32_t lod,
                                              int32_t large_lod, int32_t aspect, int32_t format,
                                              uint32_t even_odd, const uint8_t *bitmap,
                                              int32_t bitmap_height, uint32_t u0, uint32_t v0,
                                              uint32_t width, uint32_t height, uint32_t to_width,
                                              uint32_t to_height, const uint16_t *colors)
{
}
