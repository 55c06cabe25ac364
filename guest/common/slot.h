/* SPDX-License-Identifier: MIT */
/*
 * One slot of the window that this process holds: a pair of rings and the page that controls them.
 * A slot is opened and closed by requests, numbered by a serial; the server's answer names the
 * serial. It is lost when the server says so or is gone, or the generation has changed.
 */
#ifndef TRIREME_GUEST_SLOT_H
#define TRIREME_GUEST_SLOT_H

#include "guest/common/port.h"

struct slot {
    struct port *port;
    struct trireme_slot_page *page;
    uint32_t number, serial, generation;
    /* Command and reply ring, inside the window and empty at open; sizes in bytes. */
    uint8_t *ring;
    const uint8_t *reply_ring;
    uint32_t ring_size, reply_size;
    bool lost;
};

struct slot_wanted {
    uint32_t role;                  /* enum trireme_slot_role */
    uint32_t gl_opcodes;            /* fingerprint of the opcode table */
    uint32_t ring_size, reply_size; /* bytes, 0: the host's default */
    uint32_t session_slot, session_serial;
};

/* Claims a slot and opens it. The caller lets one thread at a time open or close slots of a port.
 * False: *error says why and nothing is held. */
bool slot_open(struct slot *slot, struct port *port, const struct slot_wanted *wanted,
               struct port_error *error);

/* Gives the slot back; waits for the server to agree, but not for long. */
void slot_close(struct slot *slot);

/* Frees what dead processes have left in slots that nobody holds. */
void slot_reclaim_dead(struct port *port);

/* Any thread. Once lost, a slot stays lost. */
bool slot_lost(struct slot *slot);

void slot_doorbell(struct slot *slot, uint32_t position);

/* Sleeps while completions == seen, for at most timeout_us and maybe shorter. Any thread. False:
 * the slot is lost. */
bool slot_wait(struct slot *slot, uint32_t seen, uint32_t timeout_us);

static inline uint32_t slot_completions(const struct slot *slot)
{
    return __atomic_load_n(&slot->page->completions, __ATOMIC_ACQUIRE);
}

#endif
