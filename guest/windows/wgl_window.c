/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdlib.h>

#include "guest/windows/wgl.h"
#include "guest/windows/window_image.h"

/* A window's property: which of ours it has. It goes with the window, whose handle may come again
 * for another. */
#define PROPERTY "trireme-window"

#define PIXEL_BYTES 4u
#define GAMMA_BUFFER_BYTES (64u << 10)

struct wgl_window {
    struct wgl_surface surface;
    struct drawable drawable;
    struct wgl_window *next;
    HWND window;
};

static struct wgl_window *windows;

static struct wgl_window *window_of(struct present_target *shown)
{
    return (struct wgl_window *)((char *)shown - offsetof(struct wgl_window, drawable.shown));
}

/* Some rows at a time go through a buffer. */
static void put_with_gamma(HDC dc, const struct frame *frame, const struct wgl_gamma *gamma)
{
    uint32_t stride = frame->width * PIXEL_BYTES;
    uint32_t most = stride < GAMMA_BUFFER_BYTES ? GAMMA_BUFFER_BYTES / stride : 1;
    uint8_t *buffer = malloc((size_t)stride * most);
    for (uint32_t from = 0; buffer && from < frame->height; from += most) {
        uint32_t rows = frame->height - from < most ? frame->height - from : most;
        wgl_gamma_apply(gamma, buffer, frame->pixels + (size_t)stride * from,
                        (size_t)frame->width * rows);
        window_image_put_rows(dc, buffer, frame->width, rows, frame->height - from - rows);
    }
    free(buffer);
}

static void show(struct present_target *shown, const struct frame *frame)
{
    struct wgl_window *window = window_of(shown);
    struct wgl_gamma gamma;
    HDC dc = window_image_dc(window->window);
    if (!dc) {
        return;
    }
    if (wgl_gamma_get(&gamma)) {
        put_with_gamma(dc, frame, &gamma);
    } else {
        window_image_put_rows(dc, frame->pixels, frame->width, frame->height, 0);
    }
    ReleaseDC(window->window, dc);
}

static void destroy(struct present_target *shown)
{
    free(window_of(shown));
}

/* A minimised window has no size, and keeps what was drawn. */
static void look(struct drawable *drawable, uint32_t width, uint32_t height)
{
    struct wgl_window *window = window_of(&drawable->shown);
    RECT client;
    if (GetClientRect(window->window, &client) && client.right > 0 && client.bottom > 0) {
        drawable->width = (uint32_t)client.right;
        drawable->height = (uint32_t)client.bottom;
    }
}

static void forget(struct wgl_window **link)
{
    struct wgl_window *window = *link;
    *link = window->next;
    host_drawable_destroy(&window->drawable.host);
    drawable_unref(&window->drawable);
}

/* Windows are destroyed without a word: looked for when another gets its format. */
static void forget_destroyed(void)
{
    struct wgl_window **link = &windows;
    while (*link) {
        if (GetPropA((*link)->window, PROPERTY) != (HANDLE)*link) {
            forget(link);
        } else {
            link = &(*link)->next;
        }
    }
}

static struct wgl_window *find_window(HDC dc)
{
    HWND handle = WindowFromDC(dc);
    struct wgl_window *window = handle ? windows : NULL;
    while (window && window->window != handle) {
        window = window->next;
    }
    return window && GetPropA(handle, PROPERTY) == (HANDLE)window ? window : NULL;
}

struct wgl_surface *wgl_surface_find(HDC dc)
{
    struct wgl_window *window = find_window(dc);
    return window ? &window->surface : wgl_pbuffer_find(dc);
}

static struct wgl_window *add(HWND handle, int number, const struct wgl_format *format)
{
    struct wgl_window *window = calloc(1, sizeof *window);
    if (!window || !SetPropA(handle, PROPERTY, (HANDLE)window)) {
        free(window);
        return NULL;
    }
    window->window = handle;
    window->surface = (struct wgl_surface){&window->drawable, number};
    window->drawable = (struct drawable){
        .shown = {.references = 1, .show = show, .destroy = destroy},
        .kind = TRIREME_DRAWABLE_WINDOW,
        .width = 1,
        .height = 1,
        .double_buffered = format->double_buffered,
        .config = format->host.id,
        .swap_interval = 1,
        .look = look,
    };
    look(&window->drawable, 0, 0);
    window->next = windows;
    windows = window;
    return window;
}

static DWORD set_format(HDC dc, int number)
{
    const struct wgl_format *format = wgl_format(number);
    HWND handle = WindowFromDC(dc);
    DWORD error = ERROR_SUCCESS, process = 0;
    if (!wgl_is_dc(dc) || (format && !handle)) {
        return ERROR_INVALID_HANDLE;
    }
    if (format) {
        GetWindowThreadProcessId(handle, &process);
    }
    process_lock();
    if (!format || process != GetCurrentProcessId()) {
        /* The property of another program's window is that program's. */
        error = format ? ERROR_INVALID_WINDOW_HANDLE : wgl_error_no_format();
        process_unlock();
        return error;
    }
    struct wgl_window *window = find_window(dc);
    if (window) {
        /* A window gets its format once. */
        error = window->surface.format == number ? ERROR_SUCCESS : ERROR_INVALID_PIXEL_FORMAT;
    } else {
        forget_destroyed();
        error = add(handle, number, format) ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
    }
    process_unlock();
    return error;
}

BOOL WINAPI trireme_wglSetPixelFormat(HDC dc, int number, const PIXELFORMATDESCRIPTOR *description)
{
    DWORD error = set_format(dc, number);
    return wgl_result(error);
}

int WINAPI trireme_wglGetPixelFormat(HDC dc)
{
    process_lock();
    struct wgl_surface *surface = wgl_surface_find(dc);
    int format = surface ? surface->format : 0;
    process_unlock();
    return format;
}
