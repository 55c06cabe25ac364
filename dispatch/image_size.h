/* SPDX-License-Identifier: MIT */
/*
 * Where the pixels of an image lie in client memory: formats, types and pixel store parameters
 * (OpenGL 4.6 compatibility, sections 8.4.4 and 18.2). Guest and host compute it with the same
 * code: the guest to copy exactly the bytes that the GL may touch, the host to check that it got
 * them. No function here looks at pixels it was not given a layout for, and none overflows.
 *
 * Images travel in *transfer layout*: alignment, byte order and bit order as the program set them,
 * nothing skipped, rows and images not longer than the image.
 */
#ifndef TRIREME_DISPATCH_IMAGE_SIZE_H
#define TRIREME_DISPATCH_IMAGE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "gl_api.h"

/* GL_UNPACK_* or GL_PACK_*; in pixels, rows and images, alignment in bytes. */
struct pixel_store {
    GLint alignment, row_length, image_height;
    GLint skip_pixels, skip_rows, skip_images;
    GLint block_width, block_height, block_depth, block_size; /* GL_*_COMPRESSED_BLOCK_* */
    GLint swap_bytes, lsb_first;
};

#define PIXEL_STORE_INITIAL                                                                        \
    {                                                                                              \
        .alignment = 4                                                                             \
    }

/* The field that a GL_UNPACK_* (`pack` false) or GL_PACK_* (true) parameter names; NULL: none. */
GLint *pixel_store_field(struct pixel_store *store, bool pack, GLenum pname);

/* Sets a parameter as glPixelStorei does; false where the GL refuses the value. */
bool pixel_store_set(struct pixel_store *store, bool pack, GLenum pname, GLint value);

/* The store that an image in transfer layout has. */
struct pixel_store pixel_store_transfer(const struct pixel_store *store);
bool pixel_store_is_transfer(const struct pixel_store *store);

struct image {
    unsigned dimensions; /* 1, 2 or 3: SKIP_IMAGES and IMAGE_HEIGHT count for 3 */
    GLsizei width, height, depth;
    GLenum format, type;
};

struct image_layout {
    uint64_t row_bytes;                /* of one row's pixels, whole bytes */
    uint64_t row_stride, image_stride; /* bytes */
    uint64_t first;                    /* offset of the first byte that is touched */
    uint64_t end;                      /* one past the last byte that is touched; 0: none is */
    uint32_t first_bit;                /* GL_BITMAP: where in its first byte each row begins */
    uint32_t row_bits;                 /* GL_BITMAP: bits of a row; 0: whole bytes */
};

/* Bytes of one pixel; 0: an unknown format or type, or GL_BITMAP. */
uint32_t image_pixel_bytes(GLenum format, GLenum type);

/* Computes the layout. An image without pixels, or with negative sizes (which the GL refuses), has
 * end 0. False: format or type unknown, or not addressable; then the layout has end 0 too. */
bool image_layout(struct image_layout *layout, const struct pixel_store *store,
                  const struct image *image);

/* The same for a compressed image, whose blocks the store describes (section 8.7); `bytes` is what
 * the program says. Without a description in the store the image is just that long. */
bool image_layout_compressed(struct image_layout *layout, const struct pixel_store *store,
                             const struct image *image, GLsizei bytes);

/* Bytes of the image in transfer layout, 0 also for what image_layout() refuses. */
uint64_t image_transfer_bytes(const struct pixel_store *store, const struct image *image);

/* No image of this size has more bytes in transfer layout, whatever its format and type;
 * UINT64_MAX where that is no number of 64 bits. */
uint64_t image_bytes_most(const struct image *image);

/* Copies an image from one layout to another, `rows` × `images` rows, touching the pixels' own
 * bits only. Both layouts are of the same image. `lsb_first`: order of bits, both sides. */
void image_copy(uint8_t *to, const struct image_layout *to_layout, const uint8_t *from,
                const struct image_layout *from_layout, uint32_t rows, uint32_t images,
                bool lsb_first);

/* How many dimensions the pixel store sees in an image of a texture target: 1, 2 or 3. */
unsigned image_target_dimensions(GLenum target);

#endif
