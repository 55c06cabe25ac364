/* SPDX-License-Identifier: MIT */
/*
 * The driver for Windows 2000 and later, from the top: driver.c (entry, the device that programs
 * open), pnp.c (the PCI device), slots.c (who has which slot and sees what of the window) and
 * user_memory.c (putting pages into a program). request.c, slots.c and resources.c need no kernel
 * and are tested on the host.
 *
 * Here: what a program asks for, checked as far as its form goes.
 */
#ifndef TRIREME_DRIVER_REQUEST_H
#define TRIREME_DRIVER_REQUEST_H

#include "guest/windows/driver/protocol.h"

enum driver_status {
    DRIVER_OK,
    DRIVER_UNKNOWN_CODE,
    DRIVER_BAD_INPUT,    /* its size, or what is in it */
    DRIVER_SMALL_OUTPUT, /* the answer does not fit */
    DRIVER_NO_DEVICE,
    DRIVER_OLD_HOST,  /* without TRIREME_FEATURE_AREAS */
    DRIVER_BUSY,      /* another handle has the slot */
    DRIVER_AGAIN,     /* the host is not done with it yet */
    DRIVER_NOT_YOURS, /* neither the slot nor the range */
    DRIVER_NO_MEMORY,
};

struct driver_request {
    enum trireme_driver_code code;
    uint32_t slot;
    uint32_t offset, bytes; /* TRIREME_DRIVER_MAP */
};

/* `in` is the program's input, in memory that the program cannot change any more. */
enum driver_status driver_request_parse(uint32_t code, const void *in, uint32_t in_bytes,
                                        uint32_t out_bytes, struct driver_request *request);

#endif
