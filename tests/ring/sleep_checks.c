/* SPDX-License-Identifier: MIT */
/* Falling asleep and being woken: no wake-up gets lost. */
#include "ring/reader_sleep.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "ring/abi.h"
#include "ring/completion.h"
#include "ring/shared_memory.h"
#include "tests/ring/ring_checks.h"

/* Sleeps are counted with more threads than cores, so that who waits lets another run: a wake-up
 * of an idle core takes ten times as long. The race of a publish with the reader's falling asleep
 * wants a core for each. */
#define PAIRS 4
#define SLEEPS (1000000u / RING_CHECKS_SHORTER)
#define RACES (300000u / RING_CHECKS_SHORTER)

/* A reader that sleeps for so long although there are records was forgotten. */
#define LOST_MS 5000

/* Each of the two barriers that close the race is tested without the other. */
enum barrier {
    GUEST_FENCE,     /* the producer's, in ring_producer_publish() */
    HOST_MEMBARRIER, /* the reader's, in reader_sleep_begin() */
};

struct pair {
    enum barrier barrier;
    uint64_t wanted_sleeps, wanted_races; /* ends when it has had both */
    struct trireme_slot_page *page;
    uint8_t *memory;
    struct ring_producer producer;
    struct ring_consumer consumer;
    int doorbell;           /* eventfd */
    uint32_t lines[16][16]; /* 16 cache lines, see dirty_lines() */
    uint64_t sleeps, lost;
    long switches; /* how often the kernel really put the reader to sleep */
};

/* reader_sleep_begin() where a sandbox forbids the membarrier. */
static bool begin_without_membarrier(struct pair *pair)
{
    uint32_t *status = &pair->page->reader_status;
    __atomic_store_n(status, TRIREME_READER_IDLE, __ATOMIC_RELAXED);
    ring_fence();
    if (__atomic_load_n(&pair->page->tail, __ATOMIC_RELAXED) == pair->consumer.seen_tail) {
        return true;
    }
    reader_sleep_end(status);
    return false;
}

/* ring_producer_publish() where TCG leaves out the guest's fence. */
static bool publish_without_fence(struct pair *pair)
{
    struct ring_producer *producer = &pair->producer;
    producer->published = ring_producer_position(producer);
    __atomic_store_n(producer->tail, producer->published, __ATOMIC_RELEASE);
    return __atomic_load_n(&pair->page->reader_status, __ATOMIC_RELAXED) == TRIREME_READER_IDLE;
}

static void sleep_for_doorbell(struct pair *pair)
{
    if (!(pair->barrier == GUEST_FENCE
              ? begin_without_membarrier(pair)
              : reader_sleep_begin(&pair->page->reader_status, TRIREME_READER_IDLE,
                                   &pair->page->tail, pair->consumer.seen_tail))) {
        return;
    }
    struct pollfd pollfd = {.fd = pair->doorbell, .events = POLLIN};
    eventfd_t count;
    if (poll(&pollfd, 1, LOST_MS) == 0 &&
        __atomic_load_n(&pair->page->tail, __ATOMIC_ACQUIRE) != pair->consumer.seen_tail) {
        __atomic_fetch_add(&pair->lost, 1, __ATOMIC_RELAXED);
    }
    eventfd_read(pair->doorbell, &count);
    reader_sleep_end(&pair->page->reader_status);
    __atomic_fetch_add(&pair->sleeps, 1, __ATOMIC_RELAXED);
}

/* Less than a microsecond, so that the two sides of a race meet at every distance. */
static void hesitate(uint64_t *random)
{
    for (volatile unsigned delay = (test_random(random) >> 16) % 512; delay > 0; delay--) {
    }
}

/* Stores that both sides make in turn: each waits for its cache line to come from the other core,
 * and the store of tail that the race is about waits behind them. */
static void dirty_lines(struct pair *pair)
{
    for (unsigned i = 0; i < 16; i++) {
        __atomic_store_n(&pair->lines[i][0], i, __ATOMIC_RELAXED);
    }
}

