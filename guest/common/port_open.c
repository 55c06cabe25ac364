/* SPDX-License-Identifier: MIT */
/* Which way to the host a Linux guest takes. */
#include <stdlib.h>

#include "guest/common/port.h"

struct port *port_open(struct port_error *error)
{
    const char *socket_path = getenv("TRIREME_SOCKET");
    if (socket_path && *socket_path) {
        return port_local_open(socket_path, error);
    }
    bool absent = false;
    struct port *port = port_device_open(&absent, error);
    if (!port && absent) {
        port_error_set(error, "no Trireme device in this machine: start QEMU with "
                              "\"-device trireme\", or the program with \"trireme run\"");
    }
    return port;
}
