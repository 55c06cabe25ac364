/* SPDX-License-Identifier: MIT */
/*
 * What a Windows program and Trireme's driver say to each other: DeviceIoControl() on
 * TRIREME_DRIVER_NT (trireme.sys, Windows 2000 and later) or TRIREME_DRIVER_9X (trireme.vxd). A
 * handle belongs to the process that opened it, and so do the slots that are claimed through it.
 * When it is closed, in whatever way, its slots are free and what was mapped through it is gone.
 *
 * Structures have one layout for 32- and 64-bit programs. Addresses are the program's own. Sizes of
 * input must be exact; there may be more room for output than needed.
 */
#ifndef TRIREME_DRIVER_PROTOCOL_H
#define TRIREME_DRIVER_PROTOCOL_H

#include "ring/abi.h"

#define TRIREME_DRIVER_NT "\\\\.\\Trireme"
#define TRIREME_DRIVER_9X "\\\\.\\TRIREME.VXD"

#define TRIREME_DRIVER_PROTOCOL 1u

/* Device type unknown, buffered, for handles that may read and write. */
#define TRIREME_DRIVER_CODE(n) ((0x22u << 16) | (3u << 14) | ((0x800u + (n)) << 2))

enum trireme_driver_code {
    TRIREME_DRIVER_HEADER = TRIREME_DRIVER_CODE(0),  /* → trireme_driver_header */
    TRIREME_DRIVER_CLAIM = TRIREME_DRIVER_CODE(1),   /* trireme_driver_slot → _pages */
    TRIREME_DRIVER_RELEASE = TRIREME_DRIVER_CODE(2), /* trireme_driver_slot → nothing */
    TRIREME_DRIVER_MAP = TRIREME_DRIVER_CODE(3),     /* trireme_driver_range → _view */
};

/* The window's header, which programs cannot see: one could lie to the others there. */
struct trireme_driver_header {
    uint32_t protocol; /* TRIREME_DRIVER_PROTOCOL */
    uint32_t window_size;
    uint32_t features; /* of the registers: enum trireme_feature */
    uint32_t pad;
    struct trireme_window_header header;
};

struct trireme_driver_slot {
    uint32_t slot;
    uint32_t pad;
};

/* Where the claimed slot's page and its page of registers are. */
struct trireme_driver_pages {
    uint64_t page;
    uint64_t registers;
};

/* Bytes of the window that the slot's page speaks of: a ring, or a frame. */
struct trireme_driver_range {
    uint32_t slot;
    uint32_t offset;
    uint32_t bytes;
    uint32_t pad;
};

/* The area that holds them. It stays where it is until the slot is released. */
struct trireme_driver_view {
    uint64_t address;
    uint32_t offset;
    uint32_t bytes;
};

#endif
