/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/context_table.h"

#include <urcu/rculfhash.h>
#include <urcu/urcu-memb.h>

#define CONTEXT_TABLE_BUCKETS 64

struct context_table {
    struct cds_lfht *contexts;
};

struct context_table *context_table_create(void)
{
    struct context_table *table = g_new0(struct context_table, 1);
    table->contexts = cds_lfht_new_flavor(CONTEXT_TABLE_BUCKETS, CONTEXT_TABLE_BUCKETS,
                                          CONTEXT_TABLE_BUCKETS, 0, &urcu_memb_flavor, NULL);
    g_assert(table->contexts);
    return table;
}

void context_table_destroy(struct context_table *table)
{
    if (table) {
        cds_lfht_destroy(table->contexts, NULL);
        g_free(table);
    }
}

/* Slots are small numbers, which are their own hash. */
void context_table_add(struct context_table *table, struct context *context)
{
    urcu_memb_read_lock();
    cds_lfht_add(table->contexts, context->slot_number, &context->table_node);
    urcu_memb_read_unlock();
}

void context_table_remove(struct context_table *table, struct context *context)
{
    urcu_memb_read_lock();
    cds_lfht_del(table->contexts, &context->table_node);
    urcu_memb_read_unlock();
}

struct wanted_context {
    uint32_t slot, serial;
};

static int matches(struct cds_lfht_node *node, const void *key)
{
    const struct context *context = caa_container_of(node, struct context, table_node);
    const struct wanted_context *wanted = key;
    return context->slot_number == wanted->slot && context->slot_serial == wanted->serial;
}

struct leave_clock *context_table_find_clock(struct context_table *table, uint32_t slot,
                                             uint32_t serial)
{
    const struct wanted_context wanted = {slot, serial};
    struct leave_clock *clock = NULL;
    struct cds_lfht_iter iterator;

    urcu_memb_read_lock();
    cds_lfht_lookup(table->contexts, slot, matches, &wanted, &iterator);
    struct cds_lfht_node *node = cds_lfht_iter_get_node(&iterator);
    if (node) {
        clock = leave_clock_ref(caa_container_of(node, struct context, table_node)->clock);
    }
    urcu_memb_read_unlock();
    return clock;
}
