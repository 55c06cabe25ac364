/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/images.h"

#include <criterion/criterion.h>

const struct pixel_store image_stores[] = {
    PIXEL_STORE_INITIAL,
    {.alignment = 1},
    {.alignment = 2},
    {.alignment = 8},
    {.alignment = 4, .row_length = 40},
    {.alignment = 4, .skip_pixels = 8},
    {.alignment = 4, .skip_rows = 2},
    {.alignment = 4, .image_height = 12},
    {.alignment = 4, .skip_images = 1},
    {.alignment = 4, .lsb_first = 1},
    {.alignment = 8, .row_length = 33, .skip_pixels = 2, .skip_rows = 3},
    {.alignment = 4, .row_length = 40, .skip_pixels = 5, .lsb_first = 1},
    {.alignment = 1, .row_length = 41, .image_height = 36, .skip_images = 1, .skip_pixels = 1},
    {.alignment = 2, .swap_bytes = 1}, /* the last, as Mesa 22.3 takes a swapped glDrawPixels for
                                          one that is not, and does not draw it again */
};
const size_t image_store_count = G_N_ELEMENTS(image_stores);

void image_store_set(const struct pair_gl *gl, const struct pixel_store *store, bool pack)
{
    gl->PixelStorei(pack ? GL_PACK_ALIGNMENT : GL_UNPACK_ALIGNMENT, store->alignment);
    gl->PixelStorei(pack ? GL_PACK_ROW_LENGTH : GL_UNPACK_ROW_LENGTH, store->row_length);
    gl->PixelStorei(pack ? GL_PACK_IMAGE_HEIGHT : GL_UNPACK_IMAGE_HEIGHT, store->image_height);
    gl->PixelStorei(pack ? GL_PACK_SKIP_PIXELS : GL_UNPACK_SKIP_PIXELS, store->skip_pixels);
    gl->PixelStorei(pack ? GL_PACK_SKIP_ROWS : GL_UNPACK_SKIP_ROWS, store->skip_rows);
    gl->PixelStorei(pack ? GL_PACK_SKIP_IMAGES : GL_UNPACK_SKIP_IMAGES, store->skip_images);
    gl->PixelStorei(pack ? GL_PACK_SWAP_BYTES : GL_UNPACK_SWAP_BYTES, store->swap_bytes);
    gl->PixelStorei(pack ? GL_PACK_LSB_FIRST : GL_UNPACK_LSB_FIRST, store->lsb_first);
}

const GLenum image_formats[] = {
    GL_RED,
    GL_GREEN,
    GL_BLUE,
    GL_ALPHA,
    GL_RG,
    GL_RGB,
    GL_BGR,
    GL_RGBA,
    GL_BGRA,
    GL_ABGR_EXT,
    GL_LUMINANCE,
    GL_LUMINANCE_ALPHA,
    GL_RED_INTEGER,
    GL_RG_INTEGER,
    GL_RGB_INTEGER,
    GL_RGBA_INTEGER,
    GL_BGRA_INTEGER,
    GL_DEPTH_COMPONENT,
    GL_DEPTH_STENCIL,
    GL_STENCIL_INDEX,
    GL_COLOR_INDEX,
};
const size_t image_format_count = G_N_ELEMENTS(image_formats);

const GLenum image_types[] = {
    GL_UNSIGNED_BYTE,
    GL_BYTE,
    GL_UNSIGNED_SHORT,
    GL_SHORT,
    GL_UNSIGNED_INT,
    GL_INT,
    GL_HALF_FLOAT,
    GL_FLOAT,
    GL_UNSIGNED_BYTE_3_3_2,
    GL_UNSIGNED_BYTE_2_3_3_REV,
    GL_UNSIGNED_SHORT_5_6_5,
    GL_UNSIGNED_SHORT_5_6_5_REV,
    GL_UNSIGNED_SHORT_4_4_4_4,
    GL_UNSIGNED_SHORT_4_4_4_4_REV,
    GL_UNSIGNED_SHORT_5_5_5_1,
    GL_UNSIGNED_SHORT_1_5_5_5_REV,
    GL_UNSIGNED_INT_8_8_8_8,
    GL_UNSIGNED_INT_8_8_8_8_REV,
    GL_UNSIGNED_INT_10_10_10_2,
    GL_UNSIGNED_INT_2_10_10_10_REV,
    GL_UNSIGNED_INT_24_8,
    GL_UNSIGNED_INT_10F_11F_11F_REV,
    GL_UNSIGNED_INT_5_9_9_9_REV,
    GL_FLOAT_32_UNSIGNED_INT_24_8_REV,
    GL_BITMAP,
};
const size_t image_type_count = G_N_ELEMENTS(image_types);

bool image_is_endless(GLenum format, GLenum type)
{
    return format == GL_STENCIL_INDEX && type == GL_BITMAP;
}

bool image_is_astray(GLenum format, const struct pixel_store *store)
{
    return format == GL_COLOR_INDEX &&
           (store->alignment > 4 || store->row_length || store->image_height ||
            store->skip_pixels || store->skip_rows || store->skip_images);
}

GLint image_internal_format(GLenum format)
{
    switch (format) {
    case GL_RED_INTEGER:
    case GL_RG_INTEGER:
    case GL_RGB_INTEGER:
    case GL_RGBA_INTEGER:
    case GL_BGRA_INTEGER:
        return GL_RGBA16UI;
    case GL_DEPTH_COMPONENT:
        return GL_DEPTH_COMPONENT24;
    case GL_DEPTH_STENCIL:
        return GL_DEPTH24_STENCIL8;
    default:
        return GL_RGBA8;
    }
}

void image_fill(uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(i * 37 + i / 256 * 11);
}

size_t image_reach(const struct pixel_store *store, const struct image *image)
{
    struct image_layout layout;
    return image_layout(&layout, store, image) && layout.end ? layout.end : 64;
}

uint8_t *guarded_image(const struct pixel_store *store, const struct image *image, size_t *bytes)
{
    *bytes = image_reach(store, image);
    uint8_t *pixels = guarded_alloc(*bytes);
    image_fill(pixels, *bytes);
    return pixels;
}
