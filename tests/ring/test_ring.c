/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "tests/ring/ring_checks.h"

struct test_ring *test_ring_create(uint32_t size, uint32_t position)
{
    struct test_ring *ring = calloc(1, sizeof *ring);
    ring->size = size;
    ring->memory = aligned_alloc(64, size);
    memset(ring->memory, 0xee, size);
    ring->tail = ring->head = position;
    ring_producer_init(&ring->producer, ring->memory, size, &ring->tail, &ring->head);
    ring_consumer_init(&ring->consumer, ring->memory, size, &ring->tail, &ring->head);
    ring->producer.position = ring->producer.published = ring->producer.consumed = position;
    ring->producer.cursor = ring->producer.limit = ring->producer.window_start =
        ring->memory + (position & (size - 1));
    ring->consumer.position = ring->consumer.seen_tail = position;
    return ring;
}

void test_ring_destroy(struct test_ring *ring)
{
    free(ring->memory);
    free(ring);
}

enum ring_room test_ring_put(struct test_ring *ring, uint16_t opcode, uint32_t bytes)
{
    uint8_t *record = ring_producer_reserve(&ring->producer, bytes);
    if (!record) {
        enum ring_room room = ring_producer_refill(&ring->producer, bytes);
        if (room != RING_ROOM) {
            return room;
        }
        record = ring_producer_reserve(&ring->producer, bytes);
    }
    struct trireme_record header = {
        .opcode = opcode,
        .units = (uint16_t)(bytes / TRIREME_RECORD_UNIT),
    };
    memcpy(record, &header, sizeof header);
    for (uint32_t i = sizeof header; i < bytes; i++) {
        record[i] = (uint8_t)(opcode * 7 + i);
    }
    ring_producer_commit(&ring->producer, bytes);
    return RING_ROOM;
}

bool test_ring_take(struct test_ring *ring, uint16_t opcode, uint32_t bytes)
{
    struct trireme_record header;
    const uint8_t *record;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_RECORD);
    CHECK(header.opcode == opcode);
    CHECK(header.units * TRIREME_RECORD_UNIT == bytes);
    CHECK(record >= ring->memory && record + bytes <= ring->memory + ring->size);
    for (uint32_t i = sizeof header; i < bytes; i++) {
        CHECK(record[i] == (uint8_t)(opcode * 7 + i));
    }
    ring_consumer_advance(&ring->consumer, bytes);
    return true;
}
