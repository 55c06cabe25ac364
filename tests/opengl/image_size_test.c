/* SPDX-License-Identifier: GPL-2.0-or-later */
/* image_layout() against the formulas of the specification, evaluated pixel by pixel. */
#include <criterion/criterion.h>
#include <glib.h>
#include <string.h>

#include "dispatch/image_size.h"

struct format {
    GLenum format;
    unsigned components;
};

struct type {
    GLenum type;
    unsigned bytes; /* of a component, or of a packed pixel */
    bool packed;
};

static const struct format formats[] = {
    {GL_RED, 1},           {GL_RGB, 3},          {GL_RGBA, 4},        {GL_BGRA, 4},
    {GL_BGR, 3},           {GL_RG, 2},           {GL_LUMINANCE, 1},   {GL_LUMINANCE_ALPHA, 2},
    {GL_ALPHA, 1},         {GL_RGBA_INTEGER, 4}, {GL_RGB_INTEGER, 3}, {GL_DEPTH_COMPONENT, 1},
    {GL_STENCIL_INDEX, 1}, {GL_COLOR_INDEX, 1},  {GL_ABGR_EXT, 4},
};

static const struct type types[] = {
    {GL_UNSIGNED_BYTE, 1, false},
    {GL_BYTE, 1, false},
    {GL_UNSIGNED_SHORT, 2, false},
    {GL_SHORT, 2, false},
    {GL_HALF_FLOAT, 2, false},
    {GL_UNSIGNED_INT, 4, false},
    {GL_INT, 4, false},
    {GL_FLOAT, 4, false},
    {GL_UNSIGNED_BYTE_3_3_2, 1, true},
    {GL_UNSIGNED_BYTE_2_3_3_REV, 1, true},
    {GL_UNSIGNED_SHORT_5_6_5, 2, true},
    {GL_UNSIGNED_SHORT_4_4_4_4_REV, 2, true},
    {GL_UNSIGNED_SHORT_1_5_5_5_REV, 2, true},
    {GL_UNSIGNED_INT_8_8_8_8, 4, true},
    {GL_UNSIGNED_INT_2_10_10_10_REV, 4, true},
    {GL_UNSIGNED_INT_10F_11F_11F_REV, 4, true},
    {GL_UNSIGNED_INT_5_9_9_9_REV, 4, true},
    {GL_UNSIGNED_INT_24_8, 4, true},
    {GL_FLOAT_32_UNSIGNED_INT_24_8_REV, 8, true},
};

static const struct pixel_store stores[] = {
    PIXEL_STORE_INITIAL,
    {.alignment = 1},
    {.alignment = 2, .skip_pixels = 3},
    {.alignment = 8, .row_length = 17},
    {.alignment = 4, .row_length = 5, .skip_rows = 2},
    {.alignment = 1,
     .row_length = 40,
     .skip_rows = 1,
     .skip_pixels = 7,
     .image_height = 9,
     .skip_images = 2},
    {.alignment = 8, .image_height = 3, .skip_images = 1},
};

static const struct {
    unsigned dimensions;
    GLsizei width, height, depth;
} sizes[] = {{2, 1, 1, 1}, {2, 5, 3, 1}, {2, 8, 4, 1}, {3, 3, 2, 4}, {3, 16, 1, 2}, {1, 13, 1, 1}};

/* Section 8.4.4.1: k, the distance of rows in components (or packed pixels), from n, l, a and s. */
static uint64_t row_distance(uint64_t n, uint64_t l, uint64_t a, uint64_t s)
{
    return s >= a ? n * l : a / s * ((s * n * l + a - 1) / a);
}

Test(image_size, first_and_end_are_those_of_the_pixels_themselves)
{
    unsigned tried = 0;
    for (size_t f = 0; f < G_N_ELEMENTS(formats); f++)
        for (size_t t = 0; t < G_N_ELEMENTS(types); t++)
            for (size_t p = 0; p < G_N_ELEMENTS(stores); p++)
                for (size_t z = 0; z < G_N_ELEMENTS(sizes); z++) {
                    const struct pixel_store *store = &stores[p];
                    struct image image = {sizes[z].dimensions, sizes[z].width,    sizes[z].height,
                                          sizes[z].depth,      formats[f].format, types[t].type};
                    uint64_t n = types[t].packed ? 1 : formats[f].components;
                    uint64_t s = types[t].bytes;
                    uint64_t l = store->row_length ? store->row_length : image.width;
                    uint64_t k = row_distance(n, l, store->alignment, s) * s;
                    bool volume = image.dimensions == 3;
                    uint64_t rows =
                        volume && store->image_height ? store->image_height : image.height;
                    uint64_t first = UINT64_MAX, end = 0;
                    for (int d = 0; d < image.depth; d++)
                        for (int y = 0; y < image.height; y++)
                            for (int x = 0; x < image.width; x++) {
                                uint64_t at = (d + (volume ? store->skip_images : 0)) * rows * k +
                                              (y + store->skip_rows) * k +
                                              (x + store->skip_pixels) * n * s;
                                first = MIN(first, at);
                                end = MAX(end, at + n * s);
                            }
                    struct image_layout layout;
                    cr_assert(image_layout(&layout, store, &image));
                    cr_assert_eq(layout.first, first);
                    cr_assert_eq(layout.end, end, "%x %x store %zu size %zu: %llu not %llu",
                                 image.format, image.type, p, z, (unsigned long long)layout.end,
                                 (unsigned long long)end);
                    tried++;
                }
    cr_assert_gt(tried, 10000);
}