/* Until a record of opcode 301. */
static void *read_and_sleep(void *data)
{
    struct pair *pair = data;
    uint64_t random = 19;
    for (bool last = false; !last;) {
        struct trireme_record header;
        const uint8_t *record;
        if (ring_consumer_next(&pair->consumer, &header, &record) == RING_RECORD) {
            last = header.opcode == 301;
            dirty_lines(pair);
            ring_consumer_advance(&pair->consumer, header.units * TRIREME_RECORD_UNIT);
            ring_consumer_release(&pair->consumer);
        } else {
            hesitate(&random);
            sleep_for_doorbell(pair);
        }
    }
    struct rusage usage;
    getrusage(RUSAGE_THREAD, &usage);
    pair->switches = usage.ru_nvcsw;
    return NULL;
}

/* One record, and back when it is read: a lost wake-up must not be repaired by the next one. */
static void put_and_wait(struct pair *pair, uint16_t opcode)
{
    struct ring_producer *producer = &pair->producer;
    struct trireme_record header = {.opcode = opcode, .units = 1};

    while (ring_producer_refill(producer, TRIREME_RECORD_UNIT) != RING_ROOM) {
        sched_yield();
    }
    memcpy(ring_producer_reserve(producer, TRIREME_RECORD_UNIT), &header, sizeof header);
    ring_producer_commit(producer, TRIREME_RECORD_UNIT);
    dirty_lines(pair);
    if (pair->barrier == GUEST_FENCE ? ring_producer_publish(producer, &pair->page->reader_status)
                                     : publish_without_fence(pair)) {
        eventfd_write(pair->doorbell, 1);
    }
    for (unsigned spins = 0;
         __atomic_load_n(&pair->page->head, __ATOMIC_ACQUIRE) != producer->published; spins++) {
        if (spins > 200) {
            sched_yield();
        }
    }
}

static bool wants_more(const struct pair *pair, uint64_t races)
{
    return __atomic_load_n(&pair->lost, __ATOMIC_RELAXED) == 0 &&
           (races < pair->wanted_races ||
            __atomic_load_n(&pair->sleeps, __ATOMIC_RELAXED) < pair->wanted_sleeps);
}

/* Records race with the reader's falling asleep; where sleeps are wanted, half of the records find
 * it asleep or about to block. */
static void *publish_again_and_again(void *data)
{
    struct pair *pair = data;
    uint64_t random = 13;
    for (uint64_t races = 0; wants_more(pair, races); races++) {
        bool find_asleep = pair->wanted_sleeps > 0 && test_random(&random) >> 63;
        put_and_wait(pair, 300);
        while (find_asleep && __atomic_load_n(&pair->page->reader_status, __ATOMIC_RELAXED) !=
                                  TRIREME_READER_IDLE) {
            sched_yield();
        }
        hesitate(&random);
    }
    put_and_wait(pair, 301);
    return NULL;
}

static bool pair_init(struct pair *pair)
{
    pair->page = aligned_alloc(TRIREME_PAGE, sizeof *pair->page);
    memset(pair->page, 0, sizeof *pair->page);
    pair->memory = aligned_alloc(64, 256);
    ring_producer_init(&pair->producer, pair->memory, 256, &pair->page->tail, &pair->page->head);
    ring_consumer_init(&pair->consumer, pair->memory, 256, &pair->page->tail, &pair->page->head);
    pair->doorbell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK(pair->doorbell >= 0);
    return true;
}

static void pair_finish(struct pair *pair)
{
    close(pair->doorbell);
    free(pair->memory);
    free(pair->page);
}

