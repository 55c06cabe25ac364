/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guests that write at random: records of contexts with random fields, and random words all over
 * their slot's page and rings while the server works. Only their own contexts may suffer.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

#define ROUNDS 150u

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, bystander;
static uint32_t config;

static void start(void)
{
    test_server_start(&server, NULL);
    fake_guest_connect(&guest, server.socket, 8, TRIREME_WINDOW_MIN);
    fake_slot_open_session(&session, &guest, 0);
    config = fake_session_find_config(&session, 24, 0);
    fake_slot_open_context(&bystander, &guest, 7, &session);
    cr_assert_eq(fake_context_create(&bystander, 1), 0);
    fake_context_make_current(&bystander, config, 99, 8, 8);
    fake_context_sync(&bystander);
}

static void stop(void)
{
    fake_context_clear(&bystander, 1, 0, 0);
    struct trireme_frame frame = fake_context_swap(&bystander, 99, 1);
    cr_assert_eq(fake_frame_pixels(&bystander, &frame)[0] & 0xffffff, 0xff0000);
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(hostile, .init = start, .fini = stop, .timeout = 240);

/* A small number, a power of two, or anything at all. */
static uint32_t any(GRand *random)
{
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        return g_rand_int(random);
    case 1:
        return 1u << g_rand_int_range(random, 0, 32);
    case 2:
        return config;
    default:
        return (uint32_t)g_rand_int_range(random, 0, 9);
    }
}

static void put_random_record(struct fake_slot *slot, GRand *random)
{
    static const struct {
        uint16_t opcode;
        uint8_t words;
    } kinds[] = {
        {TRIREME_OP_CHUNK, 6},          {TRIREME_OP_MAKE_CURRENT, 12}, {TRIREME_OP_SWAP, 4},
        {TRIREME_OP_RESIZE, 4},         {TRIREME_OP_LEAVE, 2},         {TRIREME_OP_WAIT, 4},
        {TRIREME_OP_ERROR, 2},          {TRIREME_OP_SYNC, 2},          {TRIREME_OP_PAD, 2},
        {TRIREME_OP_CONTEXT_CREATE, 6}, {TRIREME_OP_SWAP_UNSEEN, 2},   {0xffff, 2},
    };
    uint32_t words[16] = {0};
    unsigned kind = (unsigned)g_rand_int_range(random, 0, G_N_ELEMENTS(kinds));
    const struct trireme_record header = {.opcode = kinds[kind].opcode};
    for (unsigned i = 1; i < kinds[kind].words; i++) {
        words[i] = any(random);
    }
    memcpy(words, &header, sizeof header);
    fake_slot_put(slot, words, kinds[kind].words * 4u);
}

static void open_victim(struct fake_slot *slot)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_serial = session.serial;
    cr_assert_eq(fake_slot_ask(slot, &guest, 1, &request), TRIREME_SLOT_OPEN, "%s",
                 slot->page->answer.message);
}

static bool is_over(void *data)
{
    const struct fake_slot *slot = data;
    return slot->page->answer.state != TRIREME_SLOT_OPEN ||
           __atomic_load_n(&slot->page->head, __ATOMIC_RELAXED) == slot->page->tail ||
           slot->page->reader_status == TRIREME_READER_FULL;
}

Test(hostile, records_with_random_fields)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct fake_slot slot;
        open_victim(&slot);
        cr_assert_eq(fake_context_create(&slot, 1 + round % 3), 0);
        for (unsigned i = 0; i < 40; i++) {
            put_random_record(&slot, random);
        }
        fake_slot_flush(&slot);
        cr_assert(test_eventually(is_over, &slot));
    }
}

/* Its own page, and its ring, while the thread reads them. */
static void scribble(struct fake_slot *slot, GRand *random)
{
    uint32_t *page = (uint32_t *)slot->page;
    uint32_t *ring = (uint32_t *)slot->commands.base;
    for (unsigned i = 0; i < 2000; i++) {
        uint32_t place = g_rand_int_range(random, 0x200 / 4, 0x480 / 4);
        if (i % 2) {
            __atomic_store_n(&page[place], any(random), __ATOMIC_RELAXED);
        } else {
            __atomic_store_n(&ring[g_rand_int_range(random, 0, 4096)], any(random),
                             __ATOMIC_RELAXED);
        }
        if (i % 100 == 0) {
            fake_slot_doorbell(slot);
        }
    }
}

Test(hostile, words_at_random_in_page_and_rings)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(21);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct fake_slot slot;
        open_victim(&slot);
        fake_context_create(&slot, 1);
        for (unsigned i = 0; i < 40; i++) {
            put_random_record(&slot, random);
        }
        fake_slot_flush(&slot);
        scribble(&slot, random);
    }
}

/* Requests at random too: the next sane one is answered. */
Test(hostile, requests_at_random)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(22);
    struct fake_slot slot;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct trireme_slot_request request = fake_request(any(random) % 4);
        request.session_slot = any(random);
        request.session_serial = any(random) % 2 ? session.serial : any(random);
        request.ring_size = any(random);
        request.reply_size = any(random);
        if (any(random) % 4 == 0) {
            request.version = any(random);
        }
        memset(request.program, (int)any(random), sizeof request.program);
        cr_assert_neq(fake_slot_ask(&slot, &guest, 2, &request), TRIREME_SLOT_LOST);
    }
    fake_slot_close(&slot);
}
