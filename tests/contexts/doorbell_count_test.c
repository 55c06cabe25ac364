/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sequence of asynchronous calls costs in doorbells, each of which is an exit in a VM. */
#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

#define CALLS 10000u

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;

static void open_context(void (*adjust)(struct config *config))
{
    test_server_start(&server, adjust);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_serial = session.serial;
    request.ring_size = TRIREME_RING_DEFAULT;
    cr_assert_eq(fake_slot_ask(&slot, &guest, 1, &request), TRIREME_SLOT_OPEN);
    cr_assert_eq(fake_context_create(&slot, 1), 0);
}

static void close_all(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

/* glDepthMask, published as an encoder does: every 4 KiB and at the end. Doorbells asked for. */
static unsigned make_calls(void)
{
    const struct {
        struct trireme_record record;
        uint32_t flag;
    } call = {{.opcode = GL_OP_DepthMask, .units = 1}, 1};
    unsigned doorbells = 0;
    for (unsigned i = 0; i < CALLS; i++) {
        uint8_t *place;
        while (!(place = ring_producer_reserve(&slot.commands, sizeof call))) {
            cr_assert_neq(ring_producer_refill(&slot.commands, sizeof call), RING_FULL);
            doorbells += ring_producer_publish(&slot.commands, &slot.page->reader_status);
        }
        memcpy(place, &call, sizeof call);
        ring_producer_commit(&slot.commands, sizeof call);
    }
    return doorbells + ring_producer_publish(&slot.commands, &slot.page->reader_status);
}

static void hold_awake(struct config *config)
{
    config->spin_us = 30000000;
}

Test(doorbells, a_reader_that_is_awake_needs_none, .timeout = 120)
{
    open_context(hold_awake);
    fake_context_sync(&slot);
    cr_assert_eq(make_calls(), 0);
    fake_context_sync(&slot);
    close_all();
}

static bool is_asleep(void *data)
{
    return __atomic_load_n(&slot.page->reader_status, __ATOMIC_RELAXED) == TRIREME_READER_IDLE;
}

static bool is_stopped(void *data)
{
    int status;
    return waitpid(server.pid, &status, WUNTRACED | WNOHANG) == server.pid && WIFSTOPPED(status);
}

Test(doorbells, a_reader_that_is_held_asleep_needs_one, .timeout = 120)
{
    open_context(NULL);
    do {
        /* It wakes now and then by itself; once stopped, it stays as it is. */
        kill(server.pid, SIGCONT);
        cr_assert(test_eventually(is_asleep, NULL));
        kill(server.pid, SIGSTOP);
        cr_assert(test_eventually(is_stopped, NULL));
    } while (!is_asleep(NULL));
    cr_assert_eq(make_calls(), 1);
    fake_slot_doorbell(&slot);
    kill(server.pid, SIGCONT);
    fake_context_sync(&slot);
    close_all();
}
