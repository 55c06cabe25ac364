/* SPDX-License-Identifier: MIT */
#include "guest/windows/wgl_pbuffer.h"

#include <stddef.h>
#include <stdlib.h>

static struct wgl_pbuffer *pbuffers;

struct wgl_pbuffer *wgl_pbuffer_of(HPBUFFERARB handle)
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

unsigned wgl_pbuffer_faces(const struct wgl_pbuffer *pbuffer)
{
    return pbuffer->texture_target == WGL_TEXTURE_CUBE_MAP_ARB ? PBUFFER_FACES : 1;
}

unsigned wgl_pbuffer_levels(const struct wgl_pbuffer *pbuffer)
{
    uint32_t size = pbuffer->width > pbuffer->height ? pbuffer->width : pbuffer->height;
    unsigned levels = 1;
    while (pbuffer->mipmap && size >> levels && levels < PBUFFER_LEVELS) {
        levels++;
    }
    return levels;
}

/* Nothing holds it any more. Only contexts do, and let go under the process lock. */
static void destroy_image(struct present_target *shown)
{
    struct drawable *image = (struct drawable *)((char *)shown - offsetof(struct drawable, shown));
    host_drawable_destroy(&image->host);
    free(image);
}

static uint32_t size_at(uint32_t size, unsigned level)
{
    return size >> level ? size >> level : 1;
}

struct drawable *wgl_pbuffer_image(struct wgl_pbuffer *pbuffer, unsigned face, unsigned level)
{
    struct drawable **image = &pbuffer->images[face][level];
    if (!*image && (*image = calloc(1, sizeof **image))) {
        **image = (struct drawable){
            .shown = {.references = 1, .destroy = destroy_image},
            .kind = TRIREME_DRAWABLE_PBUFFER,
            .width = size_at(pbuffer->width, level),
            .height = size_at(pbuffer->height, level),
            .double_buffered = pbuffer->double_buffered,
            .config = pbuffer->config,
            .swap_interval = 1,
        };
    }
    return *image;
}

/* A context that draws to an image keeps it. */
static void destroy(struct wgl_pbuffer *pbuffer)
{
    for (unsigned i = 0; i < PBUFFER_FACES * PBUFFER_LEVELS; i++) {
        drawable_unref(pbuffer->images[i / PBUFFER_LEVELS][i % PBUFFER_LEVELS]);
    }
    if (pbuffer->dc) {
        DeleteDC(pbuffer->dc);
    }
    free(pbuffer);
}

/* False: it is no attribute, or not that value. */
static bool take_attribute(struct wgl_pbuffer *pbuffer, int name, int value, bool *largest)
{
    switch (name) {
    case WGL_PBUFFER_LARGEST_ARB:
        *largest = value != 0;
        return true;
    case WGL_TEXTURE_FORMAT_ARB:
        pbuffer->texture_format = value;
        return value == WGL_NO_TEXTURE_ARB || value == WGL_TEXTURE_RGB_ARB ||
               value == WGL_TEXTURE_RGBA_ARB;
    case WGL_TEXTURE_TARGET_ARB:
        pbuffer->texture_target = value;
        return value == WGL_NO_TEXTURE_ARB || value == WGL_TEXTURE_1D_ARB ||
               value == WGL_TEXTURE_2D_ARB || value == WGL_TEXTURE_CUBE_MAP_ARB;
    case WGL_MIPMAP_TEXTURE_ARB:
        pbuffer->mipmap = value != 0;
        return true;
    default:
        return false;
    }
}

static bool texture_is_possible(const struct wgl_pbuffer *pbuffer, int width, int height)
{
    int target = pbuffer->texture_target;
    return (target == WGL_NO_TEXTURE_ARB) == (pbuffer->texture_format == WGL_NO_TEXTURE_ARB) &&
           (target != WGL_TEXTURE_CUBE_MAP_ARB || width == height) &&
           (target != WGL_TEXTURE_1D_ARB || height == 1);
}

static DWORD take_wish(struct wgl_pbuffer *pbuffer, const struct wgl_format *format, int width,
                       int height, const int *attributes)
{
    bool largest = false;
    pbuffer->texture_format = pbuffer->texture_target = WGL_NO_TEXTURE_ARB;
    for (; attributes && attributes[0]; attributes += 2) {
        if (!take_attribute(pbuffer, attributes[0], attributes[1], &largest)) {
            return ERROR_INVALID_DATA;
        }
    }
    if (width <= 0 || height <= 0 || !texture_is_possible(pbuffer, width, height)) {
        return ERROR_INVALID_DATA;
    }
    pbuffer->mipmap = pbuffer->mipmap && pbuffer->texture_target != WGL_NO_TEXTURE_ARB;
    /* Textures keep their proportions. */
    while (largest && pbuffer->texture_target != WGL_NO_TEXTURE_ARB &&
           ((uint32_t)width > format->host.max_pbuffer_width ||
            (uint32_t)height > format->host.max_pbuffer_height)) {
        width = (int)size_at((uint32_t)width, 1);
        height = (int)size_at((uint32_t)height, 1);
    }
    pbuffer->width = (uint32_t)width;
    pbuffer->height = (uint32_t)height;
    if (pbuffer->width > format->host.max_pbuffer_width) {
        pbuffer->width = format->host.max_pbuffer_width;
    }
    if (pbuffer->height > format->host.max_pbuffer_height) {
        pbuffer->height = format->host.max_pbuffer_height;
    }
    bool fits = pbuffer->width == (uint32_t)width && pbuffer->height == (uint32_t)height;
    return fits || largest ? ERROR_SUCCESS : ERROR_NO_SYSTEM_RESOURCES;
}

