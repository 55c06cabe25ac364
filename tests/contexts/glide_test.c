/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Contexts that speak Glide, from guests that write their records by hand: what breaks a rule costs
 * that context, and whatever fields say costs nobody anything.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "dispatch/glide/glide_decoder_private.h"
#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_glide.h"
#include "tests/contexts/test_server.h"

enum { WIDTH = 64, HEIGHT = 48, DRAWABLE = 5 };

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;
static uint32_t config;

static struct fake_glide_created created;

static void start(void)
{
    test_server_start(&server, NULL);
    fake_guest_connect(&guest, server.socket, 8, TRIREME_WINDOW_MIN);
    fake_slot_open_session(&session, &guest, 0);
    config = fake_session_find_config(&session, 24, 0);
    fake_slot_open_context(&slot, &guest, 1, &session);
    fake_glide_create(&slot, &created);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(glide, .init = start, .fini = stop, .timeout = 200);

static void open_screen(struct fake_slot *to)
{
    fake_glide_open(to, config, DRAWABLE, WIDTH, HEIGHT);
}

static void clear_and_swap(struct fake_slot *to, uint32_t color)
{
    fake_glide_clear(to, color);
    fake_glide_swap(to);
}

Test(glide, frames_are_the_front_buffers)
{
    cr_assert_eq(created.board.kind, TRIREME_GLIDE_VOODOO3);
    cr_assert_eq(created.board.units, 2);
    open_screen(&slot);
    clear_and_swap(&slot, 0xffff00ff);
    struct trireme_frame frame = fake_context_swap(&slot, DRAWABLE, 1);
    cr_assert_eq(frame.width, WIDTH);
    cr_assert_eq(fake_frame_pixels(&slot, &frame)[WIDTH * HEIGHT - 1] & 0xffffff, 0xff00ff);
    frame = fake_context_show_front(&slot, DRAWABLE, 2);
    cr_assert_eq(fake_frame_pixels(&slot, &frame)[0] & 0xffffff, 0xff00ff);
}

/* One group's number means nothing to a board: its objects are its own. */
Test(glide, beside_opengl)
{
    struct fake_slot other, gl;
    fake_slot_open_context(&other, &guest, 2, &session);
    fake_glide_create(&other, &created);
    fake_slot_open_context(&gl, &guest, 3, &session);
    cr_assert_eq(fake_context_create(&gl, 3), 0);
    fake_context_make_current(&gl, config, 9, 8, 8);
    open_screen(&slot);
    for (uint32_t name = 1; name < 64; name++) {
        const struct {
            struct trireme_record record;
            uint32_t count;
            uint64_t reference;
            uint32_t names[2];
        } delete = {{.opcode = GL_OP_DeleteTextures}, 1, TRIREME_REF_PAYLOAD | 4, {name}};
        fake_slot_put(&gl, &delete, sizeof delete);
    }
    fake_context_sync(&gl);
    fake_context_clear(&gl, 0, 1, 0);
    clear_and_swap(&slot, 0xff0000ff);
    struct trireme_frame frame = fake_context_swap(&slot, DRAWABLE, 1);
    cr_assert_eq(fake_frame_pixels(&slot, &frame)[0] & 0xffffff, 0x0000ff);
    frame = fake_context_swap(&gl, 9, 1);
    cr_assert_eq(fake_frame_pixels(&gl, &frame)[0] & 0xffffff, 0x00ff00);
    fake_context_sync(&other);
}

/* They draw to it in turns, as OpenGL's contexts do. */
Test(glide, two_with_one_drawable)
{
    struct fake_slot other;
    fake_slot_open_context(&other, &guest, 2, &session);
    fake_glide_create(&other, &created);
    open_screen(&slot);
    open_screen(&other);
    for (uint32_t i = 1; i <= 4; i++) {
        struct fake_slot *to = i & 1 ? &slot : &other;
        uint32_t color = i & 1 ? 0xff0000 : 0x00ff00;
        clear_and_swap(to, color);
        struct trireme_frame frame = fake_context_swap(to, DRAWABLE, (i + 1) / 2);
        cr_assert_eq(fake_frame_pixels(to, &frame)[0] & 0xffffff, color);
    }
}

static void expect_loss(struct fake_slot *lost, const char *why)
{
    fake_slot_flush(lost);
    cr_assert(fake_slot_becomes(lost, TRIREME_SLOT_LOST), "%s", why);
    cr_assert(test_server_logs(&server, why), "not in the log: %s", why);
}

Test(glide, opengl_commands_break_a_rule)
{
    fake_slot_call(&slot, GL_OP_Clear, 0);
    expect_loss(&slot, "a GL command in a context of Glide");
}

Test(glide, glide_commands_break_a_rule_of_opengl)
{
    struct fake_slot gl;
    fake_slot_open_context(&gl, &guest, 2, &session);
    cr_assert_eq(fake_context_create(&gl, 1), 0);
    clear_and_swap(&gl, 0);
    expect_loss(&gl, "a Glide command in a context of OpenGL");
}

Test(glide, a_command_before_create_breaks_a_rule)
{
    struct fake_slot early;
    fake_slot_open_context(&early, &guest, 2, &session);
    clear_and_swap(&early, 0);
    expect_loss(&early, "a Glide command before CONTEXT_CREATE");
}

Test(glide, gl_errors_are_none_of_glides)
{
    const struct trireme_error error = {.record = {.opcode = TRIREME_OP_ERROR}, .error = 0x500};
    fake_slot_put(&slot, &error, sizeof error);
    expect_loss(&slot, "Glide has none");
}

Test(glide, unknown_opcodes_break_a_rule)
{
    const uint32_t record[2] = {GLIDE_FIRST_OPCODE + GLIDE_COMMANDS};
    fake_slot_put(&slot, record, sizeof record);
    expect_loss(&slot, "no such opcode");
}

Test(glide, short_records_break_a_rule)
{
    const uint32_t record[2] = {GLIDE_OP_TEX_SOURCE};
    fake_slot_put(&slot, record, sizeof record);
    expect_loss(&slot, "tex_source: the record has a wrong size");
}

Test(glide, long_records_break_a_rule)
{
    const uint32_t record[8] = {GLIDE_OP_CULL_MODE};
    fake_slot_put(&slot, record, sizeof record);
    expect_loss(&slot, "cull_mode: the record has a wrong size");
}

Test(glide, missing_bytes_break_a_rule)
{
    const uint32_t record[4] = {GLIDE_OP_FOG_TABLE, 64, 1, 2};
    fake_slot_put(&slot, record, sizeof record);
    expect_loss(&slot, "fog_table: fewer bytes than it says");
}

Test(glide, chunks_that_have_not_come_break_a_rule)
{
    const uint32_t record[2] = {GLIDE_OP_FOG_TABLE | TRIREME_OPCODE_CHUNKED, 64};
    fake_slot_put(&slot, record, sizeof record);
    expect_loss(&slot, "fog_table: its payload has not come");
}

/* A small number, a power of two, a float, or anything at all. */
static uint32_t any(GRand *random)
{
    const float values[] = {0.0f / 0.0f, 1e38f, -1.0f, 0.5f, 40000.0f};
    uint32_t word;
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        return g_rand_int(random);
    case 1:
        return 1u << g_rand_int_range(random, 0, 32);
    case 2:
        memcpy(&word, &values[g_rand_int_range(random, 0, G_N_ELEMENTS(values))], sizeof word);
        return word;
    default:
        return (uint32_t)g_rand_int_range(random, 0, 9);
    }
}

