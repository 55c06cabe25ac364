/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wglUseFontBitmaps() and wglUseFontOutlines() against what GDI draws itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>

/* The glyphs are GDI's, dot by dot. */
static void check_font(int wide)
{
    struct wgl_window window;
    BITMAPINFO info = {.bmiHeader = {.biSize = sizeof info.bmiHeader,
                                     .biWidth = WIDTH,
                                     .biHeight = HEIGHT,
                                     .biPlanes = 1,
                                     .biBitCount = 32}};
    static DWORD gdi[HEIGHT][WIDTH], drawn[HEIGHT][WIDTH];
    void *bits;
    TEXTMETRICA metrics;
    unsigned ink = 0;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    HFONT font = CreateFontA(20, 0, 0, 0, FW_BOLD, FALSE, FALSE, FALSE, ANSI_CHARSET, 0, 0,
                             NONANTIALIASED_QUALITY, 0, "DejaVu Sans");
    HDC memory = CreateCompatibleDC(window.dc);
    HBITMAP bitmap = CreateDIBSection(memory, &info, DIB_RGB_COLORS, &bits, NULL, 0);
    SelectObject(memory, bitmap);
    SelectObject(memory, font);
    SelectObject(window.dc, font);
    SetTextColor(memory, RGB(255, 255, 255));
    SetBkMode(memory, TRANSPARENT);
    GetTextMetricsA(memory, &metrics);
    TextOutA(memory, 4, 10, "gWA", 3);
    GdiFlush();
    memcpy(gdi, bits, sizeof gdi);

    GLuint lists = glGenLists(128);
    need(wide ? wglUseFontBitmapsW(window.dc, 0, 128, lists)
              : wglUseFontBitmapsA(window.dc, 0, 128, lists),
         "wglUseFontBitmaps");
    glClearColor(0.0f, 0.0f, 0.0f, 0.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    glMatrixMode(GL_PROJECTION);
    glOrtho(0, WIDTH, 0, HEIGHT, -1, 1);
    glColor3f(1.0f, 1.0f, 1.0f);
    glRasterPos2i(4, HEIGHT - (10 + metrics.tmAscent));
    glListBase(lists);
    glCallLists(3, GL_UNSIGNED_BYTE, "gWA");
    glReadPixels(0, 0, WIDTH, HEIGHT, GL_BGRA_EXT, GL_UNSIGNED_BYTE, drawn);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            ink += (gdi[y][x] & 0xffffff) != 0;
            need((gdi[y][x] & 0xffffff) == (drawn[y][x] & 0xffffff), "a dot of the text");
        }
    }
    need(ink > 50, "the text");
    wgl_window_close(&window);
}

void check_font_a(void)
{
    check_font(0);
}

void check_font_w(void)
{
    check_font(1);
}

/* A picture of one glyph; its font is EM pixels high. */
#define EM 200
#define SIDE 256
#define BASE_X 40
#define BASE_Y 60 /* of the base line, from below */

struct glyph_picture {
    DWORD pixels[SIDE * SIDE]; /* rows bottom-up */
};

static unsigned ink_of(const struct glyph_picture *picture)
{
    unsigned ink = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        ink += (picture->pixels[i] & 0xffffff) != 0;
    }
    return ink;
}

static unsigned differences(const struct glyph_picture *a, const struct glyph_picture *b)
{
    unsigned count = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        count += ((a->pixels[i] ^ b->pixels[i]) & 0xffffff) != 0;
    }
    return count;
}

/* Pixels of the one that neither the other nor a neighbour there has. */
static unsigned strays(const struct glyph_picture *of, const struct glyph_picture *in)
{
    unsigned count = 0;
    for (int y = 1; y < SIDE - 1; y++) {
        for (int x = 1; x < SIDE - 1; x++) {
            int found = 0;
            for (int i = 0; i < 9; i++) {
                int place = (y + i / 3 - 1) * SIDE + x + i % 3 - 1;
                found |= ((of->pixels[y * SIDE + x] ^ in->pixels[place]) & 0xffffff) == 0;
            }
            count += !found;
        }
    }
    return count;
}

/* The glyph as GDI draws it; returns its advance in pixels. */
static LONG paint_with_gdi(HFONT font, WCHAR character, struct glyph_picture *picture)
{
    BITMAPINFO info = {.bmiHeader = {.biSize = sizeof info.bmiHeader,
                                     .biWidth = SIDE,
                                     .biHeight = SIDE,
                                     .biPlanes = 1,
                                     .biBitCount = 32}};
    void *bits;
    SIZE extent;
    HDC memory = CreateCompatibleDC(NULL);
    HBITMAP bitmap = CreateDIBSection(memory, &info, DIB_RGB_COLORS, &bits, NULL, 0);
    SelectObject(memory, bitmap);
    SelectObject(memory, font);
    SetTextColor(memory, RGB(255, 255, 255));
    SetBkMode(memory, TRANSPARENT);
    SetTextAlign(memory, TA_BASELINE);
    TextOutW(memory, BASE_X, SIDE - BASE_Y, &character, 1);
    GetTextExtentPoint32W(memory, &character, 1, &extent);
    GdiFlush();
    memcpy(picture, bits, sizeof *picture);
    DeleteDC(memory);
    DeleteObject(bitmap);
    return extent.cx;
}

