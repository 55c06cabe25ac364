/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "guest/windows/wgl.h"

static struct wgl_format *formats;
static int format_count;

/* Which formats come first: what programs take that look at the first ones only. */
static int general_use(const struct wgl_format *format)
{
    return (format->host.samples == 0 ? 16 : 0) + (format->double_buffered ? 8 : 0) +
           (format->host.depth >= 24 ? 4
            : format->host.depth > 0 ? 2
                                     : 0) +
           (format->host.stencil > 0 ? 1 : 0);
}

static int by_general_use(const void *a, const void *b)
{
    const struct wgl_format *first = a, *second = b;
    int order = general_use(second) - general_use(first);
    return order ? order : (int)first->host.id - (int)second->host.id;
}

/* Numbers stay valid as long as the process: a new session has the same configurations. */
static void make_formats(const struct session *session)
{
    struct wgl_format *made = calloc((size_t)session->info.configs * 2 + 1, sizeof *made);
    int count = 0;
    for (uint32_t i = 0; made && i < session->info.configs; i++) {
        const struct trireme_config *host = &session->configs[i];
        /* Frames have 8 bits for each colour, so that is what windows can show. */
        if (host->red == 8 && host->green == 8 && host->blue == 8) {
            made[count++] = (struct wgl_format){.host = *host, .double_buffered = true};
            made[count++] = (struct wgl_format){.host = *host, .double_buffered = false};
        }
    }
    if (made) {
        qsort(made, (size_t)count, sizeof *made, by_general_use);
    }
    formats = made;
    format_count = count;
}

int wgl_format_look(void)
{
    if (!formats) {
        struct host_session *session = host_session_get();
        if (session) {
            make_formats(session->session);
            host_session_unref(session);
        }
    }
    return format_count;
}

int wgl_format_count(void)
{
    process_lock();
    int count = wgl_format_look();
    process_unlock();
    return count;
}

static void say_no_format(void)
{
    process_lock();
    DWORD error = wgl_error_no_format();
    process_unlock();
    SetLastError(error);
}

const struct wgl_format *wgl_format(int number)
{
    return number >= 1 && number <= wgl_format_count() ? &formats[number - 1] : NULL;
}

static bool check_dc(HDC dc)
{
    if (!wgl_is_dc(dc)) {
        SetLastError(ERROR_INVALID_HANDLE);
        return false;
    }
    return true;
}

int WINAPI trireme_wglDescribePixelFormat(HDC dc, int number, UINT size,
                                          PIXELFORMATDESCRIPTOR *description)
{
    if (!check_dc(dc)) {
        return 0;
    }
    int count = wgl_format_count();
    if (!description && count > 0) {
        return count;
    }
    const struct wgl_format *format = wgl_format(number);
    if (!format) {
        say_no_format();
        return 0;
    }
    if (size < sizeof *description) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    const struct trireme_config *host = &format->host;
    *description = (PIXELFORMATDESCRIPTOR){
        .nSize = sizeof *description,
        .nVersion = 1,
        .dwFlags = PFD_DRAW_TO_WINDOW | PFD_SUPPORT_OPENGL |
                   (format->double_buffered ? PFD_DOUBLEBUFFER | PFD_SWAP_COPY : 0),
        .iPixelType = PFD_TYPE_RGBA,
        .cColorBits = (BYTE)(host->red + host->green + host->blue + host->alpha),
        .cRedBits = host->red,
        .cRedShift = 16,
        .cGreenBits = host->green,
        .cGreenShift = 8,
        .cBlueBits = host->blue,
        .cBlueShift = 0,
        .cAlphaBits = host->alpha,
        .cAlphaShift = host->alpha ? 24 : 0,
        .cAccumBits = (BYTE)(4 * trireme_config_accum(host)),
        .cAccumRedBits = (BYTE)trireme_config_accum(host),
        .cAccumGreenBits = (BYTE)trireme_config_accum(host),
        .cAccumBlueBits = (BYTE)trireme_config_accum(host),
        .cAccumAlphaBits = (BYTE)trireme_config_accum(host),
        .cDepthBits = host->depth,
        .cStencilBits = host->stencil,
        .iLayerType = PFD_MAIN_PLANE,
    };
    return count;
}

/* How far a size is from what was asked: too small weighs more than too large. */
static unsigned distance(unsigned have, unsigned want)
{
    return have < want ? (want - have) * 64 + 4096 : have - want;
}

/* Smaller is better; UINT_MAX: it does not do. */
static unsigned penalty(const struct wgl_format *format, const PIXELFORMATDESCRIPTOR *wish)
{
    const struct trireme_config *host = &format->host;
    bool wants_double = wish->dwFlags & PFD_DOUBLEBUFFER;
    if (!(wish->dwFlags & PFD_DOUBLEBUFFER_DONTCARE) && wants_double != format->double_buffered) {
        return UINT_MAX;
    }
    unsigned sum = host->samples * 16u;
    if (!(wish->dwFlags & PFD_DEPTH_DONTCARE)) {
        /* Who asks for no depth gets a format without if there is one; who asks gets it. */
        sum += distance(host->depth, wish->cDepthBits);
    }
    return sum + distance(host->alpha, wish->cAlphaBits) +
           distance(host->stencil, wish->cStencilBits);
}

int WINAPI trireme_wglChoosePixelFormat(HDC dc, const PIXELFORMATDESCRIPTOR *wish)
{
    int best = 0, count;
    unsigned least = UINT_MAX;
    if (!check_dc(dc)) {
        return 0;
    }
    if (!wish || wish->nSize != sizeof *wish || wish->nVersion != 1) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    count = wgl_format_count();
    for (int number = 1; number <= count; number++) {
        unsigned score = penalty(&formats[number - 1], wish);
        if (score < least) {
            least = score;
            best = number;
        }
    }
    if (!best) {
        say_no_format();
    }
    return best;
}
