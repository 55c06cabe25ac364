/* SPDX-License-Identifier: MIT */
#include "guest/common/port.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "guest/common/system.h"

/* What a server may take to start, or to start again. */
#define SERVER_START_US 5000000u

void port_error_set(struct port_error *error, const char *format, ...)
{
    va_list arguments;
    error->fault = PORT_FAULT_HOST;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
}

void port_destroy(struct port *port, bool forked)
{
    if (port) {
        port->ops->destroy(port, forked);
    }
}

static uint32_t server_state(const struct port *port)
{
    return __atomic_load_n(&port_header(port)->server_state, __ATOMIC_ACQUIRE);
}

bool port_check_header(struct port *port, struct port_error *error)
{
    struct trireme_window_header header;
    uint64_t deadline = system_now_us() + SERVER_START_US;
    while (server_state(port) == TRIREME_SERVER_RESTARTING && port->ops->alive(port) &&
           system_now_us() < deadline) {
        system_sleep_us(10000);
    }
    uint32_t state = server_state(port);
    memcpy(&header, port_header(port), sizeof header);
    if (state != TRIREME_SERVER_RUNNING) {
        header.message[sizeof header.message - 1] = '\0';
        port_error_set(error,
                       "the host runs no Trireme server%s%s: see the messages of QEMU and "
                       "of the server on the host",
                       header.message[0] ? ": " : "", header.message);
        return false;
    }
    if (header.magic != TRIREME_MAGIC) {
        port_error_set(error,
                       "the window has no Trireme header (found 0x%08x): is the server "
                       "running, and is this the right device?",
                       header.magic);
        return false;
    }
    if (header.version >> 16 != TRIREME_ABI_MAJOR) {
        port_error_set(error,
                       "the host speaks version %u.%u, this library version %u.%u: install "
                       "the guest library that belongs to the host's Trireme",
                       header.version >> 16, header.version & 0xffff, TRIREME_ABI_MAJOR,
                       TRIREME_ABI_MINOR);
        error->fault = PORT_FAULT_VERSION;
        return false;
    }
    if (header.slots < 1 || header.slots > TRIREME_MAX_SLOTS ||
        TRIREME_SPACE_OFFSET((uint64_t)header.slots) >= port->window_size) {
        port_error_set(error,
                       "the window (%llu bytes) is too small for its %u slots: give the "
                       "device a larger window= or fewer slots=",
                       (unsigned long long)port->window_size, header.slots);
        return false;
    }
    port->slots = header.slots;
    return true;
}

bool port_usable(struct port *port, uint32_t generation)
{
    return port->ops->alive(port) &&
           __atomic_load_n(&port_header(port)->generation, __ATOMIC_ACQUIRE) == generation &&
           server_state(port) == TRIREME_SERVER_RUNNING;
}

int port_claim_slot(struct port *port)
{
    for (uint32_t slot = 0; slot < port->slots; slot++) {
        if (!port->taken[slot] && (!port->ops->lock || port->ops->lock(port, slot))) {
            port->taken[slot] = 1;
            return (int)slot;
        }
    }
    return -1;
}

void port_release_slot(struct port *port, uint32_t slot)
{
    if (port->ops->unlock) {
        port->ops->unlock(port, slot);
    }
    port->taken[slot] = 0;
}
