/* SPDX-License-Identifier: MIT */
/*
 * Object names that the host's GL has given out and the program has not: glGen* takes from here and
 * asks the host for many at a time. A program may use a name that it never asked for; if that one
 * lies here, it must leave the pool before the command is sent (object_names.h).
 *
 * Pools of objects that contexts share belong to the share group. Any thread.
 */
#ifndef TRIREME_GUEST_NAME_POOL_H
#define TRIREME_GUEST_NAME_POOL_H

#include <stdbool.h>
#include <stdint.h>

enum name_kind {
    POOL_TEXTURE,
    POOL_BUFFER,
    POOL_RENDERBUFFER,
    POOL_FRAMEBUFFER, /* from here on a context's own */
    POOL_QUERY,
    POOL_VERTEX_ARRAY,
    POOL_KINDS
};
#define POOL_SHARED_KINDS POOL_FRAMEBUFFER

#define NAME_POOL_MOST 64u

/* All zeros: empty. */
struct name_pool {
    uint32_t first, span; /* all names in it lie in these; atomic, written under the process's lock */
    unsigned count;
    unsigned batch; /* how many were asked for last, beyond those that were needed */
    uint32_t names[NAME_POOL_MOST];
};

/* Always empty: where there is no pool. */
extern struct name_pool name_pool_none;

/* False: the name is not in the pool. */
static inline bool name_pool_may_have(const struct name_pool *pool, uint32_t name)
{
    return name - __atomic_load_n(&pool->first, __ATOMIC_RELAXED) <
           __atomic_load_n(&pool->span, __ATOMIC_RELAXED);
}

/* True: it was there, and is no longer. */
bool name_pool_remove(struct name_pool *pool, uint32_t name);

/* Takes `n` names, those first that came first. False: there are not so many; *more says how many
 * to ask the host for beyond n, at most NAME_POOL_MOST. */
bool name_pool_take(struct name_pool *pool, unsigned n, uint32_t *names, unsigned *more);

/* What was asked for and is not needed. There is room, unless other threads did the same meanwhile:
 * then names are forgotten. */
void name_pool_put(struct name_pool *pool, unsigned n, const uint32_t *names);

#endif
