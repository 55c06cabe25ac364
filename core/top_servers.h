/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The servers of this user that `trireme top` looks at, over their watch sockets (watch.h). */
#ifndef TRIREME_TOP_SERVERS_H
#define TRIREME_TOP_SERVERS_H

#include <glib.h>

#include "core/watch.h"

struct top_context {
    int server; /* its process id */
    struct watch_context sample;
};

struct top_servers;

struct top_servers *top_servers_create(void);
void top_servers_destroy(struct top_servers *servers);

/* What all servers that run say of their contexts: a new array of struct top_context, in the order
 * of server, machine and slot. One that does not answer soon is left out. */
GArray *top_servers_ask(struct top_servers *servers);

/* Of the last ask. */
unsigned top_servers_count(const struct top_servers *servers);

#endif