static DWORD create(HDC dc, int number, int width, int height, const int *attributes,
                    struct wgl_pbuffer **created)
{
    const struct wgl_format *format = wgl_format(number);
    struct wgl_pbuffer *pbuffer = format ? calloc(1, sizeof *pbuffer) : NULL;
    if (!pbuffer) {
        return format ? ERROR_NO_SYSTEM_RESOURCES : ERROR_INVALID_PIXEL_FORMAT;
    }
    pbuffer->surface.format = number;
    pbuffer->config = format->host.id;
    pbuffer->double_buffered = format->double_buffered;
    DWORD error = take_wish(pbuffer, format, width, height, attributes);
    if (error == ERROR_SUCCESS) {
        pbuffer->dc = CreateCompatibleDC(dc);
        pbuffer->surface.drawable = wgl_pbuffer_image(pbuffer, 0, 0);
        if (!pbuffer->dc || !pbuffer->surface.drawable) {
            error = ERROR_NO_SYSTEM_RESOURCES;
        }
    }
    process_lock();
    if (error == ERROR_SUCCESS) {
        pbuffer->next = pbuffers;
        pbuffers = pbuffer;
        *created = pbuffer;
    } else {
        destroy(pbuffer);
    }
    process_unlock();
    return error;
}

HPBUFFERARB WINAPI trireme_wglCreatePbufferARB(HDC dc, int format, int width, int height,
                                               const int *attributes)
{
    struct wgl_pbuffer *pbuffer = NULL;
    wgl_result(create(dc, format, width, height, attributes, &pbuffer));
    return (HPBUFFERARB)pbuffer;
}

HDC WINAPI trireme_wglGetPbufferDCARB(HPBUFFERARB handle)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = wgl_pbuffer_of(handle);
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

BOOL WINAPI trireme_wglDestroyPbufferARB(HPBUFFERARB handle)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = wgl_pbuffer_of(handle);
    if (pbuffer) {
        struct wgl_pbuffer **link = &pbuffers;
        while (*link != pbuffer) {
            link = &(*link)->next;
        }
        *link = pbuffer->next;
        destroy(pbuffer);
    }
    process_unlock();
    return wgl_result(pbuffer ? ERROR_SUCCESS : ERROR_INVALID_HANDLE);
}

static DWORD query(const struct wgl_pbuffer *pbuffer, int attribute, int *value)
{
    const struct host_drawable *host = &pbuffer->surface.drawable->host;
    switch (attribute) {
    case WGL_PBUFFER_WIDTH_ARB:
        *value = (int)pbuffer->width;
        return ERROR_SUCCESS;
    case WGL_PBUFFER_HEIGHT_ARB:
        *value = (int)pbuffer->height;
        return ERROR_SUCCESS;
    case WGL_PBUFFER_LOST_ARB: /* with the host's server */
        *value = host->id != 0 && !host_session_find(host->session);
        return ERROR_SUCCESS;
    case WGL_TEXTURE_FORMAT_ARB:
        *value = pbuffer->texture_format;
        return ERROR_SUCCESS;
    case WGL_TEXTURE_TARGET_ARB:
        *value = pbuffer->texture_target;
        return ERROR_SUCCESS;
    case WGL_MIPMAP_TEXTURE_ARB:
        *value = pbuffer->mipmap;
        return ERROR_SUCCESS;
    case WGL_MIPMAP_LEVEL_ARB:
        *value = (int)pbuffer->level;
        return ERROR_SUCCESS;
    case WGL_CUBE_MAP_FACE_ARB:
        *value = WGL_TEXTURE_CUBE_MAP_POSITIVE_X_ARB + (int)pbuffer->face;
        return ERROR_SUCCESS;
    default:
        return ERROR_INVALID_DATA;
    }
}

BOOL WINAPI trireme_wglQueryPbufferARB(HPBUFFERARB handle, int attribute, int *value)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = wgl_pbuffer_of(handle);
    DWORD error = pbuffer ? query(pbuffer, attribute, value) : ERROR_INVALID_HANDLE;
    process_unlock();
    return wgl_result(error);
}
