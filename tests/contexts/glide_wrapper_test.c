/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `[glide] backend=`: libraries of the tests' own (tests/glide/wrapper) draw what guests send, and
 * the renderer does where they cannot.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "core/config.h"
#include "dispatch/glide/vertex_parameters.h"
#include "glide_opcodes.h"
#include "tests/contexts/fake_glide.h"
#include "tests/contexts/test_server.h"

enum { WIDTH = 320, HEIGHT = 240, DRAWABLE = 5 };

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;
static struct fake_glide_created created;
static uint32_t config;
static const char *library;

static void set_backend(struct config *to)
{
    to->glide_backend = g_strdup_printf(WRAPPERS "/libsoftware-glide-%s.so", library);
}

static void start(const char *name)
{
    library = name;
    test_server_start(&server, set_backend);
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

TestSuite(wrapper, .fini = stop, .timeout = 200);

/* What the renderer never shows: the library draws points where nobody textures, and no triangle of
 * several colours. */
static void triangle(uint32_t left, uint32_t color)
{
    const uint32_t arguments[] = {6, GLIDE_PARAMETER_RGB, 0, 3};
    const float corners[3][2] = {{left, 0}, {left + 100, 0}, {left, 100}};
    float words[3][5] = {{0}};
    for (int i = 0; i < 3; i++) {
        words[i][0] = corners[i][0];
        words[i][1] = corners[i][1];
        words[i][2] = i == 0 ? color >> 16 & 0xff : 17;
        words[i][3] = i == 0 ? color >> 8 & 0xff : 17;
        words[i][4] = i == 0 ? color & 0xff : 17;
    }
    fake_glide_put(&slot, GLIDE_OP_DRAW, arguments, words, sizeof words);
}

static uint32_t pixel(const struct trireme_frame *frame, uint32_t x, uint32_t y)
{
    return fake_frame_pixels(&slot, frame)[(HEIGHT - 1 - y) * WIDTH + x] & 0xffffff;
}

static struct trireme_frame draw_frame(uint32_t serial)
{
    fake_glide_clear(&slot, 0x0000ff);
    triangle(0, 0xff0000);
    fake_glide_swap(&slot);
    return fake_context_swap(&slot, DRAWABLE, serial);
}

ParameterizedTestParameters(wrapper, draws)
{
    static char versions[][4] = {"2x", "3x"};
    return cr_make_param_array(char[4], versions, G_N_ELEMENTS(versions));
}

/* Of both versions, with the numbers that each has. */
ParameterizedTest(char (*version)[4], wrapper, draws)
{
    start(*version);
    cr_assert(test_server_logs(&server, "Glide is drawn by"));
    fake_glide_open(&slot, config, DRAWABLE, WIDTH, HEIGHT);
    struct trireme_frame frame = draw_frame(1);
    cr_assert_eq(frame.width, WIDTH);
    cr_assert_eq(pixel(&frame, 1, 1), 0xff0000, "the upper left");
    cr_assert_eq(pixel(&frame, 98, 0), 0xff0000, "flat");
    cr_assert_eq(pixel(&frame, 1, HEIGHT - 1), 0x0000ff, "the lower left");

    const uint32_t level[] = {0, 0x100, 3, 3, 0, 0xa, 3, 0, 7};
    const uint32_t outside[] = {0, (64u << 10) - 64, 3, 3, 0, 0xa, 3, 0, 7};
    uint16_t texels[64] = {0x07e0};
    fake_glide_put(&slot, GLIDE_OP_TEX_DOWNLOAD, level, texels, sizeof texels);
    texels[0] = 0xffff;
    fake_glide_put(&slot, GLIDE_OP_TEX_DOWNLOAD, outside, texels, sizeof texels);
    fake_glide_put(&slot, GLIDE_OP_TEX_DOWNLOAD, level, texels, sizeof texels - 2);
    frame = draw_frame(2);
    cr_assert_eq(pixel(&frame, 1, 1), 0x00ff00, "textured, and by what fits");
}

/* Rows of a lock count from where its origin is; what is in front is shown without a swap. */
Test(wrapper, frame_buffer_as_memory)
{
    start("2x");
    fake_glide_open(&slot, config, DRAWABLE, WIDTH, HEIGHT);
    const uint32_t below[] = {0, 0, 1, 0, 3, 1, 2, 2}, outside[] = {0, 0, 0, 0, WIDTH - 1, 0, 2, 2};
    const uint16_t rows[2][2] = {{0xf800, 0xf800}, {0x07e0, 0x07e0}};
    fake_glide_put(&slot, GLIDE_OP_LFB_WRITE, below, rows, sizeof rows);
    fake_glide_put(&slot, GLIDE_OP_LFB_WRITE, outside, rows, sizeof rows);
    struct trireme_frame frame = fake_context_show_front(&slot, DRAWABLE, 1);
    cr_assert_eq(pixel(&frame, 3, HEIGHT - 2), 0xff0000);
    cr_assert_eq(pixel(&frame, 4, HEIGHT - 3), 0x00ff00);
    cr_assert_eq(pixel(&frame, WIDTH - 1, 0), 0, "not all of it is on the screen");

    const uint32_t question[] = {0, 1, 3, 1, 2, 2}, wrong[] = {0, 0, WIDTH, 0, 1, 1};
    uint16_t answer[2][2];
    fake_glide_put(&slot, GLIDE_OP_LFB_READ, question, NULL, 0);
    cr_assert_eq(fake_slot_reply(&slot, GLIDE_OP_LFB_READ, answer, sizeof answer), sizeof answer);
    cr_assert_arr_eq(answer, rows, sizeof rows);
    fake_glide_put(&slot, GLIDE_OP_LFB_READ, wrong, NULL, 0);
    cr_assert_eq(fake_slot_reply(&slot, GLIDE_OP_LFB_READ, answer, sizeof answer), 0);
}

/* What is read of a buffer is without gamma; what is shown has it. */
Test(wrapper, gamma)
{
    static uint8_t levels[3][256];
    start("3x");
    fake_glide_open(&slot, config, DRAWABLE, WIDTH, HEIGHT);
    memset(levels, 0x40, sizeof levels);
    fake_glide_put(&slot, GLIDE_OP_GAMMA_TABLE, NULL, levels, sizeof levels);
    struct trireme_frame frame = draw_frame(1);
    cr_assert_eq(pixel(&frame, 1, 1), 0x404040);
}

static void expect_renderer(const char *why)
{
    cr_assert(test_server_logs(&server, why), "not in the log: %s", why);
    fake_glide_open(&slot, config, DRAWABLE, WIDTH, HEIGHT);
    struct trireme_frame frame = draw_frame(1);
    cr_assert_eq(pixel(&frame, 1, 1) >> 16 > 0xf0, 1);
    cr_assert_neq(pixel(&frame, 98, 0), 0xff0000, "shaded");
}

Test(wrapper, renderer_if_it_is_not_there)
{
    start("none");
    expect_renderer("Glide is drawn by Trireme's renderer: " WRAPPERS "/libsoftware-glide-none.so");
}

Test(wrapper, renderer_if_it_lacks_a_function)
{
    start("lacking");
    expect_renderer("libsoftware-glide-lacking.so: it has no grTexMaxAddress");
}

/* One context at a time has it, and the next one after that. */
Test(wrapper, renderer_if_it_is_taken)
{
    struct fake_slot first = {0}, third;
    start("3x");
    first = slot;
    fake_slot_open_context(&slot, &guest, 2, &session);
    fake_glide_create(&slot, &created);
    expect_renderer("libsoftware-glide-3x.so: another context has it");
    fake_slot_close(&first);
    fake_slot_open_context(&third, &guest, 3, &session);
    fake_glide_create(&third, &created);
    slot = third;
    fake_glide_open(&slot, config, DRAWABLE + 1, WIDTH, HEIGHT);
    fake_glide_clear(&slot, 0x0000ff);
    triangle(0, 0xff0000);
    fake_glide_swap(&slot);
    struct trireme_frame frame = fake_context_swap(&slot, DRAWABLE + 1, 1);
    cr_assert_eq(pixel(&frame, 98, 0), 0xff0000, "flat: the library's");
}
