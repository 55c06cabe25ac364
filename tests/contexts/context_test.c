/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Contexts through a whole server: drawing, frames, sharing, order, and what breaks a rule. */
#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session;
static uint32_t config;

static void start(void)
{
    test_server_start(&server, NULL);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    config = fake_session_find_config(&session, 24, 0);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(context, .init = start, .fini = stop, .timeout = 120);

static void open_context(struct fake_slot *slot, uint32_t number, uint32_t share_group)
{
    fake_slot_open_context(slot, &guest, number, &session);
    cr_assert_eq(fake_context_create(slot, share_group), 0);
}

static void assert_color(const struct fake_slot *slot, const struct trireme_frame *frame,
                         uint32_t bgrx)
{
    const uint32_t *pixels = fake_frame_pixels(slot, frame);
    for (uint32_t i = 0; i < frame->width * frame->height; i++) {
        cr_assert_eq(pixels[i] & 0xffffff, bgrx, "pixel %u is %06x", i, pixels[i] & 0xffffff);
    }
}

static void draws(struct fake_slot *slot, uint32_t drawable, uint32_t serial)
{
    fake_context_clear(slot, 1, 0, 0);
    struct trireme_frame frame = fake_context_swap(slot, drawable, serial);
    cr_assert_gt(frame.width, 0);
    assert_color(slot, &frame, 0xff0000);
}

Test(context, a_frame_shows_what_was_drawn)
{
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    fake_context_make_current(&slot, config, 7, 300, 200);
    for (uint32_t serial = 1; serial <= 5; serial++) {
        fake_context_clear(&slot, serial & 1, 1, 0);
        struct trireme_frame frame = fake_context_swap(&slot, 7, serial);
        cr_assert_eq(frame.width, 300);
        cr_assert_eq(frame.height, 200);
        cr_assert_eq(frame.drawable, 7);
        assert_color(&slot, &frame, serial & 1 ? 0xffff00 : 0x00ff00);
    }
}

Test(context, a_multisampled_frame_shows_what_was_drawn)
{
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    fake_context_make_current(&slot, fake_session_find_config(&session, 24, 4), 7, 64, 64);
    draws(&slot, 7, 1);
}

Test(context, a_resized_drawable_gives_frames_of_the_new_size)
{
    struct fake_slot slot;
    const struct trireme_resize resize = {
        .record = {.opcode = TRIREME_OP_RESIZE},
        .drawable = 7,
        .width = 640,
        .height = 480,
    };
    open_context(&slot, 1, 1);
    fake_context_make_current(&slot, config, 7, 32, 32);
    draws(&slot, 7, 1);
    fake_slot_put(&slot, &resize, sizeof resize);
    fake_context_clear(&slot, 0, 0, 1);
    struct trireme_frame frame = fake_context_swap(&slot, 7, 2);
    cr_assert_eq(frame.width, 640);
    cr_assert_eq(frame.height, 480);
    assert_color(&slot, &frame, 0x0000ff);
}

/* And what the program had set is there again after the frame. */
Test(context, the_state_a_frame_is_read_with_is_not_the_programs)
{
    enum { GL_PACK_SKIP_PIXELS = 0x0D04, GL_RED_BIAS = 0x0D15, GL_READ_BUFFER = 0x0C02 };
    struct fake_slot slot;
    struct {
        struct trireme_record record;
        uint32_t name;
        int32_t value;
    } store = {{.opcode = GL_OP_PixelStorei}, GL_PACK_SKIP_PIXELS, 5};
    struct {
        struct trireme_record record;
        uint32_t name;
        float value;
    } transfer = {{.opcode = GL_OP_PixelTransferf}, GL_RED_BIAS, 1};
    open_context(&slot, 1, 1);
    fake_context_make_current(&slot, config, 7, 16, 16);
    fake_slot_put(&slot, &store, sizeof store);
    fake_slot_put(&slot, &transfer, sizeof transfer);
    fake_context_clear(&slot, 0, 1, 0);
    int32_t read_buffer = fake_context_get_integer(&slot, GL_READ_BUFFER);
    struct trireme_frame frame = fake_context_swap(&slot, 7, 1);
    assert_color(&slot, &frame, 0x00ff00);
    cr_assert_eq(fake_context_get_integer(&slot, GL_PACK_SKIP_PIXELS), 5);
    cr_assert_eq(fake_context_get_integer(&slot, GL_RED_BIAS), 1);
    cr_assert_eq(fake_context_get_integer(&slot, GL_READ_BUFFER), read_buffer);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), 0);
}

