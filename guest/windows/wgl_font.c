/* SPDX-License-Identifier: MIT */
/*
 * wglUseFontBitmaps(): display lists that draw the glyphs of the device context's font with
 * glBitmap. GDI draws each glyph into a bitmap with room on all sides, where the ink is looked for:
 * so glyphs may reach beyond their cells, and no call is needed that Windows 98 has not.
 */
#include <string.h>

#include "guest/common/bitmap_font.h"
#include "guest/windows/wgl.h"

/* A bitmap of one bit a pixel, rows top-down, and the font. */
struct glyph_painter {
    HDC dc;
    HBITMAP bitmap;
    HGDIOBJ old_bitmap, old_font;
    uint8_t *bits;
    int width, height, stride; /* stride in bytes */
    int margin;                /* of the cell in the bitmap */
    int ascent;
    bool wide; /* characters are UTF-16's, else the code page's */
};

/* Where a glyph has ink, in the bitmap; right and bottom are beyond the last. */
struct ink {
    int left, top, right, bottom;
};

static bool painter_init(struct glyph_painter *painter, HDC dc, bool wide)
{
    TEXTMETRICA metrics;
    memset(painter, 0, sizeof *painter);
    if (!GetTextMetricsA(dc, &metrics) || !(painter->dc = CreateCompatibleDC(dc))) {
        return false;
    }
    painter->wide = wide;
    painter->margin =
        metrics.tmMaxCharWidth > metrics.tmHeight ? metrics.tmMaxCharWidth : metrics.tmHeight;
    painter->width = metrics.tmMaxCharWidth + 2 * painter->margin;
    painter->height = metrics.tmHeight + 2 * painter->margin;
    painter->stride = (painter->width + 31) / 32 * 4;
    painter->ascent = metrics.tmAscent;
    struct {
        BITMAPINFOHEADER header;
        RGBQUAD colors[2];
    } info = {
        .header =
            {
                .biSize = sizeof info.header,
                .biWidth = painter->width,
                .biHeight = -painter->height,
                .biPlanes = 1,
                .biBitCount = 1,
                .biCompression = BI_RGB,
            },
        .colors = {{0, 0, 0, 0}, {255, 255, 255, 0}},
    };
    painter->bitmap = CreateDIBSection(painter->dc, (const BITMAPINFO *)&info, DIB_RGB_COLORS,
                                       (void **)&painter->bits, NULL, 0);
    if (!painter->bitmap) {
        DeleteDC(painter->dc);
        return false;
    }
    painter->old_bitmap = SelectObject(painter->dc, painter->bitmap);
    painter->old_font = SelectObject(painter->dc, GetCurrentObject(dc, OBJ_FONT));
    SetTextColor(painter->dc, RGB(255, 255, 255));
    SetBkMode(painter->dc, TRANSPARENT);
    return true;
}

static void painter_finish(struct glyph_painter *painter)
{
    SelectObject(painter->dc, painter->old_font);
    SelectObject(painter->dc, painter->old_bitmap);
    DeleteObject(painter->bitmap);
    DeleteDC(painter->dc);
}

/* Draws the character; returns its advance. */
static int paint(struct glyph_painter *painter, DWORD code)
{
    SIZE extent = {0, 0};
    memset(painter->bits, 0, (size_t)painter->stride * (size_t)painter->height);
    if (painter->wide) {
        WCHAR character = (WCHAR)code;
        GetTextExtentPoint32W(painter->dc, &character, 1, &extent);
        TextOutW(painter->dc, painter->margin, painter->margin, &character, 1);
    } else {
        char character = (char)code;
        GetTextExtentPoint32A(painter->dc, &character, 1, &extent);
        TextOutA(painter->dc, painter->margin, painter->margin, &character, 1);
    }
    GdiFlush();
    return extent.cx;
}

static bool is_set(const struct glyph_painter *painter, int x, int y)
{
    return painter->bits[y * painter->stride + x / 8] & (0x80 >> x % 8);
}

/* False: the glyph has no ink. */
static bool find_ink(const struct glyph_painter *painter, struct ink *ink)
{
    *ink = (struct ink){painter->width, painter->height, 0, 0};
    for (int y = 0; y < painter->height; y++) {
        for (int x = 0; x < painter->width; x++) {
            if (is_set(painter, x, y)) {
                ink->left = x < ink->left ? x : ink->left;
                ink->right = x + 1 > ink->right ? x + 1 : ink->right;
                ink->top = y < ink->top ? y : ink->top;
                ink->bottom = y + 1;
            }
        }
    }
    return ink->bottom > 0;
}

/* The ink as glBitmap() takes it: rows bottom-up, most significant bit left, whole bytes. It is
 * never larger than the bitmap, whose memory it moves into. */
static const GLubyte *gather(const struct glyph_painter *painter, const struct ink *ink,
                             GLubyte *bytes)
{
    int stride = (ink->right - ink->left + 7) / 8;
    memset(bytes, 0, (size_t)stride * (size_t)(ink->bottom - ink->top));
    for (int y = ink->top; y < ink->bottom; y++) {
        GLubyte *row = bytes + (ink->bottom - 1 - y) * stride;
        for (int x = ink->left; x < ink->right; x++) {
            if (is_set(painter, x, y)) {
                row[(x - ink->left) / 8] |= (GLubyte)(0x80 >> (x - ink->left) % 8);
            }
        }
    }
    return bytes;
}

static void make_list(struct glyph_painter *painter, DWORD code, GLuint list, GLubyte *bytes)
{
    struct ink ink;
    GLfloat advance = (GLfloat)paint(painter, code);
    trireme_glNewList(list, GL_COMPILE);
    if (find_ink(painter, &ink)) {
        /* From the ink's lower left corner to the pen on the base line. */
        GLfloat x = (GLfloat)(painter->margin - ink.left);
        GLfloat y = (GLfloat)(ink.bottom - (painter->margin + painter->ascent));
        trireme_glBitmap(ink.right - ink.left, ink.bottom - ink.top, x, y, advance, 0.0f,
                         gather(painter, &ink, bytes));
    } else {
        trireme_glBitmap(0, 0, 0.0f, 0.0f, advance, 0.0f, NULL);
    }
    trireme_glEndList();
}

static BOOL use_font(HDC dc, DWORD first, DWORD count, DWORD list, bool wide)
{
    struct glyph_painter painter;
    if (!context_current()) {
        SetLastError(ERROR_INVALID_OPERATION);
        return FALSE;
    }
    if (!painter_init(&painter, dc, wide)) {
        SetLastError(ERROR_INVALID_HANDLE);
        return FALSE;
    }
    GLubyte *bytes = HeapAlloc(GetProcessHeap(), 0, (SIZE_T)(painter.stride * painter.height));
    if (bytes) {
        bitmap_font_begin();
        for (DWORD i = 0; i < count; i++) {
            make_list(&painter, first + i, list + i, bytes);
        }
        bitmap_font_end();
        HeapFree(GetProcessHeap(), 0, bytes);
    } else {
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    }
    painter_finish(&painter);
    return bytes != NULL;
}

BOOL WINAPI trireme_wglUseFontBitmapsA(HDC dc, DWORD first, DWORD count, DWORD list)
{
    return use_font(dc, first, count, list, false);
}

BOOL WINAPI trireme_wglUseFontBitmapsW(HDC dc, DWORD first, DWORD count, DWORD list)
{
    return use_font(dc, first, count, list, true);
}
