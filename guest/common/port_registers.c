/* SPDX-License-Identifier: MIT */
#include "guest/common/port_registers.h"

#include "ring/shared_memory.h"

static volatile uint32_t *slot_register(const struct port_registers *registers, uint32_t slot,
                                        uint32_t reg)
{
    return (volatile uint32_t *)(registers->memory + TRIREME_SLOT_REGISTERS(slot) + reg);
}

static uint32_t global_register(const struct port_registers *registers, uint32_t reg)
{
    return *(volatile uint32_t *)(registers->memory + reg);
}

bool port_registers_check(struct port_registers *registers, struct port_error *error)
{
    uint32_t version = global_register(registers, TRIREME_REG_VERSION);
    if (global_register(registers, TRIREME_REG_MAGIC) != TRIREME_MAGIC) {
        port_error_set(error, "the device does not answer: is it unplugged, or not a Trireme?");
        return false;
    }
    if (version >> 16 != TRIREME_ABI_MAJOR) {
        port_error_set(error,
                       "the device speaks version %u.%u, this library version %u.%u: "
                       "install the guest library that belongs to the host's Trireme",
                       version >> 16, version & 0xffff, TRIREME_ABI_MAJOR, TRIREME_ABI_MINOR);
        error->fault = PORT_FAULT_VERSION;
        return false;
    }
    registers->has_wait = global_register(registers, TRIREME_REG_FEATURES) & TRIREME_FEATURE_WAIT;
    return true;
}

bool port_registers_cover(const struct port_registers *registers, uint32_t slots,
                          struct port_error *error)
{
    if (registers->size < TRIREME_SLOT_REGISTERS((size_t)slots)) {
        port_error_set(error, "the device's registers (resource0) are too few for %u slots", slots);
        return false;
    }
    return true;
}

void port_registers_doorbell(const struct port_registers *registers, uint32_t slot,
                             uint32_t position)
{
    *slot_register(registers, slot, TRIREME_REG_DOORBELL) = position;
}

void port_registers_wait(const struct port_registers *registers, struct port *port, uint32_t slot,
                         uint32_t seen)
{
    port_count_exit(port);
    __atomic_store_n(&port_slot_page(port, slot)->wait_for, seen, __ATOMIC_RELEASE);
    ring_fence();
    (void)*slot_register(registers, slot, TRIREME_REG_WAIT);
}