Test(context, a_pbuffer_and_no_drawable_have_no_pixels)
{
    struct fake_slot slot;
    const struct trireme_make_current pbuffer = {
        .record = {.opcode = TRIREME_OP_MAKE_CURRENT},
        .draw = 9,
        .read = 9,
        .draw_config = config,
        .draw_kind = TRIREME_DRAWABLE_PBUFFER,
        .draw_width = 16,
        .draw_height = 16,
        .read_config = config,
        .read_kind = TRIREME_DRAWABLE_PBUFFER,
        .read_width = 16,
        .read_height = 16,
    };
    open_context(&slot, 1, 1);
    cr_assert_eq(fake_context_swap(&slot, 9, 1).status, TRIREME_FRAME_SKIPPED);
    fake_slot_put(&slot, &pbuffer, sizeof pbuffer);
    cr_assert_eq(fake_context_swap(&slot, 9, 2).status, TRIREME_FRAME_SKIPPED);
    cr_assert_eq(slot.page->answer.state, TRIREME_SLOT_OPEN);
}

Test(context, a_drawable_goes_from_one_context_to_another)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 2);
    fake_context_make_current(&first, config, 7, 16, 16);
    draws(&first, 7, 1);
    fake_context_make_current(&first, 0, 0, 0, 0);
    fake_slot_flush(&first);
    fake_context_make_current(&second, config, 7, 16, 16);
    draws(&second, 7, 1);
}

/* Left or right half of a window of 16 by 16. */
static void clear_half(struct fake_slot *slot, bool right, float red, float green)
{
    const struct {
        struct trireme_record header;
        int32_t place[4];
    } scissor = {{GL_OP_Scissor, 0}, {right ? 8 : 0, 0, 8, 16}};
    fake_slot_put(slot, &scissor, sizeof scissor);
    fake_slot_call(slot, GL_OP_Enable, 0x0C11 /* GL_SCISSOR_TEST */);
    fake_context_clear(slot, red, green, 0);
}

Test(context, two_contexts_draw_to_one_drawable_at_a_time)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 2);
    fake_context_make_current(&first, config, 7, 16, 16);
    clear_half(&first, false, 0, 1);
    fake_context_sync(&first);
    fake_context_make_current(&second, config, 7, 16, 16);
    for (uint32_t serial = 1; serial <= 3; serial++) {
        clear_half(&second, true, 1, 0);
        fake_context_sync(&second);
        clear_half(&first, false, 0, 1);
        struct trireme_frame frame = fake_context_swap(&first, 7, serial);
        const uint32_t *pixels = fake_frame_pixels(&first, &frame);
        cr_assert_eq(pixels[0] & 0xffffff, 0x00ff00);
        cr_assert_eq(pixels[15] & 0xffffff, 0xff0000);
    }
}

/* The second one's commands wait for the first one's glEnd. */
Test(context, a_drawable_is_not_lent_between_begin_and_end)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 2);
    fake_context_make_current(&first, config, 7, 16, 16);
    fake_context_make_current(&second, config, 7, 16, 16);
    fake_context_sync(&first);
    fake_context_sync(&second);
    fake_slot_call(&first, GL_OP_Begin, 0);
    fake_slot_flush(&first);
    usleep(300000);
    fake_context_clear(&second, 1, 0, 0);
    fake_slot_flush(&second);
    usleep(300000);
    cr_assert_neq(__atomic_load_n(&second.page->head, __ATOMIC_ACQUIRE),
                  __atomic_load_n(&second.page->tail, __ATOMIC_ACQUIRE));
    fake_slot_call(&first, GL_OP_End, 0);
    cr_assert_eq(fake_context_call(&first, GL_OP_GetError, 0), 0);
    struct trireme_frame frame = fake_context_swap(&second, 7, 1);
    assert_color(&second, &frame, 0xff0000);
}

