/* SPDX-License-Identifier: MIT */
/*
 * The control socket of the server: a Unix SOCK_SEQPACKET socket, one message a packet, fields in
 * host byte order (both ends run on one machine). File descriptors travel with SCM_RIGHTS.
 *
 * Two kinds of peers connect:
 *
 * - A device (QEMU) brings its memory. It sends HELLO_DEVICE with two descriptors (the window's
 *   memfd, the shared memfd), then DOORBELLS as often as it takes to hand over one eventfd for
 *   each slot, in order. The server answers READY or REFUSED. Later the device may send RESET.
 * - A program of this machine (the local transport) sends HELLO_LOCAL; the server makes a window
 *   and answers WELCOME with the window's memfd, then DOORBELLS with the eventfds to write to.
 *
 * Closing the socket ends everything that belongs to the peer. A message of the wrong length,
 * out of order or with the wrong number of descriptors closes the connection.
 */
#ifndef TRIREME_RING_CONTROL_H
#define TRIREME_RING_CONTROL_H

#include <stdint.h>

/* Descriptors in one DOORBELLS message at most (the kernel's limit is 253). */
#define TRIREME_CONTROL_FDS 64u

enum trireme_control_type {
    TRIREME_CONTROL_HELLO_DEVICE = 1, /* device -> server, struct trireme_control_hello */
    TRIREME_CONTROL_HELLO_LOCAL = 2,  /* program -> server, struct trireme_control_hello */
    TRIREME_CONTROL_DOORBELLS = 3,    /* both ways, struct trireme_control_doorbells */
    TRIREME_CONTROL_READY = 4,        /* server -> device, struct trireme_control_answer */
    TRIREME_CONTROL_WELCOME = 5,      /* server -> program, struct trireme_control_answer */
    TRIREME_CONTROL_REFUSED = 6,      /* server -> either, struct trireme_control_answer */
    TRIREME_CONTROL_RESET = 7,        /* device -> server, struct trireme_control_reset */
};

struct trireme_control_hello {
    uint32_t type;
    uint32_t version;      /* TRIREME_ABI_VERSION */
    uint32_t slots;        /* HELLO_LOCAL: wanted, 0 for the default */
    uint32_t ring_size;    /* bytes, default of this peer's contexts; 0: the server's default */
    uint64_t window_size;  /* bytes; HELLO_LOCAL: wanted, 0 for the default */
    char render_node[128]; /* path, or empty: surfaceless; HELLO_LOCAL: empty */
    char name[64];         /* for messages: the VM's or the program's name */
};

struct trireme_control_doorbells {
    uint32_t type;
    uint32_t first; /* slot of the first descriptor */
    uint32_t count; /* descriptors with this message, at most TRIREME_CONTROL_FDS */
};

struct trireme_control_answer {
    uint32_t type;
    uint32_t version; /* the server's TRIREME_ABI_VERSION */
    uint32_t slots;
    uint32_t pad;
    uint64_t window_size;
    char message[256]; /* REFUSED: why, and what to do */
};

struct trireme_control_reset {
    uint32_t type;
    uint32_t generation; /* all contexts of older generations are closed */
};

#endif
