/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contexts of a machine by slot: an RCU hash table, so that a render thread finds another
 * thread's context without a lock. Readers are registered RCU threads.
 *
 *     find × find   yes      find × add, remove   yes      add, remove × add, remove   yes
 *
 * A removed context is freed after a grace period (context.c, call_rcu).
 */
#ifndef TRIREME_CONTEXT_TABLE_H
#define TRIREME_CONTEXT_TABLE_H

#include "contexts/context.h"

struct context_table;

struct context_table *context_table_create(void);
/* Empty, and no reader is left. */
void context_table_destroy(struct context_table *table);

void context_table_add(struct context_table *table, struct context *context);
void context_table_remove(struct context_table *table, struct context *context);

/* A reference to the clock of the context that `serial` opened in `slot`; NULL: it is not there. */
struct leave_clock *context_table_find_clock(struct context_table *table, uint32_t slot,
                                             uint32_t serial);

#endif