static void draw_list(GLuint list, float turn, struct glyph_picture *picture)
{
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glMatrixMode(GL_PROJECTION);
    glLoadIdentity();
    glOrtho(0, SIDE, 0, SIDE, -SIDE, SIDE);
    glMatrixMode(GL_MODELVIEW);
    glLoadIdentity();
    glTranslatef(BASE_X, BASE_Y, 0);
    glScalef(EM, EM, EM);
    glRotatef(turn, 0.6f, 0.8f, 0.0f);
    glCallList(list);
    glReadPixels(0, 0, SIDE, SIDE, GL_BGRA_EXT, GL_UNSIGNED_BYTE, picture);
}

/* All sides of an extruded glyph face outwards, and so do their normals. */
static void check_extrusion(GLuint list)
{
    static struct glyph_picture all, front;
    const GLfloat none[4] = {0.0f, 0.0f, 0.0f, 1.0f}, from_viewer[4] = {0.0f, 0.0f, 1.0f, 0.0f};
    glEnable(GL_DEPTH_TEST);
    glEnable(GL_NORMALIZE);
    glEnable(GL_LIGHTING);
    glEnable(GL_LIGHT0);
    glLightModelfv(GL_LIGHT_MODEL_AMBIENT, none);
    glMatrixMode(GL_MODELVIEW);
    glLoadIdentity();
    glLightfv(GL_LIGHT0, GL_POSITION, from_viewer);
    for (float turn = -150.0f; turn < 180.0f; turn += 60.0f) {
        glDisable(GL_LIGHTING);
        draw_list(list, turn, &all);
        glEnable(GL_CULL_FACE);
        draw_list(list, turn, &front);
        need(ink_of(&all) > 1000 && differences(&all, &front) * 500 < ink_of(&all),
             "the faces' directions");
        glEnable(GL_LIGHTING);
        draw_list(list, turn, &front);
        need(differences(&front, &all) >= ink_of(&all) * 9 / 10, "shades");
        need(ink_of(&front) * 100 >= ink_of(&all) * 99, "normals that face the viewer");
        glDisable(GL_CULL_FACE);
    }
    glDisable(GL_LIGHTING);
    glDisable(GL_DEPTH_TEST);
}

static void check_outlines(int wide)
{
    static struct glyph_picture gdi, drawn;
    static const WCHAR narrow_text[] = {'g', '8', '&', '%', ' ', 0};
    static const WCHAR wide_text[] = {'B', 0x0416, 0x00e9, 0x2260, ' ', 0};
    const WCHAR *text = wide ? wide_text : narrow_text;
    GLYPHMETRICSFLOAT metrics;
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, SIDE, SIDE);
    HFONT font = CreateFontA(-EM, 0, 0, 0, FW_NORMAL, FALSE, FALSE, FALSE, ANSI_CHARSET, 0, 0,
                             NONANTIALIASED_QUALITY, 0, "DejaVu Sans");
    SelectObject(window.dc, font);
    BOOL(WINAPI * use)
    (HDC, DWORD, DWORD, DWORD, FLOAT, FLOAT, int, GLYPHMETRICSFLOAT *) =
        wide ? wglUseFontOutlinesW : wglUseFontOutlinesA;
    GLuint list = glGenLists(1);
    glClearColor(0.0f, 0.0f, 0.0f, 0.0f);
    for (int i = 0; text[i]; i++) {
        LONG advance = paint_with_gdi(font, text[i], &gdi);
        need(use(window.dc, text[i], 1, list, 0.0f, 0.0f, WGL_FONT_POLYGONS, &metrics),
             "wglUseFontOutlines");
        draw_list(list, 0.0f, &drawn);
        need(text[i] == ' ' || ink_of(&gdi) > 1000, "GDI's glyph");
        /* GDI fits glyphs to the grid of pixels, so edges may lie one farther. */
        need(strays(&gdi, &drawn) + strays(&drawn, &gdi) < 8, "a filled glyph");
        float error = metrics.gmfCellIncX * EM - (float)advance;
        need(error > -2.0f && error < 2.0f, "the glyph's advance");
        need(text[i] == ' ' || (metrics.gmfBlackBoxY > 0.4f && metrics.gmfBlackBoxY < 1.2f),
             "the glyph's height");
    }
    need(use(window.dc, text[0], 1, list, 0.01f, 0.0f, WGL_FONT_LINES, NULL), "lines");
    draw_list(list, 0.0f, &drawn);
    need(ink_of(&drawn) > EM && ink_of(&drawn) < EM * 15, "a glyph's outline");
    need(use(window.dc, text[1], 1, list, 0.005f, 0.2f, WGL_FONT_POLYGONS, NULL), "extrusion");
    check_extrusion(list);
    need_error(!use(window.dc, 'A', 1, list, -1.0f, 0.0f, WGL_FONT_LINES, NULL),
               ERROR_INVALID_PARAMETER, "a negative deviation");
    need_error(!use(NULL, 'A', 1, list, 0.0f, 0.0f, WGL_FONT_LINES, NULL), ERROR_INVALID_HANDLE,
               "no device context");
    wgl_window_close(&window);
}

void check_outlines_a(void)
{
    check_outlines(0);
}

void check_outlines_w(void)
{
    check_outlines(1);
}
