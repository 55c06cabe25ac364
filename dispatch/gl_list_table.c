/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_list_table.h"

void gl_list_table_init(struct gl_list_table *table)
{
    g_mutex_init(&table->lock);
    table->present = g_hash_table_new(NULL, NULL);
    table->phantoms = g_hash_table_new(NULL, NULL);
    table->called = g_hash_table_new(NULL, NULL);
}

void gl_list_table_finish(struct gl_list_table *table)
{
    g_hash_table_unref(table->called);
    g_hash_table_unref(table->phantoms);
    g_hash_table_unref(table->present);
    g_mutex_clear(&table->lock);
}

void gl_list_table_made(struct gl_list_table *table, uint32_t name)
{
    g_hash_table_add(table->present, GUINT_TO_POINTER(name));
    g_hash_table_remove(table->phantoms, GUINT_TO_POINTER(name));
}

static void deleted(struct gl_list_table *table, uint32_t name, GArray *missing)
{
    g_hash_table_remove(table->present, GUINT_TO_POINTER(name));
    g_hash_table_remove(table->phantoms, GUINT_TO_POINTER(name));
    if (g_hash_table_contains(table->called, GUINT_TO_POINTER(name))) {
        g_array_append_val(missing, name);
    }
}

/* The names of both sets that are in the range. */
static GArray *known_in_range(struct gl_list_table *table, uint32_t first, uint32_t count)
{
    GHashTable *sets[] = {table->present, table->called};
    GArray *names = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (unsigned i = 0; i < G_N_ELEMENTS(sets); i++) {
        GHashTableIter iter;
        gpointer key;
        g_hash_table_iter_init(&iter, sets[i]);
        while (g_hash_table_iter_next(&iter, &key, NULL)) {
            uint32_t name = GPOINTER_TO_UINT(key);
            if (name - first < count) {
                g_array_append_val(names, name);
            }
        }
    }
    return names;
}

void gl_list_table_deleted(struct gl_list_table *table, uint32_t first, uint32_t count,
                           GArray *missing)
{
    if (count <= g_hash_table_size(table->present)) {
        for (uint32_t i = 0; i < count; i++) {
            deleted(table, first + i, missing);
        }
        return;
    }
    g_autoptr(GArray) names = known_in_range(table, first, count);
    for (guint i = 0; i < names->len; i++) {
        deleted(table, g_array_index(names, uint32_t, i), missing);
    }
}

void gl_list_table_call(struct gl_list_table *table, GHashTable *names, GArray *missing)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        uint32_t name = GPOINTER_TO_UINT(key);
        g_hash_table_add(table->called, key);
        if (!g_hash_table_contains(table->present, key)) {
            g_array_append_val(missing, name);
        }
    }
}
