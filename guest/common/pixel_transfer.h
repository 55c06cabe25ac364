/* SPDX-License-Identifier: MIT */
/*
 * Images on their way out of and into the program's memory. They travel in transfer layout
 * (dispatch/image_size.h): what the program told the GL to skip is not sent, and nothing is read
 * or written but what the GL would read or write.
 */
#ifndef TRIREME_GUEST_PIXEL_TRANSFER_H
#define TRIREME_GUEST_PIXEL_TRANSFER_H

#include "dispatch/gl_payload.h"
#include "guest/common/gl_state.h"

/* The payload of an image that a command reads: an offset if a pixel unpack buffer is bound, else
 * data that stay valid until the state's scratch memory is used again. */
struct gl_payload pixel_upload(struct gl_state *state, const struct image *image,
                               const void *pixels);

/* The same for compressed images, of `bytes` bytes. */
struct gl_payload pixel_upload_compressed(struct gl_state *state, const struct image *image,
                                          GLsizei bytes, const void *pixels);

/* An image that a command writes to the program's memory. */
struct pixel_download {
    struct image_layout place, transfer;
    struct image image;
    bool lsb_first, direct; /* direct: the result goes straight to its place */
    void *pixels;
    struct gl_result result; /* for the encoder */
};

/* `place` is filled by the caller; the result can be passed to the encoder then. */
void pixel_download_begin(struct pixel_download *download, struct gl_state *state, void *pixels);
/* Puts what arrived where it belongs. If less than the image arrived (an error), nothing is
 * written. */
void pixel_download_end(struct pixel_download *download);

/* Layouts for the state's pack parameters. */
void pixel_download_layout(struct pixel_download *download, const struct gl_state *state,
                           const struct image *image);
void pixel_download_layout_compressed(struct pixel_download *download, const struct gl_state *state,
                                      const struct image *image, GLsizei bytes);

#endif
