/* SPDX-License-Identifier: MIT */
/*
 * Tests of ring/. Each is a function that returns whether all was well, so that the same ones run
 * under Criterion (ring_criterion.c) and, since Criterion crashes under gcc's ThreadSanitizer, from
 * a plain main() (ring_plain.c).
 */
#ifndef TRIREME_TESTS_RING_CHECKS_H
#define TRIREME_TESTS_RING_CHECKS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ring/command_ring.h"

/* Leaves the check with a message. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s: failed: %s\n", __FILE__, __LINE__, __func__, #condition);  \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

/* The order matters to ring_plain.c: lost_wakeup_fence runs before this process registers for
 * membarriers, which cannot be undone. */
#define RING_CHECKS(X)                                                                             \
    X(empty)                                                                                       \
    X(full)                                                                                        \
    X(publish_step)                                                                                \
    X(doorbell_only_for_sleepers)                                                                  \
    X(one_doorbell_a_sleep)                                                                        \
    X(doorbell_after_long_wake)                                                                    \
    X(wrap_around)                                                                                 \
    X(pad)                                                                                         \
    X(oversize)                                                                                    \
    X(hostile_head)                                                                                \
    X(corrupt_units_zero)                                                                          \
    X(corrupt_beyond_tail)                                                                         \
    X(corrupt_beyond_end)                                                                          \
    X(corrupt_tail_jumps)                                                                          \
    X(corrupt_tail_back)                                                                           \
    X(corrupt_tail_misaligned)                                                                     \
    X(corrupt_pad)                                                                                 \
    X(endless_pads)                                                                                \
    X(changing_header)                                                                             \
    X(stream_small_ring)                                                                           \
    X(stream_large_ring)                                                                           \
    X(chunks_small)                                                                                \
    X(chunks_larger_than_ring)                                                                     \
    X(chunks_hostile)                                                                              \
    X(chunks_limit)                                                                                \
    X(doorbell_order)                                                                              \
    X(doorbell_full)                                                                               \
    X(doorbell_producers)                                                                          \
    X(doorbell_hostile_words)                                                                      \
    X(doorbell_hostile_threads)                                                                    \
    X(notes)                                                                                       \
    X(notes_hostile)                                                                               \
    X(sleep_looks_again)                                                                           \
    X(lost_wakeup_fence)                                                                           \
    X(lost_wakeup_membarrier)                                                                      \
    X(completion_wait)                                                                             \
    X(completion_waiters)                                                                          \
    X(lost_completion)

#define RING_DECLARE_CHECK(name) bool check_##name(void);
RING_CHECKS(RING_DECLARE_CHECK)
#undef RING_DECLARE_CHECK

/* Under ThreadSanitizer, which slows everything down, loops are shorter by this factor. */
#ifdef __SANITIZE_THREAD__
#define RING_CHECKS_SHORTER 8
#else
#define RING_CHECKS_SHORTER 1
#endif

/* A ring with both its ends, as slot page and window would hold it. */
struct test_ring {
    uint32_t tail;
    uint8_t pad0[60];
    uint32_t head;
    uint8_t pad1[60];
    uint32_t size;
    uint8_t *memory;
    struct ring_producer producer;
    struct ring_consumer consumer;
};

/* All positions start at `position`, a multiple of 8. */
struct test_ring *test_ring_create(uint32_t size, uint32_t position);
void test_ring_destroy(struct test_ring *ring);

/* Writes a record of `bytes` with this opcode; the rest holds bytes that depend on the opcode. */
enum ring_room test_ring_put(struct test_ring *ring, uint16_t opcode, uint32_t bytes);
/* The next record is test_ring_put()'s with these values, and is taken. */
bool test_ring_take(struct test_ring *ring, uint16_t opcode, uint32_t bytes);

/* xorshift64*, the state must not be 0. */
static inline uint64_t test_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

#endif
