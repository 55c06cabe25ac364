/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * core/ is the server: it accepts devices and local programs, maps their windows, opens and closes
 * their slots and starts render threads (contexts/) for them. One main loop, no locks of its own
 * but the window space's.
 *
 * A machine is one window with its slots: a virtual machine's device, or a program of this machine
 * with the local transport. It promises that closing it never waits: the memory goes when the last
 * render thread has ended.
 */
#ifndef TRIREME_MACHINE_H
#define TRIREME_MACHINE_H

#include <glib.h>

#include "contexts/render_thread.h"
#include "core/config.h"
#include "core/slot.h"
#include "core/watch.h"
#include "core/window_space.h"

struct machine {
    const struct config *config;
    const struct display *display; /* NULL: no contexts can be made */
    char *display_error;           /* why */
    char name[64];
    bool local;
    uint32_t ring_size; /* default of this machine's contexts */

    uint8_t *window;
    uint32_t window_size;
    struct trireme_shared_header *shared; /* NULL: the local transport */
    size_t shared_size;
    struct window_space space;

    struct slot *slots;
    uint32_t slot_count;
    struct context_table *table;
    struct render_events events;
    guint events_watch;
    unsigned threads; /* render threads that have not ended */
    bool closing;
    void (*closed)(void *data);
    void *closed_data;
};

struct machine_request {
    const struct config *config;
    const struct display *display;
    const char *display_error;
    char name[64];
    bool local;
    uint32_t ring_size; /* 0: the configuration's */
    uint32_t slots;
    uint64_t window_size;
    int window_fd;  /* a memfd that cannot shrink; not taken over */
    int shared_fd;  /* -1: the local transport */
    int *doorbells; /* an eventfd for each slot; taken over and set to -1 */
};

/* Maps the window and waits for requests. NULL: the message is for the peer. */
struct machine *machine_create(const struct machine_request *request, GError **error);

/* The guest was reset: everything is closed, the slots serve the next generation. */
void machine_reset(struct machine *machine);

/* Closes everything; `closed` is called when the memory is gone, perhaps before this returns. */
void machine_close(struct machine *machine, void (*closed)(void *data), void *data);

/* Statistics of the running contexts. */
void machine_report(struct machine *machine);

/* As watch_ops.look and watch_ops.look_away, for its contexts. */
void machine_look(struct machine *machine, watch_each *each, void *each_data);
void machine_look_away(struct machine *machine);

#endif
