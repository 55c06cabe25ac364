/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_storage_guard.h"

void gl_storage_guard_init(struct gl_storage_guard *guard)
{
    g_rw_lock_init(&guard->lock);
    guard->changes = 0;
}

void gl_storage_guard_finish(struct gl_storage_guard *guard)
{
    g_rw_lock_clear(&guard->lock);
}

void gl_storage_change_begin(struct gl_storage_guard *guard)
{
    g_rw_lock_reader_lock(&guard->lock);
    g_atomic_int_inc(&guard->changes);
}

void gl_storage_change_end(struct gl_storage_guard *guard)
{
    g_rw_lock_reader_unlock(&guard->lock);
}

void gl_storage_read_begin(struct gl_storage_guard *guard)
{
    g_rw_lock_writer_lock(&guard->lock);
}

void gl_storage_read_end(struct gl_storage_guard *guard)
{
    g_rw_lock_writer_unlock(&guard->lock);
}

gint gl_storage_changes(struct gl_storage_guard *guard)
{
    return g_atomic_int_get(&guard->changes);
}
