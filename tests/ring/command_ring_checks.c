/* SPDX-License-Identifier: MIT */
/* The command ring with a peer that keeps the rules, both ends in one thread. */
#include <stdlib.h>
#include <string.h>

#include "ring/abi.h"
#include "tests/ring/ring_checks.h"

bool check_empty(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    struct trireme_record header;
    const uint8_t *record;

    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_EMPTY);
    CHECK(test_ring_put(ring, 300, 16) == RING_ROOM);
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_EMPTY);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_take(ring, 300, 16));
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_EMPTY);
    CHECK(ring_consumer_position(&ring->consumer) == 16);
    CHECK(ring->head == 0);
    ring_consumer_release(&ring->consumer);
    CHECK(ring->head == 16);
    test_ring_destroy(ring);
    return true;
}

/* RING_FULL comes only once everything is published, so that its caller may wait for the reader. */
bool check_full(void)
{
    struct test_ring *ring = test_ring_create(256, 0);

    for (unsigned i = 0; i < 4; i++) {
        enum ring_room room = test_ring_put(ring, (uint16_t)(300 + i), 64);
        if (room == RING_PUBLISH) {
            CHECK(ring_producer_unpublished(&ring->producer) > 0);
            ring_producer_publish(&ring->producer, NULL);
            room = test_ring_put(ring, (uint16_t)(300 + i), 64);
        }
        CHECK(room == RING_ROOM);
    }
    CHECK(ring_producer_free(&ring->producer) == 0);
    CHECK(test_ring_put(ring, 310, 8) == RING_PUBLISH);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_put(ring, 310, 8) == RING_FULL);
    CHECK(ring_producer_unpublished(&ring->producer) == 0);

    CHECK(test_ring_take(ring, 300, 64));
    CHECK(test_ring_put(ring, 310, 8) == RING_FULL);
    ring_consumer_release(&ring->consumer);
    CHECK(ring_producer_free(&ring->producer) == 64);
    CHECK(test_ring_put(ring, 310, 64) == RING_ROOM);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_put(ring, 311, 8) == RING_FULL);
    for (uint16_t opcode = 301; opcode <= 303; opcode++) {
        CHECK(test_ring_take(ring, opcode, 64));
    }
    CHECK(test_ring_take(ring, 310, 64));
    test_ring_destroy(ring);

    /* Also where less than publish_step is unpublished. */
    ring = test_ring_create(256, 0);
    for (unsigned i = 0; i < 4; i++) {
        CHECK(test_ring_put(ring, 320, 56) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
    }
    CHECK(test_ring_put(ring, 321, 16) == RING_ROOM);
    CHECK(test_ring_put(ring, 322, 32) == RING_PUBLISH);
    test_ring_destroy(ring);
    return true;
}

/* Not more than publish_step lies unpublished, unless a single record is longer. */
static bool check_step(uint32_t wanted, uint32_t step)
{
    struct test_ring *ring = test_ring_create(1u << 16, 0);

    ring_producer_set_publish_step(&ring->producer, wanted);
    CHECK(ring->producer.publish_step == step);
    while (test_ring_put(ring, 300, 24) == RING_ROOM) {
        CHECK(ring_producer_unpublished(&ring->producer) <= step);
    }
    CHECK(ring_producer_unpublished(&ring->producer) > step - 24);
    CHECK(ring_producer_refill(&ring->producer, 24) == RING_PUBLISH);
    ring_producer_publish(&ring->producer, NULL);
    /* Publishing opens the next window itself. */
    CHECK(ring_producer_reserve(&ring->producer, 24));
    CHECK(test_ring_put(ring, 301, 24) == RING_ROOM);
    CHECK(test_ring_put(ring, 302, 2 * step) == RING_PUBLISH);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_put(ring, 302, 2 * step) == RING_ROOM);
    CHECK(test_ring_put(ring, 303, 8) == RING_PUBLISH);
    test_ring_destroy(ring);
    return true;
}

