/* SPDX-License-Identifier: MIT */
/*
 * glXUseXFont(): display lists that draw the glyphs of an X font with glBitmap. The X server draws
 * each glyph into a bitmap, which is read back.
 */
#include <X11/Xutil.h>
#include <stdlib.h>
#include <string.h>

#include "gl_entry_points.h"
#include "guest/common/bitmap_font.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"

struct glyph_painter {
    Display *dpy;
    Pixmap bitmap;
    GC gc;
    unsigned width, height; /* of the bitmap: as large as the font's largest glyph */
};

static const XCharStruct *glyph_metrics(const XFontStruct *font, unsigned code)
{
    unsigned columns = font->max_char_or_byte2 - font->min_char_or_byte2 + 1;
    unsigned row = code >> 8, column = code & 0xff;
    if (font->min_byte1 == 0 && font->max_byte1 == 0) {
        row = 0;
        column = code;
    }
    if (row < font->min_byte1 || row > font->max_byte1 || column < font->min_char_or_byte2 ||
        column > font->max_char_or_byte2) {
        return NULL;
    }
    return font->per_char ? &font->per_char[(row - font->min_byte1) * columns + column -
                                            font->min_char_or_byte2]
                          : &font->max_bounds;
}

/* The glyph's bits as glBitmap() takes them: rows bottom-up, most significant bit left, each row
 * a whole number of bytes. NULL: no memory. */
static GLubyte *paint_glyph(const struct glyph_painter *painter, const XCharStruct *metrics,
                            unsigned code, unsigned width, unsigned height)
{
    Display *dpy = painter->dpy;
    XChar2b character = {.byte1 = (unsigned char)(code >> 8), .byte2 = (unsigned char)code};
    unsigned stride = (width + 7) / 8;
    GLubyte *bits = calloc(height, stride);
    XSetForeground(dpy, painter->gc, 0);
    XFillRectangle(dpy, painter->bitmap, painter->gc, 0, 0, painter->width, painter->height);
    XSetForeground(dpy, painter->gc, 1);
    XDrawString16(dpy, painter->bitmap, painter->gc, -metrics->lbearing, metrics->ascent,
                  &character, 1);
    XImage *image = XGetImage(dpy, painter->bitmap, 0, 0, width, height, 1, XYPixmap);
    for (unsigned y = 0; bits && image && y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            if (XGetPixel(image, (int)x, (int)y)) {
                bits[(height - 1 - y) * stride + x / 8] |= (GLubyte)(0x80 >> x % 8);
            }
        }
    }
    if (image) {
        XDestroyImage(image);
    }
    return bits;
}

static void make_list(const struct glyph_painter *painter, const XCharStruct *metrics,
                      unsigned code, GLuint list)
{
    trireme_glNewList(list, GL_COMPILE);
    if (metrics) {
        int width = metrics->rbearing - metrics->lbearing;
        int height = metrics->ascent + metrics->descent;
        bool empty = width <= 0 || height <= 0;
        GLubyte *bits =
            empty ? NULL : paint_glyph(painter, metrics, code, (unsigned)width, (unsigned)height);
        trireme_glBitmap(bits ? width : 0, bits ? height : 0, (GLfloat)-metrics->lbearing,
                         (GLfloat)metrics->descent, (GLfloat)metrics->width, 0.0f, bits);
        free(bits);
    }
    trireme_glEndList();
}

void trireme_glXUseXFont(Font font_id, int first, int count, int list)
{
    struct glx_context *context = glx_context_current();
    Display *dpy = context ? context->dpy : NULL;
    XFontStruct *font = dpy ? XQueryFont(dpy, font_id) : NULL;
    if (!font) {
        return;
    }
    int width = font->max_bounds.rbearing - font->min_bounds.lbearing;
    int height = font->max_bounds.ascent + font->max_bounds.descent;
    struct glyph_painter painter = {
        .dpy = dpy,
        .width = width > 0 ? (unsigned)width : 1,
        .height = height > 0 ? (unsigned)height : 1,
    };
    XGCValues values = {.font = font_id};
    painter.bitmap = XCreatePixmap(dpy, DefaultRootWindow(dpy), painter.width, painter.height, 1);
    painter.gc = XCreateGC(dpy, painter.bitmap, GCFont, &values);

    bitmap_font_begin();
    for (int i = 0; i < count; i++) {
        unsigned code = (unsigned)(first + i);
        make_list(&painter, glyph_metrics(font, code), code, (GLuint)(list + i));
    }
    bitmap_font_end();
    XFreeGC(dpy, painter.gc);
    XFreePixmap(dpy, painter.bitmap);
    XFreeFontInfo(NULL, font, 1);
}