/* `count` pairs of threads at once; each has so many sleeps and races. */
static bool no_wakeup_is_lost(enum barrier barrier, unsigned count, uint64_t sleeps, uint64_t races)
{
    struct pair pairs[PAIRS];
    pthread_t threads[PAIRS][2];
    uint64_t slept = 0, lost = 0;
    long switches = 0;

    for (unsigned i = 0; i < count; i++) {
        pairs[i] = (struct pair){
            .barrier = barrier,
            .wanted_sleeps = sleeps,
            .wanted_races = races,
        };
        CHECK(pair_init(&pairs[i]));
        CHECK(pthread_create(&threads[i][0], NULL, read_and_sleep, &pairs[i]) == 0);
        CHECK(pthread_create(&threads[i][1], NULL, publish_again_and_again, &pairs[i]) == 0);
    }
    for (unsigned i = 0; i < count; i++) {
        pthread_join(threads[i][0], NULL);
        pthread_join(threads[i][1], NULL);
        slept += pairs[i].sleeps;
        lost += pairs[i].lost;
        switches += pairs[i].switches;
        pair_finish(&pairs[i]);
    }
    printf("       %llu sleeps, of which %ld gave up the core, %llu lost\n",
           (unsigned long long)slept, switches, (unsigned long long)lost);
    CHECK(lost == 0);
    CHECK(slept >= sleeps * count);
    return true;
}

/* This process has not registered: membarriers would pass it by, and only the producer's fence
 * keeps the wake-ups. */
bool check_lost_wakeup_fence(void)
{
    return no_wakeup_is_lost(GUEST_FENCE, 1, 0, RACES) &&
           no_wakeup_is_lost(GUEST_FENCE, PAIRS, SLEEPS / PAIRS, 0);
}

/* As under TCG: only the reader's membarrier keeps the wake-ups. */
bool check_lost_wakeup_membarrier(void)
{
    if (!reader_sleep_register()) {
        printf("       no membarrier here: %s\n", strerror(errno));
        return true;
    }
    return no_wakeup_is_lost(HOST_MEMBARRIER, 1, 0, RACES / 3) &&
           no_wakeup_is_lost(HOST_MEMBARRIER, PAIRS, SLEEPS / 4 / PAIRS, 0);
}

bool check_sleep_looks_again(void)
{
    uint32_t status = TRIREME_READER_AWAKE, tail = 8;
    CHECK(reader_sleep_begin(&status, TRIREME_READER_IDLE, &tail, 8));
    CHECK(status == TRIREME_READER_IDLE);
    reader_sleep_end(&status);
    CHECK(status == TRIREME_READER_AWAKE);
    CHECK(reader_sleep_begin(&status, TRIREME_READER_FULL, &tail, 8));
    CHECK(status == TRIREME_READER_FULL);
    reader_sleep_end(&status);
    tail = 16;
    CHECK(!reader_sleep_begin(&status, TRIREME_READER_IDLE, &tail, 8));
    CHECK(status == TRIREME_READER_AWAKE);
    return true;
}

bool check_completion_wait(void)
{
    struct trireme_slot_page *page = aligned_alloc(TRIREME_PAGE, sizeof *page);
    uint32_t waiters = 0;

    memset(page, 0, sizeof *page);
    page->completions = UINT32_MAX;
    CHECK(!completion_wait(&page->completions, UINT32_MAX, 0));
    CHECK(!completion_wait(&page->completions, UINT32_MAX, 2000));
    CHECK(!completion_spin(&page->completions, UINT32_MAX, 0));
    CHECK(!completion_spin(&page->completions, UINT32_MAX, 2000));
    completion_signal(page, &waiters);
    CHECK(page->completions == 0);
    CHECK(completion_wait(&page->completions, UINT32_MAX, UINT32_MAX));
    CHECK(completion_spin(&page->completions, UINT32_MAX, UINT32_MAX));
    completion_signal(page, NULL);
    CHECK(page->completions == 1);

    /* Signals that nobody waits for cost nothing. */
    completion_signal_waiters(page, &waiters);
    CHECK(page->completions == 1);
    waiters = 1;
    completion_signal_waiters(page, &waiters);
    CHECK(page->completions == 2);
    waiters = 0;
    page->waiting = 1;
    completion_signal_waiters(page, NULL);
    CHECK(page->completions == 3);
    free(page);
    return true;
}

struct waiter {
    struct trireme_slot_page *page;
    uint32_t *device_waiters; /* NULL: announces itself in the page */
    uint32_t seen;
    bool in_time;
};

