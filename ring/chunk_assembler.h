/* SPDX-License-Identifier: MIT */
/*
 * The reading side of payloads that came in CHUNK records: puts them together in memory of the
 * server's own. Belongs to one context's thread. Nothing that a guest sends makes it use more than
 * `limit` bytes.
 */
#ifndef TRIREME_RING_CHUNK_ASSEMBLER_H
#define TRIREME_RING_CHUNK_ASSEMBLER_H

#include <stdbool.h>
#include <stdint.h>

#include "records.h"

struct chunk_assembler {
    uint8_t *bytes;           /* 16-byte aligned, as malloc's */
    uint64_t total, received; /* of the payloads under way; 0, 0: none */
    uint64_t capacity;        /* of `bytes` */
    uint64_t limit;
};

/* `limit`: the largest total that is accepted, bytes. */
void chunk_assembler_init(struct chunk_assembler *assembler, uint64_t limit);
void chunk_assembler_finish(struct chunk_assembler *assembler);

/* Takes a CHUNK record: its header as ring_consumer_next() returned it, and the record in shared
 * memory. NULL, or what is wrong with it; then the context is lost. */
const char *chunk_assembler_feed(struct chunk_assembler *assembler, struct trireme_record header,
                                 const uint8_t *record);

/* All of the payloads are there: bytes[0 .. total). What a CHUNKED record needs; otherwise there
 * must be none under way. */
bool chunk_assembler_complete(const struct chunk_assembler *assembler);

/* The CHUNKED record is executed; the next CHUNK begins anew. */
void chunk_assembler_reset(struct chunk_assembler *assembler);

#endif
