/* SPDX-License-Identifier: MIT */
#include "ring/doorbell_ring.h"

#include <pthread.h>
#include <sched.h>

#include "tests/ring/ring_checks.h"

#define ENTRIES TRIREME_DOORBELL_ENTRIES
#define PRODUCERS 4
#define PUSHES (250000u / RING_CHECKS_SHORTER)

bool check_doorbell_order(void)
{
    struct trireme_doorbell_slot slot;
    uint32_t pop = 0, position, next = 0;
    uint64_t time;

    doorbell_ring_init(&slot);
    CHECK(!doorbell_ring_pop(&slot, &pop, &position, &time));
    for (uint32_t i = 0; i < 10 * ENTRIES; i++) {
        CHECK(doorbell_ring_push(&slot, i, i * UINT64_C(1000000007)));
        if (i % 3 == 2) { /* of three, two are read: up to 64 are in the ring, then all */
            for (unsigned j = 0; j < 3; j++) {
                CHECK(doorbell_ring_pop(&slot, &pop, &position, &time));
                CHECK(position == next && time == next * UINT64_C(1000000007));
                next++;
            }
        }
    }
    CHECK(doorbell_ring_pop(&slot, &pop, &position, &time));
    CHECK(!doorbell_ring_pop(&slot, &pop, &position, &time));
    CHECK(pop == 10 * ENTRIES && slot.pop == pop && slot.dropped == 0);
    return true;
}

bool check_doorbell_full(void)
{
    struct trireme_doorbell_slot slot;
    uint32_t pop = 0, position;
    uint64_t time;

    doorbell_ring_init(&slot);
    /* The counters pass 2^32 as well. */
    slot.push = pop = UINT32_MAX - 40;
    for (uint32_t i = 0; i < ENTRIES; i++) {
        slot.entries[(slot.push + i) % ENTRIES].sequence = slot.push + i;
    }
    for (uint32_t lap = 0; lap < 3; lap++) {
        for (uint32_t i = 0; i < ENTRIES; i++) {
            CHECK(doorbell_ring_push(&slot, i, lap));
        }
        CHECK(!doorbell_ring_push(&slot, 999, 0));
        CHECK(slot.dropped == lap + 1);
        for (uint32_t i = 0; i < ENTRIES; i++) {
            CHECK(doorbell_ring_pop(&slot, &pop, &position, &time));
            CHECK(position == i && time == lap);
        }
        CHECK(!doorbell_ring_pop(&slot, &pop, &position, &time));
    }
    return true;
}

struct bell_ringer {
    struct trireme_doorbell_slot *slot;
    uint32_t number, pushes;
    uint64_t pushed;
    bool done;
};

/* Entries say who pushed them and which of his they are: position = serial, time = number and
 * serial. */
static void *push_many(void *data)
{
    struct bell_ringer *ringer = data;
    for (uint32_t serial = 1; serial <= ringer->pushes; serial++) {
        uint64_t time = (uint64_t)ringer->number << 32 | serial;
        if (doorbell_ring_push(ringer->slot, serial, time)) {
            ringer->pushed++;
        } else {
            sched_yield();
        }
    }
    __atomic_store_n(&ringer->done, true, __ATOMIC_RELEASE);
    return NULL;
}

static bool all_done(const struct bell_ringer ringers[PRODUCERS])
{
    for (unsigned i = 0; i < PRODUCERS; i++) {
        if (!__atomic_load_n(&ringers[i].done, __ATOMIC_ACQUIRE)) {
            return false;
        }
    }
    return true;
}

