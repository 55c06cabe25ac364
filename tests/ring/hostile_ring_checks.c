/* SPDX-License-Identifier: MIT */
/* The command ring with a peer that breaks the rules. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ring/ring_checks.h"

/* Writes a header as a guest can, at any place. */
static void poke(struct test_ring *ring, uint32_t place, uint16_t opcode, uint16_t units)
{
    struct trireme_record header = {.opcode = opcode, .units = units};
    memcpy(ring->memory + place, &header, sizeof header);
}

/* Corrupt now, and still corrupt when the guest has repaired it. */
static bool corrupt_for_ever(struct test_ring *ring)
{
    struct trireme_record header;
    const uint8_t *record;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_CORRUPT);
    poke(ring, ring->consumer.position % ring->size, 300, 1);
    ring->tail = ring->consumer.position + 8;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_CORRUPT);
    test_ring_destroy(ring);
    return true;
}

/* A head that the ring's history does not allow makes the ring full, and nothing worse. */
bool check_hostile_head(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    for (unsigned i = 0; i < 4; i++) {
        CHECK(test_ring_put(ring, 300, 64) == RING_ROOM);
        ring_producer_publish(&ring->producer, NULL);
    }
    ring->head = 64;
    CHECK(ring_producer_free(&ring->producer) == 64);
    const uint32_t heads[] = {56, 0, 65, 68, 264, 512, 0x80000000u, UINT32_MAX - 7};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        ring->head = heads[i];
        CHECK(ring_producer_free(&ring->producer) == 0);
    }
    CHECK(test_ring_put(ring, 301, 64) == RING_ROOM); /* what was free stays free */
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_put(ring, 302, 8) == RING_FULL);
    /* Beyond what is published, though not beyond what is written. */
    ring->head = 128;
    CHECK(test_ring_put(ring, 302, 8) == RING_ROOM);
    ring->head = ring->tail + 8;
    CHECK(ring_producer_free(&ring->producer) == 0);
    test_ring_destroy(ring);

    /* Whatever head says, every record lies within the ring. */
    ring = test_ring_create(4096, 0);
    uint64_t random = 7;
    for (unsigned i = 0; i < 200000; i++) {
        uint32_t bytes = 8 + 8 * (uint32_t)(test_random(&random) % 128);
        ring->head = test_random(&random) % 2 ? ring->tail : (uint32_t)test_random(&random);
        enum ring_room room = ring_producer_refill(&ring->producer, bytes);
        CHECK(ring->producer.cursor >= ring->memory);
        CHECK(ring->producer.limit >= ring->producer.cursor);
        CHECK(ring->producer.limit <= ring->memory + ring->size);
        if (room == RING_ROOM) {
            CHECK(ring_producer_reserve(&ring->producer, bytes));
            ring_producer_commit(&ring->producer, bytes);
        } else {
            ring_producer_publish(&ring->producer, NULL);
        }
    }
    test_ring_destroy(ring);
    return true;
}

bool check_corrupt_units_zero(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 0);
    ring->tail = 64;
    return corrupt_for_ever(ring);
}

bool check_corrupt_beyond_tail(void)
{
    struct trireme_record header;
    const uint8_t *record;
    struct test_ring *ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 8);
    ring->tail = 64;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_RECORD);
    test_ring_destroy(ring);

    ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 9);
    ring->tail = 64;
    return corrupt_for_ever(ring);
}

bool check_corrupt_beyond_end(void)
{
    struct trireme_record header;
    const uint8_t *record;
    struct test_ring *ring = test_ring_create(256, 224);
    poke(ring, 224, 300, 4);
    ring->tail = 224 + 128;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_RECORD);
    test_ring_destroy(ring);

    ring = test_ring_create(256, 224);
    poke(ring, 224, 300, 5);
    ring->tail = 224 + 128;
    return corrupt_for_ever(ring);
}

bool check_corrupt_tail_jumps(void)
{
    struct trireme_record header;
    const uint8_t *record;
    struct test_ring *ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 1);
    ring->tail = 256;
    CHECK(ring_consumer_next(&ring->consumer, &header, &record) == RING_RECORD);
    test_ring_destroy(ring);

    ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 1);
    ring->tail = 264;
    return corrupt_for_ever(ring);
}

bool check_corrupt_tail_back(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    CHECK(test_ring_put(ring, 300, 64) == RING_ROOM);
    ring_producer_publish(&ring->producer, NULL);
    CHECK(test_ring_take(ring, 300, 64));
    poke(ring, 64, 301, 1);
    ring->tail = 56;
    return corrupt_for_ever(ring);
}

