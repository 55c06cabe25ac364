/* SPDX-License-Identifier: MIT */
/*
 * Pixels of the frame buffer as a lock shows them.
 */
#ifndef TRIREME_GUEST_GLIDE_LFB_PIXELS_H
#define TRIREME_GUEST_GLIDE_LFB_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glide_lfb_colors {
    int32_t mode;   /* enum glide_lfb_mode */
    int32_t format; /* GrColorFormat_t */
    bool swap_bytes, swap_words;
};

/* `from`: 16-bit pixels as the host has them, 565 or depths. */
void glide_lfb_put_row(uint8_t *to, const uint8_t *from, uint32_t width,
                       const struct glide_lfb_colors *colors);

/* Takes runs of (length, pixel), both 16 bits, apart; false: they end before `count` pixels. */
bool glide_rle16_decode(uint16_t *to, size_t count, const void *from, size_t bytes);
/* Returns the bytes of the runs; `to` may be NULL. Runs end with their row. */
size_t glide_rle16_encode(void *to, const void *from, uint32_t width, uint32_t height);

#endif
