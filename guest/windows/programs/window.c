/* SPDX-License-Identifier: MIT */
#include "guest/windows/programs/window.h"

#include <stdio.h>

static bool closed;

static LRESULT CALLBACK window_message(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_CLOSE || (message == WM_KEYDOWN && wparam == VK_ESCAPE)) {
        closed = true;
        return 0;
    }
    return DefWindowProcA(window, message, wparam, lparam);
}

static bool fails(const char *what)
{
    printf("%s failed (error %lu).\n"
           "What to do is in trireme.log, in the folder for temporary files (%%TEMP%%).\n",
           what, GetLastError());
    return false;
}

bool window_open(struct window *window, const char *title, int width, int height, bool visible)
{
    const PIXELFORMATDESCRIPTOR wish = {
        .nSize = sizeof wish,
        .nVersion = 1,
        .dwFlags = PFD_DRAW_TO_WINDOW | PFD_SUPPORT_OPENGL | PFD_DOUBLEBUFFER,
        .iPixelType = PFD_TYPE_RGBA,
        .cColorBits = 24,
        .cDepthBits = 16,
    };
    const WNDCLASSA class = {
        .style = CS_OWNDC,
        .lpfnWndProc = window_message,
        .hInstance = GetModuleHandleA(NULL),
        .hCursor = LoadCursorA(NULL, (LPCSTR)IDC_ARROW),
        .lpszClassName = "trireme",
    };
    RECT size = {0, 0, width, height};
    RegisterClassA(&class);
    AdjustWindowRect(&size, WS_OVERLAPPEDWINDOW, FALSE);
    window->handle = CreateWindowExA(0, class.lpszClassName, title, WS_OVERLAPPEDWINDOW,
                                     CW_USEDEFAULT, CW_USEDEFAULT, size.right - size.left,
                                     size.bottom - size.top, NULL, NULL, class.hInstance, NULL);
    if (!window->handle) {
        return fails("CreateWindow");
    }
    window->dc = GetDC(window->handle);
    int format = ChoosePixelFormat(window->dc, &wish);
    if (format == 0 || !SetPixelFormat(window->dc, format, &wish)) {
        return fails(format == 0 ? "ChoosePixelFormat" : "SetPixelFormat");
    }
    window->context = wglCreateContext(window->dc);
    if (!window->context) {
        return fails("wglCreateContext");
    }
    if (!wglMakeCurrent(window->dc, window->context)) {
        return fails("wglMakeCurrent");
    }
    if (visible) {
        ShowWindow(window->handle, SW_SHOWNORMAL);
    }
    return true;
}

void window_close(struct window *window)
{
    wglMakeCurrent(NULL, NULL);
    if (window->context) {
        wglDeleteContext(window->context);
    }
    if (window->handle) {
        ReleaseDC(window->handle, window->dc);
        DestroyWindow(window->handle);
    }
}

bool window_messages(void)
{
    MSG message;
    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE)) {
        TranslateMessage(&message);
        DispatchMessageA(&message);
    }
    return !closed;
}
