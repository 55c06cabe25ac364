/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The accumulation buffer: its arithmetic, and that of a window's through a server. */
#include <criterion/criterion.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "contexts/accum_buffer.h"
#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

enum {
    GL_OUT_OF_MEMORY = 0x0505,
    GL_INVALID_ENUM = 0x0500,
    GL_ACCUM = 0x0100,
    GL_LOAD = 0x0101,
    GL_RETURN = 0x0102,
    GL_MULT = 0x0103,
    GL_ADD = 0x0104,
    GL_ACCUM_BUFFER_BIT = 0x0200,
    GL_FRONT = 0x0404,
    GL_SCISSOR_TEST = 0x0C11,
    GL_ACCUM_RED_BITS = 0x0D58,
};

static const struct accum_box whole = {0, 0, 2, 2};

/* The first colour of pixel `i` of 2 x 2, as a byte. */
static unsigned returned(const struct accum_buffer *buffer, unsigned i, float value)
{
    uint8_t pixels[16];
    accum_buffer_return(buffer, &whole, pixels, value);
    return pixels[4 * i];
}

Test(accum_buffer, it_adds_up_and_scales)
{
    struct accum_buffer *buffer = accum_buffer_create(2, 2, false);
    uint8_t pixels[16];
    memset(pixels, 100, sizeof pixels);
    accum_buffer_add(buffer, &whole, pixels, 0, 0.5f);
    accum_buffer_add(buffer, &whole, pixels, 1, 0.25f);
    cr_expect_eq(returned(buffer, 3, 1), 75);
    cr_expect_eq(returned(buffer, 3, 2), 150);
    accum_buffer_scale(buffer, &whole, 2, 0);
    cr_expect_eq(returned(buffer, 0, 1), 150);
    accum_buffer_scale(buffer, &whole, 1, -0.2f);
    cr_expect_eq(returned(buffer, 0, 1), 99);
    accum_buffer_add(buffer, &whole, pixels, 0, 1);
    cr_expect_eq(returned(buffer, 1, 1), 100);
    g_free(buffer);
}

Test(accum_buffer, it_holds_what_lies_between_minus_one_and_one)
{
    static const float colors[4] = {7, -7, NAN, -0.5f};
    struct accum_buffer *buffer = accum_buffer_create(2, 2, false);
    accum_buffer_clear(buffer, &whole, colors);
    cr_expect_eq(buffer->values[3][0], 32767);
    cr_expect_eq(buffer->values[3][1], -32767);
    cr_expect_eq(buffer->values[3][2], 0);
    cr_expect_eq(buffer->values[3][3], -16383);
    accum_buffer_scale(buffer, &whole, INFINITY, 0);
    cr_expect_eq(buffer->values[0][0], 32767);
    cr_expect_eq(buffer->values[0][2], 0, "infinitely many nothings");
    cr_expect_eq(returned(buffer, 0, -3), 0);
    cr_expect_eq(returned(buffer, 0, 3), 255);
    g_free(buffer);
}

Test(accum_buffer, a_box_is_all_that_changes)
{
    static const float ones[4] = {1, 1, 1, 1};
    const struct accum_box corner = {1, 0, 1, 1};
    struct accum_buffer *buffer = accum_buffer_create(2, 2, false);
    accum_buffer_clear(buffer, &corner, ones);
    cr_expect_eq(returned(buffer, 0, 1), 0);
    cr_expect_eq(returned(buffer, 1, 1), 255);
    cr_expect_eq(returned(buffer, 3, 1), 0);
    g_free(buffer);
}

/* Half the light of white is 188; alpha is no light. */
Test(accum_buffer, light_adds_up)
{
    struct accum_buffer *buffer = accum_buffer_create(2, 2, true);
    uint8_t pixels[16];
    memset(pixels, 255, sizeof pixels);
    accum_buffer_add(buffer, &whole, pixels, 0, 0.5f);
    accum_buffer_return(buffer, &whole, pixels, 1);
    cr_expect_eq(pixels[2], 188);
    cr_expect_eq(pixels[3], 127);
    for (unsigned i = 0; i < 256; i++) {
        memset(pixels, (int)i, sizeof pixels);
        accum_buffer_add(buffer, &whole, pixels, 0, 1);
        cr_expect_eq(returned(buffer, 0, 1), i);
    }
    g_free(buffer);
}

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;

