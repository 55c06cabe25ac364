/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The server: one GLib main loop that accepts connections (peer.h) and ends on SIGTERM or SIGINT.
 * SIGUSR1 prints the statistics of the running contexts. */
#ifndef TRIREME_SERVER_H
#define TRIREME_SERVER_H

#include "core/config.h"

struct server;

/* Signals to the process wait until server_create(): one that comes as soon as the socket can be
 * seen ends the server as any other does. */
void server_hold_signals(void);

struct server *server_create(const struct config *config);
/* Nothing is connected any more. */
void server_destroy(struct server *server);

/* Accepts on a listening socket, which it takes. */
void server_listen(struct server *server, int socket);
/* Serves one connected socket, which it takes, and ends when that does. */
void server_serve_one(struct server *server, int socket);

/* Until a signal or server_stop(). True: everything is closed. False: a render thread does not come
 * back from the GL; all that can be done is to leave the process. */
bool server_run(struct server *server);
/* From the main loop. */
void server_stop(struct server *server);

/* A listening control socket at `path`, for this user only. A stale one is replaced, one that a
 * server answers at is not. -1: error. */
int server_bind(const char *path, GError **error);

#endif
