/* SPDX-License-Identifier: MIT */
/*
 * The doorbell ring of a slot: bounded, lock-free, from many producers (the device's virtual CPUs)
 * to one consumer (the slot's reader in the server). It lies in the memory that guests do not see;
 * still neither side lets the other's words make it loop or reach outside the ring.
 *
 * Entry i begins with sequence i. A producer that finds entry[push % 64].sequence == push takes it
 * by advancing push with compare-and-swap, fills it and sets sequence = push + 1; the consumer
 * empties it and sets sequence = pop + 64, which is what the producers of the next lap look for.
 *
 *     operation × operation   at once?
 *     push × push             yes   compare-and-swap of `push` (1)
 *     push × pop              yes   (2), (3)
 *     pop × pop               no
 *     init × anything         no
 *
 *     (1) the winner alone writes the entry
 *     (2) publish_entry(): store-release of sequence   pairs with  load_sequence() in pop
 *     (3) free_entry(): store-release of sequence      pairs with  load_sequence() in push
 *
 * Full never blocks a virtual CPU: the doorbell is dropped and counted. Positions only grow and the
 * reader looks at tail itself, so that the entry carries nothing but the time of a ring, for the
 * latency histogram. The wake-up itself goes another way (eventfd).
 */
#ifndef TRIREME_RING_DOORBELL_RING_H
#define TRIREME_RING_DOORBELL_RING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "abi.h"

/* Other producers can be in the way only so often before the ring is full; a peer that plays with
 * `push` must not hold a virtual CPU for longer either. */
#define DOORBELL_RING_ATTEMPTS (2 * TRIREME_DOORBELL_ENTRIES)

static inline uint32_t doorbell_ring_load_sequence(const struct trireme_doorbell_entry *entry)
{
    return __atomic_load_n(&entry->sequence, __ATOMIC_ACQUIRE);
}

static inline void doorbell_ring_publish_entry(struct trireme_doorbell_entry *entry, uint32_t push)
{
    __atomic_store_n(&entry->sequence, push + 1, __ATOMIC_RELEASE);
}

static inline void doorbell_ring_free_entry(struct trireme_doorbell_entry *entry, uint32_t pop)
{
    __atomic_store_n(&entry->sequence, pop + TRIREME_DOORBELL_ENTRIES, __ATOMIC_RELEASE);
}

/* Before any other thread sees the slot; the consumer's private pop starts at 0. */
static inline void doorbell_ring_init(struct trireme_doorbell_slot *slot)
{
    memset(slot, 0, sizeof *slot);
    for (uint32_t i = 0; i < TRIREME_DOORBELL_ENTRIES; i++) {
        slot->entries[i].sequence = i;
    }
}

/* Any thread of the device. `time_ns` is CLOCK_MONOTONIC. False: full, dropped and counted. */
static inline bool doorbell_ring_push(struct trireme_doorbell_slot *slot, uint32_t position,
                                      uint64_t time_ns)
{
    uint32_t push = __atomic_load_n(&slot->push, __ATOMIC_RELAXED);
    for (unsigned attempt = 0; attempt < DOORBELL_RING_ATTEMPTS; attempt++) {
        struct trireme_doorbell_entry *entry = &slot->entries[push % TRIREME_DOORBELL_ENTRIES];
        int32_t lead = (int32_t)(doorbell_ring_load_sequence(entry) - push);
        if (lead < 0) {
            break;
        }
        if (lead > 0) {
            push = __atomic_load_n(&slot->push, __ATOMIC_RELAXED);
        } else if (__atomic_compare_exchange_n(&slot->push, &push, push + 1, false,
                                               __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
            __atomic_store_n(&entry->position, position, __ATOMIC_RELAXED);
            __atomic_store_n(&entry->time, time_ns, __ATOMIC_RELAXED);
            doorbell_ring_publish_entry(entry, push);
            return true;
        }
    }
    __atomic_fetch_add(&slot->dropped, 1, __ATOMIC_RELAXED);
    return false;
}

/*
 * The consumer. `pop` is its private count; the one in the slot is for people to look at. False:
 * empty. A caller that drains the ring stops after TRIREME_DOORBELL_ENTRIES, lest a peer that
 * pushes for ever keeps it.
 */
static inline bool doorbell_ring_pop(struct trireme_doorbell_slot *slot, uint32_t *pop,
                                     uint32_t *position, uint64_t *time_ns)
{
    struct trireme_doorbell_entry *entry = &slot->entries[*pop % TRIREME_DOORBELL_ENTRIES];
    if (doorbell_ring_load_sequence(entry) != *pop + 1) {
        return false;
    }
    *position = __atomic_load_n(&entry->position, __ATOMIC_RELAXED);
    *time_ns = __atomic_load_n(&entry->time, __ATOMIC_RELAXED);
    doorbell_ring_free_entry(entry, *pop);
    *pop += 1;
    __atomic_store_n(&slot->pop, *pop, __ATOMIC_RELAXED);
    return true;
}

#endif