/* A list may hold a glBegin; at a leave point it is known that none is open. */
Test(context, a_drawable_is_lent_behind_a_list)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 2);
    fake_context_make_current(&first, config, 7, 16, 16);
    fake_slot_call(&first, GL_OP_CallList, 9);
    fake_context_leave(&first, 1);
    fake_slot_flush(&first);
    fake_context_make_current(&second, config, 7, 16, 16);
    draws(&second, 7, 1);
    fake_slot_call(&second, GL_OP_CallList, 9);
    draws(&second, 7, 2);
    fake_context_sync(&first);
}

static void only_one_drawable(struct config *config)
{
    config->drawables = 1;
}

static void start_with_one_drawable(void)
{
    test_server_start(&server, only_one_drawable);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    config = fake_session_find_config(&session, 24, 0);
}

/* Its destruction goes another way than the command that makes it, and may be first. */
Test(one_drawable, destroyed_before_it_was_made_is_none_too_many, .init = start_with_one_drawable,
     .fini = stop, .timeout = 60)
{
    struct fake_slot slot;
    struct trireme_drawable_destroy destroy = {{TRIREME_OP_DRAWABLE_DESTROY, 0}, .drawable = 7};
    open_context(&slot, 1, 1);
    fake_slot_put(&session, &destroy, sizeof destroy);
    fake_session_find_config(&session, 24, 0); /* that is behind it */
    fake_context_make_current(&slot, config, 7, 16, 16);
    draws(&slot, 7, 1);
    fake_context_make_current(&slot, config, 8, 16, 16);
    draws(&slot, 8, 2);
}

static void bind_texture(struct fake_slot *slot, uint32_t name)
{
    const struct {
        struct trireme_record record;
        uint32_t target, texture;
    } bind = {{.opcode = GL_OP_BindTexture}, 0x0DE1, name};
    fake_slot_put(slot, &bind, sizeof bind);
}

Test(context, a_share_group_shares_and_others_do_not)
{
    struct fake_slot first, second, other;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    open_context(&other, 3, 2);
    bind_texture(&first, 5);
    fake_context_leave(&first, 1);
    fake_context_wait(&second, &first, 1);
    cr_assert_eq(fake_context_call(&second, GL_OP_IsTexture, 5), 1);
    cr_assert_eq(fake_context_call(&other, GL_OP_IsTexture, 5), 0);
}

Test(context, a_wait_is_in_time_for_a_leave_that_comes_later)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    for (uint32_t number = 1; number <= 100; number++) {
        bind_texture(&first, number);
        fake_context_leave(&first, number);
        fake_context_wait(&second, &first, number);
        cr_assert_eq(fake_context_call(&second, GL_OP_IsTexture, number), 1);
    }
}

Test(context, waiting_for_a_number_that_was_never_given_out_costs_the_waiter)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    fake_context_leave(&first, 1);
    fake_context_wait(&second, &first, 2);
    cr_assert(fake_slot_becomes(&second, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "never gave out leave number 2"));
    fake_context_sync(&first);
}

static bool is_lost(const struct fake_slot *slot)
{
    return __atomic_load_n(&slot->page->answer.state, __ATOMIC_ACQUIRE) == TRIREME_SLOT_LOST;
}

static bool one_is_lost(void *data)
{
    struct fake_slot *const *pair = data;
    return is_lost(pair[0]) || is_lost(pair[1]);
}

Test(context, a_cycle_of_waits_costs_one_of_them)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    fake_context_wait(&first, &second, 1);
    fake_context_wait(&second, &first, 1);
    fake_context_leave(&first, 1);
    fake_context_leave(&second, 1);
    struct fake_slot *pair[] = {&first, &second};
    cr_assert(test_eventually(one_is_lost, pair));
    cr_assert(test_server_logs(&server, "WAIT: slot"));
    bool first_lives = !is_lost(&first);
    fake_context_sync(first_lives ? &first : &second);
    cr_assert_neq(first_lives, !is_lost(&second));
}

