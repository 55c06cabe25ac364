/* SPDX-License-Identifier: MIT */
#include "guest/glide/lfb_pixels.h"

#include <string.h>

#include "guest/glide/lfb.h"

/* GrColorFormat_t */
enum { FORMAT_ARGB, FORMAT_ABGR, FORMAT_RGBA, FORMAT_BGRA };

/* A colour with its components at their places; `bits` of red, green, blue. */
static uint32_t place(const uint32_t rgb[3], const uint8_t bits[3], unsigned alpha_bits,
                      int32_t format)
{
    bool blue_first = format == FORMAT_ABGR || format == FORMAT_BGRA;
    uint32_t high = rgb[blue_first ? 2 : 0], low = rgb[blue_first ? 0 : 2];
    unsigned low_bits = bits[blue_first ? 0 : 2];
    uint32_t color = high << (bits[1] + low_bits) | rgb[1] << low_bits | low;
    bool alpha_last = format == FORMAT_RGBA || format == FORMAT_BGRA;
    return alpha_last ? color << alpha_bits : color;
}

static uint32_t widen(uint32_t value, unsigned bits)
{
    return value << (8 - bits) | value >> (2 * bits - 8);
}

static uint32_t convert(uint16_t pixel, const struct glide_lfb_colors *colors)
{
    static const uint8_t bits_565[] = {5, 6, 5}, bits_555[] = {5, 5, 5}, bits_888[] = {8, 8, 8};
    const uint32_t red = pixel >> 11, green = pixel >> 5 & 0x3f, blue = pixel & 0x1f;
    const uint32_t six[] = {red, green, blue}, five[] = {red, green >> 1, blue};
    const uint32_t eight[] = {widen(red, 5), widen(green, 6), widen(blue, 5)};
    switch (colors->mode) {
    case GLIDE_LFB_565:
        return place(six, bits_565, 0, colors->format);
    case GLIDE_LFB_555:
        return place(five, bits_555, 0, colors->format);
    case GLIDE_LFB_1555:
        return place(five, bits_555, 1, colors->format);
    case GLIDE_LFB_888:
        return place(eight, bits_888, 0, colors->format);
    case GLIDE_LFB_8888:
        return place(eight, bits_888, 8, colors->format);
    case GLIDE_LFB_565_DEPTH:
        return place(six, bits_565, 0, colors->format) << 16;
    case GLIDE_LFB_555_DEPTH:
        return place(five, bits_555, 0, colors->format) << 16;
    case GLIDE_LFB_1555_DEPTH:
        return place(five, bits_555, 1, colors->format) << 16;
    default: /* depths */
        return pixel;
    }
}

/* Within each 32-bit word, as the chip does on the way from the processor. */
static void swizzle(uint8_t *row, size_t bytes, const struct glide_lfb_colors *colors)
{
    for (size_t i = 0; i + 4 <= bytes; i += 4) {
        uint32_t word;
        memcpy(&word, row + i, sizeof word);
        word = colors->swap_bytes ? __builtin_bswap32(word) : word;
        word = colors->swap_words ? word << 16 | word >> 16 : word;
        memcpy(row + i, &word, sizeof word);
    }
}

static bool is_as_the_hosts(const struct glide_lfb_colors *colors)
{
    bool red_first = colors->format == FORMAT_ARGB || colors->format == FORMAT_RGBA;
    return colors->mode == GLIDE_LFB_ZA16 || (colors->mode == GLIDE_LFB_565 && red_first);
}

void glide_lfb_put_row(uint8_t *to, const uint8_t *from, uint32_t width,
                       const struct glide_lfb_colors *colors)
{
    unsigned bytes = glide_lfb_pixel_size(colors->mode);
    if (is_as_the_hosts(colors)) {
        memcpy(to, from, (size_t)width * 2);
    } else {
        for (uint32_t x = 0; x < width; x++) {
            uint16_t pixel;
            memcpy(&pixel, from + 2 * (size_t)x, sizeof pixel);
            uint32_t value = convert(pixel, colors);
            memcpy(to + (size_t)x * bytes, &value, bytes);
        }
    }
    if (colors->swap_bytes || colors->swap_words) {
        swizzle(to, (size_t)width * bytes, colors);
    }
}

bool glide_rle16_decode(uint16_t *to, size_t count, const void *from, size_t bytes)
{
    const uint8_t *run = from;
    while (count > 0 && bytes >= 4) {
        uint16_t length, pixel;
        memcpy(&length, run, sizeof length);
        memcpy(&pixel, run + 2, sizeof pixel);
        for (; length > 0 && count > 0; length--, count--) {
            *to++ = pixel;
        }
        run += 4;
        bytes -= 4;
    }
    return count == 0;
}

size_t glide_rle16_encode(void *to, const void *from, uint32_t width, uint32_t height)
{
    uint8_t *out = to;
    size_t bytes = 0;
    for (uint32_t y = 0; y < height; y++) {
        const uint8_t *row = (const uint8_t *)from + (size_t)y * width * 2;
        for (uint32_t x = 0, next; x < width; x = next) {
            next = x + 1;
            while (next < width && next - x < 0x7fff &&
                   memcmp(row + 2 * (size_t)next, row + 2 * (size_t)x, 2) == 0) {
                next++;
            }
            uint16_t length = (uint16_t)(next - x);
            if (out) {
                memcpy(out + bytes, &length, sizeof length);
                memcpy(out + bytes + 2, row + 2 * (size_t)x, 2);
            }
            bytes += 4;
        }
    }
    return bytes;
}