Test(image_size, bitmaps_are_counted_in_bits)
{
    struct pixel_store store = {
        .alignment = 4, .row_length = 70, .skip_pixels = 13, .skip_rows = 1};
    struct image image = {2, 33, 3, 1, GL_COLOR_INDEX, GL_BITMAP};
    struct image_layout layout;
    cr_assert(image_layout(&layout, &store, &image));
    /* Rows of 70 bits are 9 bytes, with alignment 12; the first bit is bit 5 of byte 1. */
    cr_assert_eq(layout.row_stride, 12);
    cr_assert_eq(layout.first, 12 + 1);
    cr_assert_eq(layout.first_bit, 5);
    cr_assert_eq(layout.end, 12 * 3 + 1 + (5 + 33 + 7) / 8);
}

Test(image_size, what_is_unknown_or_too_large_or_empty_has_no_bytes)
{
    struct pixel_store store = PIXEL_STORE_INITIAL;
    struct image_layout layout;
    struct image image = {2, 4, 4, 1, GL_RGBA, GL_TEXTURE_2D};
    cr_assert_not(image_layout(&layout, &store, &image));
    image = (struct image){2, 4, 4, 1, GL_TEXTURE_2D, GL_FLOAT};
    cr_assert_not(image_layout(&layout, &store, &image));
    image = (struct image){2, 0, 4, 1, GL_RGBA, GL_FLOAT};
    cr_assert(image_layout(&layout, &store, &image));
    cr_assert_eq(layout.end, 0);
    image = (struct image){2, -1, 4, 1, GL_RGBA, GL_FLOAT};
    cr_assert(image_layout(&layout, &store, &image));
    cr_assert_eq(layout.end, 0);
    image = (struct image){3, INT32_MAX, INT32_MAX, INT32_MAX, GL_RGBA, GL_FLOAT};
    cr_assert_not(image_layout(&layout, &store, &image));
    cr_assert_eq(layout.end, 0);
}

Test(image_size, copying_between_layouts_touches_pixels_only)
{
    struct pixel_store from_store = {
        .alignment = 1, .row_length = 7, .skip_pixels = 2, .skip_rows = 1};
    struct pixel_store to_store = {.alignment = 8, .row_length = 5, .skip_pixels = 1};
    struct image image = {2, 3, 2, 1, GL_RGB, GL_UNSIGNED_BYTE};
    struct image_layout from_layout, to_layout;
    uint8_t from[100], to[100];
    for (unsigned i = 0; i < sizeof from; i++)
        from[i] = (uint8_t)i;
    memset(to, 0xee, sizeof to);
    cr_assert(image_layout(&from_layout, &from_store, &image));
    cr_assert(image_layout(&to_layout, &to_store, &image));
    image_copy(to, &to_layout, from, &from_layout, 2, 1, false);
    for (unsigned i = 0; i < sizeof to; i++) {
        unsigned row = i / 16, byte = i % 16; /* 5 pixels are 15 bytes, 16 aligned */
        bool inside = row < 2 && byte >= 3 && byte < 12;
        uint8_t expected = inside ? (uint8_t)((row + 1) * 21 + 6 + byte - 3) : 0xee;
        cr_assert_eq(to[i], expected, "byte %u", i);
    }
}

Test(image_size, copying_bits_leaves_their_neighbours)
{
    struct pixel_store from_store = {.alignment = 1, .skip_pixels = 3};
    struct pixel_store to_store = {.alignment = 1, .skip_pixels = 6};
    struct image image = {2, 5, 1, 1, GL_COLOR_INDEX, GL_BITMAP};
    struct image_layout from_layout, to_layout;
    const uint8_t from[2] = {0xff, 0xff};
    image_layout(&from_layout, &from_store, &image);
    image_layout(&to_layout, &to_store, &image);
    uint8_t to[2] = {0, 0};
    image_copy(to, &to_layout, from, &from_layout, 1, 1, false);
    cr_assert_eq(to[0], 0x03);
    cr_assert_eq(to[1], 0xe0);
    memset(to, 0, sizeof to);
    image_copy(to, &to_layout, from, &from_layout, 1, 1, true);
    cr_assert_eq(to[0], 0xc0);
    cr_assert_eq(to[1], 0x07);
}

Test(image_size, compressed_images_are_counted_in_blocks)
{
    struct pixel_store store = {.alignment = 4,
                                .row_length = 16,
                                .skip_pixels = 4,
                                .skip_rows = 4,
                                .block_width = 4,
                                .block_height = 4,
                                .block_size = 8};
    struct image image = {2, 7, 5, 1, 0, 0};
    struct image_layout layout;
    cr_assert(image_layout_compressed(&layout, &store, &image, 32));
    cr_assert_eq(layout.row_bytes, 16);
    cr_assert_eq(layout.row_stride, 32);
    cr_assert_eq(layout.first, 32 + 8);
    cr_assert_eq(layout.end, 32 + 8 + 32 + 16);
    store.block_size = 0;
    cr_assert(image_layout_compressed(&layout, &store, &image, 32));
    cr_assert_eq(layout.first, 0);
    cr_assert_eq(layout.end, 32);
}

Test(image_size, no_format_and_type_have_more_than_the_most)
{
    const struct pixel_store store = {.alignment = 8};
    for (size_t f = 0; f < G_N_ELEMENTS(formats); f++) {
        for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
            const struct image image = {3, 5, 3, 2, formats[f].format, types[t].type};
            struct image_layout layout;
            if (image_layout(&layout, &store, &image))
                cr_assert_leq(layout.end, image_bytes_most(&image));
        }
    }
    cr_assert_eq(image_bytes_most(&(struct image){2, -1, 5, 1, GL_RGBA, GL_FLOAT}), 0);
    cr_assert_eq(
        image_bytes_most(&(struct image){3, INT32_MAX, INT32_MAX, INT32_MAX, GL_RGBA, GL_FLOAT}),
        UINT64_MAX);
}
