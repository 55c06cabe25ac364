/* SPDX-License-Identifier: MIT */
/* threads.h with pthreads. */
#ifndef TRIREME_THREADS_LINUX_H
#define TRIREME_THREADS_LINUX_H

#include <pthread.h>
#include <stdbool.h>

#define THREAD_STACK_BYTES (128 << 10)

struct thread_lock {
    pthread_mutex_t mutex;
};
#define THREAD_LOCK_INITIALIZER                                                                    \
    {                                                                                              \
        .mutex = PTHREAD_MUTEX_INITIALIZER                                                         \
    }

static inline void thread_lock_init(struct thread_lock *lock)
{
    pthread_mutex_init(&lock->mutex, NULL);
}

static inline void thread_lock_finish(struct thread_lock *lock)
{
    pthread_mutex_destroy(&lock->mutex);
}

static inline void thread_lock_take(struct thread_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

static inline void thread_lock_give(struct thread_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}

struct thread_event {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool set;
};
#define THREAD_EVENT_INITIALIZER                                                                   \
    {                                                                                              \
        .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER                    \
    }

static inline void thread_event_init(struct thread_event *event)
{
    pthread_mutex_init(&event->mutex, NULL);
    pthread_cond_init(&event->changed, NULL);
    event->set = false;
}

static inline void thread_event_set(struct thread_event *event)
{
    pthread_mutex_lock(&event->mutex);
    event->set = true;
    pthread_cond_signal(&event->changed);
    pthread_mutex_unlock(&event->mutex);
}

static inline void thread_event_wait(struct thread_event *event)
{
    pthread_mutex_lock(&event->mutex);
    while (!event->set) {
        pthread_cond_wait(&event->changed, &event->mutex);
    }
    event->set = false;
    pthread_mutex_unlock(&event->mutex);
}

static inline void *thread_run(void *data)
{
    void (*main)(void) = (void (*)(void))data;
    main();
    return NULL;
}

static inline bool thread_start(void (*main)(void))
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, THREAD_STACK_BYTES);
    bool started = pthread_create(&thread, &attributes, thread_run, (void *)main) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

#endif
