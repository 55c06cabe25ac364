/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where `trireme top` looks at a running server: a SOCK_SEQPACKET socket of this user's, named by
 * the server's process id, in the folder of watch_folder(). A watcher sends WATCH_ASK whenever it
 * wants to know; the server answers with a struct watch_context for each context and then with
 * WATCH_END. Watchers neither keep a server running nor count as its connections.
 *
 * Counters are of the context's whole life; the watcher takes differences.
 */
#ifndef TRIREME_WATCH_H
#define TRIREME_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "contexts/thread_times.h"

#define WATCH_VERSION 1u

enum watch_type {
    WATCH_ASK = 1,     /* a struct watch_packet */
    WATCH_CONTEXT = 2, /* a struct watch_context */
    WATCH_END = 3,     /* a struct watch_packet */
};

struct watch_packet {
    uint32_t type;
    uint32_t version; /* WATCH_VERSION; another one is not answered */
};

struct watch_context {
    struct watch_packet packet;
    char machine[64], program[64]; /* printable; end with NUL */
    uint32_t process, slot;
    uint32_t serial; /* of the request that opened the slot: another one, another context */
    uint32_t ring_size, ring_used; /* bytes */
    uint32_t pad;
    uint64_t now, age; /* CLOCK_MONOTONIC; since the thread began; ns */
    uint64_t frames, commands, bytes, round_trips, doorbells, waits, wakes;
    uint64_t ns[THREAD_STATES], decoding_ns; /* thread_times.h */
};

/* The folder of the sockets, made where it is missing. To be freed. */
char *watch_folder(void);

struct watch;

typedef void watch_each(void *each_data, const struct watch_context *context);

struct watch_ops {
    /* Calls each() for every context; from now on they are sampled. */
    void (*look)(void *data, watch_each *each, void *each_data);
    /* The last watcher has gone. */
    void (*look_away)(void *data);
};

/* Main thread. NULL: nobody can watch this server (the log says why). */
struct watch *watch_create(const struct watch_ops *ops, void *data);
void watch_destroy(struct watch *watch);

#endif
