/* SPDX-License-Identifier: MIT */
/*
 * Frames of one context on their way from the host to X windows. SWAPs are asynchronous and at
 * most two are in flight. A frame is shown at the next swap if it is ready then; else the
 * presenter, a thread of the process that sleeps unless a frame is outstanding, shows it, so that
 * a program which draws once and then waits for input has its picture.
 *
 * The context's thread and the presenter meet under the present's lock; the presenter never
 * touches the encoder.
 */
#ifndef TRIREME_PRESENT_H
#define TRIREME_PRESENT_H

#include "guest/common/gl_encoder.h"
#include "guest/common/slot.h"
#include "guest/linux/glx_drawable.h"

struct present;

/* For the context of an open slot. NULL: out of memory. */
struct present *present_create(struct slot *slot);

/* The slot is about to be closed: waits a moment for frames under way, then forgets it. */
void present_destroy(struct present *present);

/* All below: the context's thread. */

/*
 * Sends a SWAP of the drawable that is current for drawing; `host_id` is the host's. Waits first
 * while two are in flight (a round trip in the encoder's statistics), and shows what is ready.
 * Publishes.
 */
void present_swap(struct present *present, struct gl_encoder *encoder,
                  struct glx_drawable *drawable, uint32_t host_id);

/* Shows the newest frame that is ready. */
void present_show_ready(struct present *present);

uint32_t present_swaps(const struct present *present);

#endif
