/* SPDX-License-Identifier: MIT */
#include "guest/windows/wgl.h"

/* Whoever drew there last and is nobody's is the thread's for a moment. */
static void swap_for_last(HDC dc, struct wgl_context *last)
{
    struct wgl_context *own = wgl_current();
    const HDC draw = own ? own->draw_dc : NULL, read = own ? own->read_dc : NULL;
    if (wgl_make_current(dc, dc, (HGLRC)last)) {
        context_swap(context_current());
        wgl_make_current(draw, read, (HGLRC)own);
    }
}

/* A window whose context is current to another thread is swapped by that thread alone: only it can
 * say what belongs to the frame. */
BOOL WINAPI trireme_wglSwapBuffers(HDC dc)
{
    struct context *context = context_current();
    process_lock();
    struct wgl_surface *surface = wgl_surface_find(dc);
    bool ours = surface && context && context->draw == surface->drawable;
    struct wgl_context *last = surface && !ours ? wgl_last_user(surface->drawable) : NULL;
    DWORD error = surface ? ERROR_SUCCESS : wgl_error_without_format(dc);
    process_unlock();
    if (ours) {
        context_swap(context);
    } else if (last) {
        swap_for_last(dc, last);
    }
    return wgl_result(error);
}

BOOL WINAPI trireme_wglSwapLayerBuffers(HDC dc, UINT planes)
{
    return planes & WGL_SWAP_MAIN_PLANE ? trireme_wglSwapBuffers(dc) : TRUE;
}

/* The result has a bit for each that is done. */
DWORD WINAPI trireme_wglSwapMultipleBuffers(UINT count, const WGLSWAP *swaps)
{
    DWORD done = 0;
    if (count > WGL_SWAPMULTIPLE_MAX) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    for (UINT i = 0; i < count; i++) {
        if (trireme_wglSwapLayerBuffers(swaps[i].hdc, swaps[i].uiFlags)) {
            done |= 1u << i;
        }
    }
    return done;
}

/* No vertical blank reaches a guest: the interval is kept to be told, and the pace is that of the
 * frames in flight. So late swaps never wait, as a negative interval wants it. */
BOOL WINAPI trireme_wglSwapIntervalEXT(int interval)
{
    struct context *context = context_current();
    if (!context) {
        SetLastError(ERROR_INVALID_OPERATION);
        return FALSE;
    }
    context->draw->swap_interval = interval;
    return TRUE;
}

int WINAPI trireme_wglGetSwapIntervalEXT(void)
{
    struct context *context = context_current();
    return context ? context->draw->swap_interval : 0;
}
