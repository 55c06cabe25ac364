/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a program hears that has no device, no slot, another's window or another's context. */
#include "wgl_checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <GL/gl.h>

/* EXPECTED_ERROR is what GetLastError() shall say of the host that cannot be had. */
void check_no_host(void)
{
    PIXELFORMATDESCRIPTOR format = {.nSize = sizeof format, .nVersion = 1};
    const char *text = getenv("EXPECTED_ERROR");
    DWORD error = text ? (DWORD)atoi(text) : ERROR_DEV_NOT_EXIST;
    HWND window = CreateWindowA("static", "", WS_POPUP, 0, 0, 8, 8, NULL, NULL, NULL, NULL);
    HDC dc = GetDC(window);
    need_error(ChoosePixelFormat(dc, &format) == 0, error, "choosing a format");
    need_error(DescribePixelFormat(dc, 1, 0, NULL) == 0, error, "counting formats");
    need_error(!SetPixelFormat(dc, 1, &format), error, "setting a format");
    need_error(wglCreateContext(dc) == NULL, error, "a context");
    need_error(!SwapBuffers(dc), error, "swapping");
    glClear(GL_COLOR_BUFFER_BIT);
    need(glGetString(GL_VERSION) == NULL, "no string");
}

/* A server with two slots: one for the process, one for a context. */
void check_no_slot(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    need_error(wglCreateContext(window.dc) == NULL, ERROR_NO_SYSTEM_RESOURCES, "a second context");
    fill(window.dc, 0.0f, 1.0f, 0.0f);
    need_shown(&window, 5, 5, RGB(0, 255, 0));
    need(wglMakeCurrent(NULL, NULL) && wglDeleteContext(window.context), "wglDeleteContext");
    /* One that was never current gives its slot back, too. */
    need(wglDeleteContext(wglCreateContext(window.dc)), "a context instead");
    window.context = wglCreateContext(window.dc);
    need(window.context && wglMakeCurrent(window.dc, window.context), "and one that draws");
    fill(window.dc, 0.0f, 0.0f, 1.0f);
    need_shown(&window, 5, 5, RGB(0, 0, 255));
    wgl_window_close(&window);
}

/* Device contexts and contexts that are none, any more or of this kind. */
void check_bad_handles(void)
{
    struct wgl_window window, gone;
    PIXELFORMATDESCRIPTOR format = {.nSize = sizeof format, .nVersion = 1};
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    wgl_window_show(&gone, 100, 0, WIDTH, HEIGHT);
    HDC memory = CreateCompatibleDC(window.dc);
    HGLRC deleted = wglCreateContext(window.dc);
    need(wglDeleteContext(deleted), "wglDeleteContext");
    DestroyWindow(gone.window);

    need_error(!wglMakeCurrent(window.dc, deleted), ERROR_INVALID_HANDLE, "a deleted context");
    need_error(!wglShareLists(window.context, deleted), ERROR_INVALID_HANDLE, "sharing with it");
    need_error(!wglShareLists(NULL, window.context), ERROR_INVALID_HANDLE, "sharing with none");
    need_error(!wglDeleteContext(NULL), ERROR_INVALID_HANDLE, "deleting none");
    need_error(!wglMakeCurrent(NULL, window.context), ERROR_INVALID_HANDLE, "current in nothing");
    need_error(!wglMakeCurrent(gone.dc, window.context), ERROR_INVALID_HANDLE,
               "current in a window that is gone");
    need_error(!wglMakeCurrent(memory, window.context), ERROR_INVALID_PIXEL_FORMAT,
               "current in a bitmap");
    need_error(wglCreateContext(gone.dc) == NULL, ERROR_INVALID_HANDLE,
               "a context of a window that is gone");
    need_error(wglCreateContext(memory) == NULL, ERROR_INVALID_PIXEL_FORMAT,
               "a context of a bitmap");
    need_error(!SwapBuffers(NULL), ERROR_INVALID_HANDLE, "swapping nothing");
    need_error(!SwapBuffers(memory), ERROR_INVALID_PIXEL_FORMAT, "swapping a bitmap");
    need_error(!SetPixelFormat(window.dc, 0, &format), ERROR_INVALID_PIXEL_FORMAT, "format 0");
    need_error(!SetPixelFormat(window.dc, -1, &format), ERROR_INVALID_PIXEL_FORMAT, "format -1");
    need_error(!SetPixelFormat(NULL, 1, &format), ERROR_INVALID_HANDLE, "a format of nothing");
    need_error(ChoosePixelFormat(window.dc, NULL) == 0, ERROR_INVALID_PARAMETER, "no wish");
    need(GetPixelFormat(memory) == 0, "the format of a bitmap");
    need(wglGetCurrentContext() == window.context, "what is current stays so");
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    need_shown(&window, 5, 5, RGB(255, 0, 0));
    DeleteDC(memory);
    wgl_window_close(&window);
}

/* A window of another program's: the desktop's. */
void check_foreign_window(void)
{
    PIXELFORMATDESCRIPTOR format = {.nSize = sizeof format, .nVersion = 1};
    HDC dc = GetDC(GetDesktopWindow());
    need(ChoosePixelFormat(dc, &format) > 0, "choosing a format for it");
    need_error(!SetPixelFormat(dc, 1, &format), ERROR_INVALID_WINDOW_HANDLE, "setting it");
    need_error(wglCreateContext(dc) == NULL, ERROR_INVALID_PIXEL_FORMAT, "a context of it");
}

static int is_said(const PROCESS_INFORMATION *process, const OUTPUT_DEBUG_STRING_INFO *string)
{
    char text[512] = "";
    SIZE_T size =
        string->nDebugStringLength < sizeof text ? string->nDebugStringLength : sizeof text - 1;
    return ReadProcessMemory(process->hProcess, string->lpDebugStringData, text, size, NULL) &&
           strstr(text, "no Trireme device") != NULL;
}

/* A debugger hears what is wrong. */
void check_debugger(void)
{
    char path[MAX_PATH], command[MAX_PATH + 32];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DEBUG_EVENT event = {0};
    int heard = 0;
    need(GetModuleFileNameA(NULL, path, sizeof path) > 0, "the program's path");
    snprintf(command, sizeof command, "\"%s\" no_host", path);
    need(CreateProcessA(path, command, NULL, NULL, FALSE, DEBUG_ONLY_THIS_PROCESS, NULL, NULL,
                        &startup, &process),
         "CreateProcess");
    while (event.dwDebugEventCode != EXIT_PROCESS_DEBUG_EVENT) {
        need(WaitForDebugEvent(&event, 60000), "WaitForDebugEvent");
        if (event.dwDebugEventCode == OUTPUT_DEBUG_STRING_EVENT) {
            heard += is_said(&process, &event.u.DebugString);
        }
        ContinueDebugEvent(event.dwProcessId, event.dwThreadId, DBG_CONTINUE);
    }
    need(heard > 0, "OutputDebugString");
}
