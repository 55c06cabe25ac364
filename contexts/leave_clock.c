/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/leave_clock.h"

#include <stdatomic.h>

/* How long a waiter sleeps before it looks whether its thread shall stop. */
#define LEAVE_WAIT_SLICE (50 * G_TIME_SPAN_MILLISECOND)

struct leave_clock {
    gatomicrefcount references;
    struct share_group *group; /* compared, and locked while the owner has not closed */
    const struct display *display;
    atomic_uint waiters; /* threads that wait for this clock */
    uint32_t published;  /* the last number; under the group's lock, as all below */
    EGLSync fence;       /* of `published`, or EGL_NO_SYNC */
    uint64_t empties;    /* how often the owner found its ring empty while somebody waited */
    bool closed;
    struct leave_clock *waits_for;
};

struct leave_clock *leave_clock_create(struct share_group *group, const struct display *display)
{
    struct leave_clock *clock = g_new0(struct leave_clock, 1);
    g_atomic_ref_count_init(&clock->references);
    clock->group = group;
    clock->display = display;
    clock->fence = EGL_NO_SYNC;
    return clock;
}

struct leave_clock *leave_clock_ref(struct leave_clock *clock)
{
    g_atomic_ref_count_inc(&clock->references);
    return clock;
}

void leave_clock_unref(struct leave_clock *clock)
{
    if (clock && g_atomic_ref_count_dec(&clock->references)) {
        g_free(clock);
    }
}

bool leave_clock_is_of(const struct leave_clock *clock, const struct share_group *group)
{
    return clock->group == group;
}

static void drop_fence(struct leave_clock *clock)
{
    if (clock->fence != EGL_NO_SYNC) {
        eglDestroySync(clock->display->egl, clock->fence);
        clock->fence = EGL_NO_SYNC;
    }
}

bool leave_clock_publish(struct leave_clock *clock, uint32_t number)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&clock->group->lock);
    if (number != clock->published + 1) {
        return false;
    }
    /* The last fence alone is kept: who waits for an earlier number waits a little longer. */
    drop_fence(clock);
    clock->fence = eglCreateSync(clock->display->egl, EGL_SYNC_FENCE, NULL);
    clock->published = number;
    g_cond_broadcast(&clock->group->changed);
    return true;
}

void leave_clock_idle(struct leave_clock *clock)
{
    if (atomic_load_explicit(&clock->waiters, memory_order_relaxed) == 0) {
        return;
    }
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&clock->group->lock);
    clock->empties++;
    g_cond_broadcast(&clock->group->changed);
}

void leave_clock_close(struct leave_clock *clock)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&clock->group->lock);
    drop_fence(clock);
    clock->closed = true;
    g_cond_broadcast(&clock->group->changed);
}

/* Numbers wrap; a context is never 2^31 leave points behind another. */
static bool reached(const struct leave_clock *clock, uint32_t number)
{
    return (int32_t)(clock->published - number) >= 0;
}

static bool closes_a_cycle(const struct leave_clock *own, const struct leave_clock *other)
{
    for (const struct leave_clock *next = other; next; next = next->waits_for) {
        if (next == own) {
            return true;
        }
    }
    return false;
}

/* Under the lock. */
static enum leave_wait sleep_until_reached(struct leave_clock *own, struct leave_clock *other,
                                           uint32_t number, bool (*stopped)(void *data), void *data)
{
    struct share_group *group = own->group;
    uint64_t empties = other->empties;
    while (!reached(other, number) && !other->closed) {
        /* The first look at the ring may have begun before the guest published the LEAVE; the
         * second one began after. */
        if (other->empties - empties >= 2) {
            return LEAVE_NEVER_GIVEN;
        }
        g_cond_wait_until(&group->changed, &group->lock, g_get_monotonic_time() + LEAVE_WAIT_SLICE);
        if (stopped(data)) {
            return LEAVE_STOPPED;
        }
    }
    return LEAVE_REACHED;
}

enum leave_wait leave_clock_wait(struct leave_clock *own, struct leave_clock *other,
                                 uint32_t number, bool (*stopped)(void *data), void *data)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&own->group->lock);
    enum leave_wait result = LEAVE_REACHED;

    if (!reached(other, number) && !other->closed) {
        if (closes_a_cycle(own, other)) {
            return LEAVE_CYCLE;
        }
        own->waits_for = other;
        atomic_fetch_add(&other->waiters, 1);
        result = sleep_until_reached(own, other, number, stopped, data);
        atomic_fetch_sub(&other->waiters, 1);
        own->waits_for = NULL;
    }
    return result;
}

void leave_clock_follow(struct leave_clock *clock)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&clock->group->lock);
    if (clock->fence != EGL_NO_SYNC) {
        eglWaitSync(clock->display->egl, clock->fence, 0);
    }
}
