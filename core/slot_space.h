/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one slot has of a window's space, and the slot's line in the window's table of it
 * (struct trireme_slot_areas). While a driver of the guest holds the slot, nothing that the slot
 * once had goes to another: it is kept, and the slot's own needs are met from it first.
 *
 * Not thread-safe: the slot's render thread uses it for frames while it runs, the main thread
 * otherwise.
 */
#ifndef TRIREME_SLOT_SPACE_H
#define TRIREME_SLOT_SPACE_H

#include "core/window_space.h"
#include "ring/abi.h"

struct slot_space {
    struct window_space *space;
    uint8_t *window;
    struct trireme_slot_areas *table; /* the slot's line */
    struct window_area areas[TRIREME_AREAS];
    GArray *kept; /* of struct window_area */
};

void slot_space_init(struct slot_space *slot, struct window_space *space, uint8_t *window,
                     uint32_t slots, uint32_t number);
void slot_space_finish(struct slot_space *slot);

/* Gives up what the slot had for that use, and takes an area of so many bytes at least. False:
 * there is none, and the slot has nothing for that use. */
bool slot_space_take(struct slot_space *slot, enum trireme_area_use use, uint64_t bytes);

/* Gives everything up. */
void slot_space_give(struct slot_space *slot);

/* Gives others what was kept, unless the slot is held still. */
void slot_space_settle(struct slot_space *slot);

/* The guest was reset, and with it whatever held the slot. */
void slot_space_reset(struct slot_space *slot);

#endif
