/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wgl_window.h"

#include <stdio.h>
#include <stdlib.h>

void need(int fine, const char *what)
{
    if (!fine) {
        printf("%s failed, error %lu\n", what, GetLastError());
        fflush(stdout);
        exit(1);
    }
}

static void register_class(void)
{
    WNDCLASSA class = {
        .style = CS_OWNDC,
        .lpfnWndProc = DefWindowProcA,
        .hInstance = GetModuleHandleA(NULL),
        .lpszClassName = "trireme-test",
    };
    RegisterClassA(&class);
}

void wgl_window_messages(void)
{
    MSG message;
    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE)) {
        DispatchMessageA(&message);
    }
}

void wgl_window_show(struct wgl_window *window, int x, int y, int width, int height)
{
    PIXELFORMATDESCRIPTOR format = {
        .nSize = sizeof format,
        .nVersion = 1,
        .dwFlags = PFD_DRAW_TO_WINDOW | PFD_SUPPORT_OPENGL | PFD_DOUBLEBUFFER,
        .iPixelType = PFD_TYPE_RGBA,
        .cColorBits = 24,
        .cDepthBits = 24,
    };
    register_class();
    window->context = NULL;
    window->window = CreateWindowA("trireme-test", "trireme", WS_POPUP | WS_VISIBLE, x, y, width,
                                   height, NULL, NULL, GetModuleHandleA(NULL), NULL);
    need(window->window != NULL, "CreateWindow");
    window->dc = GetDC(window->window);
    need(window->dc != NULL, "GetDC");
    int number = ChoosePixelFormat(window->dc, &format);
    need(number > 0, "ChoosePixelFormat");
    need(SetPixelFormat(window->dc, number, &format), "SetPixelFormat");
    wgl_window_messages();
}

void wgl_window_open(struct wgl_window *window, int x, int y, int width, int height)
{
    wgl_window_show(window, x, y, width, height);
    window->context = wglCreateContext(window->dc);
    need(window->context != NULL, "wglCreateContext");
    need(wglMakeCurrent(window->dc, window->context), "wglMakeCurrent");
}

void wgl_window_close(struct wgl_window *window)
{
    wglMakeCurrent(NULL, NULL);
    if (window->context) {
        need(wglDeleteContext(window->context), "wglDeleteContext");
    }
    ReleaseDC(window->window, window->dc);
    DestroyWindow(window->window);
}
