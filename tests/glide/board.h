/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small chip for tests that look at single pixels. */
#ifndef TRIREME_TESTS_GLIDE_BOARD_H
#define TRIREME_TESTS_GLIDE_BOARD_H

#include "dispatch/glide/chip.h"

#define BOARD_WIDTH 32
#define BOARD_HEIGHT 24
#define BOARD_TEXTURE_MEMORY (256u << 10)

/* With an OpenGL context of its own; skips the test where there is none. What options leave 0 is a
 * board of that size with 565. */
struct glide_chip *board_open(struct glide_chip_options options);
void board_close(struct glide_chip *chip);
/* All of the back buffer in its constant colour. */
void board_fill(struct glide_chip *chip, uint32_t color);
/* A rectangle of one colour; of a texture with 8 by 8 texels each pixel has one. */
void board_rectangle(struct glide_chip *chip, float left, float top, float right, float bottom,
                     uint32_t color, float z);
/* The pixel of the back buffer, of the front buffer, its depth. */
uint16_t board_pixel(struct glide_chip *chip, uint32_t x, uint32_t y);
uint16_t board_front_pixel(struct glide_chip *chip, uint32_t x, uint32_t y);
uint16_t board_depth(struct glide_chip *chip, uint32_t x, uint32_t y);

#endif
