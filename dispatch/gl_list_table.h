/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the contexts of a share group know together of their display lists: sets of names. Mesa
 * crashes in glEndList over calls of lists that are not there, so these are made, empty; the
 * guest does not see them. Any thread; everything but init and finish under the lock.
 */
#ifndef TRIREME_DISPATCH_GL_LIST_TABLE_H
#define TRIREME_DISPATCH_GL_LIST_TABLE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Names that lists of a share group may call; more are out of memory. */
#define GL_LIST_CALLED_MAX (1u << 20)

struct gl_list_table {
    GMutex lock;
    GHashTable *present;  /* known to be there; others may be, too */
    GHashTable *phantoms; /* of these, what is there for the host alone */
    GHashTable *called;   /* by lists, whether it is there or not */
};

void gl_list_table_init(struct gl_list_table *table);
void gl_list_table_finish(struct gl_list_table *table);

/* A guest's list of this name is there. */
void gl_list_table_made(struct gl_list_table *table, uint32_t name);
/* Lists were deleted. Appends to `missing` (of uint32_t) those that lists call. */
void gl_list_table_deleted(struct gl_list_table *table, uint32_t first, uint32_t count,
                           GArray *missing);
/* Puts the names into the called ones. Appends those not known to be present to `missing`. */
void gl_list_table_call(struct gl_list_table *table, GHashTable *names, GArray *missing);

#endif