static void open_window(void (*adjust)(struct config *config))
{
    test_server_start(&server, adjust);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    fake_slot_open_context(&slot, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&slot, 1), 0);
    fake_context_make_current(&slot, fake_session_find_config(&session, 24, 0), 7, 200, 200);
}

static void start(void)
{
    open_window(NULL);
}

static void allow_a_window(struct config *config)
{
    config->drawable_bytes = 1u << 19;
}

static void start_small(void)
{
    open_window(allow_a_window);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(accum, .init = start, .fini = stop, .timeout = 60);

static void accum(uint32_t op, float value)
{
    const struct {
        struct trireme_record record;
        uint32_t op;
        float value;
    } record = {{.opcode = GL_OP_Accum}, op, value};
    fake_slot_put(&slot, &record, sizeof record);
}

static void scissor(int32_t x, int32_t y, int32_t width, int32_t height)
{
    const struct {
        struct trireme_record record;
        int32_t box[4];
    } record = {{.opcode = GL_OP_Scissor}, {x, y, width, height}};
    fake_slot_put(&slot, &record, sizeof record);
    fake_slot_call(&slot, GL_OP_Enable, GL_SCISSOR_TEST);
}

/* Pixel (x, y), y from below, of the next frame. */
static uint32_t pixel(uint32_t serial, uint32_t x, uint32_t y)
{
    struct trireme_frame frame = fake_context_swap(&slot, 7, serial);
    return fake_frame_pixels(&slot, &frame)[y * frame.width + x] & 0xffffff;
}

/* More rows than go back and forth at one time. */
Test(accum, what_was_drawn_comes_back)
{
    fake_context_clear(&slot, 1, 0, 0);
    accum(GL_LOAD, 1);
    fake_context_clear(&slot, 0, 1, 0);
    accum(GL_ACCUM, 1);
    accum(GL_MULT, 1);
    accum(GL_ADD, 0);
    fake_context_clear(&slot, 0, 0, 1);
    accum(GL_RETURN, 1);
    cr_assert_eq(pixel(1, 0, 0), 0xffff00);
    cr_assert_eq(pixel(2, 199, 199), 0xffff00);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), 0);
    cr_assert_eq(fake_context_get_integer(&slot, GL_ACCUM_RED_BITS), ACCUM_BITS);
}

Test(accum, scissor_and_mask_hold)
{
    const struct {
        struct trireme_record record;
        float color[4];
    } white = {{.opcode = GL_OP_ClearAccum}, {1, 1, 1, 1}};
    const struct {
        struct trireme_record record;
        uint8_t red, green, blue, alpha;
    } no_green = {{.opcode = GL_OP_ColorMask}, 1, 0, 1, 1};
    fake_context_clear(&slot, 0, 0, 0);
    fake_slot_put(&slot, &white, sizeof white);
    scissor(-10, 20, 60, 1000);
    fake_slot_call(&slot, GL_OP_Clear, GL_ACCUM_BUFFER_BIT);
    fake_slot_call(&slot, GL_OP_Disable, GL_SCISSOR_TEST);
    fake_slot_put(&slot, &no_green, sizeof no_green);
    accum(GL_RETURN, 1);
    cr_assert_eq(pixel(1, 49, 20), 0xff00ff);
    cr_assert_eq(pixel(2, 50, 20), 0);
    cr_assert_eq(pixel(3, 49, 19), 0);
    cr_assert_eq(pixel(4, 0, 199), 0xff00ff);
    scissor(100, 100, INT32_MAX, INT32_MAX);
    accum(GL_ADD, 1);
    accum(GL_RETURN, 1);
    cr_assert_eq(pixel(5, 199, 199), 0xff00ff);
    cr_assert_eq(pixel(6, 99, 199), 0);
}

/* Colours are read from the one buffer and go to the other. */
Test(accum, it_is_of_both_sides)
{
    fake_context_clear(&slot, 1, 0, 0);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    accum(GL_LOAD, 1);
    accum(GL_RETURN, 1);
    struct trireme_frame frame = fake_context_show_front(&slot, 7, 1);
    cr_assert_eq(fake_frame_pixels(&slot, &frame)[0] & 0xffffff, 0xff0000);
}

Test(accum, wrong_operations_are_errors)
{
    accum(GL_ADD + 1, 1);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), GL_INVALID_ENUM);
}

Test(accum_small, it_takes_memory, .init = start_small, .fini = stop)
{
    accum(GL_LOAD, 1);
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), GL_OUT_OF_MEMORY);
    fake_context_sync(&slot);
}
