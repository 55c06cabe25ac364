/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One connection to the control socket (ring/control.h) and the machine behind it.
 *
 *     connected ──HELLO_DEVICE──> doorbells come ──the last──> serving ──RESET──> serving
 *         └───────HELLO_LOCAL───────────────────────────────────> serving
 *
 * Anything else, or the end of the socket, closes the connection and the machine. Main thread.
 */
#ifndef TRIREME_PEER_H
#define TRIREME_PEER_H

#include "contexts/display.h"
#include "core/config.h"
#include "core/watch.h"

struct peer;

struct peer_ops {
    /* The display of a render node (NULL: the configuration's); NULL: *why says why not. */
    const struct display *(*display)(void *data, const char *render_node, const char **why);
    /* The connection and its machine are gone; the peer is freed after that. */
    void (*closed)(void *data, struct peer *peer);
};

/* Takes the connected socket. */
struct peer *peer_create(int socket, const struct config *config, const struct peer_ops *ops,
                         void *data);

/* Begins to close; ops->closed is called when that is done, perhaps before this returns. */
void peer_close(struct peer *peer);

/* Statistics of its running contexts. */
void peer_report(struct peer *peer);

/* As watch_ops.look and watch_ops.look_away, for its contexts. */
void peer_look(struct peer *peer, watch_each *each, void *each_data);
void peer_look_away(struct peer *peer);

#endif
