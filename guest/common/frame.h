/* SPDX-License-Identifier: MIT */
/*
 * Finished frames in the window (struct trireme_frame): what a stub needs to know before it shows
 * one. Everything in the window may be nonsense.
 */
#ifndef TRIREME_GUEST_FRAME_H
#define TRIREME_GUEST_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/common/slot.h"

/* Pixels of a frame, inside the window: rows bottom-up, BGRX, no padding. */
struct frame {
    const uint8_t *pixels;
    uint32_t width, height, drawable;
};

/* Frame `serial` of the slot's context. False: it has no pixels, or its description is nonsense. */
bool frame_get(struct frame *frame, const struct slot *slot, uint32_t serial);

/* How many SWAPs are done, of `sent`; what the page says is believed within [shown, sent]. */
uint32_t frame_done(const struct trireme_slot_page *page, uint32_t shown, uint32_t sent);

/* Copies the frame's upper left `width` × `height` pixels top-down to `to`; `opaque` fills the
 * fourth byte in, which is an X visual's alpha at depth 32. */
void frame_copy(const struct frame *frame, uint8_t *to, uint32_t width, uint32_t height,
                bool opaque);

#endif
