/* SPDX-License-Identifier: MIT */
#include "guest/common/encoder_link.h"

#include <string.h>

#define WAIT_STEP_US 20000u

static void link_doorbell(void *data, uint32_t position)
{
    slot_doorbell(data, position);
}

bool encoder_link_wait(struct slot *slot, uint32_t seen)
{
    return slot_wait(slot, seen, WAIT_STEP_US);
}

static bool link_wait(void *data, uint32_t seen)
{
    return encoder_link_wait(data, seen);
}

void encoder_link_init(struct gl_encoder *encoder, struct slot *slot)
{
    static const struct gl_encoder_ops ops = {.doorbell = link_doorbell, .wait = link_wait};
    gl_encoder_init(encoder, &ops, slot, slot->page, slot->ring, slot->ring_size, slot->reply_ring,
                    slot->reply_size);
}

void encoder_link_put(struct gl_encoder *encoder, uint16_t opcode, const void *record,
                      uint32_t bytes)
{
    uint32_t padded = (bytes + TRIREME_RECORD_UNIT - 1) & ~(TRIREME_RECORD_UNIT - 1);
    uint8_t *place = gl_encoder_begin(encoder, padded);
    memcpy(place, record, bytes);
    memset(place + bytes, 0, padded - bytes);
    gl_put_header(place, opcode, padded);
    gl_encoder_end(encoder, padded);
}
