/* SPDX-License-Identifier: MIT */
#include "guest/common/name_pool.h"

#include <string.h>

#include "guest/common/threads.h"

#define LEAST_BATCH 7u

struct name_pool name_pool_none;

/* Of all pools. */
static struct thread_lock lock = THREAD_LOCK_INITIALIZER;

/* Under the lock. */
static void remove_at(struct name_pool *pool, unsigned place, unsigned n)
{
    pool->count -= n;
    memmove(&pool->names[place], &pool->names[place + n],
            (pool->count - place) * sizeof pool->names[0]);
}

static void tell_range(struct name_pool *pool)
{
    uint32_t first = UINT32_MAX, last = 0;
    for (unsigned i = 0; i < pool->count; i++) {
        first = pool->names[i] < first ? pool->names[i] : first;
        last = pool->names[i] > last ? pool->names[i] : last;
    }
    __atomic_store_n(&pool->first, first, __ATOMIC_RELAXED);
    __atomic_store_n(&pool->span, pool->count ? last - first + 1 : 0, __ATOMIC_RELAXED);
}

bool name_pool_remove(struct name_pool *pool, uint32_t name)
{
    unsigned i = 0;
    thread_lock_take(&lock);
    while (i < pool->count && pool->names[i] != name) {
        i++;
    }
    bool found = i < pool->count;
    if (found) {
        remove_at(pool, i, 1);
        tell_range(pool);
    }
    thread_lock_give(&lock);
    return found;
}

bool name_pool_take(struct name_pool *pool, unsigned n, uint32_t *names, unsigned *more)
{
    thread_lock_take(&lock);
    bool enough = n <= pool->count;
    if (enough) {
        memcpy(names, pool->names, n * sizeof names[0]);
        remove_at(pool, 0, n);
        tell_range(pool);
    } else {
        pool->batch = pool->batch ? pool->batch * 2 : LEAST_BATCH;
        if (pool->batch > NAME_POOL_MOST) {
            pool->batch = NAME_POOL_MOST;
        }
        unsigned room = NAME_POOL_MOST - pool->count;
        *more = pool->batch < room ? pool->batch : room;
    }
    thread_lock_give(&lock);
    return enough;
}

void name_pool_put(struct name_pool *pool, unsigned n, const uint32_t *names)
{
    thread_lock_take(&lock);
    for (unsigned i = 0; i < n && pool->count < NAME_POOL_MOST; i++) {
        pool->names[pool->count++] = names[i];
    }
    tell_range(pool);
    thread_lock_give(&lock);
}
