/* SPDX-License-Identifier: MIT */
/*
 * threads.h for Windows 95 and later. A lock is a word, so that it needs no initialisation and no
 * end: it is held for moments, and who finds it taken sleeps.
 */
#ifndef TRIREME_THREADS_WINDOWS_H
#define TRIREME_THREADS_WINDOWS_H

#include <stdbool.h>
#include <windows.h>

/* Offers of the processor to threads of equal priority before one sleeps, which lets all run. */
#define THREAD_LOCK_YIELDS 16

struct thread_lock {
    LONG taken; /* atomic */
};
#define THREAD_LOCK_INITIALIZER                                                                    \
    {                                                                                              \
        .taken = 0                                                                                 \
    }

static inline void thread_lock_init(struct thread_lock *lock)
{
    lock->taken = 0;
}

static inline void thread_lock_finish(struct thread_lock *lock)
{
}

static inline void thread_lock_take(struct thread_lock *lock)
{
    for (unsigned tries = 0; __atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE); tries++) {
        Sleep(tries < THREAD_LOCK_YIELDS ? 0 : 1);
    }
}

static inline void thread_lock_give(struct thread_lock *lock)
{
    __atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
}

/* The system's object is made by whoever first waits or sets; it lives as long as the process. */
struct thread_event {
    HANDLE handle; /* atomic */
};
#define THREAD_EVENT_INITIALIZER                                                                   \
    {                                                                                              \
        .handle = NULL                                                                             \
    }

static inline void thread_event_init(struct thread_event *event)
{
    event->handle = NULL;
}

static inline HANDLE thread_event_handle(struct thread_event *event)
{
    HANDLE handle = __atomic_load_n(&event->handle, __ATOMIC_ACQUIRE);
    if (!handle) {
        HANDLE made = CreateEventA(NULL, FALSE, FALSE, NULL);
        if (__atomic_compare_exchange_n(&event->handle, &handle, made, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_ACQUIRE)) {
            return made;
        }
        CloseHandle(made);
    }
    return handle;
}

static inline void thread_event_set(struct thread_event *event)
{
    SetEvent(thread_event_handle(event));
}

static inline void thread_event_wait(struct thread_event *event)
{
    WaitForSingleObject(thread_event_handle(event), INFINITE);
}

/* guest/windows/system.c. The library stays loaded from then on. */
bool thread_start_windows(void (*main)(void));

static inline bool thread_start(void (*main)(void))
{
    return thread_start_windows(main);
}

#endif
