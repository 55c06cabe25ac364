/* SPDX-License-Identifier: MIT */
/*
 * ring/ is the ground floor: what guest, device and server share, and nothing of theirs. abi.h,
 * records.h and control.h say what lies where; the rest moves bytes:
 *
 *     command_ring.h     the byte ring of commands and, the other way round, of replies
 *     chunk_stream.h     payloads that are larger than a record: the writing side
 *     chunk_assembler.h  and the reading side                                    (server)
 *     reader_sleep.h     how a command ring's reader falls asleep                (server; Linux)
 *     completion.h       how a guest waits for the server                        (Linux)
 *     doorbell_ring.h    from the device's virtual CPUs to a reader              (device, server)
 *
 * It promises: no call here blocks (completion_wait() apart, for as long as it is told), none
 * trusts a word that the other side can write, none reads such a word twice, and no wake-up gets
 * lost. The guest's part needs no libc but memcpy and runs on a Pentium.
 *
 * A command ring has one producer and one consumer, each used by one thread at a time. Positions
 * are free-running byte counts modulo 2^32; position & (size - 1) is the place. The ring holds
 * records (records.h) that never wrap; the producer fills the end of the ring with a PAD.
 *
 * Which operations may run at the same time, on one ring:
 *
 *                     reserve   refill,   next,     release   sleep     sleep
 *                     commit    publish,  advance             begin     end
 *                               free
 *     reserve,commit    -         -         yes       yes       yes       yes
 *     refill,publish,   -         -         yes (1)   yes (2)   yes (3)   yes
 *       free
 *     next, advance     yes       yes (1)   -         -         -         -
 *     release           yes       yes (2)   -         -         yes (4)   yes
 *     sleep begin       yes       yes (3)   -         yes (4)   -         -
 *     sleep end         yes       yes       -         yes       -         -
 *
 *     yes: also without any lock. -: same side; the caller's threads take turns, with a lock or
 *     another happens-before between them. (sleep × release is the reply ring's case: the thread
 *     that sleeps is its producer, the one that releases is the guest.)
 *
 * Which barrier pairs with which:
 *
 *     (1) publish_tail(): store-release of tail     pairs with  load_tail(): load-acquire
 *         Orders the records' bytes before the position that covers them.
 *     (2) store_head(): store-release of head       pairs with  load_head(): load-acquire
 *         Orders the consumer's reading before the producer's overwriting.
 *     (3) publish: tail, FENCE, load status         pairs with  reader_sleep_begin(): status,
 *                                                               MEMBARRIER and fence, load tail
 *         Dekker's pattern: at least one side sees the other's store, so either the reader finds
 *         the new tail and stays awake, or the producer finds IDLE and rings the doorbell.
 *         One ring is enough: until head passes what was published when the producer rang, the
 *         reader is still to wake for that ring, and it looks at tail again before it sleeps. (The
 *         same pattern with (2): the producer's tail, FENCE, load head; the reader's head, status,
 *         MEMBARRIER and fence, load tail.)
 *     (4) ring_consumer_release_look(): head, FENCE,
 *         load status                               pairs with  reader_sleep_begin(): the same
 *         with FULL in place of IDLE and the reply ring's head in place of the command ring's tail.
 *
 * Why a membarrier on the reader's side: the guest's FENCE may not exist. QEMU's TCG with a single
 * virtual CPU leaves out the guest's fences and LOCK prefixes, since no other *virtual* CPU could
 * tell; the render thread on another core can. The guest's store of tail then may still be in its
 * core's store buffer when it loads status: a lost wake-up (measured: 36,007 in 10^6). The reader
 * is the side that can afford it: it is about to sleep anyway, and membarrier(GLOBAL_EXPEDITED)
 * makes every core that runs a registered process (QEMU registers, see reader_sleep_register())
 * pass a full fence on the producer's behalf. TCG keeps the order of the guest's instructions and
 * x86 hosts keep that of stores, so (1) and (2) hold without more.
 *
 * The mirror case, a guest that waits for ring space or replies, is in completion.h.
 */
#ifndef TRIREME_RING_COMMAND_RING_H
#define TRIREME_RING_COMMAND_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "records.h"

/* Where nobody says otherwise; ring_producer_set_publish_step() takes no less than the least. */
#define RING_PUBLISH_STEP 4096u
#define RING_PUBLISH_STEP_MIN 64u

/* The longest record that a ring of `size` bytes takes; larger payloads go as CHUNKs. A quarter of
 * the ring, so that a record and the PAD before it always fit into an empty ring. */
static inline uint32_t ring_record_limit(uint32_t size)
{
    return size / 4 < TRIREME_RECORD_MAX ? size / 4 : TRIREME_RECORD_MAX;
}

/* Private to the producing side. */
struct ring_producer {
    uint8_t *cursor, *limit; /* [cursor, limit) may be written without looking at anything */
    uint8_t *base;
    uint32_t size;         /* bytes, power of two */
    uint32_t *tail, *head; /* shared; this side writes tail only */
    uint8_t *window_start; /* cursor's value at `position` */
    uint32_t position;
    uint32_t published, consumed; /* private copies of tail and head */
    uint32_t publish_step;        /* bytes that may lie unpublished; a longer record goes alone */
    uint32_t rung;                /* `published` when the doorbell was rung last */
};

