/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Packets of the control socket (ring/control.h) with the descriptors that travel with them. */
#ifndef TRIREME_CONTROL_H
#define TRIREME_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "ring/control.h"

struct control_packet {
    union {
        uint32_t type; /* enum trireme_control_type */
        struct trireme_control_hello hello;
        struct trireme_control_doorbells doorbells;
        struct trireme_control_reset reset;
    } body;
    size_t bytes;
    int fds[TRIREME_CONTROL_FDS]; /* the receiver's; -1: taken */
    unsigned fd_count;
};

enum control_receive {
    CONTROL_PACKET,
    CONTROL_NOTHING, /* not now */
    CONTROL_CLOSED,  /* the peer has gone, or sent what does not fit into a packet */
};

/* Does not block. What it returns with PACKET must be finished. */
enum control_receive control_receive(int socket, struct control_packet *packet);
/* Closes the descriptors that nobody took. */
void control_packet_finish(struct control_packet *packet);

/* Does not block: false if the packet does not go out at once. */
bool control_send(int socket, const void *body, size_t bytes, const int *fds, unsigned fd_count);

#endif
