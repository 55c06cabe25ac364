/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers for sync objects. The GL names them by pointers of its own; guests neither see those nor
 * can make them up. The table belongs to the process, since sync objects are shared by the contexts
 * of a share group; the GL itself refuses those of other groups. May be used by any thread.
 */
#ifndef TRIREME_DISPATCH_GL_SYNC_TABLE_H
#define TRIREME_DISPATCH_GL_SYNC_TABLE_H

#include <stdint.h>

#include "gl_api.h"

/* A new number, > 0; 0 for NULL. */
uint64_t gl_sync_insert(GLsync sync);
/* NULL: not a number that was given out, or deleted. */
GLsync gl_sync_lookup(uint64_t number);
/* The same, and the number is forgotten. */
GLsync gl_sync_remove(uint64_t number);

#endif
