/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps the storage of a share group's buffer objects as it is while a driver reads it with the
 * CPU, beyond what the driver checks (gl_host_limits.c). Commands that change storage run side by
 * side; what reads it runs alone.
 *
 * | who                             | lock      | word                                        |
 * |---------------------------------|-----------|---------------------------------------------|
 * | gl_storage_change_begin/end     | shared    | adds to `changes` before the change         |
 * | gl_storage_read_begin/end       | exclusive | compares `changes` with what it checked at  |
 *
 * All functions from any thread.
 */
#ifndef TRIREME_DISPATCH_GL_STORAGE_GUARD_H
#define TRIREME_DISPATCH_GL_STORAGE_GUARD_H

#include <glib.h>

struct gl_storage_guard {
    GRWLock lock;
    gint changes; /* so far; wraps */
};

void gl_storage_guard_init(struct gl_storage_guard *guard);
void gl_storage_guard_finish(struct gl_storage_guard *guard);

void gl_storage_change_begin(struct gl_storage_guard *guard);
void gl_storage_change_end(struct gl_storage_guard *guard);
void gl_storage_read_begin(struct gl_storage_guard *guard);
void gl_storage_read_end(struct gl_storage_guard *guard);
gint gl_storage_changes(struct gl_storage_guard *guard);

#endif
