/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/accum_buffer.h"

#include <glib.h>
#include <math.h>

#define ONE 32767.0f

uint64_t accum_buffer_bytes(uint32_t width, uint32_t height)
{
    return sizeof(struct accum_buffer) + (uint64_t)width * height * 4 * sizeof(int16_t);
}

struct accum_buffer *accum_buffer_create(uint32_t width, uint32_t height, bool srgb)
{
    struct accum_buffer *buffer = g_try_malloc0(accum_buffer_bytes(width, height));
    if (buffer) {
        buffer->width = width;
        buffer->height = height;
        buffer->srgb = srgb;
    }
    return buffer;
}

static int16_t *row_of(const struct accum_buffer *buffer, const struct accum_box *box, uint32_t row)
{
    return (int16_t *)buffer->values[(size_t)(box->y + row) * buffer->width + box->x];
}

/* Not a number is 0. */
static int16_t from_float(float value)
{
    return value > -1 ? (int16_t)(fminf(value, 1) * ONE) : value <= -1 ? -(int16_t)ONE : 0;
}

static float to_float(int16_t value)
{
    return (float)value * (1 / ONE);
}

void accum_buffer_clear(struct accum_buffer *buffer, const struct accum_box *box,
                        const float color[4])
{
    for (uint32_t y = 0; y < box->height; y++) {
        int16_t *row = row_of(buffer, box, y);
        for (uint32_t i = 0; i < 4 * box->width; i++) {
            row[i] = from_float(color[i & 3]);
        }
    }
}

void accum_buffer_scale(struct accum_buffer *buffer, const struct accum_box *box, float factor,
                        float term)
{
    for (uint32_t y = 0; y < box->height; y++) {
        int16_t *row = row_of(buffer, box, y);
        for (uint32_t i = 0; i < 4 * box->width; i++) {
            row[i] = from_float(to_float(row[i]) * factor + term);
        }
    }
}

/* sRGB and linear light, 0 to 1. */
static float linear_of(float srgb)
{
    return srgb <= 0.04045f ? srgb / 12.92f : powf((srgb + 0.055f) / 1.055f, 2.4f);
}

static float srgb_of(float linear)
{
    return linear <= 0.0031308f ? linear * 12.92f : 1.055f * powf(linear, 1 / 2.4f) - 0.055f;
}

void accum_buffer_add(struct accum_buffer *buffer, const struct accum_box *box,
                      const uint8_t *pixels, float keep, float value)
{
    float colors[2][256]; /* red, green and blue; alpha */
    for (unsigned i = 0; i < 256; i++) {
        colors[1][i] = (float)i * (1 / 255.0f);
        colors[0][i] = buffer->srgb ? linear_of(colors[1][i]) : colors[1][i];
    }
    for (uint32_t y = 0; y < box->height; y++) {
        int16_t *row = row_of(buffer, box, y);
        for (uint32_t i = 0; i < 4 * box->width; i++) {
            float color = colors[(i & 3) == 3][*pixels++];
            row[i] = from_float(to_float(row[i]) * keep + color * value);
        }
    }
}

void accum_buffer_return(const struct accum_buffer *buffer, const struct accum_box *box,
                         uint8_t *pixels, float value)
{
    for (uint32_t y = 0; y < box->height; y++) {
        const int16_t *row = row_of(buffer, box, y);
        for (uint32_t i = 0; i < 4 * box->width; i++) {
            float color = fminf(fmaxf(to_float(row[i]) * value, 0), 1);
            color = buffer->srgb && (i & 3) != 3 ? srgb_of(color) : color;
            *pixels++ = (uint8_t)lrintf(color * 255);
        }
    }
}
