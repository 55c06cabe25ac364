/* SPDX-License-Identifier: MIT */
#include "guest/common/name_table.h"

#include <stdlib.h>

/* Open addressing. A hole keeps a non-NULL value so that searches go on behind it. */
static char hole;

static uint32_t slot_of(const struct name_table *table, uint32_t name)
{
    return (name * 2654435769u) & (table->capacity - 1);
}

static struct name_table_entry *find(const struct name_table *table, uint32_t name)
{
    if (!table->capacity)
        return NULL;
    for (uint32_t i = slot_of(table, name);; i = (i + 1) & (table->capacity - 1)) {
        struct name_table_entry *entry = &table->entries[i];
        if (!entry->value)
            return NULL;
        if (entry->name == name && entry->value != &hole)
            return entry;
    }
}

void *name_table_get(const struct name_table *table, uint32_t name)
{
    struct name_table_entry *entry = find(table, name);
    return entry ? entry->value : NULL;
}

static void insert(struct name_table *table, uint32_t name, void *value)
{
    uint32_t i = slot_of(table, name);
    while (table->entries[i].value)
        i = (i + 1) & (table->capacity - 1);
    table->entries[i].name = name;
    table->entries[i].value = value;
    table->used++;
}

static int grow(struct name_table *table)
{
    struct name_table old = *table;
    uint32_t live = 0;
    for (uint32_t i = 0; i < old.capacity; i++)
        live += old.entries[i].value && old.entries[i].value != &hole;
    table->capacity = 16;
    while (table->capacity < live * 4)
        table->capacity *= 2;
    table->entries = calloc(table->capacity, sizeof *table->entries);
    if (!table->entries) {
        *table = old;
        return 0;
    }
    table->used = 0;
    for (uint32_t i = 0; i < old.capacity; i++) {
        if (old.entries[i].value && old.entries[i].value != &hole)
            insert(table, old.entries[i].name, old.entries[i].value);
    }
    free(old.entries);
    return 1;
}

void *name_table_set(struct name_table *table, uint32_t name, void *value)
{
    struct name_table_entry *entry = find(table, name);
    if (entry)
        return entry->value = value;
    if (table->used * 2 >= table->capacity && !grow(table))
        return NULL;
    insert(table, name, value);
    return value;
}

void *name_table_remove(struct name_table *table, uint32_t name)
{
    struct name_table_entry *entry = find(table, name);
    if (!entry)
        return NULL;
    void *value = entry->value;
    entry->value = &hole;
    return value;
}

void name_table_finish(struct name_table *table, void (*destroy)(void *value))
{
    for (uint32_t i = 0; i < table->capacity && destroy; i++) {
        if (table->entries[i].value && table->entries[i].value != &hole)
            destroy(table->entries[i].value);
    }
    free(table->entries);
    *table = (struct name_table){0};
}
