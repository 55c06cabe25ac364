/* SPDX-License-Identifier: MIT */
/*
 * Frames into device contexts of windows.
 */
#ifndef TRIREME_WINDOW_IMAGE_H
#define TRIREME_WINDOW_IMAGE_H

#include <stdint.h>
#include <windows.h>

#include "guest/common/frame.h"

/* A device context of the window's client area from the cache, since the window's own may have the
 * program's coordinates and clipping. NULL: there is none. */
HDC window_image_dc(HWND window);

/* Puts rows of `width` pixels, as far from each other, to `y` from above; they are bottom-up as
 * GDI's are. */
void window_image_put_rows(HDC dc, const uint8_t *pixels, uint32_t width, uint32_t rows,
                           uint32_t y);

/* Fills width × height pixels with the frame. */
void window_image_stretch(HDC dc, const struct frame *frame, uint32_t width, uint32_t height);

#endif
