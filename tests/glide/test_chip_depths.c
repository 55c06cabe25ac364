/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Depths where the sweep does not look: with samples, and in frame buffer writes. */
#include "tests/glide/board.h"

#include <criterion/criterion.h>

#define RED 0xf800
#define GREEN 0x07e0
#define BLUE 0x001f

/* A colour and its depth, through the pipeline. */
static void write_pixel(struct glide_chip *chip, uint32_t x, uint32_t y, uint32_t pixel)
{
    glide_chip_lfb_write(chip, &(struct glide_lfb_write){.buffer = GLIDE_BUFFER_BACK,
                                                         .mode = GLIDE_LFB_565_DEPTH,
                                                         .pipeline = true,
                                                         .x = x,
                                                         .y = y,
                                                         .width = 1,
                                                         .height = 1,
                                                         .pixels = &pixel,
                                                         .stride = sizeof pixel});
}

/* The bias is what is compared; the depths that are written are the pixels' own, and marks that
 * were needed for that are gone. */
Test(chip, comparing_the_bias_writes_depths)
{
    struct glide_chip *chip = board_open((struct glide_chip_options){.scale = 2, .samples = 4});
    struct glide_chip_registers *r = glide_chip_registers(chip);
    r->dither = GLIDE_DITHER_DISABLE;
    r->depth_mode = GLIDE_DEPTH_Z_COMPARE_TO_BIAS;
    r->depth_mask = 1;
    r->depth_compare = GLIDE_LESS;
    r->depth_bias = 0x2000;
    glide_chip_clear(chip, 0, 0, 0x3000);
    board_rectangle(chip, 0, 0, 4, 4, 0xffff0000, 0x1000);
    board_rectangle(chip, 2, 0, 8, 4, 0xff00ff00, 0x5000); /* where the first one is, it fails */
    cr_assert_eq(board_pixel(chip, 3, 1), RED);
    cr_assert_eq(board_depth(chip, 3, 1), 0x1000);
    cr_assert_eq(board_pixel(chip, 5, 1), GREEN);
    cr_assert_eq(board_depth(chip, 5, 1), 0x5000);
    write_pixel(chip, 3, 1, 0x77770000 | BLUE);
    write_pixel(chip, 5, 1, 0x77770000 | BLUE);
    cr_assert_eq(board_pixel(chip, 3, 1), RED);
    cr_assert_eq(board_pixel(chip, 5, 1), BLUE);
    cr_assert_eq(board_depth(chip, 5, 1), 0x7777);
    board_close(chip);
}