static int64_t elapsed_ms(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

static void *wait_once(void *data)
{
    struct waiter *waiter = data;
    uint32_t *announce = waiter->device_waiters ? waiter->device_waiters : &waiter->page->waiting;
    struct timespec start;
    __atomic_fetch_add(announce, 1, __ATOMIC_SEQ_CST);
    clock_gettime(CLOCK_MONOTONIC, &start);
    bool woken = completion_wait(&waiter->page->completions, waiter->seen, LOST_MS * 1000);
    waiter->in_time = woken && elapsed_ms(&start) < LOST_MS;
    __atomic_fetch_sub(announce, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

/* One signal wakes the device's waiters and the guest's. */
bool check_completion_waiters(void)
{
    struct trireme_slot_page *page = aligned_alloc(TRIREME_PAGE, sizeof *page);
    uint32_t device_waiters = 0;
    struct waiter waiters[4];
    pthread_t threads[4];

    memset(page, 0, sizeof *page);
    for (unsigned i = 0; i < 4; i++) {
        waiters[i] = (struct waiter){.page = page};
        waiters[i].device_waiters = i % 2 ? &device_waiters : NULL;
        CHECK(pthread_create(&threads[i], NULL, wait_once, &waiters[i]) == 0);
    }
    while (__atomic_load_n(&page->waiting, __ATOMIC_RELAXED) < 2 ||
           __atomic_load_n(&device_waiters, __ATOMIC_RELAXED) < 2) {
        sched_yield();
    }
    usleep(10000);
    completion_signal(page, &device_waiters);
    for (unsigned i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK(waiters[i].in_time);
    }
    CHECK(page->waiting == 0 && device_waiters == 0);
    free(page);
    return true;
}

struct space {
    struct trireme_slot_page *page;
    uint32_t rounds;
    bool lost;
};

/* A guest of this machine waits for head to move, again and again. */
static void *wait_for_space(void *data)
{
    struct space *space = data;
    struct trireme_slot_page *page = space->page;
    uint64_t random = 17;
    for (uint32_t i = 0; i < space->rounds && !space->lost; i++) {
        __atomic_store_n(&page->tail, i + 1, __ATOMIC_RELEASE);
        hesitate(&random);
        for (;;) {
            uint32_t seen = __atomic_load_n(&page->completions, __ATOMIC_ACQUIRE);
            __atomic_store_n(&page->waiting, 1, __ATOMIC_RELAXED);
            ring_fence();
            if (__atomic_load_n(&page->head, __ATOMIC_ACQUIRE) == i + 1) {
                break;
            }
            /* The wake-up for the completion before may come late and end this wait early. */
            struct timespec start;
            clock_gettime(CLOCK_MONOTONIC, &start);
            if (!completion_wait(&page->completions, seen, LOST_MS * 1000) &&
                elapsed_ms(&start) >= LOST_MS &&
                __atomic_load_n(&page->head, __ATOMIC_ACQUIRE) == i + 1) {
                space->lost = true;
                break;
            }
        }
        __atomic_store_n(&page->waiting, 0, __ATOMIC_RELAXED);
    }
    __atomic_store_n(&page->tail, UINT32_MAX, __ATOMIC_RELEASE);
    return NULL;
}

bool check_lost_completion(void)
{
    struct trireme_slot_page *page = aligned_alloc(TRIREME_PAGE, sizeof *page);
    struct space space = {.page = page, .rounds = 100000 / RING_CHECKS_SHORTER};
    pthread_t thread;
    unsigned spins = 0;

    memset(page, 0, sizeof *page);
    CHECK(pthread_create(&thread, NULL, wait_for_space, &space) == 0);
    for (uint32_t tail, head = 0;
         (tail = __atomic_load_n(&page->tail, __ATOMIC_ACQUIRE)) != UINT32_MAX;) {
        if (tail == head) {
            if (++spins > 2000) {
                sched_yield();
            }
            continue;
        }
        spins = 0;
        __atomic_store_n(&page->head, head = tail, __ATOMIC_RELEASE);
        completion_signal_waiters(page, NULL);
    }
    pthread_join(thread, NULL);
    CHECK(!space.lost);
    free(page);
    return true;
}
