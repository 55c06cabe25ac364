/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/glide/board.h"

#include "tests/dispatch/egl_context.h"

#include <criterion/criterion.h>

struct glide_chip *board_open(struct glide_chip_options options)
{
    g_autoptr(GError) error = NULL;
    if (!egl_context_make(3, 3, true)) {
        cr_skip_test("no OpenGL 3.3 here");
    }
    options.width = BOARD_WIDTH;
    options.height = BOARD_HEIGHT;
    options.texture_memory = BOARD_TEXTURE_MEMORY;
    struct glide_chip *chip = glide_chip_create(&options, &error);
    cr_assert_not_null(chip, "%s", error ? error->message : "");
    return chip;
}

void board_close(struct glide_chip *chip)
{
    glide_chip_destroy(chip);
    egl_context_unmake();
}

static struct glide_vertex corner(float x, float y, uint32_t color, float z)
{
    struct glide_vertex v = {.x = x,
                             .y = y,
                             .z = z,
                             .oow = 1,
                             .fog = 1,
                             .r = color >> 16 & 0xff,
                             .g = color >> 8 & 0xff,
                             .b = color & 0xff,
                             .a = color >> 24};
    for (int i = 0; i < GLIDE_TMUS; i++) {
        v.tmu[i].sow = 32 * x;
        v.tmu[i].tow = 32 * y;
        v.tmu[i].oow = 1;
    }
    return v;
}

void board_rectangle(struct glide_chip *chip, float left, float top, float right, float bottom,
                     uint32_t color, float z)
{
    struct glide_vertex a = corner(left, top, color, z), b = corner(right, top, color, z);
    struct glide_vertex c = corner(right, bottom, color, z), d = corner(left, bottom, color, z);
    glide_chip_draw_triangle(chip, &a, &b, &c, 0);
    glide_chip_draw_triangle(chip, &a, &c, &d, 0);
}

void board_fill(struct glide_chip *chip, uint32_t color)
{
    glide_chip_clear(chip, color, color >> 24, 0);
}

static uint16_t read_pixel(struct glide_chip *chip, uint32_t buffer, uint32_t x, uint32_t y)
{
    uint16_t pixel = 0;
    glide_chip_lfb_read(chip, buffer, GLIDE_ORIGIN_UPPER_LEFT, x, y, 1, 1, &pixel, 2);
    return pixel;
}

uint16_t board_pixel(struct glide_chip *chip, uint32_t x, uint32_t y)
{
    return read_pixel(chip, GLIDE_BUFFER_BACK, x, y);
}

uint16_t board_front_pixel(struct glide_chip *chip, uint32_t x, uint32_t y)
{
    return read_pixel(chip, GLIDE_BUFFER_FRONT, x, y);
}

uint16_t board_depth(struct glide_chip *chip, uint32_t x, uint32_t y)
{
    return read_pixel(chip, GLIDE_BUFFER_AUX, x, y);
}
