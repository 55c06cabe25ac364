/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An accumulation buffer: four 16-bit numbers a pixel, from -1 to 1. OpenGL 2.1, section 4.2.4.
 * Rows bottom-up, as GL has them. Boxes lie within the buffer.
 */
#ifndef TRIREME_ACCUM_BUFFER_H
#define TRIREME_ACCUM_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

#define ACCUM_BITS 16

struct accum_buffer {
    uint32_t width, height;
    bool srgb;           /* colours are taken for sRGB ones, and accumulate as light */
    int16_t values[][4]; /* red, green, blue, alpha */
};

struct accum_box {
    uint32_t x, y, width, height;
};

uint64_t accum_buffer_bytes(uint32_t width, uint32_t height);
/* All zeros; free with g_free(). NULL: no memory. */
struct accum_buffer *accum_buffer_create(uint32_t width, uint32_t height, bool srgb);

void accum_buffer_clear(struct accum_buffer *buffer, const struct accum_box *box,
                        const float color[4]);
/* What is there times `factor`, and `term` more. */
void accum_buffer_scale(struct accum_buffer *buffer, const struct accum_box *box, float factor,
                        float term);
/* What is there times `keep`, and `pixels` (RGBA, the box's rows) times `value` more. */
void accum_buffer_add(struct accum_buffer *buffer, const struct accum_box *box,
                      const uint8_t *pixels, float keep, float value);
/* What is there times `value` as colours, RGBA. */
void accum_buffer_return(const struct accum_buffer *buffer, const struct accum_box *box,
                         uint8_t *pixels, float value);

#endif
