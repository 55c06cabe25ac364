/* SPDX-License-Identifier: MIT */
/*
 * Pixels of frame buffers as the extension PIXEXT numbers them. Shared by guest and host.
 */
#ifndef TRIREME_DISPATCH_GLIDE_PIXEL_FORMATS_H
#define TRIREME_DISPATCH_GLIDE_PIXEL_FORMATS_H

/* GrPixelFormat_t; with a number: so many samples. There are no others. */
enum glide_pixel_format {
    GLIDE_PIXEL_565 = 0x3,
    GLIDE_PIXEL_8888 = 0x5,
    GLIDE_PIXEL_2_565 = 0x6,
    GLIDE_PIXEL_2_8888 = 0x8,
    GLIDE_PIXEL_4_565 = 0x9,
    GLIDE_PIXEL_4_8888 = 0xb,
    GLIDE_PIXEL_8_565 = 0xc,
    GLIDE_PIXEL_8_8888 = 0xe,
};

#endif
