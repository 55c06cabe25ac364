/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a user sets for a program that speaks Glide, as it comes out in frames. */
#include <criterion/criterion.h>
#include <string.h>

#include "dispatch/glide/vertex_parameters.h"
#include "glide_opcodes.h"
#include "tests/contexts/fake_glide.h"
#include "tests/contexts/test_server.h"

enum { WIDTH = 64, HEIGHT = 48, DRAWABLE = 5 };

static struct test_server server;
static struct fake_guest guest;
static struct fake_slot session, slot;
static struct fake_glide_created created;
static uint32_t serial;

static void start(void)
{
    test_server_start(&server, NULL);
    fake_guest_connect(&guest, server.socket, 8, TRIREME_WINDOW_MIN);
}

static void stop(void)
{
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

TestSuite(glide_options, .init = start, .fini = stop, .timeout = 200);

/* Another program's session, with these options, and its screen. */
static void begin(const char *lines)
{
    static uint32_t number;
    struct trireme_session_options options = {.record = {.opcode = TRIREME_OP_SESSION_OPTIONS}};
    strcpy(options.lines, lines);
    fake_slot_open_session(&session, &guest, number++);
    fake_slot_put(&session, &options, sizeof options);
    uint32_t config = fake_session_find_config(&session, 24, 0);
    fake_slot_open_context(&slot, &guest, number++, &session);
    fake_glide_create(&slot, &created);
    fake_glide_open(&slot, config, DRAWABLE, WIDTH, HEIGHT);
    serial = 0;
}

static const uint32_t *swap(void)
{
    fake_glide_swap(&slot);
    struct trireme_frame frame = fake_context_swap(&slot, DRAWABLE, ++serial);
    return fake_frame_pixels(&slot, &frame);
}

/* Pixels of a slanted white triangle that are neither white nor black. */
static unsigned edge_pixels(void)
{
    const uint32_t arguments[] = {6, 0, 0, 3};
    const float corners[] = {2, 3, 60, 11, 20, 45};
    unsigned between = 0;
    fake_glide_clear(&slot, 0);
    fake_glide_put(&slot, GLIDE_OP_DRAW, arguments, corners, sizeof corners);
    const uint32_t *pixels = swap();
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        uint32_t color = pixels[i] & 0xffffff;
        between += color != 0 && color != 0xffffff;
    }
    return between;
}

Test(glide_options, samples)
{
    begin("");
    cr_assert_eq(edge_pixels(), 0);
    begin("samples=4");
    cr_assert_gt(edge_pixels(), 20);
}

Test(glide_options, gamma)
{
    static uint8_t levels[3][256];
    begin("glide-true-color=1\nglide-gamma=2");
    fake_glide_clear(&slot, 0x404040);
    cr_assert_eq(swap()[0] & 0xffffff, 0x808080);
    /* The program's own comes first. */
    memset(levels, 0x10, sizeof levels);
    fake_glide_put(&slot, GLIDE_OP_GAMMA_TABLE, NULL, levels, sizeof levels);
    cr_assert_eq(swap()[0] & 0xffffff, 0x404040);
}

/* Pixels that are between the red and the blue of a texture's columns. */
static unsigned mixed_pixels(uint32_t program_says)
{
    const uint32_t level[] = {0, 0, 3, 3, 0, 0xa, 3, 0, 7}, source[] = {0, 0, 3, 3, 3, 0, 0xa};
    const uint32_t combine[] = {0, 1, 0, 1, 0, 0, 0}, texture[] = {3, 8, 0, 1, 0};
    const uint32_t filter[] = {0, program_says, program_says};
    const uint32_t arguments[] = {6, GLIDE_PARAMETER_ST0, 0, 3};
    const float corners[] = {0, 0, 0, 0, 2 * WIDTH, 0, 256, 0, 0, 2 * HEIGHT, 0, 256};
    uint16_t texels[64];
    unsigned mixed = 0;
    for (int i = 0; i < 64; i++) {
        texels[i] = i & 1 ? 0xf800 : 0x001f;
    }
    fake_glide_put(&slot, GLIDE_OP_TEX_DOWNLOAD, level, texels, sizeof texels);
    fake_glide_put(&slot, GLIDE_OP_TEX_SOURCE, source, NULL, 0);
    fake_glide_put(&slot, GLIDE_OP_TEX_COMBINE, combine, NULL, 0);
    fake_glide_put(&slot, GLIDE_OP_COLOR_COMBINE, texture, NULL, 0);
    if (program_says <= 1) {
        fake_glide_put(&slot, GLIDE_OP_TEX_FILTER_MODE, filter, NULL, 0);
    }
    fake_glide_put(&slot, GLIDE_OP_DRAW, arguments, corners, sizeof corners);
    const uint32_t *pixels = swap();
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        uint32_t color = pixels[i] & 0xffffff;
        mixed += color != 0xff0000 && color != 0x0000ff;
    }
    return mixed;
}

Test(glide_options, filter)
{
    enum { NEAREST, BILINEAR, NOTHING };
    begin("");
    cr_assert_eq(mixed_pixels(NEAREST), 0);
    cr_assert_gt(mixed_pixels(BILINEAR), 1000);
    begin("glide-filter=nearest");
    cr_assert_eq(mixed_pixels(NOTHING), 0, "from the start");
    cr_assert_eq(mixed_pixels(BILINEAR), 0);
    begin("glide-filter=bilinear");
    cr_assert_gt(mixed_pixels(NEAREST), 1000);
}

Test(glide_options, board)
{
    begin("");
    cr_assert_eq(created.board.units, 2);
    cr_assert_eq(created.board.unit_memory, 8u << 20);
    begin("glide-board=voodoo2\nglide-units=1\nglide-memory=2");
    cr_assert_eq(created.board.kind, TRIREME_GLIDE_VOODOO2);
    cr_assert_eq(created.board.units, 1);
    cr_assert_eq(created.board.unit_memory, 2u << 20);
}

Test(glide_options, wrong_ones_change_nothing)
{
    begin("glide-memory=3\nglide-units=3\nglide-filter=best\nglide-gamma=nan\n"
          "glide-gamma=-1\nglide-board=voodoo9\nglide-scale=9\nglide-true-color=2");
    cr_assert_eq(created.board.unit_memory, 8u << 20);
    cr_assert_eq(created.board.kind, TRIREME_GLIDE_VOODOO3);
    fake_glide_clear(&slot, 0xff0000);
    cr_assert_eq(swap()[0] & 0xffffff, 0xff0000);
    cr_assert(test_server_logs(&server, "glide-gamma=nan"));
}
