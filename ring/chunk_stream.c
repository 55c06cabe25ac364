/* SPDX-License-Identifier: MIT */
#include "chunk_stream.h"

#include <string.h>

void chunk_stream_init(struct chunk_stream *stream, uint64_t total)
{
    stream->total = total;
    stream->offset = 0;
}

enum ring_room chunk_stream_put(struct chunk_stream *stream, struct ring_producer *producer,
                                const uint8_t **payload, uint64_t *left)
{
    uint32_t capacity = chunk_stream_capacity(producer->size);
    uint32_t bytes = *left < capacity ? (uint32_t)*left : capacity;
    uint32_t padded = (uint32_t)chunk_stream_padded(bytes);
    uint32_t record_bytes = (uint32_t)sizeof(struct trireme_chunk) + padded;

    uint8_t *record = ring_producer_reserve(producer, record_bytes);
    if (!record) {
        enum ring_room room = ring_producer_refill(producer, record_bytes);
        if (room != RING_ROOM) {
            return room;
        }
        record = producer->cursor;
    }
    struct trireme_chunk chunk = {
        .record.opcode = TRIREME_OP_CHUNK,
        .record.units = (uint16_t)(record_bytes / TRIREME_RECORD_UNIT),
        .bytes = padded,
        .offset = stream->offset,
        .total = stream->total,
    };
    memcpy(record, &chunk, sizeof chunk);
    memcpy(record + sizeof chunk, *payload, bytes);
    memset(record + sizeof chunk + bytes, 0, padded - bytes);
    ring_producer_commit(producer, record_bytes);
    stream->offset += padded;
    *payload += bytes;
    *left -= bytes;
    return RING_ROOM;
}
