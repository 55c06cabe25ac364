/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/gl_turn.h"

#include <glib.h>

/* Handing over costs some 10 µs; a frame of 16 contexts should not wait long for its turns. */
#define TURN_US 500

struct gl_turn {
    GMutex lock;
    bool taken;         /* under the lock */
    GQueue waiters;     /* of struct waiter, the first one first; under the lock */
    gint waiting;       /* how many; read without the lock */
    gint64 handed_over; /* when the owner got it; the owner's */
};

struct waiter {
    GCond called;
    bool has_turn;
};

struct gl_turn *gl_turn_create(void)
{
    struct gl_turn *turn = g_new0(struct gl_turn, 1);
    g_mutex_init(&turn->lock);
    g_queue_init(&turn->waiters);
    return turn;
}

void gl_turn_destroy(struct gl_turn *turn)
{
    if (turn) {
        g_mutex_clear(&turn->lock);
        g_free(turn);
    }
}

static void queue_up(struct gl_turn *turn)
{
    struct waiter own = {.has_turn = false};
    g_cond_init(&own.called);
    g_queue_push_tail(&turn->waiters, &own);
    g_atomic_int_inc(&turn->waiting);
    while (!own.has_turn) {
        g_cond_wait(&own.called, &turn->lock);
    }
    g_cond_clear(&own.called);
}

void gl_turn_take(struct gl_turn *turn)
{
    if (!turn) {
        return;
    }
    g_mutex_lock(&turn->lock);
    if (turn->taken) {
        queue_up(turn);
    }
    turn->taken = true;
    g_mutex_unlock(&turn->lock);
    turn->handed_over = g_get_monotonic_time();
}

void gl_turn_give(struct gl_turn *turn)
{
    if (!turn) {
        return;
    }
    g_mutex_lock(&turn->lock);
    struct waiter *next = g_queue_pop_head(&turn->waiters);
    if (next) {
        g_atomic_int_dec_and_test(&turn->waiting);
        next->has_turn = true;
        g_cond_signal(&next->called);
    } else {
        turn->taken = false;
    }
    g_mutex_unlock(&turn->lock);
}

bool gl_turn_is_over(const struct gl_turn *turn)
{
    return turn && g_atomic_int_get(&turn->waiting) > 0 &&
           g_get_monotonic_time() - turn->handed_over >= TURN_US;
}
