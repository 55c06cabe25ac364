/* SPDX-License-Identifier: MIT */
/* WGL_ARB_pbuffer. A pbuffer's device context is one of memory, which nothing else is drawn to. */
#include <stddef.h>
#include <stdlib.h>

#include "guest/windows/wgl.h"

struct wgl_pbuffer {
    struct wgl_surface surface;
    struct wgl_pbuffer *next;
    HDC dc;
};

static struct wgl_pbuffer *pbuffers;

static struct wgl_pbuffer *find(HPBUFFERARB handle)
{
    struct wgl_pbuffer *pbuffer = pbuffers;
    while (pbuffer && (HPBUFFERARB)pbuffer != handle) {
        pbuffer = pbuffer->next;
    }
    return pbuffer;
}

struct wgl_surface *wgl_pbuffer_find(HDC dc)
{
    struct wgl_pbuffer *pbuffer = pbuffers;
    while (pbuffer && pbuffer->dc != dc) {
        pbuffer = pbuffer->next;
    }
    return pbuffer ? &pbuffer->surface : NULL;
}

static void destroy(struct present_target *shown)
{
    struct wgl_pbuffer *pbuffer =
        (struct wgl_pbuffer *)((char *)shown -
                               offsetof(struct wgl_pbuffer, surface.drawable.shown));
    DeleteDC(pbuffer->dc);
    free(pbuffer);
}

/* The sizes are at most the host's; false: they are not, or an attribute is unknown. */
static DWORD take_size(const struct wgl_format *format, int *width, int *height,
                       const int *attributes)
{
    bool largest = false;
    for (; attributes && attributes[0]; attributes += 2) {
        if (attributes[0] != WGL_PBUFFER_LARGEST_ARB) {
            return ERROR_INVALID_DATA;
        }
        largest = attributes[1] != 0;
    }
    if (*width <= 0 || *height <= 0) {
        return ERROR_INVALID_DATA;
    }
    int most_wide = (int)format->host.max_pbuffer_width;
    int most_high = (int)format->host.max_pbuffer_height;
    if (!largest && (*width > most_wide || *height > most_high)) {
        return ERROR_NO_SYSTEM_RESOURCES;
    }
    *width = *width < most_wide ? *width : most_wide;
    *height = *height < most_high ? *height : most_high;
    return ERROR_SUCCESS;
}

static DWORD create(HDC dc, int number, int width, int height, const int *attributes,
                    struct wgl_pbuffer **created)
{
    const struct wgl_format *format = wgl_format(number);
    if (!format) {
        return ERROR_INVALID_PIXEL_FORMAT;
    }
    DWORD error = take_size(format, &width, &height, attributes);
    if (error != ERROR_SUCCESS) {
        return error;
    }
    struct wgl_pbuffer *pbuffer = calloc(1, sizeof *pbuffer);
    HDC own = pbuffer ? CreateCompatibleDC(dc) : NULL;
    if (!own) {
        free(pbuffer);
        return ERROR_NO_SYSTEM_RESOURCES;
    }
    pbuffer->dc = own;
    pbuffer->surface.format = number;
    pbuffer->surface.drawable = (struct drawable){
        .shown = {.references = 1, .destroy = destroy},
        .kind = TRIREME_DRAWABLE_PBUFFER,
        .width = (uint32_t)width,
        .height = (uint32_t)height,
        .double_buffered = format->double_buffered,
        .config = format->host.id,
        .swap_interval = 1,
    };
    process_lock();
    pbuffer->next = pbuffers;
    pbuffers = pbuffer;
    process_unlock();
    *created = pbuffer;
    return ERROR_SUCCESS;
}

HPBUFFERARB WINAPI trireme_wglCreatePbufferARB(HDC dc, int format, int width, int height,
                                               const int *attributes)
{
    struct wgl_pbuffer *pbuffer = NULL;
    DWORD error = create(dc, format, width, height, attributes, &pbuffer);
    wgl_result(error);
    return (HPBUFFERARB)pbuffer;
}

HDC WINAPI trireme_wglGetPbufferDCARB(HPBUFFERARB handle)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = find(handle);
    HDC dc = pbuffer ? pbuffer->dc : NULL;
    process_unlock();
    if (!dc) {
        SetLastError(ERROR_INVALID_HANDLE);
    }
    return dc;
}

/* The device context lives as long as its pbuffer. */
int WINAPI trireme_wglReleasePbufferDCARB(HPBUFFERARB handle, HDC dc)
{
    HDC own = trireme_wglGetPbufferDCARB(handle);
    if (own && own != dc) {
        SetLastError(ERROR_DC_NOT_FOUND);
    }
    return own && own == dc;
}

/* A context that draws there keeps it. */
BOOL WINAPI trireme_wglDestroyPbufferARB(HPBUFFERARB handle)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = find(handle);
    if (pbuffer) {
        struct wgl_pbuffer **link = &pbuffers;
        while (*link != pbuffer) {
            link = &(*link)->next;
        }
        *link = pbuffer->next;
        host_drawable_destroy(&pbuffer->surface.drawable.host);
        drawable_unref(&pbuffer->surface.drawable);
    }
    process_unlock();
    if (!pbuffer) {
        SetLastError(ERROR_INVALID_HANDLE);
    }
    return pbuffer != NULL;
}

static DWORD query(const struct wgl_pbuffer *pbuffer, int attribute, int *value)
{
    const struct drawable *drawable = &pbuffer->surface.drawable;
    switch (attribute) {
    case WGL_PBUFFER_WIDTH_ARB:
        *value = (int)drawable->width;
        return ERROR_SUCCESS;
    case WGL_PBUFFER_HEIGHT_ARB:
        *value = (int)drawable->height;
        return ERROR_SUCCESS;
    case WGL_PBUFFER_LOST_ARB: /* with the host's server */
        *value = drawable->host.id != 0 && !host_session_find(drawable->host.session);
        return ERROR_SUCCESS;
    default:
        return ERROR_INVALID_DATA;
    }
}

BOOL WINAPI trireme_wglQueryPbufferARB(HPBUFFERARB handle, int attribute, int *value)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = find(handle);
    DWORD error = pbuffer ? query(pbuffer, attribute, value) : ERROR_INVALID_HANDLE;
    process_unlock();
    return wgl_result(error);
}
