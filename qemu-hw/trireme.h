/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Trireme PCI device: the way of a guest's commands to the host's OpenGL.
 *
 * The device owns the memory that guest and server share, and carries doorbells
 * from one to the other. It never looks into the rings, makes no GL call and
 * blocks no virtual CPU, except for the time that a WAIT read asks for. All
 * drawing is done by the server, another process; what the device and the
 * server say to each other is in ring/control.h, what the guest sees in
 * ring/abi.h.
 *
 * Everything here runs under the big QEMU lock unless it says otherwise.
 */
#ifndef HW_TRIREME_H
#define HW_TRIREME_H

#include "compat.h"
#include "qemu/event_notifier.h"
#include "qemu/timer.h"
#include "ring/abi.h"
#include "ring/control.h"

#define TYPE_TRIREME "trireme"
OBJECT_DECLARE_SIMPLE_TYPE(TriremeState, TRIREME)

typedef struct TriremeSlot {
    EventNotifier doorbell; /* the server's thread for this slot polls it */
    uint32_t sleepers;      /* virtual CPUs in WAIT; atomic, trireme_sleep() */
    uint64_t doorbells;
    uint64_t waits;
} TriremeSlot;

/* The connection to the server, see trireme_server.c. */
typedef struct TriremeServer {
    char *path;         /* of an executable, or of a socket */
    bool is_socket;
    bool reported;      /* that it is missing; said once until it runs again */
    int fd;             /* control socket, or -1 */
    QEMUTimer *retry;
    unsigned retry_ms;  /* the next delay */
} TriremeServer;

struct TriremeState {
    PCIDevice parent_obj;

    /* Properties */
    uint32_t slots;
    uint64_t window_size;
    uint32_t ring_size;
    OnOffAuto ioeventfd;
    uint32_t wait_spin; /* microseconds */
    char *server_path;
    char *render_node;

    MemoryRegion registers;
    MemoryRegion window;
    /* Memory of device and server. Never trusted: the server may be broken. */
    struct trireme_shared_header *shared;
    int shared_fd;
    TriremeSlot *slot;

    /* What the registers answer; the copies in the window are the guest's. */
    uint32_t server_state; /* enum trireme_server_state */
    uint32_t generation;

    uint32_t wait_epoch; /* a change ends all WAITs; atomic */
    Error *migration_blocker;
    TriremeServer server;
};

/* The identity in messages and trace events: the id given by the user. */
const char *trireme_id(TriremeState *s);

struct trireme_slot_page *trireme_slot_page(TriremeState *s, uint32_t slot);
struct trireme_doorbell_slot *trireme_doorbell_slot(TriremeState *s,
                                                    uint32_t slot);

/*
 * A read of WAIT (trireme_wait.c): with @may_block, sleeps while the slot's
 * completions are what the guest waits for them not to be. Returns them. The
 * big lock is held on entry and on return, not in between.
 */
uint32_t trireme_wait(TriremeState *s, uint32_t slot, bool may_block);
/* Ends all WAITs; does not wait for that. */
void trireme_wake_sleepers(TriremeState *s);

/*
 * Tells the guest about the server, by register and in the window's header.
 * @message says why there is none; NULL or empty while it runs.
 */
void trireme_set_server_state(TriremeState *s,
                              enum trireme_server_state state,
                              const char *message);

/* Ends all WAITs, and returns when no virtual CPU is in one: within 1 ms. */
void trireme_drain_sleepers(TriremeState *s);

/* All contexts are lost: a new generation begins, and WAITs return. */
void trireme_next_generation(TriremeState *s);

/*
 * Finds the server and starts it or connects to it. Does not wait for it, and
 * does not fail: what went wrong is told to the guest and the user, by
 * trireme_set_server_state() and a warning.
 */
void trireme_server_start(TriremeState *s);

/* Closes the guest's contexts on the server, without waiting for it. */
void trireme_server_reset(TriremeState *s);

/* Ends the connection; a server that the device started ends by itself. */
void trireme_server_stop(TriremeState *s);

#endif