Test(context, waiting_for_a_context_that_is_gone_is_no_wait)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    struct fake_slot gone = first;
    fake_slot_close(&first);
    fake_context_wait(&second, &gone, 9);
    fake_context_sync(&second);
}

Test(context, what_was_published_before_a_close_is_executed)
{
    struct fake_slot first, second;
    open_context(&first, 1, 1);
    open_context(&second, 2, 1);
    for (unsigned i = 0; i < 500; i++) {
        bind_texture(&first, 1000 + i);
    }
    fake_slot_flush(&first);
    fake_slot_close(&first);
    cr_assert_eq(fake_context_call(&second, GL_OP_IsTexture, 1499), 1);
}

Test(context, leave_numbers_count_from_one)
{
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    fake_context_leave(&slot, 2);
    cr_assert(fake_slot_becomes(&slot, TRIREME_SLOT_LOST));
}

/* Each of these ends its context, says so in the log, and leaves others alone. */
struct bad_record {
    const char *log;
    uint16_t opcode;
    uint32_t bytes;
    bool create_first;
};

static void breaks(const struct bad_record *bad)
{
    struct fake_slot victim, bystander;
    uint32_t words[64] = {0};
    open_context(&bystander, 1, 1);
    fake_context_make_current(&bystander, config, 7, 16, 16);
    fake_slot_open_context(&victim, &guest, 2, &session);
    if (bad->create_first) {
        cr_assert_eq(fake_context_create(&victim, 1), 0);
    }
    memcpy(words, &(struct trireme_record){.opcode = bad->opcode}, sizeof(struct trireme_record));
    fake_slot_put(&victim, words, bad->bytes);
    fake_slot_flush(&victim);
    cr_assert(fake_slot_becomes(&victim, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, bad->log), "not in the log: %s", bad->log);
    cr_assert(test_server_logs(&server, "fake (process"));
    draws(&bystander, 7, 1);
    fake_slot_close(&victim);
    open_context(&victim, 2, 1);
}

Test(context, an_unknown_opcode_breaks_a_rule)
{
    breaks(&(struct bad_record){"a record with opcode 99", 99, 8, true});
}

Test(context, an_unknown_gl_opcode_breaks_a_rule)
{
    breaks(&(struct bad_record){"context ended", 0x7fff, 8, true});
}

Test(context, a_record_of_the_wrong_size_breaks_a_rule)
{
    breaks(&(struct bad_record){"SWAP: 8 bytes instead of 16", TRIREME_OP_SWAP, 8, true});
}

Test(context, a_gl_record_of_the_wrong_size_breaks_a_rule)
{
    breaks(&(struct bad_record){"glClearColor", GL_OP_ClearColor, 8, true});
}

Test(context, a_session_record_breaks_a_rule_of_contexts)
{
    breaks(&(struct bad_record){"a record with opcode 32", TRIREME_OP_SESSION_INFO, 8, true});
}

Test(context, a_command_before_create_breaks_a_rule)
{
    breaks(&(struct bad_record){"before CONTEXT_CREATE", GL_OP_Clear, 8, false});
    fake_slot_close(&session);
}

Test(context, a_swap_out_of_order_breaks_a_rule)
{
    struct fake_slot slot;
    const struct trireme_swap swap = {
        .record = {.opcode = TRIREME_OP_SWAP},
        .drawable = 1,
        .serial = 3,
    };
    open_context(&slot, 1, 1);
    fake_slot_put(&slot, &swap, sizeof swap);
    fake_slot_flush(&slot);
    cr_assert(fake_slot_becomes(&slot, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "SWAP: serial 3 after 0"));
}

Test(context, a_bad_position_breaks_a_rule)
{
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    __atomic_store_n(&slot.page->tail, slot.commands.published + (1u << 20), __ATOMIC_RELEASE);
    fake_slot_doorbell(&slot);
    cr_assert(fake_slot_becomes(&slot, TRIREME_SLOT_LOST));
    cr_assert(test_server_logs(&server, "positions or sizes make no sense"));
}

