/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two threads with everything that guest and server have between them: the command ring, the
 * reader's sleep with an eventfd for its doorbell, and the completion futex for ring space.
 */
#include "bench/ring_bench.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "ring/abi.h"
#include "ring/command_ring.h"
#include "ring/completion.h"
#include "ring/doorbell_ring.h"
#include "ring/reader_sleep.h"
#include "ring/shared_memory.h"

#define DOORBELL_PRODUCERS 4

#define OPCODE_DATA 256
#define OPCODE_STAMP 257 /* struct stamp */
#define OPCODE_STOP 258

/* A reader gives space back at least this often: after a quarter of the ring, or so many bytes. */
#define RELEASE_STEP (64u << 10)

struct stamp {
    struct trireme_record record;
    uint32_t pad;
    uint64_t time_ns;
};

struct options {
    int record_bytes;
    int milliseconds;
    int samples;
    gboolean json;
};

/* One ring with its two ends. The producer belongs to the calling thread, the consumer to the
 * reader thread. */
struct bed {
    struct trireme_slot_page *page;
    uint8_t *memory;
    uint32_t size;
    int doorbell; /* eventfd */
    struct ring_producer producer;
    struct ring_consumer consumer;
    uint64_t doorbells;   /* rung by the producer */
    uint64_t *latency_ns; /* filled by the reader, one for each stamp */
    uint32_t latencies;
    uint64_t checksum;
};

struct result {
    uint32_t size;
    double records_per_second, bytes_per_second, doorbells_per_second;
    double median_us, p99_us;
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void bed_init(struct bed *bed, uint32_t size)
{
    memset(bed, 0, sizeof *bed);
    bed->page = g_aligned_alloc0(1, sizeof *bed->page, TRIREME_PAGE);
    bed->memory = g_aligned_alloc0(1, size, TRIREME_PAGE);
    bed->size = size;
    bed->doorbell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bed->doorbell < 0) {
        g_error("eventfd: %s", g_strerror(errno));
    }
    ring_producer_init(&bed->producer, bed->memory, size, &bed->page->tail, &bed->page->head);
    ring_consumer_init(&bed->consumer, bed->memory, size, &bed->page->tail, &bed->page->head);
}

static void bed_finish(struct bed *bed)
{
    close(bed->doorbell);
    g_aligned_free(bed->memory);
    g_aligned_free(bed->page);
}

static void sleep_until_doorbell(struct bed *bed)
{
    if (reader_sleep_begin(&bed->page->reader_status, TRIREME_READER_IDLE, &bed->page->tail,
                           bed->consumer.seen_tail)) {
        struct pollfd pollfd = {.fd = bed->doorbell, .events = POLLIN};
        eventfd_t count;
        poll(&pollfd, 1, 100);
        eventfd_read(bed->doorbell, &count);
        reader_sleep_end(&bed->page->reader_status);
    }
}

static void release(struct bed *bed)
{
    ring_consumer_release(&bed->consumer);
    completion_signal_waiters(bed->page, NULL);
}

static gpointer reader(gpointer data)
{
    struct bed *bed = data;
    uint32_t step = MIN(RELEASE_STEP, bed->size / 4), released = 0;
    for (;;) {
        struct trireme_record header;
        const uint8_t *record;
        switch (ring_consumer_next(&bed->consumer, &header, &record)) {
        case RING_RECORD:
            break;
        case RING_EMPTY:
            release(bed);
            released = ring_consumer_position(&bed->consumer);
            sleep_until_doorbell(bed);
            continue;
        case RING_CORRUPT:
            g_error("the ring is corrupt at %u", ring_consumer_position(&bed->consumer));
        }
        if (header.opcode == OPCODE_STOP) {
            return NULL;
        } else if (header.opcode == OPCODE_STAMP) {
            struct stamp stamp;
            ring_copy_once(&stamp, record, sizeof stamp);
            bed->latency_ns[bed->latencies++] = now_ns() - stamp.time_ns;
        } else {
            uint32_t word;
            ring_copy_once(&word, record + sizeof header, sizeof word);
            bed->checksum += word;
        }
        ring_consumer_advance(&bed->consumer, header.units * TRIREME_RECORD_UNIT);
        if (ring_consumer_position(&bed->consumer) - released >= step) {
            release(bed);
            released = ring_consumer_position(&bed->consumer);
        }
    }
}

static void publish(struct bed *bed)
{
    if (ring_producer_publish(&bed->producer, &bed->page->reader_status)) {
        eventfd_write(bed->doorbell, 1);
        bed->doorbells++;
    }
}

/* As a guest of this machine waits for space, see completion.h. */
static void wait_for_room(struct bed *bed, uint32_t bytes)
{
    struct trireme_slot_page *page = bed->page;
    uint32_t seen = __atomic_load_n(&page->completions, __ATOMIC_ACQUIRE);
    __atomic_store_n(&page->waiting, 1, __ATOMIC_RELAXED);
    ring_fence();
    if (ring_producer_free(&bed->producer) < 2 * bytes) {
        completion_wait(&page->completions, seen, 100000);
    }
    __atomic_store_n(&page->waiting, 0, __ATOMIC_RELAXED);
}

