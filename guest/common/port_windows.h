/* SPDX-License-Identifier: MIT */
/* The ways to the host that a Windows program has. */
#ifndef TRIREME_PORT_WINDOWS_H
#define TRIREME_PORT_WINDOWS_H

#include "guest/common/port.h"

/* Each returns NULL with *error, or with *absent set where there is nothing to try. */
struct port *port_driver_open(bool *absent, struct port_error *error);
struct port *port_files_open(struct port_error *error);

/* Waits for a moment for the slot's completions to be other than `seen`. True: WAIT is to be read.
 */
bool port_windows_wait(struct port *port, uint32_t slot, uint32_t seen, bool has_wait);

#endif
