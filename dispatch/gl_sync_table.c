/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_sync_table.h"

#include <glib.h>

static GMutex lock;
static GHashTable *table; /* guint64 → GLsync */
static uint64_t last;

uint64_t gl_sync_insert(GLsync sync)
{
    if (!sync) {
        return 0;
    }
    g_mutex_lock(&lock);
    if (!table) {
        table = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    }
    uint64_t number = ++last;
    g_hash_table_insert(table, g_memdup2(&number, sizeof number), sync);
    g_mutex_unlock(&lock);
    return number;
}

GLsync gl_sync_lookup(uint64_t number)
{
    g_mutex_lock(&lock);
    GLsync sync = table ? g_hash_table_lookup(table, &number) : NULL;
    g_mutex_unlock(&lock);
    return sync;
}

GLsync gl_sync_remove(uint64_t number)
{
    g_mutex_lock(&lock);
    GLsync sync = table ? g_hash_table_lookup(table, &number) : NULL;
    if (sync) {
        g_hash_table_remove(table, &number);
    }
    g_mutex_unlock(&lock);
    return sync;
}