Test(context, an_impossible_context_is_an_egl_error)
{
    struct fake_slot slot;
    const struct trireme_context_create record = {
        .record = {.opcode = TRIREME_OP_CONTEXT_CREATE},
        .share_group = 1,
        .version = 0x406,
    };
    struct trireme_created created;
    fake_slot_open_context(&slot, &guest, 1, &session);
    fake_slot_put(&slot, &record, sizeof record);
    fake_slot_reply(&slot, TRIREME_OP_CONTEXT_CREATE, &created, sizeof created);
    cr_assert_eq(created.error, 0x3009 /* EGL_BAD_MATCH */);
    cr_assert_eq(fake_context_create(&slot, 1), 0);
}

static bool is_asleep(void *data)
{
    const struct fake_slot *slot = data;
    return __atomic_load_n(&slot->page->head, __ATOMIC_ACQUIRE) == slot->commands.published &&
           __atomic_load_n(&slot->page->reader_status, __ATOMIC_RELAXED) == TRIREME_READER_IDLE;
}

static void put_word(struct fake_slot *slot, uint16_t opcode, uint32_t argument)
{
    const struct {
        struct trireme_record record;
        uint32_t argument;
    } record = {{.opcode = opcode}, argument};
    fake_slot_put(slot, &record, sizeof record);
}

/* What the thread asks the GL before it sleeps would be an error there. */
Test(context, a_pause_between_begin_and_end_is_no_error)
{
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    fake_context_make_current(&slot, config, 7, 16, 16);
    put_word(&slot, GL_OP_Begin, 4);
    fake_slot_flush(&slot);
    cr_assert(test_eventually(is_asleep, &slot));
    put_word(&slot, GL_OP_End, 0);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), 0);
}

/* With everything executed, the page says what glGetError would; asking takes it away. */
Test(context, an_error_shows_in_the_page)
{
    enum { GL_INVALID_ENUM = 0x0500 };
    struct fake_slot slot;
    open_context(&slot, 1, 1);
    put_word(&slot, GL_OP_Enable, 0xdead);
    fake_slot_flush(&slot);
    cr_assert(test_eventually(is_asleep, &slot));
    cr_assert_eq(slot.page->error_position, slot.commands.published);
    cr_assert_eq(slot.page->error, GL_INVALID_ENUM);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), GL_INVALID_ENUM);
    cr_assert(test_eventually(is_asleep, &slot));
    cr_assert_eq(slot.page->error, 0);
}

static bool waits_for_reply_space(void *data)
{
    const struct fake_slot *slot = data;
    return __atomic_load_n(&slot->page->reader_status, __ATOMIC_RELAXED) == TRIREME_READER_FULL;
}

/* A context whose replies nobody reads. */
static void fill_replies(struct fake_slot *slot)
{
    const struct {
        struct trireme_record record;
        uint32_t pad;
    } sync = {.record = {.opcode = TRIREME_OP_SYNC}};
    open_context(slot, 1, 1);
    /* Each reply takes 16 bytes of the 16 KiB. */
    for (unsigned i = 0; i < 1200; i++) {
        fake_slot_put(slot, &sync, sizeof sync);
    }
    fake_slot_flush(slot);
    cr_assert(test_eventually(waits_for_reply_space, slot));
}

Test(context, a_context_that_waits_for_reply_space_can_be_closed)
{
    struct fake_slot slot;
    fill_replies(&slot);
    fake_slot_close(&slot);
    open_context(&slot, 1, 1);
}

Test(context, a_context_that_waits_for_reply_space_goes_on_when_there_is_some)
{
    struct fake_slot slot;
    fill_replies(&slot);
    for (unsigned i = 0; i < 1200; i++) {
        cr_assert_eq(fake_slot_reply(&slot, TRIREME_OP_SYNC, NULL, 0), 0);
    }
    fake_context_sync(&slot);
}

/* The suite's end asserts that the server ends in time. */
Test(context, a_context_that_waits_for_reply_space_ends_with_the_server)
{
    struct fake_slot slot;
    fill_replies(&slot);
    /* Garbage for a head must not keep the thread busy for ever either. */
    __atomic_store_n(&slot.page->reply_head, 12345u, __ATOMIC_RELAXED);
    fake_slot_doorbell(&slot);
}
