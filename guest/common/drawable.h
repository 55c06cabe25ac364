/* SPDX-License-Identifier: MIT */
/*
 * What a context can draw to. The window-system library embeds it in its windows; the host keeps a
 * drawable of its own for each, made when it is first current. Under the process lock.
 */
#ifndef TRIREME_GUEST_DRAWABLE_H
#define TRIREME_GUEST_DRAWABLE_H

#include <stdbool.h>

#include "guest/common/host_session.h"
#include "guest/common/present.h"

struct context;

/* A drawable of the host. */
struct host_drawable {
    uint32_t id;      /* 0: none yet */
    uint32_t session; /* of that session (host_session.number) */
    uint32_t config;
    uint32_t width, height; /* as the host was told last */
};

struct drawable {
    struct present_target shown; /* holds the references */
    uint32_t kind;               /* enum trireme_drawable_kind */
    uint32_t width, height;      /* pixels, as last looked at; at least 1 */
    uint32_t config;             /* the host's; 0: it is as the context that draws to it */
    bool double_buffered;        /* where it has a configuration */
    int swap_interval;
    /* Looks at the window's size; NULL: it cannot change. The program may know of a new one before
     * this library: width and height are what it seems to believe, 0: it said nothing. The thread
     * that draws there, not under the lock. */
    void (*look)(struct drawable *drawable, uint32_t width, uint32_t height);

    struct host_drawable host;
    unsigned holders; /* contexts that `host` is current to; atomic, written under the lock */
    uint32_t group;   /* share group of the first of them */
    bool strangers;   /* there have been others of another group since; atomic as well */
    /* The serial of the context that drew here last and let it go, and where its stream was then.
     */
    uint64_t last_context;
    uint32_t last_position;
};

/* Any thread, also without the lock. */
static inline struct drawable *drawable_ref(struct drawable *drawable)
{
    present_target_ref(&drawable->shown);
    return drawable;
}

/* NULL is fine. Any thread, also without the lock. */
static inline void drawable_unref(struct drawable *drawable)
{
    if (drawable) {
        present_target_unref(&drawable->shown);
    }
}

/* Makes `host` right for a context of `session` with the host's configuration `config`, in the
 * drawable's size: a new one where it belongs to another session or configuration. */
void host_drawable_prepare(struct host_drawable *host, const struct drawable *drawable,
                           struct host_session *session, uint32_t config);

/* Nothing happens if there is none. */
void host_drawable_destroy(struct host_drawable *host);

#endif
