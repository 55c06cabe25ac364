/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of a slot (ring/abi.h): a request of the guest, an answer, a session or a context, the
 * end. While a render thread runs for the slot it alone looks at the doorbell; otherwise the main
 * loop does. All functions on the main thread.
 *
 *     free ──request──> session ──request──> …
 *      │ └──request───> context: render thread
 *      │                   │ told to stop, the guest's next request, or a broken rule
 *      └──────ended────────┘ then the pending request, if there is one
 */
#ifndef TRIREME_SLOT_H
#define TRIREME_SLOT_H

#include <glib.h>
#include <stdbool.h>

#include "core/slot_space.h"
#include "ring/abi.h"

struct machine;
struct render_thread;
struct session;

struct slot {
    struct machine *machine;
    uint32_t number;
    struct trireme_slot_page *page;
    struct trireme_doorbell_slot *doorbell; /* NULL: the local transport */
    int doorbell_fd;                        /* eventfd, the slot's own */
    guint watch;                            /* 0: a render thread looks at it */

    uint32_t handled; /* serial of the last request that was looked at */
    struct session *session;
    struct render_thread *thread;
    char program[64]; /* of the last request, printable */
    uint32_t process;
    struct slot_space space;
    uint32_t ring_size, reply_size;          /* bytes, of the rings in `space` */
    uint64_t doorbells_before, waits_before; /* the device's counts when the slot was opened */
};

/* Takes the doorbell. What the page holds counts as handled. */
void slot_init(struct slot *slot, struct machine *machine, uint32_t number, int doorbell_fd);
/* No render thread runs. */
void slot_finish(struct slot *slot);

/* Ends the session, tells the render thread to end. */
void slot_stop(struct slot *slot);

/* The render thread has ended. */
void slot_thread_ended(struct slot *slot);

/* Statistics of what runs. */
void slot_report(struct slot *slot);

/* Exits of the guest for the context that runs. Where nobody counts doorbells (ioeventfd, local
 * programs), those that woke the render thread. */
uint64_t slot_doorbells(const struct slot *slot);
uint64_t slot_waits(const struct slot *slot);

#endif
