/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/window_space.h"

#include "ring/abi.h"

void window_space_init(struct window_space *space, uint32_t begin, uint32_t end)
{
    struct window_area all = {.offset = begin, .bytes = end - begin};
    g_mutex_init(&space->lock);
    space->free = g_array_new(FALSE, FALSE, sizeof(struct window_area));
    g_array_append_val(space->free, all);
}

void window_space_finish(struct window_space *space)
{
    g_array_unref(space->free);
    g_mutex_clear(&space->lock);
}

static struct window_area *free_area(struct window_space *space, guint index)
{
    return &g_array_index(space->free, struct window_area, index);
}

bool window_space_take(struct window_space *space, uint64_t bytes, struct window_area *area)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&space->lock);
    if (bytes == 0 || bytes > TRIREME_WINDOW_MAX) {
        return false;
    }
    uint32_t wanted = ((uint32_t)bytes + TRIREME_PAGE - 1) & ~(TRIREME_PAGE - 1);
    for (guint i = 0; i < space->free->len; i++) {
        struct window_area *from = free_area(space, i);
        if (from->bytes >= wanted) {
            *area = (struct window_area){.offset = from->offset, .bytes = wanted};
            from->offset += wanted;
            from->bytes -= wanted;
            if (from->bytes == 0) {
                g_array_remove_index(space->free, i);
            }
            return true;
        }
    }
    return false;
}

/* Joins free area `index` with the one behind it where they touch. */
static void join(struct window_space *space, guint index)
{
    if (index + 1 >= space->free->len) {
        return;
    }
    struct window_area *left = free_area(space, index), *right = free_area(space, index + 1);
    if (left->offset + left->bytes == right->offset) {
        left->bytes += right->bytes;
        g_array_remove_index(space->free, index + 1);
    }
}

void window_space_give(struct window_space *space, struct window_area *area)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&space->lock);
    guint at = 0;
    if (area->bytes == 0) {
        return;
    }
    while (at < space->free->len && free_area(space, at)->offset < area->offset) {
        at++;
    }
    g_array_insert_val(space->free, at, *area);
    join(space, at);
    if (at > 0) {
        join(space, at - 1);
    }
    *area = (struct window_area){0};
}

uint64_t window_space_free_bytes(struct window_space *space)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&space->lock);
    uint64_t bytes = 0;
    for (guint i = 0; i < space->free->len; i++) {
        bytes += free_area(space, i)->bytes;
    }
    return bytes;
}
