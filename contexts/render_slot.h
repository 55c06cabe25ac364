/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A slot as the render thread sees it: where its part of the window lies, checked and in the
 * server's own memory. The window's contents belong to a hostile guest; these pointers do not.
 */
#ifndef TRIREME_RENDER_SLOT_H
#define TRIREME_RENDER_SLOT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "ring/abi.h"

struct context_table;
struct render_events;
struct session_objects;

struct render_limits {
    uint64_t payload_bytes; /* of one command */
    uint32_t spin_us;       /* how long a thread looks at an empty ring before it sleeps */
};

/* Space of the window for frame `index` (0 or 1): gives up what that frame had and takes `bytes`.
 * False: no room. From the render thread. */
typedef bool render_frame_area(void *data, unsigned index, uint64_t bytes, uint32_t *offset);

struct render_slot {
    uint32_t number, serial; /* the slot and the serial of the request that opened it */
    uint32_t process;        /* the guest's process id, for messages */
    char program[64];        /* printable, for messages */

    uint8_t *window;
    struct trireme_slot_page *page;
    uint8_t *ring, *reply_ring;
    uint32_t ring_size, reply_size;
    struct trireme_doorbell_slot *doorbell; /* NULL: the local transport */
    int doorbell_fd;                        /* eventfd, not the thread's own */

    struct session_objects *objects; /* a reference of the thread's */
    struct context_table *table;     /* of the machine; outlives the thread */
    struct render_events *events;    /* to the main loop; outlives the thread */
    struct render_limits limits;
    const char *glide_backend; /* the user's library for Glide, outlives the thread; NULL: none */
    render_frame_area *frame_area;
    void *frame_area_data;
};

/* The device's waiters on completions, for completion_signal(). */
static inline const uint32_t *render_slot_waiters(const struct render_slot *slot)
{
    return slot->doorbell ? &slot->doorbell->waiters : NULL;
}

/* Logs with the fields PROGRAM, PROCESS, SLOT and CONTEXT. */
void render_slot_log(const struct render_slot *slot, GLogLevelFlags level, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

#endif
