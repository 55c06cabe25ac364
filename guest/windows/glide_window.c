/* SPDX-License-Identifier: MIT */
#include "guest/glide/window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "guest/common/threads.h"
#include "guest/windows/window_image.h"

#define CLASS_NAME "trireme-glide"
#define STYLE (WS_CAPTION | WS_MINIMIZEBOX | WS_CLIPCHILDREN | WS_CLIPSIBLINGS)

struct glide_window {
    struct present_target target;
    struct thread_lock lock; /* for `handle`: frames come from another thread, too */
    HWND handle;             /* NULL: closed */
    bool own;
};

/* Windows of our own live on a thread of their own, which sees to their messages: programs that
 * have no window have no message loop either. It is asked by messages, one at a time. */
enum { ASK_OPEN = WM_APP, ASK_CLOSE };
static struct {
    bool running;
    DWORD id;
    struct thread_event done;
    struct {
        uint32_t width, height;
    } size;
    HWND window;
} keeper = {.done = THREAD_EVENT_INITIALIZER};

/* The program does not know of the window, so it cannot be told that it shall close. */
static LRESULT CALLBACK handle_message(HWND window, UINT message, WPARAM first, LPARAM second)
{
    return message == WM_CLOSE ? 0 : DefWindowProcA(window, message, first, second);
}

static void open_kept(void)
{
    RECT area = {0, 0, (LONG)keeper.size.width, (LONG)keeper.size.height};
    AdjustWindowRectEx(&area, STYLE, FALSE, 0);
    keeper.window = CreateWindowExA(0, CLASS_NAME, "Glide", STYLE, CW_USEDEFAULT, CW_USEDEFAULT,
                                    area.right - area.left, area.bottom - area.top, NULL, NULL,
                                    GetModuleHandleA(NULL), NULL);
    if (keeper.window) {
        /* The program's window keeps the keyboard. */
        ShowWindow(keeper.window, SW_SHOWNOACTIVATE);
    }
}

static void keep_windows(void)
{
    const WNDCLASSA class = {
        .lpfnWndProc = handle_message,
        .hInstance = GetModuleHandleA(NULL),
        .hCursor = LoadCursorA(NULL, (LPCSTR)IDC_ARROW),
        .lpszClassName = CLASS_NAME,
    };
    MSG message;
    RegisterClassA(&class);
    /* Makes the thread's queue. */
    PeekMessageA(&message, NULL, 0, 0, PM_NOREMOVE);
    keeper.id = GetCurrentThreadId();
    thread_event_set(&keeper.done);
    while (GetMessageA(&message, NULL, 0, 0) > 0) {
        if (message.hwnd == NULL && message.message == ASK_OPEN) {
            open_kept();
            thread_event_set(&keeper.done);
        } else if (message.hwnd == NULL && message.message == ASK_CLOSE) {
            DestroyWindow((HWND)message.lParam);
            thread_event_set(&keeper.done);
        } else {
            TranslateMessage(&message);
            DispatchMessageA(&message);
        }
    }
}

static bool ask_keeper(UINT what, LPARAM value)
{
    if (!keeper.running) {
        if (!thread_start(keep_windows)) {
            return false;
        }
        thread_event_wait(&keeper.done);
        keeper.running = true;
    }
    if (!PostThreadMessageA(keeper.id, what, 0, value)) {
        return false;
    }
    thread_event_wait(&keeper.done);
    return true;
}

static HWND open_own(uint32_t width, uint32_t height)
{
    keeper.size.width = width;
    keeper.size.height = height;
    return ask_keeper(ASK_OPEN, 0) ? keeper.window : NULL;
}

/* Gives the program's window room for the screen; what is around it stays. */
static void fit(HWND handle, uint32_t width, uint32_t height)
{
    RECT outer, client;
    if (GetWindowRect(handle, &outer) && GetClientRect(handle, &client) &&
        ((uint32_t)client.right != width || (uint32_t)client.bottom != height)) {
        SetWindowPos(handle, NULL, 0, 0, outer.right - outer.left - client.right + (int)width,
                     outer.bottom - outer.top - client.bottom + (int)height,
                     SWP_NOMOVE | SWP_NOZORDER | SWP_NOACTIVATE);
    }
}

static struct glide_window *window_of(struct present_target *target)
{
    return (struct glide_window *)((char *)target - offsetof(struct glide_window, target));
}

static void put(HWND handle, const struct frame *frame)
{
    RECT client;
    HDC dc = window_image_dc(handle);
    if (!dc) {
        return;
    }
    if (GetClientRect(handle, &client) &&
        ((uint32_t)client.right != frame->width || (uint32_t)client.bottom != frame->height)) {
        window_image_stretch(dc, frame, (uint32_t)client.right, (uint32_t)client.bottom);
    } else {
        window_image_put_rows(dc, frame->pixels, frame->width, frame->height, 0);
    }
    ReleaseDC(handle, dc);
}

static void show(struct present_target *target, const struct frame *frame)
{
    struct glide_window *window = window_of(target);
    thread_lock_take(&window->lock);
    if (window->handle) {
        put(window->handle, frame);
    }
    thread_lock_give(&window->lock);
}

static void destroy(struct present_target *target)
{
    struct glide_window *window = window_of(target);
    thread_lock_finish(&window->lock);
    free(window);
}

struct glide_window *glide_window_open(uintptr_t handle, uint32_t width, uint32_t height)
{
    struct glide_window *window = calloc(1, sizeof *window);
    if (!window) {
        return NULL;
    }
    window->target = (struct present_target){.references = 1, .show = show, .destroy = destroy};
    thread_lock_init(&window->lock);
    window->own = !IsWindow((HWND)handle);
    window->handle = window->own ? open_own(width, height) : (HWND)handle;
    if (!window->handle) {
        present_target_unref(&window->target);
        return NULL;
    }
    if (!window->own) {
        fit(window->handle, width, height);
    }
    return window;
}

void glide_window_close(struct glide_window *window)
{
    if (!window) {
        return;
    }
    thread_lock_take(&window->lock);
    HWND handle = window->handle;
    window->handle = NULL;
    thread_lock_give(&window->lock);
    if (window->own) {
        ask_keeper(ASK_CLOSE, (LPARAM)handle);
    }
    present_target_unref(&window->target);
}

struct present_target *glide_window_target(struct glide_window *window)
{
    return &window->target;
}
