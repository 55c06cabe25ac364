/* SPDX-License-Identifier: MIT */
/* WGL_ARB_pixel_format, with the attributes of WGL_ARB_multisample, _pbuffer and _framebuffer_sRGB.
 */
#include "guest/windows/wgl.h"

/* False: there is no such attribute. */
static bool attribute(const struct wgl_format *format, int name, int *value)
{
    const struct trireme_config *host = &format->host;
    switch (name) {
    case WGL_DRAW_TO_WINDOW_ARB:
    case WGL_DRAW_TO_PBUFFER_ARB:
    case WGL_BIND_TO_TEXTURE_RGB_ARB:
    case WGL_SUPPORT_OPENGL_ARB:
        *value = TRUE;
        return true;
    case WGL_ACCELERATION_ARB:
        *value = WGL_FULL_ACCELERATION_ARB;
        return true;
    case WGL_SWAP_METHOD_ARB:
        *value = WGL_SWAP_COPY_ARB;
        return true;
    case WGL_PIXEL_TYPE_ARB:
        *value = WGL_TYPE_RGBA_ARB;
        return true;
    case WGL_DOUBLE_BUFFER_ARB:
        *value = format->double_buffered;
        return true;
    case WGL_COLOR_BITS_ARB:
        *value = host->red + host->green + host->blue;
        return true;
    case WGL_RED_BITS_ARB:
        *value = host->red;
        return true;
    case WGL_RED_SHIFT_ARB:
        *value = 16;
        return true;
    case WGL_GREEN_BITS_ARB:
        *value = host->green;
        return true;
    case WGL_GREEN_SHIFT_ARB:
        *value = 8;
        return true;
    case WGL_BLUE_BITS_ARB:
        *value = host->blue;
        return true;
    case WGL_ALPHA_BITS_ARB:
        *value = host->alpha;
        return true;
    case WGL_ALPHA_SHIFT_ARB:
        *value = host->alpha ? 24 : 0;
        return true;
    case WGL_DEPTH_BITS_ARB:
        *value = host->depth;
        return true;
    case WGL_STENCIL_BITS_ARB:
        *value = host->stencil;
        return true;
    case WGL_BIND_TO_TEXTURE_RGBA_ARB:
        *value = host->alpha > 0;
        return true;
    case WGL_MAX_PBUFFER_PIXELS_ARB:
        *value = (int)(host->max_pbuffer_width * host->max_pbuffer_height);
        return true;
    case WGL_MAX_PBUFFER_WIDTH_ARB:
        *value = (int)host->max_pbuffer_width;
        return true;
    case WGL_MAX_PBUFFER_HEIGHT_ARB:
        *value = (int)host->max_pbuffer_height;
        return true;
    case WGL_SAMPLE_BUFFERS_ARB:
        *value = host->samples > 0;
        return true;
    case WGL_SAMPLES_ARB:
        *value = host->samples;
        return true;
    case WGL_FRAMEBUFFER_SRGB_CAPABLE_ARB:
        *value = (host->flags & TRIREME_CONFIG_SRGB) != 0;
        return true;
    case WGL_ACCUM_BITS_ARB:
        *value = 4 * trireme_config_accum(host);
        return true;
    case WGL_ACCUM_RED_BITS_ARB:
    case WGL_ACCUM_GREEN_BITS_ARB:
    case WGL_ACCUM_BLUE_BITS_ARB:
    case WGL_ACCUM_ALPHA_BITS_ARB:
        *value = trireme_config_accum(host);
        return true;
    case WGL_DRAW_TO_BITMAP_ARB:
    case WGL_NEED_PALETTE_ARB:
    case WGL_NEED_SYSTEM_PALETTE_ARB:
    case WGL_SWAP_LAYER_BUFFERS_ARB:
    case WGL_NUMBER_OVERLAYS_ARB:
    case WGL_NUMBER_UNDERLAYS_ARB:
    case WGL_TRANSPARENT_ARB:
    case WGL_TRANSPARENT_RED_VALUE_ARB:
    case WGL_TRANSPARENT_GREEN_VALUE_ARB:
    case WGL_TRANSPARENT_BLUE_VALUE_ARB:
    case WGL_TRANSPARENT_ALPHA_VALUE_ARB:
    case WGL_TRANSPARENT_INDEX_VALUE_ARB:
    case WGL_SHARE_DEPTH_ARB:
    case WGL_SHARE_STENCIL_ARB:
    case WGL_SHARE_ACCUM_ARB:
    case WGL_SUPPORT_GDI_ARB:
    case WGL_STEREO_ARB:
    case WGL_BLUE_SHIFT_ARB:
    case WGL_AUX_BUFFERS_ARB:
        *value = 0;
        return true;
    default:
        *value = 0;
        return false;
    }
}

