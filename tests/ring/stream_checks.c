/* SPDX-License-Identifier: MIT */
/* Two threads, and as many bytes as the ring carries, every one compared. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ring/ring_checks.h"

#define STREAM_BYTES (UINT64_C(100000000) / RING_CHECKS_SHORTER)
#define PATTERN_BYTES (1u << 20)

enum {
    OPCODE_DATA = 300,
    OPCODE_LAST = 301,
};

struct stream_record {
    struct trireme_record record;
    uint32_t serial;
};

struct stream {
    struct test_ring *ring;
    uint8_t *pattern;
    uint64_t received;
    const char *wrong;
};

/* Where in the pattern the payload of a record comes from. */
static const uint8_t *payload_of(const struct stream *stream, uint32_t serial, uint32_t bytes)
{
    return stream->pattern + serial * 2654435761u % (PATTERN_BYTES - bytes);
}

static void *produce(void *data)
{
    struct stream *stream = data;
    struct ring_producer *producer = &stream->ring->producer;
    uint32_t most_units = ring_record_limit(stream->ring->size) / TRIREME_RECORD_UNIT;
    uint64_t sent = 0, random = 3;

    for (uint32_t serial = 0; sent < STREAM_BYTES; serial++) {
        /* Mostly short records, as commands are. */
        uint64_t dice = test_random(&random);
        uint32_t units = 1 + (uint32_t)((dice >> 8) % (dice % 16 == 0 ? most_units : 16));
        uint32_t bytes = units * TRIREME_RECORD_UNIT;
        enum ring_room room;
        while ((room = ring_producer_refill(producer, bytes)) != RING_ROOM) {
            if (room == RING_PUBLISH) {
                ring_producer_publish(producer, NULL);
            } else {
                sched_yield();
            }
        }
        struct stream_record header = {
            .record = {.opcode = OPCODE_DATA, .units = (uint16_t)units},
            .serial = serial,
        };
        sent += bytes;
        if (sent >= STREAM_BYTES) {
            header.record.opcode = OPCODE_LAST;
        }
        uint8_t *record = ring_producer_reserve(producer, bytes);
        memcpy(record, &header, sizeof header);
        memcpy(record + sizeof header, payload_of(stream, serial, bytes), bytes - sizeof header);
        ring_producer_commit(producer, bytes);
    }
    ring_producer_publish(producer, NULL);
    return NULL;
}

static void *consume(void *data)
{
    struct stream *stream = data;
    struct ring_consumer *consumer = &stream->ring->consumer;
    for (uint32_t serial = 0;;) {
        struct trireme_record header;
        const uint8_t *record;
        enum ring_next next = ring_consumer_next(consumer, &header, &record);
        if (next == RING_CORRUPT) {
            stream->wrong = "corrupt";
            return NULL;
        }
        if (next == RING_EMPTY) {
            ring_consumer_release(consumer);
            sched_yield();
            continue;
        }
        uint32_t bytes = header.units * TRIREME_RECORD_UNIT;
        struct stream_record found;
        memcpy(&found, record, sizeof found);
        if (found.serial != serial ||
            memcmp(record + sizeof found, payload_of(stream, serial, bytes),
                   bytes - sizeof found) != 0) {
            stream->wrong = "contents differ";
            return NULL;
        }
        stream->received += bytes;
        serial++;
        ring_consumer_advance(consumer, bytes);
        if (serial % 8 == 0) {
            ring_consumer_release(consumer);
        }
        if (header.opcode == OPCODE_LAST) {
            return NULL;
        }
    }
}

/* The positions pass 2^32 on the way. */
static bool stream_through(uint32_t size)
{
    struct stream stream = {.ring = test_ring_create(size, UINT32_MAX - 999999)};
    uint64_t random = 5;
    pthread_t producer, consumer;

    stream.pattern = malloc(PATTERN_BYTES);
    for (uint32_t i = 0; i < PATTERN_BYTES; i++) {
        stream.pattern[i] = (uint8_t)(test_random(&random) >> 56);
    }
    CHECK(pthread_create(&consumer, NULL, consume, &stream) == 0);
    CHECK(pthread_create(&producer, NULL, produce, &stream) == 0);
    pthread_join(consumer, NULL);
    CHECK(!stream.wrong); /* the producer may wait for ever then; the process ends */
    pthread_join(producer, NULL);
    CHECK(stream.received >= STREAM_BYTES);
    free(stream.pattern);
    test_ring_destroy(stream.ring);
    return true;
}

bool check_stream_small_ring(void)
{
    return stream_through(16u << 10);
}

bool check_stream_large_ring(void)
{
    return stream_through(1u << 20);
}
