/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies through a small ring, without a server. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "contexts/reply.h"
#include "ring/records.h"

#define RING_SIZE 1024u
#define OPCODE 300u

static struct trireme_slot_page page;
static uint8_t ring[RING_SIZE] __attribute__((aligned(8)));
static const struct render_slot slot = {
    .page = &page,
    .reply_ring = ring,
    .reply_size = RING_SIZE,
};

static bool sleep_a_little(void *data, int milliseconds)
{
    atomic_bool *stop = data;
    g_usleep(50);
    return !atomic_load(stop);
}

struct sender {
    atomic_bool stop;
    const uint8_t *bytes;
    size_t size;
    unsigned replies;
    bool sent;
};

static void *send(void *data)
{
    struct sender *sender = data;
    struct reply_writer writer;
    reply_writer_init(&writer, &slot, sleep_a_little, &sender->stop);
    sender->sent = true;
    for (unsigned i = 0; i < sender->replies && sender->sent; i++) {
        sender->sent = reply_writer_send(&writer, OPCODE, sender->bytes, sender->size);
    }
    return NULL;
}

/* Receives a whole reply, as a guest does. */
static size_t receive(struct ring_consumer *replies, uint8_t *to)
{
    struct trireme_record header;
    const uint8_t *record;
    struct trireme_reply reply;
    size_t size = 0;
    do {
        enum ring_next next;
        while ((next = ring_consumer_next(replies, &header, &record)) == RING_EMPTY) {
            g_usleep(10);
        }
        cr_assert_eq(next, RING_RECORD);
        memcpy(&reply, record, sizeof reply);
        cr_assert_eq(reply.record.opcode, OPCODE);
        cr_assert_leq(sizeof reply + reply.bytes, header.units * TRIREME_RECORD_UNIT);
        memcpy(to + size, record + sizeof reply, reply.bytes);
        size += reply.bytes;
        ring_consumer_advance(replies, header.units * TRIREME_RECORD_UNIT);
        ring_consumer_release(replies);
    } while (reply.more);
    return size;
}

static void passes(size_t size, unsigned count)
{
    struct sender sender = {.size = size, .replies = count};
    struct ring_consumer replies;
    pthread_t thread;
    g_autofree uint8_t *bytes = g_malloc(size + 1), *got = g_malloc(size + 1);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i * 7 + i / 251);
    }
    sender.bytes = bytes;
    ring_consumer_init(&replies, ring, RING_SIZE, &page.reply_tail, &page.reply_head);
    pthread_create(&thread, NULL, send, &sender);
    for (unsigned i = 0; i < count; i++) {
        memset(got, 0, size + 1);
        cr_assert_eq(receive(&replies, got), size);
        cr_assert_eq(memcmp(got, bytes, size), 0, "size %zu", size);
    }
    pthread_join(thread, NULL);
    cr_assert(sender.sent);
}

Test(reply, of_no_bytes, .timeout = 60)
{
    passes(0, 1000);
}

Test(reply, of_odd_sizes, .timeout = 60)
{
    passes(1, 1000);
}

Test(reply, larger_than_the_ring, .timeout = 60)
{
    passes(100 * RING_SIZE + 3, 5);
}

Test(reply, at_every_size_around_a_record_limit, .timeout = 60)
{
    for (size_t size = RING_SIZE / 4 - 24; size < RING_SIZE / 4 + 24; size++) {
        memset(&page, 0, sizeof page);
        passes(size, 3);
    }
}

Test(reply, ends_when_the_thread_shall, .timeout = 60)
{
    static const uint8_t bytes[2 * RING_SIZE];
    struct sender sender = {.bytes = bytes, .size = sizeof bytes, .replies = 1};
    pthread_t thread;
    pthread_create(&thread, NULL, send, &sender);
    g_usleep(2000);
    atomic_store(&sender.stop, true);
    pthread_join(thread, NULL);
    cr_assert_not(sender.sent);
}
