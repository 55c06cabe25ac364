/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `trireme server`: the server of a device or of this machine's programs. */
#ifndef TRIREME_SERVER_COMMAND_H
#define TRIREME_SERVER_COMMAND_H

#include <stdbool.h>

#include "core/config.h"

/* argv[0] is the verb. Returns the exit status. */
int server_command(int argc, char **argv);

/* Raises the limit of descriptors, sets up the log and runs a server on a socket of its own: a
 * listening one, or with `connected` the one connection. Returns the exit status. */
int server_process(const struct config *config, int socket, bool connected);

#endif