/* An attribute of a format; WGL_NUMBER_PIXEL_FORMATS_ARB is asked of none. */
static bool query(int number, int plane, int name, int *value)
{
    if (name == WGL_NUMBER_PIXEL_FORMATS_ARB) {
        *value = wgl_format_count();
        return true;
    }
    const struct wgl_format *format = wgl_format(number);
    if (!format || plane != 0) {
        SetLastError(format ? ERROR_INVALID_PARAMETER : ERROR_INVALID_PIXEL_FORMAT);
        return false;
    }
    if (!attribute(format, name, value)) {
        SetLastError(ERROR_INVALID_DATA);
        return false;
    }
    return true;
}

BOOL WINAPI trireme_wglGetPixelFormatAttribivARB(HDC dc, int format, int plane, UINT count,
                                                 const int *names, int *values)
{
    for (UINT i = 0; i < count; i++) {
        if (!query(format, plane, names[i], &values[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

BOOL WINAPI trireme_wglGetPixelFormatAttribfvARB(HDC dc, int format, int plane, UINT count,
                                                 const int *names, FLOAT *values)
{
    for (UINT i = 0; i < count; i++) {
        int value;
        if (!query(format, plane, names[i], &value)) {
            return FALSE;
        }
        values[i] = (FLOAT)value;
    }
    return TRUE;
}

/* The extension's table of attributes: these must be met as they are, the others at least. */
static bool is_exact(int name)
{
    switch (name) {
    case WGL_COLOR_BITS_ARB:
    case WGL_RED_BITS_ARB:
    case WGL_GREEN_BITS_ARB:
    case WGL_BLUE_BITS_ARB:
    case WGL_ALPHA_BITS_ARB:
    case WGL_ACCUM_BITS_ARB:
    case WGL_ACCUM_RED_BITS_ARB:
    case WGL_ACCUM_GREEN_BITS_ARB:
    case WGL_ACCUM_BLUE_BITS_ARB:
    case WGL_ACCUM_ALPHA_BITS_ARB:
    case WGL_DEPTH_BITS_ARB:
    case WGL_STENCIL_BITS_ARB:
    case WGL_AUX_BUFFERS_ARB:
    case WGL_MAX_PBUFFER_PIXELS_ARB:
    case WGL_MAX_PBUFFER_WIDTH_ARB:
    case WGL_MAX_PBUFFER_HEIGHT_ARB:
    case WGL_NUMBER_OVERLAYS_ARB:
    case WGL_NUMBER_UNDERLAYS_ARB:
    case WGL_SAMPLE_BUFFERS_ARB:
    case WGL_SAMPLES_ARB:
    case WGL_FRAMEBUFFER_SRGB_CAPABLE_ARB: /* like any other until it is enabled */
        return false;
    default:
        return true;
    }
}

/* Programs swap as they like; a format that keeps the back buffer does for all methods. */
static bool meets(const struct wgl_format *format, int name, int wanted)
{
    int value;
    if (name == WGL_SWAP_METHOD_ARB) {
        return true;
    }
    return attribute(format, name, &value) && (is_exact(name) ? value == wanted : value >= wanted);
}

static bool meets_all(const struct wgl_format *format, const int *attributes, const FLOAT *floats)
{
    for (; attributes && attributes[0]; attributes += 2) {
        if (!meets(format, attributes[0], attributes[1])) {
            return false;
        }
    }
    for (; floats && floats[0] != 0.0f; floats += 2) {
        if (!meets(format, (int)floats[0], (int)floats[1])) {
            return false;
        }
    }
    return true;
}

BOOL WINAPI trireme_wglChoosePixelFormatARB(HDC dc, const int *attributes, const FLOAT *floats,
                                            UINT most, int *formats, UINT *count)
{
    int all = wgl_format_count();
    *count = 0;
    for (int number = 1; number <= all && *count < most; number++) {
        if (meets_all(wgl_format(number), attributes, floats)) {
            formats[(*count)++] = number;
        }
    }
    return TRUE;
}
