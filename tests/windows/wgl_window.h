/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window with a pixel format and a context that is current, for the Windows programs of this
 * folder. What fails ends the program with a line and status 1.
 */
#ifndef TRIREME_TEST_WGL_WINDOW_H
#define TRIREME_TEST_WGL_WINDOW_H

#include <windows.h>

struct wgl_window {
    HWND window;
    HDC dc;
    HGLRC context;
};

/* `fine`, or the program ends with `what` and GetLastError(). */
void need(int fine, const char *what);

/* A visible window with a client area of that size, and a format with two buffers; no context. */
void wgl_window_show(struct wgl_window *window, int x, int y, int width, int height);
/* The same with a context that is current. */
void wgl_window_open(struct wgl_window *window, int x, int y, int width, int height);
void wgl_window_close(struct wgl_window *window);

/* Handles the messages that have come. */
void wgl_window_messages(void);

#endif
