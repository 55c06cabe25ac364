/* SPDX-License-Identifier: MIT */
/* Payloads in CHUNK records: written, put together, and forged. */
#include <stdlib.h>
#include <string.h>

#include "ring/chunk_assembler.h"
#include "ring/chunk_stream.h"
#include "tests/ring/ring_checks.h"

#define LIMIT (UINT64_C(8) << 20)

/* Feeds the assembler with everything that is in the ring. */
static bool drain(struct test_ring *ring, struct chunk_assembler *assembler)
{
    struct trireme_record header;
    const uint8_t *record;
    enum ring_next next;
    ring_producer_publish(&ring->producer, NULL);
    while ((next = ring_consumer_next(&ring->consumer, &header, &record)) == RING_RECORD) {
        CHECK(header.opcode == TRIREME_OP_CHUNK);
        CHECK(chunk_assembler_feed(assembler, header, record) == NULL);
        ring_consumer_advance(&ring->consumer, header.units * TRIREME_RECORD_UNIT);
    }
    CHECK(next == RING_EMPTY);
    ring_consumer_release(&ring->consumer);
    return true;
}

/* Two payloads through a ring of 16 KiB, compared. */
static bool pass_payloads(struct chunk_assembler *assembler, const uint8_t *source,
                          const uint64_t sizes[2])
{
    struct test_ring *ring = test_ring_create(16u << 10, 0);
    struct chunk_stream stream;
    uint64_t expected = 0, fulls = 0;

    chunk_stream_init(&stream, chunk_stream_padded(sizes[0]) + chunk_stream_padded(sizes[1]));
    for (unsigned i = 0; i < 2; i++) {
        const uint8_t *payload = source + i;
        uint64_t left = sizes[i];
        while (left > 0) {
            CHECK(!chunk_assembler_complete(assembler));
            switch (chunk_stream_put(&stream, &ring->producer, &payload, &left)) {
            case RING_ROOM:
                break;
            case RING_PUBLISH:
                ring_producer_publish(&ring->producer, NULL);
                break;
            case RING_FULL:
                CHECK(drain(ring, assembler));
                fulls++;
                break;
            }
        }
        CHECK(payload == source + i + sizes[i]);
    }
    CHECK(drain(ring, assembler));
    CHECK(stream.offset == stream.total);
    CHECK(chunk_assembler_complete(assembler));
    CHECK(assembler->total == stream.total);
    CHECK(fulls > 0 || stream.total < ring->size);
    for (unsigned i = 0; i < 2; i++) {
        CHECK(memcmp(assembler->bytes + expected, source + i, sizes[i]) == 0);
        for (uint64_t j = sizes[i]; j < chunk_stream_padded(sizes[i]); j++) {
            CHECK(assembler->bytes[expected + j] == 0);
        }
        expected += chunk_stream_padded(sizes[i]);
    }
    chunk_assembler_reset(assembler);
    CHECK(!chunk_assembler_complete(assembler));
    test_ring_destroy(ring);
    return true;
}

static uint8_t *random_bytes(size_t bytes)
{
    uint8_t *source = malloc(bytes);
    uint64_t random = 9;
    for (size_t i = 0; i < bytes; i++) {
        source[i] = (uint8_t)(test_random(&random) >> 56);
    }
    return source;
}

bool check_chunks_small(void)
{
    struct chunk_assembler assembler;
    uint8_t *source = random_bytes(20000);
    uint32_t capacity = chunk_stream_capacity(16u << 10);

    CHECK(capacity == 4096 - sizeof(struct trireme_chunk));
    chunk_assembler_init(&assembler, LIMIT);
    for (uint64_t bytes = capacity - 20; bytes < capacity + 20; bytes++) {
        CHECK(pass_payloads(&assembler, source, (uint64_t[]){bytes, 1 + bytes % 9}));
    }
    CHECK(pass_payloads(&assembler, source, (uint64_t[]){1, 1}));
    chunk_assembler_finish(&assembler);
    free(source);
    return true;
}

