/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The slot protocol: opening, refusal, silence, loss, what dead processes left. */
#include <criterion/criterion.h>
#include <string.h>

#include "fake_host.h"
#include "guest/common/slot.h"

static struct fake_host host;

static void start(void)
{
    fake_host_start(&host);
}

static void stop(void)
{
    fake_host_stop(&host);
}

TestSuite(slot, .init = start, .fini = stop, .timeout = 60);

static const struct slot_wanted wanted = {.role = TRIREME_ROLE_CONTEXT, .ring_size = FAKE_RING};

Test(slot, opens_and_closes)
{
    struct slot slot;
    struct port_error error;
    cr_assert(slot_open(&slot, &host.port, &wanted, &error), "%s", error.text);
    cr_expect_eq(slot.ring_size, FAKE_RING);
    cr_expect_geq(slot.ring, host.port.window + TRIREME_SPACE_OFFSET(FAKE_SLOTS));
    cr_expect_eq(slot.page->request.version, TRIREME_ABI_VERSION);
    cr_expect_not(slot_lost(&slot));
    cr_expect_eq(host.own_locks, 1);
    slot_close(&slot);
    cr_expect_eq(host.frees, 1);
    cr_expect_eq(host.own_locks, 0);
}

Test(slot, refusal_gives_the_hosts_reason)
{
    static const struct {
        uint32_t refusal;
        enum port_fault fault;
    } cases[] = {{TRIREME_REFUSAL_OTHER, PORT_FAULT_HOST},
                 {TRIREME_REFUSAL_VERSION, PORT_FAULT_VERSION},
                 {TRIREME_REFUSAL_SPACE, PORT_FAULT_FULL},
                 {77, PORT_FAULT_HOST}};
    struct slot slot;
    struct port_error error;
    host.mood = FAKE_REFUSING;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        host.refusal = cases[i].refusal;
        cr_assert_not(slot_open(&slot, &host.port, &wanted, &error));
        cr_expect(strstr(error.text, "no, because"), "%s", error.text);
        cr_expect_eq(error.fault, cases[i].fault);
        cr_expect_eq(host.own_locks, 0);
    }
}

Test(slot, rings_outside_of_the_window_are_refused)
{
    struct slot slot;
    struct port_error error;
    host.mood = FAKE_NONSENSE;
    cr_assert_not(slot_open(&slot, &host.port, &wanted, &error));
    cr_expect(strstr(error.text, "outside"), "%s", error.text);
}

Test(slot, server_that_dies_meanwhile_ends_the_wait)
{
    struct slot slot;
    struct port_error error;
    fake_host_die(&host);
    cr_assert_not(slot_open(&slot, &host.port, &wanted, &error));
    cr_expect(strstr(error.text, "gone"), "%s", error.text);
}

Test(slot, all_taken_names_the_remedy)
{
    struct slot slot;
    struct port_error error;
    host.locked = (1u << FAKE_SLOTS) - 1;
    cr_assert_not(slot_open(&slot, &host.port, &wanted, &error));
    cr_expect(strstr(error.text, "slots="), "%s", error.text);
}

Test(slot, each_open_takes_another)
{
    struct slot slots[FAKE_SLOTS + 1];
    struct port_error error;
    for (unsigned i = 0; i < FAKE_SLOTS; i++) {
        cr_assert(slot_open(&slots[i], &host.port, &wanted, &error), "%s", error.text);
        cr_expect_eq(slots[i].number, i);
    }
    cr_expect_not(slot_open(&slots[FAKE_SLOTS], &host.port, &wanted, &error));
    slot_close(&slots[1]);
    cr_expect(slot_open(&slots[FAKE_SLOTS], &host.port, &wanted, &error));
    cr_expect_eq(slots[FAKE_SLOTS].number, 1);
}

static void open_one(struct slot *slot)
{
    struct port_error error;
    cr_assert(slot_open(slot, &host.port, &wanted, &error), "%s", error.text);
}

Test(slot, lost_when_the_server_says_so)
{
    struct slot slot;
    open_one(&slot);
    slot.page->answer.state = TRIREME_SLOT_LOST;
    cr_expect(slot_lost(&slot));
    slot.page->answer.state = TRIREME_SLOT_OPEN;
    cr_expect(slot_lost(&slot), "once lost, always lost");
}

Test(slot, lost_with_the_generation)
{
    struct slot slot;
    open_one(&slot);
    port_header(&host.port)->generation++;
    cr_expect(slot_lost(&slot));
}

Test(slot, lost_when_another_serial_is_answered)
{
    struct slot slot;
    open_one(&slot);
    slot.page->request.serial += 5;
    slot.page->answer.serial += 5;
    cr_expect(slot_lost(&slot));
}

Test(slot, wait_ends_when_the_server_dies)
{
    struct slot slot;
    open_one(&slot);
    fake_host_die(&host);
    while (slot_wait(&slot, slot_completions(&slot), 1000)) {
    }
    cr_expect(slot_lost(&slot));
    slot_close(&slot);
    cr_expect_eq(host.own_locks, 0);
}

/* As a process leaves its slot that was killed: in use, with nobody's lock. */
static void leave_in_use(uint32_t number)
{
    struct trireme_slot_page *page = fake_host_page(&host, number);
    page->request.role = TRIREME_ROLE_CONTEXT;
    __atomic_fetch_add(&page->request.serial, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&page->answer.serial, __ATOMIC_ACQUIRE) != page->request.serial) {
    }
    page->tail = 4096;
}

Test(slot, newcomer_frees_what_the_dead_left)
{
    leave_in_use(1);
    leave_in_use(2);
    leave_in_use(3);
    host.locked = 1u << 3; /* this one lives */
    slot_reclaim_dead(&host.port);
    cr_expect_eq(host.frees, 2);
    cr_expect_eq(fake_host_page(&host, 1)->request.role, TRIREME_ROLE_NONE);
    cr_expect_eq(fake_host_page(&host, 2)->request.role, TRIREME_ROLE_NONE);
    cr_expect_eq(fake_host_page(&host, 3)->request.role, TRIREME_ROLE_CONTEXT);
    cr_expect_eq(host.own_locks, 0);
}

Test(slot, open_frees_first_what_was_there)
{
    struct slot slot;
    leave_in_use(0);
    open_one(&slot);
    cr_expect_eq(slot.number, 0);
    cr_expect_eq(host.frees, 1);
    cr_expect_eq(slot.page->tail, 0);
}
