/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session: a process of the guest, with a control ring that the main loop reads, and the objects
 * that its contexts share (contexts/session_objects.h). Its replies are small; a guest that does
 * not read them loses the session.
 */
#ifndef TRIREME_SESSION_H
#define TRIREME_SESSION_H

#include <stdbool.h>

#include "contexts/session_objects.h"
#include "core/config.h"
#include "ring/abi.h"

struct session;

struct session_memory {
    struct trireme_slot_page *page;
    const uint32_t *device_waiters; /* NULL: the local transport */
    uint8_t *ring, *reply_ring;
    uint32_t ring_size, reply_size;
};

/* `config` outlives it; `program` is the name of the process's program. */
struct session *session_create(const struct session_memory *memory, const struct display *display,
                               const struct config *config, const char *program);
void session_destroy(struct session *session);

struct session_objects *session_get_objects(struct session *session);

enum session_progress {
    SESSION_ASLEEP, /* the guest rings when there is more */
    SESSION_BUSY,   /* call again: others want their turn */
    SESSION_BROKEN, /* *reason says which rule the guest broke */
};

/* Executes what the control ring holds, but not for ever. */
enum session_progress session_execute(struct session *session, const char **reason);

#endif
