/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Front and back buffer of a window, seen through the frames that the server sends. */
#include <criterion/criterion.h>
#include <string.h>

#include "gl_opcodes.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

enum {
    GL_FRONT_LEFT = 0x0400,
    GL_BACK_LEFT = 0x0402,
    GL_FRONT = 0x0404,
    GL_BACK = 0x0405,
    GL_FRONT_AND_BACK = 0x0408,
    GL_DEPTH_TEST = 0x0B71,
    GL_DRAW_BUFFER = 0x0C01,
    GL_READ_BUFFER = 0x0C02,
    GL_COLOR = 0x1800,
    GL_COMPILE = 0x1300,
    GL_COLOR_BUFFER_BIT = 0x4000,
    GL_DEPTH_BUFFER_BIT = 0x0100,
};

#define SIZE 16
#define RED 0xff0000
#define GREEN 0x00ff00
#define BLUE 0x0000ff

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;
static uint32_t config, serial;

static void open_window(void (*adjust)(struct config *config), uint8_t samples)
{
    test_server_start(&server, adjust);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    config = fake_session_find_config(&session, 24, samples);
    fake_slot_open_context(&slot, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&slot, 1), 0);
    fake_context_make_current(&slot, config, 7, SIZE, SIZE);
    serial = 0;
}

static void start(void)
{
    open_window(NULL, 0);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(front, .init = start, .fini = stop, .timeout = 60);

static void clear(uint32_t color)
{
    fake_context_clear(&slot, color >> 16 & 1, color >> 8 & 1, color & 1);
}

/* Every pixel of the frame is of that colour. */
static void expect_frame(const struct trireme_frame *frame, uint32_t color)
{
    const uint32_t *pixels = fake_frame_pixels(&slot, frame);
    for (uint32_t i = 0; i < frame->width * frame->height; i++) {
        cr_assert_eq(pixels[i] & 0xffffff, color, "pixel %u is %06x, not %06x", i,
                     pixels[i] & 0xffffff, color);
    }
}

static void expect_swapped(uint32_t color)
{
    struct trireme_frame frame = fake_context_swap(&slot, 7, ++serial);
    expect_frame(&frame, color);
}

static void expect_front(uint32_t color)
{
    struct trireme_frame frame = fake_context_show_front(&slot, 7, ++serial);
    expect_frame(&frame, color);
}

static void draws_apart(void)
{
    clear(RED);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    clear(GREEN);
    expect_front(GREEN);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    expect_front(GREEN);
    expect_swapped(RED);
    expect_front(RED);
}

Test(front, front_and_back_are_two_buffers)
{
    draws_apart();
    cr_assert_eq(fake_context_call(&slot, GL_OP_GetError, 0), 0);
}

static void start_multisampled(void)
{
    open_window(NULL, 4);
}

Test(front_multisampled, front_and_back_are_two_buffers, .init = start_multisampled, .fini = stop)
{
    draws_apart();
}

/* Also if nobody asked for it before the swap. */
Test(front, what_was_swapped_is_in_front)
{
    clear(RED);
    expect_swapped(RED);
    clear(BLUE);
    fake_slot_call(&slot, GL_OP_ReadBuffer, GL_FRONT);
    expect_front(RED);
    expect_swapped(BLUE);
    expect_front(BLUE);
}

/* A pbuffer's swaps have no frames. */
Test(front, what_was_swapped_unseen_is_in_front)
{
    const struct trireme_swap_unseen swap = {{.opcode = TRIREME_OP_SWAP_UNSEEN}, 7};
    clear(RED);
    fake_slot_put(&slot, &swap, sizeof swap);
    clear(BLUE);
    expect_front(RED);
    fake_slot_put(&slot, &swap, sizeof swap);
    clear(GREEN);
    expect_front(BLUE);
}

Test(front, what_another_context_swapped_is_in_front)
{
    struct fake_slot other;
    fake_slot_open_context(&other, &guest, 2, &session);
    cr_assert_eq(fake_context_create(&other, 1), 0);
    clear(RED);
    expect_swapped(RED);
    fake_context_make_current(&slot, 0, 0, 0, 0);
    fake_slot_flush(&slot);
    slot = other;
    serial = 0;
    fake_context_make_current(&slot, config, 7, SIZE, SIZE);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    expect_front(RED);
}

Test(front, both_are_drawn_to_at_once)
{
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT_AND_BACK);
    clear(RED);
    expect_front(RED);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    clear(GREEN);
    expect_front(RED);
    expect_swapped(GREEN);
}

Test(front, names_of_one_side_are_the_same)
{
    clear(RED);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT_LEFT);
    clear(GREEN);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    expect_front(GREEN);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK_LEFT);
    cr_assert_eq(fake_context_get_integer(&slot, GL_DRAW_BUFFER), GL_BACK_LEFT);
    expect_swapped(RED);
}

Test(front, outputs_go_to_either_side)
{
    const struct {
        struct trireme_record record;
        int32_t n;
        uint64_t names;
        uint32_t name, pad;
    } draw = {{.opcode = GL_OP_DrawBuffers}, 1, TRIREME_REF_PAYLOAD | 4, GL_FRONT_LEFT, 0};
    clear(RED);
    fake_slot_put(&slot, &draw, sizeof draw);
    clear(GREEN);
    cr_assert_eq(fake_context_get_integer(&slot, GL_DRAW_BUFFER), GL_FRONT_LEFT);
    expect_front(GREEN);
    expect_swapped(RED);
}

