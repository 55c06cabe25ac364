/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A host in the test's own process: a window in ordinary memory, a port to it, and a thread that
 * answers slot requests and SESSION_INFO in the way that the test wants.
 */
#ifndef TRIREME_FAKE_HOST_H
#define TRIREME_FAKE_HOST_H

#include <pthread.h>

#include "guest/common/port.h"

#define FAKE_SLOTS 4u
#define FAKE_WINDOW (1u << 20)
#define FAKE_RING (16u << 10)

enum fake_mood {
    FAKE_WILLING,
    FAKE_REFUSING, /* answers with REFUSED and "no, because" */
    FAKE_SILENT,   /* never answers */
    FAKE_NONSENSE, /* answers with rings beyond the window */
};

struct fake_host {
    struct port port;
    enum fake_mood mood;
    uint32_t refusal; /* what it says if it refuses: enum trireme_refusal */
    bool stop;
    pthread_t thread;
    unsigned doorbells; /* atomic */
    unsigned frees;     /* requests with role NONE */
    uint32_t locked;    /* bits of slots that another process holds */
    uint32_t own_locks; /* bits of slots that this one holds */
    const void *info;   /* what SESSION_INFO is answered with */
    uint32_t info_bytes;
};

void fake_host_start(struct fake_host *host);
void fake_host_stop(struct fake_host *host);

/* The server dies: its state says so, and it answers nothing any more. */
void fake_host_die(struct fake_host *host);

/* Its thread looks at requests only; the page of a slot, to play with. */
struct trireme_slot_page *fake_host_page(struct fake_host *host, uint32_t slot);

#endif
