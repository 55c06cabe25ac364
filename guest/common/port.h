/* SPDX-License-Identifier: MIT */
/*
 * guest/common: what the stub libraries of every guest share. The floor is the port, a way to the
 * server: it maps the window, rings doorbells and waits. On it stand slot (one ring pair), session
 * (this process at the server) and the encoder (gl_encoder.h). Nothing here crashes or hangs on
 * what the other side does: a dead or hostile server makes calls fail.
 *
 * There are two ways in, tried in this order:
 *     port_local.c     TRIREME_SOCKET names the socket of a server on this machine
 *     port_device.c    a Trireme device on the PCI bus
 * For Windows (port_windows.c):
 *     port_driver.c    through Trireme's driver
 *     port_files.c     under Wine: the device's files on the Unix side
 */
#ifndef TRIREME_GUEST_PORT_H
#define TRIREME_GUEST_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ring/abi.h"

/* What the trouble is, for programs; the text is for people. */
enum port_fault {
    PORT_FAULT_HOST, /* the server does not run, does not answer, or anything else */
    PORT_FAULT_ABSENT,
    PORT_FAULT_ACCESS, /* there is a device, but not for this user */
    PORT_FAULT_VERSION,
    PORT_FAULT_FULL, /* no slot is free, or the host has no room for its rings */
};

/* A line for the user: what is wrong and what to do. */
struct port_error {
    char text[400];
    enum port_fault fault;
};

/* The fault is PORT_FAULT_HOST until the caller says more. */
void port_error_set(struct port_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct port;

struct port_ops {
    /* Any thread. */
    void (*doorbell)(struct port *port, uint32_t slot, uint32_t position);
    /* Sleeps while the slot's completions == seen, for at most timeout_us and maybe shorter. */
    void (*wait)(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us);
    /* False: the server is gone for good as far as this port can tell. */
    bool (*alive)(struct port *port);
    /* Takes the slot for this process among all processes that share the window. NULL: it has
     * the window to itself. */
    bool (*lock)(struct port *port, uint32_t slot);
    void (*unlock)(struct port *port, uint32_t slot);
    /* Where the page of a locked slot is, and bytes of the window that its page speaks of; NULL:
     * nowhere. Both NULL: the whole window is mapped. Any thread. */
    struct trireme_slot_page *(*slot_page)(struct port *port, uint32_t slot);
    uint8_t *(*memory)(struct port *port, uint32_t slot, uint32_t offset, uint32_t bytes);
    /* `forked`: in a child process, which must not disturb what its parent holds. */
    void (*destroy)(struct port *port, bool forked);
};

/* The common part; implementations embed it first. */
struct port {
    const struct port_ops *ops;
    uint8_t *window;                      /* NULL: only parts of it are mapped, see ops->memory */
    uint64_t window_size;                 /* bytes */
    struct trireme_window_header *header; /* a copy that ops->alive refreshes; NULL: the window's */
    uint32_t slots;                   /* fixed at open, whatever the window's header says later */
    uint8_t taken[TRIREME_MAX_SLOTS]; /* by this process; under the owner's lock */
    uint32_t exits; /* atomic: doorbells and reads of WAIT, which leave the virtual processor */
};

/* NULL: *error says why. */
struct port *port_open(struct port_error *error);
void port_destroy(struct port *port, bool forked);

/* The ways in; each returns NULL with *error, or with *absent set where there is nothing to try. */
struct port *port_local_open(const char *socket_path, struct port_error *error);
struct port *port_device_open(bool *absent, struct port_error *error);

/* For implementations: checks the window's header and fills in `slots`. */
bool port_check_header(struct port *port, struct port_error *error);

static inline void port_count_exit(struct port *port)
{
    __atomic_fetch_add(&port->exits, 1, __ATOMIC_RELAXED);
}

static inline struct trireme_window_header *port_header(const struct port *port)
{
    return port->header ? port->header : (struct trireme_window_header *)port->window;
}

static inline struct trireme_slot_page *port_slot_page(struct port *port, uint32_t slot)
{
    return port->ops->slot_page
               ? port->ops->slot_page(port, slot)
               : (struct trireme_slot_page *)(port->window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

/* Bytes of the window, which lie inside it. NULL: they are not the slot's. */
static inline uint8_t *port_memory(struct port *port, uint32_t slot, uint32_t offset,
                                   uint32_t bytes)
{
    return port->ops->memory ? port->ops->memory(port, slot, offset, bytes) : port->window + offset;
}

/* The server runs, and contexts of `generation` live. */
bool port_usable(struct port *port, uint32_t generation);

/* A slot that nobody holds; -1: none. Not thread-safe, the session's lock protects it. */
int port_claim_slot(struct port *port);
void port_release_slot(struct port *port, uint32_t slot);

#endif
