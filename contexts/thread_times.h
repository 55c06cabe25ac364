/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a render thread spends its time on. The thread says when it turns to something else, which
 * it does where it waits and never within a batch of commands; anybody may read. How much of the
 * busy time is decoding is sampled, by thread_profile.h, while somebody looks.
 */
#ifndef TRIREME_THREAD_TIMES_H
#define TRIREME_THREAD_TIMES_H

#include <stdatomic.h>
#include <stdint.h>

enum thread_state {
    THREAD_BUSY,    /* decodes, or is in the GL */
    THREAD_LOOKING, /* looks at an empty ring before it sleeps */
    THREAD_ASLEEP,  /* for want of commands */
    THREAD_WAITING, /* for its turn at the GL, another context, room for a reply, its frame's time
                     */
    THREAD_STATES,
};

struct thread_times {
    atomic_uint_fast64_t ns[THREAD_STATES]; /* of the states that were left */
    atomic_uint_fast64_t since;             /* CLOCK_MONOTONIC, ns */
    atomic_uint state;                      /* enum thread_state */
    atomic_uint_fast64_t decoding_ns;       /* part of THREAD_BUSY; what was sampled */
};

/* CLOCK_MONOTONIC, ns. */
uint64_t thread_times_now(void);

/* Before the thread begins, busy. */
void thread_times_init(struct thread_times *times);

/* A state that was left; CLOCK_MONOTONIC, ns. */
struct thread_period {
    enum thread_state state;
    uint64_t begin, end;
};

/* The thread turns to something else. Returns what it left. */
struct thread_period thread_times_enter(struct thread_times *times, enum thread_state state);

/* Any thread: the time in each state so far, that in the present one included. */
void thread_times_read(const struct thread_times *times, uint64_t ns[THREAD_STATES]);

#endif