bool check_corrupt_tail_misaligned(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    poke(ring, 0, 300, 1);
    ring->tail = 12;
    return corrupt_for_ever(ring);
}

/* PADs obey the same rules. */
bool check_corrupt_pad(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    poke(ring, 0, TRIREME_OP_PAD, 0);
    ring->tail = 64;
    CHECK(corrupt_for_ever(ring));

    ring = test_ring_create(256, 0);
    poke(ring, 0, TRIREME_OP_PAD, 2);
    poke(ring, 16, TRIREME_OP_PAD, 0xffff);
    ring->tail = 64;
    return corrupt_for_ever(ring);
}

struct pad_feeder {
    struct test_ring *ring;
    bool stop;
};

/* Keeps tail always ahead of the reader, as a guest could that guesses well. Reads the reader's
 * private position for it, which ThreadSanitizer need not see. */
__attribute__((no_sanitize("thread"))) static void *feed_pads(void *data)
{
    struct pad_feeder *feeder = data;
    struct test_ring *ring = feeder->ring;
    const volatile uint32_t *position = &ring->consumer.position;
    for (uint32_t tail = 0; !__atomic_load_n(&feeder->stop, __ATOMIC_RELAXED);) {
        uint32_t seen = *position;
        if (tail - seen < ring->size) { /* half a ring more at a time, a whole one at most */
            tail = tail - seen < ring->size / 2 ? seen + ring->size / 2 : seen + ring->size;
            __atomic_store_n(&ring->tail, tail, __ATOMIC_RELEASE);
        }
    }
    return NULL;
}

/* ring_consumer_next() comes back although there is always another PAD. */
bool check_endless_pads(void)
{
    struct test_ring *ring = test_ring_create(4096, 0);
    struct pad_feeder feeder = {.ring = ring};
    struct trireme_record header;
    const uint8_t *record;
    pthread_t thread;
    bool well = true;

    for (uint32_t place = 0; place < ring->size; place += 8) {
        poke(ring, place, TRIREME_OP_PAD, 1);
    }
    CHECK(pthread_create(&thread, NULL, feed_pads, &feeder) == 0);
    for (uint32_t laps = 0, before = 0; laps < 2000; laps++) {
        for (unsigned spins = 0; well && ring_consumer_position(&ring->consumer) == before;
             spins++) {
            if (spins > 200) {
                sched_yield();
            }
            well = ring_consumer_next(&ring->consumer, &header, &record) == RING_EMPTY;
        }
        well &= ring_consumer_position(&ring->consumer) - before <= ring->size;
        before = ring_consumer_position(&ring->consumer);
    }
    __atomic_store_n(&feeder.stop, true, __ATOMIC_RELAXED);
    pthread_join(thread, NULL);
    CHECK(well);
    test_ring_destroy(ring);
    return true;
}

struct flipper {
    uint32_t *word;
    uint32_t values[2];
    bool stop;
};

static void *flip(void *data)
{
    struct flipper *flipper = data;
    for (unsigned i = 0; !__atomic_load_n(&flipper->stop, __ATOMIC_RELAXED); i++) {
        __atomic_store_n(flipper->word, flipper->values[i & 1], __ATOMIC_RELAXED);
    }
    return NULL;
}

/* The header that is returned is the one that was checked, although the guest changes it. */
bool check_changing_header(void)
{
    struct test_ring *ring = test_ring_create(256, 0);
    struct flipper flipper = {.word = (uint32_t *)ring->memory};
    const struct trireme_record good = {.opcode = 300, .units = 2};
    const struct trireme_record bad = {.opcode = 301, .units = 0xffff};
    pthread_t thread;
    unsigned records = 0, corrupt = 0;
    bool well = true;

    memcpy(&flipper.values[0], &good, sizeof good);
    memcpy(&flipper.values[1], &bad, sizeof bad);
    ring->tail = 64;
    CHECK(pthread_create(&thread, NULL, flip, &flipper) == 0);
    while (records < 3000000 / RING_CHECKS_SHORTER || corrupt < 1000) {
        struct trireme_record header;
        const uint8_t *record;
        ring->consumer.corrupt = false;
        if (ring_consumer_next(&ring->consumer, &header, &record) == RING_RECORD) {
            well &= header.opcode == 300 && header.units == 2;
            records++;
        } else {
            corrupt++;
        }
    }
    __atomic_store_n(&flipper.stop, true, __ATOMIC_RELAXED);
    pthread_join(thread, NULL);
    CHECK(well);
    test_ring_destroy(ring);
    return true;
}
