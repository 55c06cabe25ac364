/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames: hostile descriptions, turning over, clipping. */
#include <criterion/criterion.h>
#include <string.h>

#include "guest/common/frame.h"

#define WINDOW 65536u

static uint8_t window[WINDOW];
static struct trireme_slot_page page;

static struct trireme_frame *describe(uint32_t serial, uint32_t offset, uint32_t width,
                                      uint32_t height)
{
    struct trireme_frame *frame = &page.frames[serial & 1];
    *frame = (struct trireme_frame){
        .serial = serial, .offset = offset, .width = width, .height = height, .drawable = 3};
    return frame;
}

static bool get(struct frame *frame, uint32_t serial)
{
    const struct port_ops ops = {.doorbell = NULL};
    struct port port = {.ops = &ops, .window = window, .window_size = WINDOW};
    struct slot slot = {.port = &port, .page = &page};
    return frame_get(frame, &slot, serial);
}

Test(frame, is_found_by_its_serial)
{
    struct frame frame;
    describe(5, 4096, 16, 8);
    cr_assert(get(&frame, 5));
    cr_expect_eq(frame.pixels, window + 4096);
    cr_expect_eq(frame.width, 16);
    cr_expect_eq(frame.height, 8);
    cr_expect_eq(frame.drawable, 3);
    cr_expect_not(get(&frame, 7), "the place holds another frame");
}

Test(frame, fits_up_to_the_last_byte)
{
    struct frame frame;
    describe(1, WINDOW - 4 * 16 * 8, 16, 8);
    cr_expect(get(&frame, 1));
    describe(1, WINDOW - 4 * 16 * 8 + 4, 16, 8);
    cr_expect_not(get(&frame, 1));
}

Test(frame, nonsense_is_not_shown)
{
    struct frame frame;
    const struct {
        uint32_t offset, width, height;
    } nonsense[] = {
        {4096, 0, 8},          {4096, 8, 0},          {4098, 8, 8},
        {WINDOW, 1, 1},        {0xfffffffc, 1, 1},    {4096, 0xffffffff, 0xffffffff},
        {4096, 0x80000000, 2}, {4096, 0x40000000, 4}, {0xffffff00, 0x10000, 0x10000},
    };
    for (unsigned i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        describe(2, nonsense[i].offset, nonsense[i].width, nonsense[i].height);
        cr_expect_not(get(&frame, 2), "case %u", i);
    }
}

Test(frame, skipped_has_no_pixels)
{
    struct frame frame;
    describe(1, 4096, 4, 4)->status = TRIREME_FRAME_SKIPPED;
    cr_expect_not(get(&frame, 1));
    describe(1, 4096, 4, 4)->status = 77;
    cr_expect_not(get(&frame, 1));
}

Test(frame, done_is_believed_within_reason)
{
    const struct {
        uint32_t page, shown, sent, expected;
    } cases[] = {
        {3, 2, 4, 3}, {4, 2, 4, 4},          {2, 2, 4, 2},          {5, 2, 4, 2},
        {1, 2, 4, 2}, {0xffffffff, 2, 4, 2}, {0, 0xffffffff, 1, 0}, {2, 0xffffffff, 1, 0xffffffff},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        page.frames_done = cases[i].page;
        cr_expect_eq(frame_done(&page, cases[i].shown, cases[i].sent), cases[i].expected, "case %u",
                     i);
    }
}

/* Rows come bottom-up; each pixel says where it is. */
static void paint(uint32_t width, uint32_t height)
{
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            uint32_t pixel = (height - 1 - y) << 8 | x;
            memcpy(window + 4096 + (y * width + x) * 4, &pixel, 4);
        }
    }
}

static void expect_picture(uint32_t frame_width, uint32_t frame_height, uint32_t width,
                           uint32_t height, bool opaque)
{
    struct frame frame;
    uint32_t picture[64 * 64 + 1];
    paint(frame_width, frame_height);
    describe(1, 4096, frame_width, frame_height);
    cr_assert(get(&frame, 1));
    picture[width * height] = 0xdeadbeef;
    frame_copy(&frame, (uint8_t *)picture, width, height, opaque);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            cr_expect_eq(picture[y * width + x], (y << 8 | x) | (opaque ? 0xff000000u : 0));
        }
    }
    cr_expect_eq(picture[width * height], 0xdeadbeef);
}

Test(frame, is_turned_over)
{
    expect_picture(7, 5, 7, 5, false);
}

Test(frame, is_clipped_to_the_upper_left)
{
    expect_picture(16, 9, 5, 3, false);
    expect_picture(16, 9, 16, 1, false);
}

Test(frame, opaque_fills_alpha_in)
{
    expect_picture(7, 5, 7, 5, true);
}
