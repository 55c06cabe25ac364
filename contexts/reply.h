/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Replies to synchronous records, written into the slot's reply ring: in pieces where they are
 * long, asleep (FULL) while the guest has not made room. Belongs to a render thread.
 */
#ifndef TRIREME_REPLY_H
#define TRIREME_REPLY_H

#include "contexts/render_slot.h"
#include "ring/command_ring.h"

struct reply_writer {
    const struct render_slot *slot;
    struct ring_producer ring;
    /* Sleeps for at most so long or until the slot's doorbell rings; false: the thread shall end.
     */
    bool (*sleep)(void *data, int milliseconds);
    void *data;
};

void reply_writer_init(struct reply_writer *writer, const struct render_slot *slot,
                       bool (*sleep)(void *data, int milliseconds), void *data);

/* False: the thread shall end; the reply is incomplete and no more must follow. */
bool reply_writer_send(struct reply_writer *writer, uint16_t opcode, const void *bytes, size_t n);

#endif
