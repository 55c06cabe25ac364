/* SPDX-License-Identifier: MIT */
/*
 * Locks and regions as Glide 2.4 and 3 have them.
 */
#include <stdlib.h>

#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"
#include "guest/glide/lfb_pixels.h"

#define LOCK_WRITE 1u

uint32_t GLIDE_CALL trireme_grLfbLock(uint32_t type, int32_t buffer, int32_t mode, int32_t origin,
                                      int32_t pipeline, struct glide_lfb_info *info)
{
    const struct glide_lfb_wish wish = {
        .buffer = buffer,
        .mode = mode,
        .origin = origin,
        .write = type & LOCK_WRITE,
        .pipeline = pipeline != 0,
    };
    struct glide_lfb_view view;
    if (!info || !glide_lfb_lock(&wish, &view)) {
        return 0;
    }
    info->pointer = view.pixels;
    info->stride = view.stride;
    info->mode = view.mode;
    info->origin = view.origin;
    return 1;
}

uint32_t GLIDE_CALL trireme_grLfbUnlock(uint32_t type, int32_t buffer)
{
    return glide_lfb_unlock(buffer, type & LOCK_WRITE);
}

uint32_t GLIDE_CALL trireme_grLfbReadRegion(int32_t buffer, uint32_t x, uint32_t y, uint32_t width,
                                            uint32_t height, uint32_t stride, void *data)
{
    return data && glide_lfb_read_region(buffer, x, y, width, height, stride, data);
}

/* Runs of pixels have no end of their own: what the region needs is read. */
static uint32_t write_runs(struct glide_lfb_region *region)
{
    size_t count = (size_t)region->width * region->height;
    uint16_t *pixels = region->width <= 4096 && region->height <= 4096 ? malloc(count * 2) : NULL;
    bool written = pixels && glide_rle16_decode(pixels, count, region->data, SIZE_MAX);
    if (written) {
        region->mode = GLIDE_LFB_565;
        region->stride = (int32_t)region->width * 2;
        region->data = pixels;
        written = glide_lfb_write_region(region);
    }
    free(pixels);
    return written;
}

uint32_t glide_lfb_call_region(struct glide_lfb_region *region)
{
    if (!region->data) {
        return 0;
    }
    return region->mode == GLIDE_LFB_RLE16 ? write_runs(region) : glide_lfb_write_region(region);
}
