/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The extension PIXEXT: stencils, and pixels of 32 bits. */
#include "tests/glide/board.h"

#include <criterion/criterion.h>

#define RED 0xf800
#define GREEN 0x07e0

static const struct glide_chip_options plain = {.scale = 1};
static const struct glide_chip_options wide = {.scale = 1, .argb_8888 = true};

/* The stencil that all of the board has after that. */
static void fill_stencils(struct glide_chip *chip, uint32_t value)
{
    struct glide_chip_registers *r = glide_chip_registers(chip);
    struct glide_chip_registers saved = *r;
    r->stencil_enable = 1;
    r->stencil_write_mask = 0xff;
    glide_chip_clear_stencil(chip, value);
    *r = saved;
}

static bool stencil_is(struct glide_chip *chip, uint32_t value)
{
    struct glide_chip_registers *r = glide_chip_registers(chip);
    struct glide_chip_registers saved = *r;
    glide_chip_registers_reset(r, BOARD_WIDTH, BOARD_HEIGHT);
    glide_chip_clear(chip, 0, 0, 0);
    r->stencil_enable = 1;
    r->stencil_compare = GLIDE_EQUAL;
    r->stencil_reference = value;
    board_rectangle(chip, 0, 0, 4, 4, 0xffff0000, 0);
    bool is = board_pixel(chip, 1, 1) == RED;
    *r = saved;
    return is;
}

static uint32_t operated(uint32_t operation, uint32_t value, uint32_t reference)
{
    switch (operation) {
    case GLIDE_STENCIL_ZERO:
        return 0;
    case GLIDE_STENCIL_REPLACE:
        return reference;
    case GLIDE_STENCIL_INCREMENT_CLAMP:
        return value == 255 ? 255 : value + 1;
    case GLIDE_STENCIL_DECREMENT_CLAMP:
        return value == 0 ? 0 : value - 1;
    case GLIDE_STENCIL_INVERT:
        return ~value & 255;
    case GLIDE_STENCIL_INCREMENT_WRAP:
        return (value + 1) & 255;
    case GLIDE_STENCIL_DECREMENT_WRAP:
        return (value - 1) & 255;
    default:
        return value;
    }
}

/* Each operation for each of the three reasons, and no other of them. */
Test(pixel_formats, stencil_operations)
{
    static const uint32_t values[] = {0, 7, 255};
    struct glide_chip *chip = board_open(wide);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    for (uint32_t i = 0; i < 3 * 8 * 3; i++) {
        uint32_t reason = i % 3, operation = i / 3 % 8, value = values[i / 24];
        uint32_t other =
            operation == GLIDE_STENCIL_INVERT ? GLIDE_STENCIL_ZERO : GLIDE_STENCIL_INVERT;
        fill_stencils(chip, value);
        r->stencil_enable = 1;
        r->stencil_reference = 0x55;
        r->stencil_compare = reason == 0 ? GLIDE_NEVER : GLIDE_ALWAYS;
        r->depth_mode = GLIDE_DEPTH_Z;
        r->depth_compare = reason == 1 ? GLIDE_NEVER : GLIDE_ALWAYS;
        r->stencil_fail = reason == 0 ? operation : other;
        r->stencil_depth_fail = reason == 1 ? operation : other;
        r->stencil_pass = reason == 2 ? operation : other;
        board_rectangle(chip, 0, 0, 4, 4, 0xff00ff00, 0);
        cr_assert(stencil_is(chip, operated(operation, value, 0x55)),
                  "reason %u, operation %u, of %u", reason, operation, value);
    }
    board_close(chip);
}

/* The reference is compared to the stencil, both under the mask. */
Test(pixel_formats, stencil_functions)
{
    struct glide_chip *chip = board_open(wide);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    fill_stencils(chip, 0x82);
    for (uint32_t i = 0; i < 8 * 3 * 2; i++) {
        uint32_t compare = i % 8, reference = 1 + i / 8 % 3, mask = i < 24 ? 0x0f : 0xff;
        uint32_t stencil = 0x82 & mask;
        uint32_t order = reference < stencil ? 1 : reference == stencil ? 2 : 4;
        r->stencil_enable = 1;
        r->stencil_compare = compare;
        r->stencil_reference = reference;
        r->stencil_mask = mask;
        glide_chip_clear(chip, 0, 0, 0);
        board_rectangle(chip, 0, 0, 4, 4, 0xff00ff00, 0);
        cr_assert_eq(board_pixel(chip, 1, 1) == GREEN, (compare & order) != 0,
                     "compare %u, reference %u, mask %#x", compare, reference, mask);
    }
    board_close(chip);
}

