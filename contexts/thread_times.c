/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/thread_times.h"

#include <time.h>

static uint64_t load(const atomic_uint_fast64_t *word)
{
    return atomic_load_explicit(word, memory_order_relaxed);
}

static void store(atomic_uint_fast64_t *word, uint64_t value)
{
    atomic_store_explicit(word, value, memory_order_relaxed);
}

uint64_t thread_times_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void thread_times_init(struct thread_times *times)
{
    store(&times->since, thread_times_now());
    atomic_store_explicit(&times->state, THREAD_BUSY, memory_order_relaxed);
}

struct thread_period thread_times_enter(struct thread_times *times, enum thread_state state)
{
    const struct thread_period left = {
        .state = atomic_load_explicit(&times->state, memory_order_relaxed),
        .begin = load(&times->since),
        .end = thread_times_now(),
    };
    store(&times->ns[left.state], load(&times->ns[left.state]) + left.end - left.begin);
    store(&times->since, left.end);
    atomic_store_explicit(&times->state, state, memory_order_relaxed);
    return left;
}

/* The words are read one by one, so a change of state in between counts twice or not at all. That
 * is less than the present state's time, and the next look has it right. */
void thread_times_read(const struct thread_times *times, uint64_t ns[THREAD_STATES])
{
    unsigned state = atomic_load_explicit(&times->state, memory_order_relaxed);
    uint64_t since = load(&times->since), now = thread_times_now();
    for (unsigned i = 0; i < THREAD_STATES; i++) {
        ns[i] = load(&times->ns[i]);
    }
    ns[state] += now > since ? now - since : 0;
}