/* Slow path of reserving. */
static void *wait_and_reserve(struct bed *bed, uint32_t bytes)
{
    for (;;) {
        switch (ring_producer_refill(&bed->producer, bytes)) {
        case RING_ROOM:
            return bed->producer.cursor;
        case RING_PUBLISH:
            publish(bed);
            break;
        case RING_FULL:
            wait_for_room(bed, bytes);
            break;
        }
    }
}

static void *begin_record(struct bed *bed, uint16_t opcode, uint32_t bytes)
{
    struct trireme_record *record = ring_producer_reserve(&bed->producer, bytes);
    if (!record) {
        record = wait_and_reserve(bed, bytes);
    }
    record->opcode = opcode;
    record->units = (uint16_t)(bytes / TRIREME_RECORD_UNIT);
    return record;
}

static void stop_reader(struct bed *bed, GThread *thread)
{
    begin_record(bed, OPCODE_STOP, TRIREME_RECORD_UNIT);
    ring_producer_commit(&bed->producer, TRIREME_RECORD_UNIT);
    publish(bed);
    g_thread_join(thread);
}

/* Records as fast as they go. */
static void measure_rate(struct result *result, const struct options *options)
{
    struct bed bed;
    uint32_t bytes = (uint32_t)options->record_bytes;
    uint64_t records = 0, start, end;
    g_autofree uint8_t *payload = g_malloc0(bytes);

    bed_init(&bed, result->size);
    GThread *thread = g_thread_new("reader", reader, &bed);
    start = now_ns();
    end = start + (uint64_t)options->milliseconds * 1000000u;
    do {
        for (unsigned i = 0; i < 1000; i++) {
            uint8_t *record = begin_record(&bed, OPCODE_DATA, bytes);
            memcpy(record + sizeof(struct trireme_record), payload,
                   bytes - sizeof(struct trireme_record));
            ring_producer_commit(&bed.producer, bytes);
        }
        records += 1000;
    } while (now_ns() < end);
    stop_reader(&bed, thread);

    double seconds = (double)(now_ns() - start) / 1e9;
    result->records_per_second = (double)records / seconds;
    result->bytes_per_second = (double)records * bytes / seconds;
    result->doorbells_per_second = (double)bed.doorbells / seconds;
    bed_finish(&bed);
}