bool check_publish_step(void)
{
    struct test_ring *ring = test_ring_create(1u << 16, 0);
    CHECK(ring->producer.publish_step == RING_PUBLISH_STEP);
    ring_producer_set_publish_step(&ring->producer, UINT32_MAX);
    CHECK(ring->producer.publish_step == 1u << 14);
    test_ring_destroy(ring);
    return check_step(RING_PUBLISH_STEP, RING_PUBLISH_STEP) && check_step(512, 512) &&
           check_step(1, RING_PUBLISH_STEP_MIN);
}

bool check_doorbell_only_for_sleepers(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    uint32_t status = TRIREME_READER_IDLE;

    CHECK(!ring_producer_publish(&ring->producer, &status));
    CHECK(test_ring_put(ring, 300, 8) == RING_ROOM);
    CHECK(ring_producer_publish(&ring->producer, &status));
    CHECK(!ring_producer_publish(&ring->producer, &status));
    status = TRIREME_READER_AWAKE;
    CHECK(test_ring_put(ring, 301, 8) == RING_ROOM);
    CHECK(!ring_producer_publish(&ring->producer, &status));
    /* New commands do not help a reader that waits for room in the reply ring. */
    status = TRIREME_READER_FULL;
    CHECK(test_ring_put(ring, 302, 8) == RING_ROOM);
    CHECK(!ring_producer_publish(&ring->producer, &status));
    CHECK(ring->tail == 24);

    CHECK(test_ring_take(ring, 300, 8));
    CHECK(ring_consumer_release_look(&ring->consumer, &status));
    CHECK(ring->head == 8);
    status = TRIREME_READER_IDLE;
    CHECK(!ring_consumer_release_look(&ring->consumer, &status));
    test_ring_destroy(ring);
    return true;
}

bool check_one_doorbell_a_sleep(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    uint32_t status = TRIREME_READER_IDLE;

    for (uint16_t opcode = 300; opcode < 303; opcode++) {
        CHECK(test_ring_put(ring, opcode, 8) == RING_ROOM);
        CHECK(ring_producer_publish(&ring->producer, &status) == (opcode == 300));
    }
    /* It woke and went to sleep again. */
    for (uint16_t opcode = 300; opcode < 303; opcode++) {
        CHECK(test_ring_take(ring, opcode, 8));
    }
    ring_consumer_release(&ring->consumer);
    CHECK(test_ring_put(ring, 303, 8) == RING_ROOM);
    CHECK(ring_producer_publish(&ring->producer, &status));
    test_ring_destroy(ring);
    return true;
}

/* A reader that was awake for more than 2 GiB falls asleep. */
bool check_doorbell_after_long_wake(void)
{
    struct test_ring *ring = test_ring_create(256, UINT32_C(1) << 31);
    uint32_t status = TRIREME_READER_AWAKE;

    CHECK(test_ring_put(ring, 300, 8) == RING_ROOM);
    CHECK(!ring_producer_publish(&ring->producer, &status));
    CHECK(test_ring_take(ring, 300, 8));
    ring_consumer_release(&ring->consumer);
    status = TRIREME_READER_IDLE;
    CHECK(test_ring_put(ring, 301, 8) == RING_ROOM);
    CHECK(ring_producer_publish(&ring->producer, &status));
    test_ring_destroy(ring);
    return true;
}