Test(pixel_formats, stencil_write_mask)
{
    struct glide_chip *chip = board_open(wide);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    fill_stencils(chip, 0xff);
    r->stencil_enable = 1;
    r->stencil_write_mask = 0x0f;
    r->stencil_pass = GLIDE_STENCIL_ZERO;
    board_rectangle(chip, 0, 0, 4, 4, 0, 0);
    cr_assert(stencil_is(chip, 0xf0));
    glide_chip_clear_stencil(chip, 0x35);
    cr_assert(stencil_is(chip, 0xf5), "clears obey it, too");
    r->stencil_enable = 0;
    glide_chip_clear_stencil(chip, 0);
    board_rectangle(chip, 0, 0, 4, 4, 0, 0);
    cr_assert(stencil_is(chip, 0xf5), "where it is not enabled nothing is written");
    board_close(chip);
}

/* Depths that are written as memory bring the constant stencil; colours do not. */
Test(pixel_formats, stencil_of_written_depths)
{
    struct glide_chip *chip = board_open(wide);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    const uint16_t pixels[4 * 4] = {0};
    struct glide_lfb_write write = {.buffer = GLIDE_BUFFER_BACK,
                                    .mode = GLIDE_LFB_565,
                                    .width = 4,
                                    .height = 4,
                                    .pixels = pixels,
                                    .stride = 8};
    fill_stencils(chip, 3);
    r->stencil_enable = 1;
    r->lfb_constant_stencil = 9;
    glide_chip_lfb_write(chip, &write);
    cr_assert(stencil_is(chip, 3));
    write.mode = GLIDE_LFB_ZA16;
    glide_chip_lfb_write(chip, &write);
    cr_assert(stencil_is(chip, 9));
    board_close(chip);
}

/* A frame buffer of 16 bits has none: nothing fails. */
Test(pixel_formats, no_stencils_in_565)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    r->stencil_enable = 1;
    r->stencil_compare = GLIDE_NEVER;
    glide_chip_clear_stencil(chip, 7);
    board_rectangle(chip, 0, 0, 4, 4, 0xffff0000, 0);
    cr_assert_eq(board_pixel(chip, 1, 1), RED);
    board_close(chip);
}

/* Alphas of 32-bit pixels are there beside depths, and are blended; those of 16 bits are not. */
Test(pixel_formats, alphas_beside_depths)
{
    for (int i = 0; i < 2; i++) {
        struct glide_chip *chip = board_open(i ? wide : plain);
        struct glide_chip_registers *r = glide_chip_registers(chip);
        r->alpha.other = GLIDE_OTHER_ITERATED;
        r->mask_alpha = 1;
        glide_chip_clear(chip, 0, 0xff, 0);
        r->depth_mode = GLIDE_DEPTH_Z;
        r->depth_compare = GLIDE_ALWAYS;
        r->blend_alpha_source = GLIDE_BLEND_ONE_MINUS_DST_ALPHA;
        r->blend_alpha_destination = GLIDE_BLEND_SRC_ALPHA;
        board_rectangle(chip, 0, 0, 4, 4, 0, 0); /* 255 * 0: no alpha is left */
        r->blend_rgb_source = GLIDE_BLEND_DST_ALPHA;
        board_rectangle(chip, 0, 0, 4, 4, 0xffff0000, 0);
        cr_assert_eq(board_pixel(chip, 1, 1), i ? 0 : RED);
        board_close(chip);
    }
}

/* With everything else that frame buffers can be. */
Test(pixel_formats, scaled_and_multisampled)
{
    struct glide_chip *chip =
        board_open((struct glide_chip_options){.scale = 2, .samples = 4, .argb_8888 = true});
    struct glide_chip_registers *r = glide_chip_registers(chip);
    fill_stencils(chip, 4);
    cr_assert(stencil_is(chip, 4));
    r->depth_mode = GLIDE_DEPTH_Z;
    r->depth_compare = GLIDE_ALWAYS;
    r->depth_mask = 1;
    board_rectangle(chip, 0, 0, 4, 4, 0xff00ff00, 0x1234);
    cr_assert_eq(board_depth(chip, 1, 1), 0x1234);
    cr_assert_eq(board_pixel(chip, 1, 1), GREEN);
    board_close(chip);
}