bool check_chunks_larger_than_ring(void)
{
    struct chunk_assembler assembler;
    uint8_t *source = random_bytes(3000000);

    chunk_assembler_init(&assembler, LIMIT);
    CHECK(pass_payloads(&assembler, source, (uint64_t[]){2999999, 1234567}));
    CHECK(pass_payloads(&assembler, source, (uint64_t[]){100001, 3}));
    chunk_assembler_finish(&assembler);
    free(source);
    return true;
}

/* What the assembler says to one forged CHUNK in a record of 64 bytes. */
static const char *feed(struct chunk_assembler *assembler, uint16_t units, uint32_t bytes,
                        uint64_t offset, uint64_t total)
{
    uint8_t memory[64] = {0};
    struct trireme_chunk chunk = {
        .record = {.opcode = TRIREME_OP_CHUNK, .units = units},
        .bytes = bytes,
        .offset = offset,
        .total = total,
    };
    memcpy(memory, &chunk, sizeof chunk);
    return chunk_assembler_feed(assembler, chunk.record, memory);
}

bool check_chunks_hostile(void)
{
    struct chunk_assembler assembler;
    chunk_assembler_init(&assembler, LIMIT);

    CHECK(feed(&assembler, 1, 8, 0, 64)); /* no room for its own fields */
    CHECK(feed(&assembler, 2, 8, 0, 64));
    CHECK(feed(&assembler, 4, 0, 0, 64)); /* no bytes */
    CHECK(feed(&assembler, 4, 9, 0, 64)); /* more than the record holds */
    CHECK(feed(&assembler, 4, UINT32_MAX, 0, 64));
    CHECK(feed(&assembler, 3, 1, 0, 64));
    CHECK(feed(&assembler, 4, 8, 8, 64)); /* the first is not the first */
    CHECK(feed(&assembler, 4, 8, UINT64_MAX - 7, 64));
    CHECK(feed(&assembler, 4, 8, 0, 0)); /* totals */
    CHECK(feed(&assembler, 4, 8, 0, 7));
    CHECK(feed(&assembler, 4, 8, 0, UINT64_MAX));
    CHECK(assembler.received == 0);
    chunk_assembler_reset(&assembler);

    CHECK(feed(&assembler, 4, 8, 0, 24) == NULL);
    CHECK(feed(&assembler, 4, 8, 0, 24));  /* again */
    CHECK(feed(&assembler, 4, 8, 16, 24)); /* a gap */
    CHECK(feed(&assembler, 4, 8, 8, 32));  /* another total */
    CHECK(feed(&assembler, 4, 8, 8, 8));
    CHECK(feed(&assembler, 6, 24, 8, 24)); /* beyond the total */
    CHECK(!chunk_assembler_complete(&assembler));
    CHECK(feed(&assembler, 5, 16, 8, 24) == NULL);
    CHECK(chunk_assembler_complete(&assembler));
    CHECK(feed(&assembler, 4, 8, 24, 24)); /* after the end */
    CHECK(feed(&assembler, 4, 8, 0, 24));
    chunk_assembler_reset(&assembler);
    CHECK(feed(&assembler, 4, 8, 0, 8) == NULL);
    CHECK(chunk_assembler_complete(&assembler));
    chunk_assembler_finish(&assembler);
    return true;
}

/* The limit bounds the memory, and a large buffer is not kept for ever. */
bool check_chunks_limit(void)
{
    struct chunk_assembler assembler;
    chunk_assembler_init(&assembler, UINT64_C(64) << 20);
    CHECK(feed(&assembler, 4, 8, 0, (UINT64_C(64) << 20) + 8));
    CHECK(assembler.capacity == 0);
    CHECK(feed(&assembler, 4, 8, 0, UINT64_C(64) << 20) == NULL);
    CHECK(assembler.capacity == UINT64_C(64) << 20);
    chunk_assembler_reset(&assembler);
    CHECK(assembler.capacity == 0);
    CHECK(feed(&assembler, 4, 8, 0, 4096) == NULL);
    chunk_assembler_reset(&assembler);
    CHECK(assembler.capacity == 4096);
    chunk_assembler_finish(&assembler);
    return true;
}
