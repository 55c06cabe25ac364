/* SPDX-License-Identifier: MIT */
/*
 * Between a context's slot and its encoder: the encoder's way to ring and to wait, and context
 * records (ring/records.h) through the encoder, in order with the GL's.
 */
#ifndef TRIREME_ENCODER_LINK_H
#define TRIREME_ENCODER_LINK_H

#include "guest/common/gl_encoder.h"
#include "guest/common/slot.h"

/* The encoder writes into the slot's rings; the slot stays open until gl_encoder_finish(). */
void encoder_link_init(struct gl_encoder *encoder, struct slot *slot);

/* Sleeps until completions != seen or a while has passed. False: the slot is lost. */
bool encoder_link_wait(struct slot *slot, uint32_t seen);

/* Writes a record of at most 64 bytes; its header is filled in here. */
void encoder_link_put(struct gl_encoder *encoder, uint16_t opcode, const void *record,
                      uint32_t bytes);

#endif
