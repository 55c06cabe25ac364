/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Layer planes, of which no format has any, and what gdi32 and others call of opengl32.dll. */
#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/wglext.h>

void check_layers(void)
{
    struct wgl_window window;
    PIXELFORMATDESCRIPTOR format;
    LAYERPLANEDESCRIPTOR plane = {.nSize = sizeof plane, .nVersion = 1};
    COLORREF colors[2] = {0};
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    const int number = GetPixelFormat(window.dc);
    need(DescribePixelFormat(window.dc, number, sizeof format, &format) && format.bReserved == 0,
         "a format without planes");
    need_error(!wglDescribeLayerPlane(window.dc, number, 1, sizeof plane, &plane),
               ERROR_INVALID_PARAMETER, "describing an overlay");
    need_error(wglCreateLayerContext(window.dc, 1) == NULL, ERROR_INVALID_PARAMETER,
               "a context of an overlay");
    need_error(wglGetLayerPaletteEntries(window.dc, 1, 0, 2, colors) == 0, ERROR_INVALID_PARAMETER,
               "a palette of an overlay");
    need_error(wglSetLayerPaletteEntries(window.dc, 1, 0, 2, colors) == 0, ERROR_INVALID_PARAMETER,
               "setting it");
    need_error(!wglRealizeLayerPalette(window.dc, 1, TRUE), ERROR_INVALID_PARAMETER,
               "realizing it");
    HGLRC main_plane = wglCreateLayerContext(window.dc, 0);
    need(main_plane != NULL && wglMakeCurrent(window.dc, main_plane),
         "a context of the main plane");
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    need_shown(&window, 5, 5, RGB(255, 0, 0));
    glClearColor(0.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(wglSwapLayerBuffers(window.dc, WGL_SWAP_OVERLAY1), "swapping no buffers");
    need(read_pixel(5, 5) == RGB(0, 255, 0), "the back buffer stays");
    need(wglSwapLayerBuffers(window.dc, WGL_SWAP_MAIN_PLANE), "swapping those of the main plane");
    need_shown(&window, 5, 5, RGB(0, 255, 0));
    need(wglDeleteContext(main_plane), "wglDeleteContext");
    wgl_window_close(&window);
}

/* A bit for each that is swapped: the window, and what is none. */
static void check_swapping_several(const struct wgl_window *window, PROC swap_multiple)
{
    DWORD(WINAPI * swap)(UINT, const WGLSWAP *) = (void *)swap_multiple;
    const WGLSWAP swaps[] = {{NULL, WGL_SWAP_MAIN_PLANE}, {window->dc, WGL_SWAP_MAIN_PLANE}};
    glClearColor(0.0f, 0.0f, 1.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(swap(2, swaps) == 2, "wglSwapMultipleBuffers");
    need_shown(window, 5, 5, RGB(0, 0, 255));
    need_error(swap(WGL_SWAPMULTIPLE_MAX + 1, swaps) == 0, ERROR_INVALID_PARAMETER,
               "swapping too many");
}

void check_exports(void)
{
    struct wgl_window window;
    PIXELFORMATDESCRIPTOR format;
    HMODULE library = GetModuleHandleA("opengl32.dll");
    static const char *const names[] = {"wglChoosePixelFormat",  "wglDescribePixelFormat",
                                        "wglGetPixelFormat",     "wglSetPixelFormat",
                                        "wglSwapBuffers",        "wglGetDefaultProcAddress",
                                        "wglSwapMultipleBuffers"};
    PROC calls[7];
    for (int i = 0; i < 7; i++) {
        calls[i] = (PROC)GetProcAddress(library, names[i]);
        need(calls[i] != NULL, names[i]);
    }
    int(WINAPI * choose)(HDC, const PIXELFORMATDESCRIPTOR *) = (void *)calls[0];
    int(WINAPI * describe)(HDC, int, UINT, PIXELFORMATDESCRIPTOR *) = (void *)calls[1];
    int(WINAPI * get)(HDC) = (void *)calls[2];
    BOOL(WINAPI * set)(HDC, int, const PIXELFORMATDESCRIPTOR *) = (void *)calls[3];
    BOOL(WINAPI * swap)(HDC) = (void *)calls[4];
    PROC(WINAPI * look)(LPCSTR) = (void *)calls[5];
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    const int number = get(window.dc);
    need(number == GetPixelFormat(window.dc), "the window's format");
    need(describe(window.dc, number, sizeof format, &format) >= number, "its description");
    need(choose(window.dc, &format) > 0 && set(window.dc, number, &format), "choosing, setting");
    need(look("wglGetExtensionsStringEXT") == wglGetProcAddress("wglGetExtensionsStringEXT"),
         "a call's address");
    PFNWGLGETEXTENSIONSSTRINGEXTPROC get_string =
        (PFNWGLGETEXTENSIONSSTRINGEXTPROC)(void *)look("wglGetExtensionsStringEXT");
    PFNWGLGETEXTENSIONSSTRINGARBPROC get_string_of =
        (PFNWGLGETEXTENSIONSSTRINGARBPROC)(void *)look("wglGetExtensionsStringARB");
    need(lstrcmpA(get_string(), get_string_of(window.dc)) == 0, "both strings are one");
    PFNWGLGETPIXELFORMATATTRIBFVARBPROC get_floats =
        (PFNWGLGETPIXELFORMATATTRIBFVARBPROC)(void *)look("wglGetPixelFormatAttribfvARB");
    const int attributes[] = {WGL_COLOR_BITS_ARB, WGL_DOUBLE_BUFFER_ARB};
    FLOAT values[2];
    need(get_floats(window.dc, number, 0, 2, attributes, values) && values[0] >= 24.0f &&
             values[1] == 1.0f,
         "a format's attributes as floats");
    PFNWGLGETCURRENTREADDCARBPROC read_dc =
        (PFNWGLGETCURRENTREADDCARBPROC)(void *)look("wglGetCurrentReadDCARB");
    need(read_dc() == window.dc, "what is read from");
    glClearColor(1.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(swap(window.dc), "wglSwapBuffers");
    need_shown(&window, 5, 5, RGB(255, 255, 0));
    check_swapping_several(&window, calls[6]);
    wgl_window_close(&window);
}
