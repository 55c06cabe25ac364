/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples what a render thread does while it is busy: in the server's own code (decoding), or in
 * libraries, which is the GL and what the kernel does for it. A timer of the thread's processor
 * time interrupts it some 250 to 1000 times in a second of work; a thread that nobody looks at has
 * no timer and pays nothing. What the server has the C library do, large copies above all, counts
 * for the GL.
 *
 * From the main thread, but for the first.
 */
#ifndef TRIREME_THREAD_PROFILE_H
#define TRIREME_THREAD_PROFILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "contexts/thread_times.h"

struct thread_profile {
    struct thread_times *times; /* decoding_ns is what is counted up */
    atomic_int thread;          /* kernel's number; 0: not known yet */
    bool running;
    timer_t timer;
};

/* From the thread itself, as it begins. */
void thread_profile_init(struct thread_profile *profile, struct thread_times *times);

/* Nothing happens where it runs already, or cannot: then nothing counts as decoding. */
void thread_profile_start(struct thread_profile *profile);
void thread_profile_stop(struct thread_profile *profile);

/* Once in the process. */
void thread_profile_setup(void);

#endif