static void put_any(struct fake_slot *to, GRand *random)
{
    uint32_t arguments[GLIDE_MOST_ARGUMENTS];
    unsigned number = (unsigned)g_rand_int_range(random, 0, GLIDE_COMMANDS);
    if (glide_commands[number].reply || number + GLIDE_FIRST_OPCODE == GLIDE_OP_CLOSE) {
        return;
    }
    for (unsigned i = 0; i < GLIDE_MOST_ARGUMENTS; i++) {
        arguments[i] = any(random);
    }
    fake_glide_put(to, (uint16_t)(GLIDE_FIRST_OPCODE + number), arguments, NULL,
                   (uint32_t)g_rand_int_range(random, 0, 1025));
}

Test(glide, random_arguments)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    open_screen(&slot);
    for (uint32_t round = 1; round <= 10; round++) {
        for (unsigned i = 0; i < 60; i++) {
            put_any(&slot, random);
        }
        clear_and_swap(&slot, 0xffffffff);
        fake_context_swap(&slot, DRAWABLE, round);
    }
    fake_context_sync(&slot);
    cr_assert_eq(slot.page->answer.state, TRIREME_SLOT_OPEN);
}

/* Questions, too, of which none may be answered with more than a screen. */
Test(glide, random_questions)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(8);
    static uint8_t answer[WIDTH * HEIGHT * 4];
    open_screen(&slot);
    for (unsigned i = 0; i < 200; i++) {
        uint32_t arguments[6];
        for (unsigned n = 0; n < 6; n++) {
            arguments[n] = any(random);
        }
        fake_glide_put(&slot, GLIDE_OP_LFB_READ, arguments, NULL, 0);
        cr_assert_leq(fake_slot_reply(&slot, GLIDE_OP_LFB_READ, answer, sizeof answer),
                      WIDTH * HEIGHT * 2);
    }
}
