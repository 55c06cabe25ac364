/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The life of slots, as a guest sees it through a whole server. */
#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session;

static void start(void)
{
    test_server_start(&server, NULL);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(slot, .init = start, .fini = stop, .timeout = 240);

static void assert_refused(const struct trireme_slot_request *request, enum trireme_refusal refusal,
                           const char *const *said)
{
    struct fake_slot slot;
    cr_assert_eq(fake_slot_ask(&slot, &guest, 1, request), TRIREME_SLOT_REFUSED);
    cr_assert_eq(slot.page->answer.refusal, refusal);
    for (; *said; said++) {
        cr_assert_not_null(strstr(slot.page->answer.message, *said), "\"%s\" is not in: %s", *said,
                           slot.page->answer.message);
    }
}

Test(slot, another_version_is_refused_with_both_named)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_SESSION);
    g_autofree char *ours = g_strdup_printf("%u.%u", TRIREME_ABI_MAJOR, TRIREME_ABI_MINOR);
    request.version = 0x00090003;
    assert_refused(&request, TRIREME_REFUSAL_VERSION, (const char *[]){"9.3", ours, NULL});
}

Test(slot, another_table_of_commands_is_refused_with_both_named)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_SESSION);
    g_autofree char *ours = g_strdup_printf("%08x", GL_OPCODES_FINGERPRINT);
    request.gl_opcodes = 0x12345678;
    assert_refused(&request, TRIREME_REFUSAL_VERSION, (const char *[]){"12345678", ours, NULL});
}

Test(slot, an_unknown_role_is_refused)
{
    struct trireme_slot_request request = fake_request(77);
    assert_refused(&request, TRIREME_REFUSAL_OTHER, (const char *[]){"role", NULL});
}

Test(slot, a_context_without_its_session_is_refused)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_slot = 0;
    request.session_serial = session.serial + 1;
    assert_refused(&request, TRIREME_REFUSAL_OTHER, (const char *[]){"session", NULL});
    request.session_slot = TRIREME_MAX_SLOTS;
    assert_refused(&request, TRIREME_REFUSAL_OTHER, (const char *[]){"session", NULL});
    request.session_slot = UINT32_MAX;
    assert_refused(&request, TRIREME_REFUSAL_OTHER, (const char *[]){"session", NULL});
}

Test(slot, absurd_ring_sizes_are_clamped)
{
    struct fake_slot slot;
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_serial = session.serial;
    request.ring_size = UINT32_MAX;
    request.reply_size = 3;
    cr_assert_eq(fake_slot_ask(&slot, &guest, 1, &request), TRIREME_SLOT_OPEN);
    cr_assert_eq(slot.page->answer.ring_size, TRIREME_RING_MAX);
    cr_assert_eq(slot.page->answer.reply_size, TRIREME_RING_MIN);
}

Test(slot, rings_shrink_and_then_contexts_are_refused_when_the_window_is_full)
{
    struct fake_guest small;
    struct fake_slot first, slot;
    fake_guest_connect(&small, server.socket, 64, TRIREME_WINDOW_MIN);
    fake_slot_open_session(&first, &small, 0);
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_serial = first.serial;
    request.ring_size = TRIREME_RING_DEFAULT;
    request.reply_size = TRIREME_RING_DEFAULT;
    bool shrunk = false;
    uint32_t number = 1;
    while (fake_slot_ask(&slot, &small, number, &request) == TRIREME_SLOT_OPEN) {
        shrunk = shrunk || slot.page->answer.ring_size < TRIREME_RING_DEFAULT;
        cr_assert_lt(++number, 63);
    }
    cr_assert(shrunk);
    cr_assert_eq(slot.page->answer.state, TRIREME_SLOT_REFUSED);
    cr_assert_eq(slot.page->answer.refusal, TRIREME_REFUSAL_SPACE);
    cr_assert_not_null(strstr(slot.page->answer.message, "window"), "%s",
                       slot.page->answer.message);
    /* What a closed slot gives back is there for the next. */
    struct fake_slot last = slot;
    last.number = number - 1;
    fake_slot_close(&last);
    cr_assert_eq(fake_slot_ask(&slot, &small, number, &request), TRIREME_SLOT_OPEN);
    fake_guest_disconnect(&small);
}