/* Many laps, and past 2^32, with all sizes of records that the ring takes. */
bool check_wrap_around(void)
{
    struct test_ring *ring = test_ring_create(512, UINT32_MAX - 19999);
    uint64_t random = 1;
    bool wrapped = false;

    for (unsigned i = 0; i < 5000; i++) {
        uint32_t sizes[8], count = 0;
        uint16_t opcode = (uint16_t)(300 + i);
        while (count < 8) {
            uint32_t bytes = 8 + 8 * (uint32_t)(test_random(&random) % (512 / 4 / 8));
            enum ring_room room = test_ring_put(ring, (uint16_t)(opcode + count), bytes);
            if (room == RING_FULL) {
                break;
            }
            if (room == RING_PUBLISH) {
                ring_producer_publish(&ring->producer, NULL);
                continue;
            }
            sizes[count++] = bytes;
        }
        ring_producer_publish(&ring->producer, NULL);
        CHECK(count > 0);
        for (uint32_t j = 0; j < count; j++) {
            CHECK(test_ring_take(ring, (uint16_t)(opcode + j), sizes[j]));
        }
        ring_consumer_release(&ring->consumer);
        CHECK(ring->head == ring->tail);
        CHECK(ring_producer_position(&ring->producer) == ring->tail);
        wrapped |= ring->tail < 20000;
    }
    CHECK(wrapped);
    test_ring_destroy(ring);
    return true;
}

bool check_pad(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    struct trireme_record header;
    const uint8_t *record;

    /* Up to 24 bytes before the end, then a record of 32: a PAD of 24. */
    for (unsigned i = 0; i < 4; i++) {
        CHECK(test_ring_put(ring, 300, 56) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
        CHECK(test_ring_take(ring, 300, 56));
    }
    ring_consumer_release(&ring->consumer);
    CHECK(test_ring_put(ring, 301, 8) == RING_ROOM);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_put(ring, 302, 32) == RING_ROOM);
    memcpy(&header, ring->memory + 232, sizeof header);
    CHECK(header.opcode == TRIREME_OP_PAD && header.units == 3);
    CHECK(ring_producer_position(&ring->producer) == 256 + 32);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_take(ring, 301, 8));
    CHECK(test_ring_take(ring, 302, 32));
    CHECK(ring_consumer_position(&ring->consumer) == 256 + 32);
    ring_consumer_release(&ring->consumer);

    /* A record that ends where the ring ends needs none. */
    while (ring_producer_position(&ring->producer) < 512) {
        CHECK(test_ring_put(ring, 303, 32) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
        CHECK(test_ring_take(ring, 303, 32));
        ring_consumer_release(&ring->consumer);
    }
    CHECK(ring_producer_position(&ring->producer) == 512);

    /* A PAD alone, published without a record behind it, is read over and given back. */
    for (unsigned i = 0; i < 31; i++) {
        CHECK(test_ring_put(ring, 304, 8) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
        CHECK(test_ring_take(ring, 304, 8));
        ring_consumer_release(&ring->consumer);
    }
    CHECK(ring_producer_refill(&ring->producer, 16) == RING_ROOM);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(ring->tail == 768);
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_EMPTY);
    ring_consumer_release(&ring->consumer);
    CHECK(ring->head == 768);
    test_ring_destroy(ring);
    return true;
}

/* The longest record fits at every place of an empty ring, a longer one at none. */
bool check_oversize(void)
{
    for (uint32_t place = 0; place < 1024; place += 8) {
        struct test_ring *ring = test_ring_create(1024, place);
        CHECK(ring_record_limit(1024) == 256);
        CHECK(test_ring_put(ring, 300, 264) == RING_FULL);
        CHECK(test_ring_put(ring, 300, 256) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
        CHECK(test_ring_take(ring, 300, 256));
        test_ring_destroy(ring);
    }
    /* In large rings the size field sets the limit. */
    CHECK(ring_record_limit(16u << 20) == TRIREME_RECORD_MAX);
    struct test_ring *ring = test_ring_create(16u << 20, (16u << 20) - TRIREME_RECORD_MAX + 8);
    CHECK(test_ring_put(ring, 300, TRIREME_RECORD_MAX + 8) == RING_FULL);
    CHECK(test_ring_put(ring, 300, TRIREME_RECORD_MAX) == RING_ROOM);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_take(ring, 300, TRIREME_RECORD_MAX));
    test_ring_destroy(ring);
    return true;
}
