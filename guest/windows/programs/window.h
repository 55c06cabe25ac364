/* SPDX-License-Identifier: MIT */
/*
 * guest/windows/programs: wglinfo.exe says what OpenGL a guest has, spin.exe shows that it draws
 * and what that costs. They use what Windows 98 has. Here: the window and context of both.
 */
#ifndef TRIREME_PROGRAM_WINDOW_H
#define TRIREME_PROGRAM_WINDOW_H

#include <stdbool.h>
#include <windows.h>

struct window {
    HWND handle;
    HDC dc;
    HGLRC context;
};

/* With a double-buffered format that has depth; its context is current. False: it said why. */
bool window_open(struct window *window, const char *title, int width, int height, bool visible);
void window_close(struct window *window);

/* Answers what waits. False: the user closed the window, or pressed Escape. */
bool window_messages(void);

#endif
