/* SPDX-License-Identifier: MIT */
/*
 * Frames of one context on their way from the host to windows. SWAPs are asynchronous and at
 * most two are in flight. A frame is shown at the next swap if it is ready then, unless the window
 * was shown a moment ago, so that the new frame will do; else the
 * presenter, a thread of the process that sleeps unless a frame is outstanding, shows it, so that
 * a program which draws once and then waits for input has its picture.
 *
 * The context's thread and the presenter meet under the present's lock; the presenter never
 * touches the encoder.
 */
#ifndef TRIREME_PRESENT_H
#define TRIREME_PRESENT_H

#include "guest/common/frame.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/slot.h"

/* Where frames go. The window system's drawable embeds it. */
struct present_target {
    unsigned references; /* atomic; with the last one it is destroyed */
    /* Puts the frame into the window, if that is still there. Any thread. */
    void (*show)(struct present_target *target, const struct frame *frame);
    void (*destroy)(struct present_target *target);
};

static inline struct present_target *present_target_ref(struct present_target *target)
{
    __atomic_fetch_add(&target->references, 1, __ATOMIC_RELAXED);
    return target;
}

static inline void present_target_unref(struct present_target *target)
{
    if (target && __atomic_fetch_sub(&target->references, 1, __ATOMIC_ACQ_REL) == 1) {
        target->destroy(target);
    }
}

struct present;

/* For the context of an open slot. NULL: out of memory. */
struct present *present_create(struct slot *slot);

/* The slot is about to be closed: waits a moment for frames under way, then forgets it. */
void present_destroy(struct present *present);

/* All below: the context's thread. */

/*
 * Sends a SWAP of the drawable that is current for drawing and shown at `target`; `host_id` is the
 * host's. Waits first while two are in flight (a round trip in the encoder's statistics), and shows
 * what is ready. Publishes.
 */
void present_swap(struct present *present, struct gl_encoder *encoder,
                  struct present_target *target, uint32_t host_id);

/* The same, so many microseconds (at most TRIREME_SWAP_MOST_US) after the frame before at the
 * soonest, unless the program's options say otherwise. */
void present_swap_paced(struct present *present, struct gl_encoder *encoder,
                        struct present_target *target, uint32_t host_id, uint32_t frame_us);

/* The same for the drawable's front buffer, which stays in front. */
void present_front(struct present *present, struct gl_encoder *encoder,
                   struct present_target *target, uint32_t host_id);

/* Shows the newest frame of each target that is ready. */
void present_show_ready(struct present *present);

/* Frames that were sent and are not finished at the host. */
uint32_t present_in_flight(const struct present *present);

uint32_t present_swaps(const struct present *present);

/* In the child of a fork: the thread is the parent's, and so is what waits to be shown. */
void present_forked(void);

#endif
