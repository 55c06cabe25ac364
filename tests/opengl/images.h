/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Images for tests of pixel transfer, whose memory ends where the GL has to stop. */
#ifndef TRIREME_TESTS_OPENGL_IMAGES_H
#define TRIREME_TESTS_OPENGL_IMAGES_H

#include "dispatch/image_size.h"
#include "tests/opengl/pair.h"

/* Pixel stores that have each parameter by itself and several at once. Mesa 22.3 reads elsewhere if
 * it has to skip and to swap bytes, so swapping is alone. */
extern const struct pixel_store image_stores[];
extern const size_t image_store_count;

void image_store_set(const struct pair_gl *gl, const struct pixel_store *store, bool pack);

/* All that the GL has, also what does not go together. */
extern const GLenum image_formats[];
extern const GLenum image_types[];
extern const size_t image_format_count, image_type_count;

/* Mesa 22.3 never returns from such an image. */
bool image_is_endless(GLenum format, GLenum type);

/* Mesa 22.3 looks for the colours of indices where the store would have them, and finds what it
 * may. */
bool image_is_astray(GLenum format, const struct pixel_store *store);

/* An internal format that takes images of the format. */
GLint image_internal_format(GLenum format);

void image_fill(uint8_t *bytes, size_t n);

/* Bytes from the pointer that the GL gets to the last one that it may touch; of an image that
 * cannot be, a few. */
size_t image_reach(const struct pixel_store *store, const struct image *image);

/* So many bytes, filled, at the end of a page. */
uint8_t *guarded_image(const struct pixel_store *store, const struct image *image, size_t *bytes);

#endif
