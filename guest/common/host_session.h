/* SPDX-License-Identifier: MIT */
/*
 * What a window-system library has one of: the process's lock, under which everything is found,
 * made and taken apart (drawing takes no lock), and its session at the host, opened when something
 * is first asked of it and opened anew after the host's server died.
 */
#ifndef TRIREME_GUEST_HOST_SESSION_H
#define TRIREME_GUEST_HOST_SESSION_H

#include "guest/common/session.h"

void process_lock(void);
void process_unlock(void);

/* A session with the contexts that keep it. */
struct host_session {
    struct session *session;
    unsigned references; /* the process's own, and one for each context */
    uint32_t number;     /* counts the process's sessions; drawables belong to one */
};

/* All below: under the lock. */

/* Why the host could not be reached, or gave nothing, when it was asked last; without meaning where
 * it did. */
enum port_fault host_session_fault(void);
void host_session_failed(const struct port_error *error);

/* The session that new contexts belong to, with a reference for the caller; NULL: the host cannot
 * be reached, which was said. */
struct host_session *host_session_get(void);
/* The session of that number if it still works; no reference. */
struct host_session *host_session_find(uint32_t number);
struct host_session *host_session_ref(struct host_session *session);
void host_session_unref(struct host_session *session);

/* In the child of a fork: its next session is its own. Behind contexts_forked(), which lets go of
 * the window's memory. */
void host_session_forked(void);

#endif
