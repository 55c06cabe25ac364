/* SPDX-License-Identifier: MIT */
/*
 * The device's registers (BAR0), as ports that map them use them. Each access is an exit of the
 * virtual processor.
 */
#ifndef TRIREME_PORT_REGISTERS_H
#define TRIREME_PORT_REGISTERS_H

#include "guest/common/port.h"

struct port_registers {
    uint8_t *memory; /* NULL: there are none */
    size_t size;     /* bytes, mapped; at least a page */
    bool has_wait;   /* once checked */
};

/* They are a device's that this library can talk to. */
bool port_registers_check(struct port_registers *registers, struct port_error *error);
/* There are some for each of the slots. */
bool port_registers_cover(const struct port_registers *registers, uint32_t slots,
                          struct port_error *error);

void port_registers_doorbell(const struct port_registers *registers, uint32_t slot,
                             uint32_t position);
/* Sleeps in the device for a moment, unless the slot's completions != seen. With has_wait. */
void port_registers_wait(const struct port_registers *registers, struct port *port, uint32_t slot,
                         uint32_t seen);

#endif
