/* SPDX-License-Identifier: MIT */
#include "guest/common/frame.h"

#include <string.h>

#include "ring/shared_memory.h"

#define PIXEL_BYTES 4u

bool frame_get(struct frame *frame, const struct slot *slot, uint32_t serial)
{
    struct trireme_frame description;
    uint64_t window_size = slot->port->window_size;
    ring_copy_once(&description, &slot->page->frames[serial & 1], sizeof description);
    uint64_t pixels = (uint64_t)description.width * description.height;
    if (description.serial != serial || description.status != TRIREME_FRAME_SHOWN || pixels == 0 ||
        description.offset % PIXEL_BYTES != 0 || description.offset > window_size ||
        pixels > (window_size - description.offset) / PIXEL_BYTES) {
        return false;
    }
    frame->pixels =
        port_memory(slot->port, slot->number, description.offset, (uint32_t)pixels * PIXEL_BYTES);
    frame->width = description.width;
    frame->height = description.height;
    frame->drawable = description.drawable;
    return frame->pixels != NULL;
}

uint32_t frame_done(const struct trireme_slot_page *page, uint32_t shown, uint32_t sent)
{
    uint32_t done = __atomic_load_n(&page->frames_done, __ATOMIC_ACQUIRE);
    return done - shown <= sent - shown ? done : shown;
}

static void copy_row_opaque(uint8_t *to, const uint8_t *from, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++) {
        uint32_t pixel;
        memcpy(&pixel, from + x * PIXEL_BYTES, PIXEL_BYTES);
        pixel |= 0xff000000u;
        memcpy(to + x * PIXEL_BYTES, &pixel, PIXEL_BYTES);
    }
}

void frame_copy(const struct frame *frame, uint8_t *to, uint32_t width, uint32_t height,
                bool opaque)
{
    size_t from_stride = (size_t)frame->width * PIXEL_BYTES,
           to_stride = (size_t)width * PIXEL_BYTES;
    const uint8_t *from = frame->pixels + from_stride * frame->height;
    for (uint32_t y = 0; y < height; y++, to += to_stride) {
        from -= from_stride;
        if (opaque) {
            copy_row_opaque(to, from, width);
        } else {
            memcpy(to, from, to_stride);
        }
    }
}