/* Copies within the window from one side to the other. */
Test(front, pixels_are_copied_between_them)
{
    const struct {
        struct trireme_record record;
        int32_t x, y, width, height;
        uint32_t type;
    } copy = {{.opcode = GL_OP_CopyPixels}, 0, 0, SIZE, SIZE, GL_COLOR};
    const struct {
        struct trireme_record record;
        float x, y;
    } place = {{.opcode = GL_OP_RasterPos2f}, -1, -1};
    clear(RED);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    clear(GREEN);
    fake_slot_put(&slot, &place, sizeof place);
    fake_slot_put(&slot, &copy, sizeof copy);
    expect_front(RED);
    clear(BLUE);
    fake_slot_call(&slot, GL_OP_ReadBuffer, GL_FRONT);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    fake_slot_put(&slot, &copy, sizeof copy);
    expect_swapped(BLUE);
}

static void draw_white_at_half_depth(void)
{
    const struct {
        struct trireme_record record;
        float x1, y1, x2, y2;
    } rectangle = {{.opcode = GL_OP_Rectf}, -1, -1, 1, 1};
    fake_slot_put(&slot, &rectangle, sizeof rectangle);
}

Test(front, depth_is_common)
{
    const struct {
        struct trireme_record record;
        float depth;
    } near = {{.opcode = GL_OP_ClearDepthf}, 0.25f}, far = {{.opcode = GL_OP_ClearDepthf}, 1};
    fake_slot_put(&slot, &near, sizeof near);
    fake_slot_call(&slot, GL_OP_Clear, GL_DEPTH_BUFFER_BIT);
    fake_slot_call(&slot, GL_OP_Enable, GL_DEPTH_TEST);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    clear(GREEN);
    draw_white_at_half_depth();
    expect_front(GREEN);
    fake_slot_put(&slot, &far, sizeof far);
    fake_slot_call(&slot, GL_OP_Clear, GL_DEPTH_BUFFER_BIT);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    draw_white_at_half_depth();
    expect_swapped(0xffffff);
}

Test(front, attributes_bring_back_what_was_chosen)
{
    clear(RED);
    fake_slot_call(&slot, GL_OP_PushAttrib, GL_COLOR_BUFFER_BIT);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    clear(GREEN);
    fake_slot_call(&slot, GL_OP_PopAttrib, 0);
    cr_assert_eq(fake_context_get_integer(&slot, GL_DRAW_BUFFER), GL_BACK);
    expect_front(GREEN);
    clear(BLUE);
    expect_swapped(BLUE);
}

Test(front, lists_choose)
{
    const struct {
        struct trireme_record record;
        uint32_t list, mode;
    } list = {{.opcode = GL_OP_NewList}, 1, GL_COMPILE};
    clear(RED);
    fake_slot_put(&slot, &list, sizeof list);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    fake_slot_call(&slot, GL_OP_EndList, 0);
    cr_assert_eq(fake_context_get_integer(&slot, GL_DRAW_BUFFER), GL_BACK);
    fake_slot_call(&slot, GL_OP_CallList, 1);
    cr_assert_eq(fake_context_get_integer(&slot, GL_DRAW_BUFFER), GL_FRONT);
    clear(GREEN);
    expect_front(GREEN);
    expect_swapped(RED);
}

/* The drawable is another one, the choice is the context's. */
Test(front, a_choice_stays_with_the_context)
{
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    fake_context_make_current(&slot, config, 8, SIZE, SIZE);
    clear(GREEN);
    struct trireme_frame frame = fake_context_show_front(&slot, 8, ++serial);
    expect_frame(&frame, GREEN);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    clear(RED);
    frame = fake_context_show_front(&slot, 8, ++serial);
    expect_frame(&frame, GREEN);
}

Test(front, a_resized_window_has_both)
{
    const struct trireme_resize resize = {
        .record = {.opcode = TRIREME_OP_RESIZE},
        .drawable = 7,
        .width = 3 * SIZE,
        .height = 2 * SIZE,
    };
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    fake_slot_put(&slot, &resize, sizeof resize);
    clear(GREEN);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    clear(RED);
    expect_front(GREEN);
    expect_swapped(RED);
}

static void allow_three_megabytes(struct config *config)
{
    config->drawable_bytes = 3u << 20;
}

static void start_small(void)
{
    open_window(allow_three_megabytes, 0);
}

/* A window of 400 by 400 pixels takes 1.2 MiB here, its front buffer as much. */
Test(front_small, it_takes_memory_while_it_is_used, .init = start_small, .fini = stop)
{
    fake_context_make_current(&slot, config, 8, 400, 400);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_BACK);
    fake_context_make_current(&slot, config, 9, 400, 400);
    fake_context_sync(&slot);
    cr_assert(test_server_logs(&server, "raise drawable-bytes"));
    fake_context_make_current(&slot, config, 8, 400, 400);
    fake_context_swap(&slot, 8, 1);
    fake_context_swap(&slot, 8, 2);
    fake_context_make_current(&slot, config, 9, 400, 400);
    clear(RED);
    struct trireme_frame frame = fake_context_swap(&slot, 9, 3);
    expect_frame(&frame, RED);
    /* There is no room for another one: the back buffer is the front buffer. */
    fake_slot_call(&slot, GL_OP_DrawBuffer, GL_FRONT);
    clear(GREEN);
    frame = fake_context_swap(&slot, 9, 4);
    expect_frame(&frame, GREEN);
    cr_assert(test_server_logs(&server, "has no front buffer"));
}
