/* SPDX-License-Identifier: MIT */
/* A table from object names to what is known about them. For one thread at a time. */
#ifndef TRIREME_GUEST_NAME_TABLE_H
#define TRIREME_GUEST_NAME_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct name_table {
    struct name_table_entry {
        uint32_t name;
        void *value; /* NULL: free */
    } * entries;
    uint32_t capacity; /* power of two, or 0 */
    uint32_t used;     /* entries, with those that were removed */
};

/* The value of a name; NULL: none. Names are not 0. */
void *name_table_get(const struct name_table *table, uint32_t name);

/* Sets the value of a name, not NULL. Returns it, or NULL when out of memory. */
void *name_table_set(struct name_table *table, uint32_t name, void *value);

/* Takes a name out and returns its value; NULL: it was not there. */
void *name_table_remove(struct name_table *table, uint32_t name);

/* Calls `destroy` (may be NULL) on every value and frees the table; it is empty then. */
void name_table_finish(struct name_table *table, void (*destroy)(void *value));

#endif
