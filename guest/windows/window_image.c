/* SPDX-License-Identifier: MIT */
#include "guest/windows/window_image.h"

static BITMAPINFO describe(uint32_t width, uint32_t rows)
{
    return (BITMAPINFO){
        .bmiHeader =
            {
                .biSize = sizeof(BITMAPINFOHEADER),
                .biWidth = (LONG)width,
                .biHeight = (LONG)rows,
                .biPlanes = 1,
                .biBitCount = 32,
                .biCompression = BI_RGB,
            },
    };
}

HDC window_image_dc(HWND window)
{
    return GetDCEx(window, NULL, DCX_CACHE | DCX_CLIPCHILDREN | DCX_CLIPSIBLINGS);
}

void window_image_put_rows(HDC dc, const uint8_t *pixels, uint32_t width, uint32_t rows, uint32_t y)
{
    const BITMAPINFO info = describe(width, rows);
    SetDIBitsToDevice(dc, 0, (int)y, width, rows, 0, 0, 0, rows, pixels, &info, DIB_RGB_COLORS);
}

void window_image_stretch(HDC dc, const struct frame *frame, uint32_t width, uint32_t height)
{
    const BITMAPINFO info = describe(frame->width, frame->height);
    StretchDIBits(dc, 0, 0, (int)width, (int)height, 0, 0, (int)frame->width, (int)frame->height,
                  frame->pixels, &info, DIB_RGB_COLORS, SRCCOPY);
}