Test(slot, a_frame_that_finds_no_room_is_skipped_and_said_once)
{
    struct fake_guest small;
    struct fake_slot first, slot;
    fake_guest_connect(&small, server.socket, 4, TRIREME_WINDOW_MIN);
    fake_slot_open_session(&first, &small, 0);
    uint32_t config = fake_session_find_config(&first, 24, 0);
    fake_slot_open_context(&slot, &small, 1, &first);
    fake_context_create(&slot, 1);
    fake_context_make_current(&slot, config, 7, 2048, 2048);
    cr_assert_eq(fake_context_swap(&slot, 7, 1).status, TRIREME_FRAME_SKIPPED);
    cr_assert_eq(fake_context_swap(&slot, 7, 2).status, TRIREME_FRAME_SKIPPED);
    cr_assert(test_server_logs(&server, "window="));
    fake_guest_disconnect(&small);
}

static const struct trireme_slot_areas *line_of(const struct fake_slot *slot)
{
    return (const void *)(guest.window + TRIREME_AREAS_OFFSET(guest.slots, slot->number));
}

Test(slot, the_table_of_areas_says_where_rings_and_frames_lie)
{
    struct fake_slot slot;
    uint32_t config = fake_session_find_config(&session, 24, 0);
    cr_assert(((struct trireme_window_header *)guest.window)->features & TRIREME_FEATURE_AREAS);
    fake_slot_open_context(&slot, &guest, 1, &session);
    fake_context_create(&slot, 1);
    fake_context_make_current(&slot, config, 7, 100, 100);
    struct trireme_frame frame = fake_context_swap(&slot, 7, 1);
    const struct trireme_area *areas = line_of(&slot)->areas;
    cr_assert_eq(areas[TRIREME_AREA_RING].offset, slot.page->answer.ring_offset);
    cr_assert_eq(areas[TRIREME_AREA_RING].bytes, slot.page->answer.ring_size);
    cr_assert_eq(areas[TRIREME_AREA_REPLIES].offset, slot.page->answer.reply_offset);
    cr_assert_eq(areas[TRIREME_AREA_REPLIES].bytes, slot.page->answer.reply_size);
    cr_assert_eq(areas[TRIREME_AREA_FRAMES + 1].offset, frame.offset);
    cr_assert_geq(areas[TRIREME_AREA_FRAMES + 1].bytes, 100 * 100 * 4);
    fake_slot_close(&slot);
    cr_assert(fake_slot_becomes(&slot, TRIREME_SLOT_FREE));
    for (int use = 0; use < TRIREME_AREAS; use++) {
        cr_assert_eq(areas[use].bytes, 0);
    }
}

Test(slot, a_slot_is_used_again_and_again)
{
    for (unsigned i = 0; i < 20; i++) {
        struct fake_slot slot;
        fake_slot_open_context(&slot, &guest, 1, &session);
        cr_assert_eq(fake_context_create(&slot, 1), 0);
        fake_context_sync(&slot);
        if (i % 2) {
            fake_slot_close(&slot);
        }
    }
}

Test(slot, a_request_on_an_open_slot_closes_what_was_there)
{
    struct fake_slot context, other;
    fake_slot_open_context(&context, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&context, 1), 0);
    fake_slot_open_session(&other, &guest, 1);
    fake_session_find_config(&other, 24, 0);
    fake_slot_open_context(&context, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&context, 1), 0);
}

Test(slot, a_session_that_breaks_a_rule_is_lost_alone)
{
    struct fake_slot other, context;
    const struct trireme_record wrong = {.opcode = TRIREME_OP_SWAP};
    fake_slot_open_session(&other, &guest, 2);
    fake_slot_put(&other, &wrong, sizeof wrong);
    fake_slot_flush(&other);
    cr_assert(fake_slot_becomes(&other, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "a record that sessions do not know"));
    fake_slot_open_context(&context, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&context, 1), 0);
}

