/* SPDX-License-Identifier: MIT */
/*
 * Frame buffers as memory: which buffer, where row 0 is, what a pixel is. The numbers are Glide
 * 3's. Shared by guest and host.
 */
#ifndef TRIREME_DISPATCH_GLIDE_FRAME_BUFFER_MODES_H
#define TRIREME_DISPATCH_GLIDE_FRAME_BUFFER_MODES_H

#include <stdint.h>

/* GrBuffer_t */
enum glide_buffer {
    GLIDE_BUFFER_FRONT = 0,
    GLIDE_BUFFER_BACK = 1,
    GLIDE_BUFFER_AUX = 2,
    GLIDE_BUFFER_DEPTH = 3,
    GLIDE_BUFFER_ALPHA = 4,
    GLIDE_BUFFER_TRIPLE = 5,
    GLIDE_BUFFER_TEXTURE = 6, /* of the extension TEXTUREBUFFER */
};

/* GrOriginLocation_t */
enum glide_origin {
    GLIDE_ORIGIN_UPPER_LEFT = 0,
    GLIDE_ORIGIN_LOWER_LEFT = 1,
    GLIDE_ORIGIN_ANY = 0xff, /* a lock's wish */
};

/* GrLfbWriteMode_t, GrLfbSrcFmt_t */
enum glide_lfb_mode {
    GLIDE_LFB_565 = 0x0,
    GLIDE_LFB_555 = 0x1,
    GLIDE_LFB_1555 = 0x2,
    GLIDE_LFB_888 = 0x4,
    GLIDE_LFB_8888 = 0x5,
    GLIDE_LFB_565_DEPTH = 0xc,
    GLIDE_LFB_555_DEPTH = 0xd,
    GLIDE_LFB_1555_DEPTH = 0xe,
    GLIDE_LFB_ZA16 = 0xf,
    GLIDE_LFB_RLE16 = 0x80, /* regions that programs write only */
    GLIDE_LFB_ANY = 0xff,   /* a lock's wish */
};

/* Bytes of a pixel in that mode; 0: pixels do not come like that. */
static inline unsigned glide_lfb_pixel_size(uint32_t mode)
{
    switch (mode) {
    case GLIDE_LFB_565:
    case GLIDE_LFB_555:
    case GLIDE_LFB_1555:
    case GLIDE_LFB_ZA16:
        return 2;
    case GLIDE_LFB_888:
    case GLIDE_LFB_8888:
    case GLIDE_LFB_565_DEPTH:
    case GLIDE_LFB_555_DEPTH:
    case GLIDE_LFB_1555_DEPTH:
        return 4;
    default:
        return 0;
    }
}

#endif
