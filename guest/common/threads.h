/* SPDX-License-Identifier: MIT */
/*
 * Threads as far as the guest library needs them: a lock, an event that one thread waits for, and
 * threads that nobody joins. Thread-local data is gl_encoder.h's affair.
 */
#ifndef TRIREME_GUEST_THREADS_H
#define TRIREME_GUEST_THREADS_H

#include <stdbool.h>

#ifdef _WIN32
#include "guest/windows/threads_windows.h"
#else
#include "guest/linux/threads_linux.h"
#endif

/* A lock is THREAD_LOCK_INITIALIZER; it is not recursive. */
static inline void thread_lock_init(struct thread_lock *lock);
static inline void thread_lock_finish(struct thread_lock *lock);
static inline void thread_lock_take(struct thread_lock *lock);
static inline void thread_lock_give(struct thread_lock *lock);

/* Set by anyone; the wait ends it. THREAD_EVENT_INITIALIZER. */
static inline void thread_event_init(struct thread_event *event);
static inline void thread_event_set(struct thread_event *event);
static inline void thread_event_wait(struct thread_event *event);

/* A thread with a small stack that never returns. False: there can be none. */
static inline bool thread_start(void (*main)(void));

#endif