/* Nothing is lost, doubled, torn or out of a producer's order; what was dropped was counted. */
bool check_doorbell_producers(void)
{
    static struct trireme_doorbell_slot slot;
    struct bell_ringer ringers[PRODUCERS];
    pthread_t threads[PRODUCERS];
    uint32_t last[PRODUCERS] = {0}, pop = 0, position;
    uint64_t popped = 0, pushed = 0, time, wrong = 0;

    doorbell_ring_init(&slot);
    for (unsigned i = 0; i < PRODUCERS; i++) {
        ringers[i] = (struct bell_ringer){.slot = &slot, .number = i, .pushes = PUSHES};
        CHECK(pthread_create(&threads[i], NULL, push_many, &ringers[i]) == 0);
    }
    for (bool done = false; !done;) {
        done = all_done(ringers);
        while (doorbell_ring_pop(&slot, &pop, &position, &time)) {
            uint32_t number = (uint32_t)(time >> 32) % PRODUCERS;
            wrong +=
                time >> 32 >= PRODUCERS || (uint32_t)time != position || position <= last[number];
            last[number] = position;
            popped++;
        }
        sched_yield();
    }
    for (unsigned i = 0; i < PRODUCERS; i++) {
        pthread_join(threads[i], NULL);
        pushed += ringers[i].pushed;
    }
    CHECK(wrong == 0);
    CHECK(popped == pushed);
    CHECK(pushed + slot.dropped == (uint64_t)PRODUCERS * PUSHES);
    return true;
}

/* Single words that would make a careless producer or consumer loop or step outside. */
bool check_doorbell_hostile_words(void)
{
    struct trireme_doorbell_slot slot;
    uint32_t pop = 0, position;
    uint64_t time;

    doorbell_ring_init(&slot);
    slot.push = UINT32_MAX - 63; /* every entry seems to be taken by another producer */
    CHECK(!doorbell_ring_push(&slot, 1, 1));
    slot.push = 1000; /* every entry seems to be full */
    CHECK(!doorbell_ring_push(&slot, 1, 1));
    CHECK(slot.dropped == 2);

    doorbell_ring_init(&slot);
    for (unsigned i = 0; i < ENTRIES; i++) {
        slot.entries[i].sequence = 0x80000000u + i;
    }
    CHECK(!doorbell_ring_push(&slot, 1, 1));
    CHECK(!doorbell_ring_pop(&slot, &pop, &position, &time));
    slot.pop = 17; /* the consumer goes by its own count */
    slot.entries[0].sequence = 1;
    slot.entries[0].position = 4711;
    CHECK(doorbell_ring_pop(&slot, &pop, &position, &time));
    CHECK(position == 4711 && pop == 1);
    return true;
}

struct vandal {
    struct trireme_doorbell_slot *slot;
    bool stop;
};

/* Writes anything anywhere in the slot. */
static void *scribble(void *data)
{
    struct vandal *vandal = data;
    uint32_t *words = (uint32_t *)vandal->slot;
    uint64_t random = 11;
    while (!__atomic_load_n(&vandal->stop, __ATOMIC_RELAXED)) {
        uint64_t value = test_random(&random);
        uint32_t near = __atomic_load_n(&vandal->slot->push, __ATOMIC_RELAXED) + value % 5 - 2;
        uint32_t *word = &words[(value >> 32) % (sizeof *vandal->slot / sizeof *words)];
        __atomic_store_n(word, value >> 63 ? near : (uint32_t)value, __ATOMIC_RELAXED);
    }
    return NULL;
}

/* Every call returns, whatever the words are: the check ends. */
bool check_doorbell_hostile_threads(void)
{
    static struct trireme_doorbell_slot slot;
    struct vandal vandal = {.slot = &slot};
    struct bell_ringer ringer = {.slot = &slot, .pushes = 10000};
    pthread_t vandal_thread, ringer_thread;
    uint32_t pop = 0, position;
    uint64_t time;

    doorbell_ring_init(&slot);
    CHECK(pthread_create(&vandal_thread, NULL, scribble, &vandal) == 0);
    CHECK(pthread_create(&ringer_thread, NULL, push_many, &ringer) == 0);
    while (!__atomic_load_n(&ringer.done, __ATOMIC_ACQUIRE)) {
        doorbell_ring_pop(&slot, &pop, &position, &time);
    }
    pthread_join(ringer_thread, NULL);
    __atomic_store_n(&vandal.stop, true, __ATOMIC_RELAXED);
    pthread_join(vandal_thread, NULL);
    return true;
}