Test(slot, options_of_a_session_come_once)
{
    struct trireme_session_options options = {.record = {.opcode = TRIREME_OP_SESSION_OPTIONS}};
    struct fake_slot other;
    memset(options.lines, 'x', sizeof options.lines); /* without a NUL */
    fake_slot_put(&session, &options, sizeof options);
    fake_slot_flush(&session);
    fake_session_find_config(&session, 24, 0);
    fake_slot_put(&session, &options, sizeof options);
    fake_slot_flush(&session);
    cr_assert(fake_slot_becomes(&session, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "SESSION_OPTIONS: a second time"));
    fake_slot_open_session(&other, &guest, 2);
    fake_slot_put(&other, &options, 64);
    fake_slot_flush(&other);
    cr_assert(fake_slot_becomes(&other, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "SESSION_OPTIONS: wrong size"));
}

Test(slot, a_session_that_does_not_read_its_replies_is_lost)
{
    const struct {
        struct trireme_record record;
        uint32_t pad;
    } ask = {.record = {.opcode = TRIREME_OP_SESSION_INFO}};
    for (unsigned i = 0; i < 64; i++) {
        fake_slot_put(&session, &ask, sizeof ask);
    }
    fake_slot_flush(&session);
    cr_assert(fake_slot_becomes(&session, TRIREME_SLOT_LOST));
}

Test(slot, a_drawable_id_is_free_after_destroy)
{
    struct fake_slot slot;
    const struct trireme_drawable_destroy destroy = {
        .record = {.opcode = TRIREME_OP_DRAWABLE_DESTROY},
        .drawable = 7,
    };
    uint32_t config = fake_session_find_config(&session, 24, 0);
    fake_slot_open_context(&slot, &guest, 1, &session);
    fake_context_create(&slot, 1);
    fake_context_make_current(&slot, config, 7, 16, 16);
    cr_assert_eq(fake_context_swap(&slot, 7, 1).width, 16);
    fake_context_make_current(&slot, 0, 0, 0, 0);
    fake_context_sync(&slot);
    fake_slot_put(&session, &destroy, sizeof destroy);
    fake_slot_flush(&session);
    fake_session_find_config(&session, 24, 0);
    fake_context_make_current(&slot, config, 7, 32, 32);
    cr_assert_eq(fake_context_swap(&slot, 7, 2).width, 32);
}

/* A program that draws until it is killed; 1 goes into the pipe when it is well under way. */
static void draw_until_killed(int ready)
{
    struct fake_guest own;
    struct fake_slot own_session, slot;
    fake_guest_connect(&own, server.socket, 4, TRIREME_WINDOW_MIN);
    fake_slot_open_session(&own_session, &own, 0);
    uint32_t config = fake_session_find_config(&own_session, 24, 0);
    fake_slot_open_context(&slot, &own, 1, &own_session);
    fake_context_create(&slot, 1);
    fake_context_make_current(&slot, config, 7, 64, 64);
    for (uint32_t serial = 1;; serial++) {
        fake_context_clear(&slot, 1, 0, 1);
        fake_context_swap(&slot, 7, serial);
        if (serial == 2 && write(ready, "1", 1) != 1) {
            _exit(1);
        }
    }
}

static void kill_one_program(void)
{
    int ready[2];
    char byte;
    cr_assert_eq(pipe(ready), 0);
    pid_t program = fork();
    if (program == 0) {
        draw_until_killed(ready[1]);
    }
    close(ready[1]);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    kill(program, SIGKILL);
    waitpid(program, NULL, 0);
}

static bool one_window_is_left(void *data)
{
    return test_server_mappings(&server) == 1;
}

static unsigned descriptors_before;

static bool everything_came_back(void *data)
{
    return test_server_descriptors(&server) == descriptors_before && one_window_is_left(data);
}

Test(slot, a_hundred_killed_programs_leave_nothing_behind)
{
    kill_one_program();
    cr_assert(test_eventually(one_window_is_left, NULL));
    descriptors_before = test_server_descriptors(&server);
    for (unsigned i = 0; i < 100; i++) {
        kill_one_program();
    }
    cr_assert(test_eventually(everything_came_back, NULL),
              "%u descriptors instead of %u, %u windows", test_server_descriptors(&server),
              descriptors_before, test_server_mappings(&server));
}