static int compare_times(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* From just before publish to the reader's having decoded the record, the reader asleep. */
static void measure_latency(struct result *result, const struct options *options)
{
    struct bed bed;
    uint32_t samples = (uint32_t)options->samples;
    g_autofree uint64_t *latency_ns = g_new0(uint64_t, samples);

    bed_init(&bed, result->size);
    bed.latency_ns = latency_ns;
    GThread *thread = g_thread_new("reader", reader, &bed);
    for (uint32_t i = 0; i < samples; i++) {
        while (__atomic_load_n(&bed.page->reader_status, __ATOMIC_ACQUIRE) != TRIREME_READER_IDLE) {
            sched_yield();
        }
        /* The status stands a little before the reader blocks. */
        g_usleep(20);
        struct stamp *stamp = begin_record(&bed, OPCODE_STAMP, sizeof *stamp);
        stamp->time_ns = now_ns();
        ring_producer_commit(&bed.producer, sizeof *stamp);
        publish(&bed);
        while (__atomic_load_n(&bed.page->head, __ATOMIC_ACQUIRE) !=
               ring_producer_position(&bed.producer)) {
            sched_yield();
        }
    }
    stop_reader(&bed, thread);
    qsort(latency_ns, samples, sizeof *latency_ns, compare_times);
    result->median_us = (double)latency_ns[samples / 2] / 1e3;
    result->p99_us = (double)latency_ns[(uint64_t)samples * 99 / 100] / 1e3;
    bed_finish(&bed);
}

/* The doorbell ring with all its producers at once. */
struct doorbell_bed {
    struct trireme_doorbell_slot slot;
    uint32_t pushes; /* of each producer */
};

static gpointer push_doorbells(gpointer data)
{
    struct doorbell_bed *bed = data;
    for (uint32_t i = 0; i < bed->pushes; i++) {
        while (!doorbell_ring_push(&bed->slot, i, i)) {
            sched_yield();
        }
    }
    return NULL;
}

struct doorbell_result {
    unsigned producers;
    double delivered_per_second;
};

static void measure_doorbells(struct doorbell_result *result)
{
    GThread *threads[DOORBELL_PRODUCERS];
    struct doorbell_bed *bed = g_aligned_alloc0(1, sizeof *bed, TRIREME_PAGE);
    uint32_t pop = 0, position;
    uint64_t time_ns, start = now_ns();

    doorbell_ring_init(&bed->slot);
    bed->pushes = 500000;
    for (unsigned i = 0; i < result->producers; i++) {
        threads[i] = g_thread_new("producer", push_doorbells, bed);
    }
    while (pop < bed->pushes * result->producers) {
        if (!doorbell_ring_pop(&bed->slot, &pop, &position, &time_ns)) {
            sched_yield();
        }
    }
    result->delivered_per_second = pop / ((double)(now_ns() - start) / 1e9);
    for (unsigned i = 0; i < result->producers; i++) {
        g_thread_join(threads[i]);
    }
    g_aligned_free(bed);
}

static void print_header(const struct options *options)
{
    if (options->json) {
        printf("{\"command_ring\": [");
        return;
    }
    printf(
        "Command ring: records of %d bytes, two threads, %d ms and %d wake-ups for each size.\n\n",
        options->record_bytes, options->milliseconds, options->samples);
    printf("     ring   records/s     bytes/s   doorbells/s   wake-up median       p99\n");
}

static void print_result(const struct result *result, const struct options *options, bool first)
{
    if (options->json) {
        printf("%s\n  {\"ring_bytes\": %u, \"record_bytes\": %d, \"records_per_second\": %.0f, "
               "\"bytes_per_second\": %.0f, \"doorbells_per_second\": %.0f, "
               "\"wakeup_median_us\": %.2f, \"wakeup_p99_us\": %.2f}",
               first ? "" : ",", result->size, options->record_bytes, result->records_per_second,
               result->bytes_per_second, result->doorbells_per_second, result->median_us,
               result->p99_us);
    } else {
        printf("%5u KiB  %8.1f M  %7.2f GB  %12.0f  %12.1f µs  %6.1f µs\n", result->size >> 10,
               result->records_per_second / 1e6, result->bytes_per_second / 1e9,
               result->doorbells_per_second, result->median_us, result->p99_us);
    }
    fflush(stdout);
}

static void print_doorbell_header(const struct options *options)
{
    if (options->json) {
        printf("],\n \"doorbell_ring\": [");
    } else {
        printf("\nDoorbell ring: one consumer, and producers that try again when it is full.\n\n");
        printf("producers  doorbells/s\n");
    }
}

static void print_doorbell_result(const struct doorbell_result *result,
                                  const struct options *options, bool first)
{
    if (options->json) {
        printf("%s\n  {\"producers\": %u, \"doorbells_per_second\": %.0f}", first ? "" : ",",
               result->producers, result->delivered_per_second);
    } else {
        printf("%9u  %9.1f M\n", result->producers, result->delivered_per_second / 1e6);
    }
    fflush(stdout);
}

static bool check_options(const struct options *options, const char *program)
{
    if (options->record_bytes < 8 || options->record_bytes % 8 != 0 ||
        (uint32_t)options->record_bytes > ring_record_limit(TRIREME_RING_MIN)) {
        fprintf(stderr, "%s: --record takes a multiple of 8 from 8 to %u\n", program,
                ring_record_limit(TRIREME_RING_MIN));
        return false;
    }
    if (options->milliseconds < 1 || options->samples < 1) {
        fprintf(stderr, "%s: --time and --samples take a number greater than 0\n", program);
        return false;
    }
    return true;
}

int ring_bench_main(int argc, char **argv)
{
    struct options options = {.record_bytes = 32, .milliseconds = 300, .samples = 2000};
    const GOptionEntry entries[] = {
        {"record", 'r', 0, G_OPTION_ARG_INT, &options.record_bytes,
         "Size of a record in bytes (32)", "BYTES"},
        {"time", 't', 0, G_OPTION_ARG_INT, &options.milliseconds,
         "How long to measure the rate of each size (300)", "MS"},
        {"samples", 'n', 0, G_OPTION_ARG_INT, &options.samples,
         "How many wake-ups to time for each size (2000)", "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON instead of a table", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_set_summary(
        context, "Measures the command ring between two threads, for ring sizes from 16 KiB to\n"
                 "16 MiB: records and bytes a second, doorbells that this took, and the time\n"
                 "from a publish until a sleeping reader has decoded the record. Then the\n"
                 "doorbell ring with 1 to 4 producers.");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "%s: %s\n", argv[0], error->message);
        return EXIT_FAILURE;
    }
    if (!check_options(&options, argv[0])) {
        return EXIT_FAILURE;
    }
    reader_sleep_register();
    print_header(&options);
    for (uint32_t size = TRIREME_RING_MIN; size <= TRIREME_RING_MAX; size *= 4) {
        struct result result = {.size = size};
        measure_rate(&result, &options);
        measure_latency(&result, &options);
        print_result(&result, &options, size == TRIREME_RING_MIN);
    }
    print_doorbell_header(&options);
    for (unsigned producers = 1; producers <= DOORBELL_PRODUCERS; producers *= 2) {
        struct doorbell_result result = {.producers = producers};
        measure_doorbells(&result);
        print_doorbell_result(&result, &options, producers == 1);
    }
    if (options.json) {
        printf("]}\n");
    }
    return EXIT_SUCCESS;
}
