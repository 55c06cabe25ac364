/* SPDX-License-Identifier: MIT */
/*
 * The writing side of payloads that do not fit into a record (ring_record_limit()): CHUNK records
 * come first, then the record itself with TRIREME_OPCODE_CHUNKED. Private to the producing side.
 */
#ifndef TRIREME_RING_CHUNK_STREAM_H
#define TRIREME_RING_CHUNK_STREAM_H

#include <stdint.h>

#include "command_ring.h"

/* Payloads are padded to 8 bytes each; `total` is the sum of the padded sizes. */
struct chunk_stream {
    uint64_t total, offset; /* bytes */
};

static inline uint64_t chunk_stream_padded(uint64_t bytes)
{
    return (bytes + 7) & ~(uint64_t)7;
}

/* Payload bytes that one CHUNK of a ring of `size` bytes carries, a multiple of 8. */
static inline uint32_t chunk_stream_capacity(uint32_t size)
{
    return (ring_record_limit(size) & ~7u) - (uint32_t)sizeof(struct trireme_chunk);
}

void chunk_stream_init(struct chunk_stream *stream, uint64_t total);

/*
 * Writes as much of a payload as one CHUNK takes and moves *payload and *left on; the last of a
 * payload gets its padding. RING_ROOM: one record is written; call again while *left > 0, then for
 * the next payload. RING_PUBLISH and RING_FULL: nothing is written, as with ring_producer_refill().
 */
enum ring_room chunk_stream_put(struct chunk_stream *stream, struct ring_producer *producer,
                                const uint8_t **payload, uint64_t *left);

#endif
