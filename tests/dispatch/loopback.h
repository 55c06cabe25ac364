/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest's encoder and a host's decoder joined by rings in plain memory, on one thread: whenever
 * the encoder waits, what it published is decoded.
 */
#ifndef TRIREME_TESTS_DISPATCH_LOOPBACK_H
#define TRIREME_TESTS_DISPATCH_LOOPBACK_H

#include "dispatch/gl_decoder_private.h"
#include "guest/common/gl_encoder.h"
#include "ring/chunk_assembler.h"

#define LOOPBACK_RING (64u << 10)
#define LOOPBACK_REPLIES (16u << 10)
#define LOOPBACK_MAX_PAYLOAD (4u << 20)

struct loopback {
    struct trireme_slot_page page;
    uint8_t commands[LOOPBACK_RING] __attribute__((aligned(64)));
    uint8_t replies[LOOPBACK_REPLIES] __attribute__((aligned(64)));
    struct gl_encoder encoder;
    struct gl_decoder *decoder;
    struct ring_consumer reader;
    struct ring_producer answers;
    struct chunk_assembler chunks;
    uint8_t *pending; /* a reply that did not fit into the ring at once */
    size_t pending_bytes, pending_sent;
    uint16_t pending_opcode;
    GError *error;  /* the first broken rule */
    uint64_t bytes; /* of records and chunks that were decoded */
    /* Sees each record before it is decoded; NULL: nobody. */
    void (*tap)(void *data, struct trireme_record header, const uint8_t *record);
    void *tap_data;
};

/* `make` makes the decoder, with the given reply function and its data. */
struct loopback *loopback_create_with(struct gl_decoder *(*make)(const struct gl_decoder_ops *ops,
                                                                 void *data));
void loopback_destroy(struct loopback *loopback);
/* Publishes and decodes everything. */
void loopback_drain(struct loopback *loopback);

#endif
