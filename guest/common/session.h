/* SPDX-License-Identifier: MIT */
/*
 * This process at the server: a port and a slot with the session role, whose ring carries what
 * belongs to no context. Knows the host's frame buffer configurations and gives out the numbers of
 * drawables and share groups. Not thread-safe; the window-system library guards it with its lock.
 */
#ifndef TRIREME_GUEST_SESSION_H
#define TRIREME_GUEST_SESSION_H

#include "guest/common/slot.h"
#include "ring/command_ring.h"

struct session {
    struct port *port;
    struct slot slot;
    struct ring_producer commands;
    struct ring_consumer replies;
    struct trireme_session_info info; /* as the host sent it, counts checked */
    struct trireme_config *configs;   /* info.configs of them */
    char *vendor, *renderer;          /* the host's GL */
    uint32_t last_drawable, last_share_group;
    uint32_t gl_opcodes;
};

/* `gl_opcodes`: the library's fingerprint of its opcode table. NULL: *error says why. */
struct session *session_open(uint32_t gl_opcodes, struct port_error *error);

/* `forked`: in the child of a fork, where everything belongs to the parent still. */
void session_destroy(struct session *session, bool forked);

bool session_lost(struct session *session);

static inline uint32_t session_new_drawable(struct session *session)
{
    return ++session->last_drawable;
}

static inline uint32_t session_new_share_group(struct session *session)
{
    return ++session->last_share_group;
}

void session_destroy_drawable(struct session *session, uint32_t drawable);

/* Opens a slot for a context of this session. Sizes in bytes, 0: the host's default; where there is
 * no room for them, less. */
bool session_open_context(struct session *session, struct slot *slot, uint32_t ring_size,
                          uint32_t reply_size, struct port_error *error);

#endif
