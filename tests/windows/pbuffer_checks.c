/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WGL_ARB_pbuffer. */
#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <GL/wglext.h>

static struct {
    PFNWGLCREATEPBUFFERARBPROC create;
    PFNWGLGETPBUFFERDCARBPROC get_dc;
    PFNWGLRELEASEPBUFFERDCARBPROC release_dc;
    PFNWGLDESTROYPBUFFERARBPROC destroy;
    PFNWGLQUERYPBUFFERARBPROC query;
} pbuffer_calls;

static void find_calls(void)
{
    pbuffer_calls.create = (void *)wglGetProcAddress("wglCreatePbufferARB");
    pbuffer_calls.get_dc = (void *)wglGetProcAddress("wglGetPbufferDCARB");
    pbuffer_calls.release_dc = (void *)wglGetProcAddress("wglReleasePbufferDCARB");
    pbuffer_calls.destroy = (void *)wglGetProcAddress("wglDestroyPbufferARB");
    pbuffer_calls.query = (void *)wglGetProcAddress("wglQueryPbufferARB");
    need(pbuffer_calls.create && pbuffer_calls.get_dc && pbuffer_calls.release_dc &&
             pbuffer_calls.destroy && pbuffer_calls.query,
         "the calls");
}

static void need_size(HPBUFFERARB pbuffer, int width, int height)
{
    int value[3] = {0};
    need(pbuffer_calls.query(pbuffer, WGL_PBUFFER_WIDTH_ARB, &value[0]) &&
             pbuffer_calls.query(pbuffer, WGL_PBUFFER_HEIGHT_ARB, &value[1]) &&
             pbuffer_calls.query(pbuffer, WGL_PBUFFER_LOST_ARB, &value[2]),
         "asking the pbuffer");
    need(value[0] == width && value[1] == height && value[2] == FALSE, "its size");
}

/* How large the format's may be. */
static void greatest_size(HDC dc, int format, int size[2])
{
    PFNWGLGETPIXELFORMATATTRIBIVARBPROC get_attributes =
        (void *)wglGetProcAddress("wglGetPixelFormatAttribivARB");
    const int names[] = {WGL_DRAW_TO_PBUFFER_ARB, WGL_MAX_PBUFFER_WIDTH_ARB,
                         WGL_MAX_PBUFFER_HEIGHT_ARB, WGL_MAX_PBUFFER_PIXELS_ARB};
    int values[4];
    need(get_attributes(dc, format, 0, 4, names, values) && values[0], "a format for pbuffers");
    need(values[1] >= 2048 && values[2] >= 2048 && values[3] >= 2048 * 2048, "sizes");
    size[0] = values[1];
    size[1] = values[2];
}

static void check_errors(HDC dc, int format)
{
    const int largest[] = {WGL_PBUFFER_LARGEST_ARB, TRUE, 0}, unknown[] = {0x7777, 1, 0};
    int most[2], value;
    greatest_size(dc, format, most);
    need_error(!pbuffer_calls.create(dc, 0, 8, 8, NULL), ERROR_INVALID_PIXEL_FORMAT, "format 0");
    need_error(!pbuffer_calls.create(dc, format, 0, 8, NULL), ERROR_INVALID_DATA, "no width");
    need_error(!pbuffer_calls.create(dc, format, 8, 8, unknown), ERROR_INVALID_DATA,
               "an attribute");
    need_error(!pbuffer_calls.create(dc, format, most[0] + 1, 8, NULL), ERROR_NO_SYSTEM_RESOURCES,
               "too large a pbuffer");
    HPBUFFERARB pbuffer = pbuffer_calls.create(dc, format, most[0] + 1, 8, largest);
    need(pbuffer != NULL, "as large a pbuffer as can be had");
    need_size(pbuffer, most[0], 8);
    need_error(!pbuffer_calls.query(pbuffer, 0x7777, &value), ERROR_INVALID_DATA, "a question");
    need_error(!pbuffer_calls.release_dc(pbuffer, dc), ERROR_DC_NOT_FOUND, "another's context");
    need(pbuffer_calls.destroy(pbuffer), "wglDestroyPbufferARB");
    need_error(!pbuffer_calls.destroy(pbuffer), ERROR_INVALID_HANDLE, "destroying twice");
    need_error(!pbuffer_calls.get_dc(pbuffer), ERROR_INVALID_HANDLE, "what was destroyed");
}

void check_pbuffers(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    find_calls();
    int format = GetPixelFormat(window.dc);
    PFNWGLMAKECONTEXTCURRENTARBPROC make_current =
        (void *)wglGetProcAddress("wglMakeContextCurrentARB");
    check_errors(window.dc, format);

    HPBUFFERARB pbuffer = pbuffer_calls.create(window.dc, format, 100, 60, NULL);
    HDC dc = pbuffer_calls.get_dc(pbuffer);
    need(dc != NULL && GetPixelFormat(dc) == format, "the pbuffer's format");
    need_size(pbuffer, 100, 60);
    HGLRC context = wglCreateContext(dc);
    need(context && wglShareLists(window.context, context), "a context for it");
    need(wglMakeCurrent(dc, context) && wglGetCurrentDC() == dc, "drawing to it");
    GLint viewport[4];
    glGetIntegerv(GL_VIEWPORT, viewport);
    need(viewport[2] == 100 && viewport[3] == 60, "the viewport");
    glClearColor(0.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(SwapBuffers(dc), "SwapBuffers");
    need(read_pixel(99, 59) == RGB(0, 255, 0), "its contents");

    need(make_current(window.dc, dc, window.context), "reading from it");
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    need(read_pixel(99, 59) == RGB(0, 255, 0), "the window is no part of it");
    glRasterPos2f(-1.0f, -1.0f);
    glCopyPixels(0, 0, WIDTH, HEIGHT, GL_COLOR);
    need(SwapBuffers(window.dc), "SwapBuffers");
    need_shown(&window, 5, 5, RGB(0, 255, 0));

    need(wglMakeCurrent(dc, context), "drawing to it again");
    need(pbuffer_calls.release_dc(pbuffer, dc) == 1, "wglReleasePbufferDCARB");
    need(pbuffer_calls.destroy(pbuffer), "wglDestroyPbufferARB");
    glClearColor(0.0f, 0.0f, 1.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(read_pixel(99, 59) == RGB(0, 0, 255), "a context keeps what it draws to");
    need(wglMakeCurrent(window.dc, window.context) && wglDeleteContext(context), "letting go");
    wgl_window_close(&window);
}