enum ring_room {
    RING_ROOM,    /* [cursor, limit) is as long as asked for */
    RING_PUBLISH, /* publish (and ring the doorbell if told so), then ask again */
    RING_FULL,    /* all is published, but the reader must make room first; wait, ask again */
};

/* `base` is 8-byte aligned; `size`, in bytes, a power of two of at least 128; tail and head are
 * 0. */
void ring_producer_init(struct ring_producer *producer, void *base, uint32_t size, uint32_t *tail,
                        uint32_t *head);

/* How many bytes may lie unpublished before refill asks to publish; a quarter of the ring at most.
 */
void ring_producer_set_publish_step(struct ring_producer *producer, uint32_t bytes);

/* Space for a record of `bytes` (multiple of 8) at the current position; NULL: refill first. */
static inline void *ring_producer_reserve(struct ring_producer *producer, uint32_t bytes)
{
    return (size_t)(producer->limit - producer->cursor) >= bytes ? producer->cursor : NULL;
}

/* The reserved bytes are written. They become visible with the next publish. */
static inline void ring_producer_commit(struct ring_producer *producer, uint32_t bytes)
{
    producer->cursor += bytes;
}

/* Where the next record begins, or a PAD before it. */
static inline uint32_t ring_producer_position(const struct ring_producer *producer)
{
    return producer->position + (uint32_t)(producer->cursor - producer->window_start);
}

/* Bytes committed but not published. */
static inline uint32_t ring_producer_unpublished(const struct ring_producer *producer)
{
    return ring_producer_position(producer) - producer->published;
}

/* Makes room for `bytes`, writing a PAD where the ring ends. More than ring_record_limit() is the
 * caller's mistake and gets RING_FULL for ever. */
enum ring_room ring_producer_refill(struct ring_producer *producer, uint32_t bytes);

/* Shows all committed records to the reader. True: the reader sleeps for want of commands, ring
 * its doorbell. `reader_status` is the slot page's; NULL: the reader has other ways to wake. */
bool ring_producer_publish(struct ring_producer *producer, const uint32_t *reader_status);

/* Bytes free in the ring as of now. What a hostile peer puts into head makes the ring full at
 * worst. */
uint32_t ring_producer_free(struct ring_producer *producer);

/* Private to the consuming side. */
struct ring_consumer {
    const uint8_t *base;
    uint32_t size;        /* bytes, power of two */
    const uint32_t *tail; /* shared, the producer's */
    uint32_t *head;       /* shared, this side writes it */
    uint32_t position, seen_tail;
    bool corrupt;
};

enum ring_next {
    RING_RECORD,
    RING_EMPTY,
    RING_CORRUPT, /* for ever: where the next record begins is not known any more */
};

/* As ring_producer_init(). */
void ring_consumer_init(struct ring_consumer *consumer, const void *base, uint32_t size,
                        const uint32_t *tail, uint32_t *head);

/*
 * The record at the current position; PADs are skipped. `header` is a private copy, checked: at
 * least 1 unit, and its end neither beyond what is published nor beyond the ring's. *record points
 * at the record in shared memory, where the producer may still change it. Looks at tail once at
 * most, so that a peer that feeds PADs for ever cannot keep the caller here.
 */
enum ring_next ring_consumer_next(struct ring_consumer *consumer, struct trireme_record *header,
                                  const uint8_t **record);

/*
 * The record at the current position, as ring_consumer_next() returns it, if it is one that an
 * earlier look at tail has shown. NULL where ring_consumer_next() must be asked: nothing is left of
 * that, or what is there is a PAD or wrong.
 */
static inline const uint8_t *ring_consumer_seen(const struct ring_consumer *consumer,
                                                struct trireme_record *header)
{
    typedef uint32_t __attribute__((may_alias)) aliased_word;
    uint32_t place = consumer->position & (consumer->size - 1);
    uint32_t left = consumer->seen_tail - consumer->position;
    if (left == 0 || consumer->corrupt) {
        return NULL;
    }
    /* One load, so that opcode and units belong together. */
    uint32_t word =
        __atomic_load_n((const aliased_word *)(consumer->base + place), __ATOMIC_RELAXED);
    memcpy(header, &word, sizeof *header);
    uint32_t bytes = header->units * TRIREME_RECORD_UNIT;
    bool right = bytes > 0 && bytes <= left && bytes <= consumer->size - place;
    return right && header->opcode != TRIREME_OP_PAD ? consumer->base + place : NULL;
}

/* The record of `bytes` is decoded; the next one is next. */
static inline void ring_consumer_advance(struct ring_consumer *consumer, uint32_t bytes)
{
    consumer->position += bytes;
}

static inline uint32_t ring_consumer_position(const struct ring_consumer *consumer)
{
    return consumer->position;
}

/* Gives everything before the current position back to the producer. Once a batch, and before
 * sleeping: PADs are given back here too. */
void ring_consumer_release(struct ring_consumer *consumer);

/* The guest's release of a reply ring. True: the server sleeps until there is room for replies,
 * ring its doorbell. */
bool ring_consumer_release_look(struct ring_consumer *consumer, const uint32_t *reader_status);

#endif
