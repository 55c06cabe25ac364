/* SPDX-License-Identifier: MIT */
/*
 * guest/windows is opengl32.dll: it gives Windows programs WGL, carries their OpenGL to the host
 * (guest/common) and puts the frames that come back into their windows with GDI. Windows 98 and a
 * Pentium are enough for the 32-bit one: it links no library of the compiler's (i586.c, format.c)
 * and imports what imports.txt allows.
 *
 * This header: what the files of the room know of each other, and the WGL calls, each as its
 * documentation says. trireme_wglFoo is exported as wglFoo (exports.txt); those of extensions are
 * in wgl_entry_points.h, which is generated.
 */
#ifndef TRIREME_WGL_H
#define TRIREME_WGL_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

#include "guest/common/context.h"
#include "wgl_entry_points.h"

/* GetLastError() of WGL_ARB_create_context and others. */
#define WGL_ERROR_INVALID_VERSION 0x2095
#define WGL_ERROR_INVALID_PROFILE 0x2096
#define WGL_ERROR_INCOMPATIBLE_DEVICE_CONTEXTS 0x2054

/* What a call returns that ends so. */
static inline BOOL wgl_result(DWORD error)
{
    if (error != ERROR_SUCCESS) {
        SetLastError(error);
    }
    return error == ERROR_SUCCESS;
}

static inline bool wgl_is_dc(HDC dc)
{
    return dc && GetObjectType(dc) != 0;
}

/*
 * wgl_error.c
 */

/* All under the process lock. GetLastError() where the host was asked and gave nothing. */
DWORD wgl_host_error(void);
/* Where there is no format with a number, or none that would do. */
DWORD wgl_error_no_format(void);
/* Where a device context has no format of ours. */
DWORD wgl_error_without_format(HDC dc);

/*
 * wgl_format.c: pixel formats, each of the host's configurations with two buffers and with one.
 */

struct wgl_format {
    struct trireme_config host;
    bool double_buffered;
};

/* The formats, numbered from 1; 0: the host cannot be reached. Takes the process lock. */
int wgl_format_count(void);
/* The same, under the process lock. */
int wgl_format_look(void);
/* NULL: there is no such format. */
const struct wgl_format *wgl_format(int number);

/*
 * What has a pixel format: windows (wgl_window.c) and pbuffers (wgl_pbuffer.c). Under the process
 * lock.
 */

struct wgl_surface {
    struct drawable *drawable;
    int format;
};

/* That of a device context; no reference. NULL: none. */
struct wgl_surface *wgl_surface_find(HDC dc);
/* The pbuffer's alone. */
struct wgl_surface *wgl_pbuffer_find(HDC dc);

/*
 * wgl_gamma.c: what colours of frames become in windows. Any thread.
 */

struct wgl_gamma {
    uint8_t red[256], green[256], blue[256];
};

/* False: they stay as they are. */
bool wgl_gamma_get(struct wgl_gamma *gamma);
/* BGRX, as frames are. */
void wgl_gamma_apply(const struct wgl_gamma *gamma, uint8_t *to, const uint8_t *from,
                     size_t pixels);

/*
 * wgl_context.c
 */

/* Contexts that share objects, maybe before the host knows them. */
struct wgl_share {
    unsigned contexts;
};

struct wgl_context {
    struct wgl_context *next; /* all of the process */
    int format;
    struct wgl_share *share;
    struct context_wish wish;
    bool open; /* the host has it: since it was first current, as sharing may come before that */
    struct context host;
    HDC draw_dc, read_dc; /* while current */
};

/* The calling thread's; NULL: none. */
struct wgl_context *wgl_current(void);
/* Under the process lock: who drew there last, if nobody draws there and it is nobody's now. */
struct wgl_context *wgl_last_user(const struct drawable *drawable);
/* Under the process lock: lets the thread's context go. */
void wgl_release_current(void);
/* The DLL goes: closes all. */
void wgl_close_all(void);

DWORD wgl_error_of_fault(enum context_fault fault);
/* A context with that wish; 0, or GetLastError() is set. Opened at once if `now`. */
HGLRC wgl_context_create(HDC dc, HGLRC share, const struct context_wish *wish, bool now);
BOOL wgl_make_current(HDC draw, HDC read, HGLRC context);

/*
 * The calls
 */

int WINAPI trireme_wglChoosePixelFormat(HDC dc, const PIXELFORMATDESCRIPTOR *wish);
int WINAPI trireme_wglDescribePixelFormat(HDC dc, int format, UINT size,
                                          PIXELFORMATDESCRIPTOR *description);
int WINAPI trireme_wglGetPixelFormat(HDC dc);
BOOL WINAPI trireme_wglSetPixelFormat(HDC dc, int format, const PIXELFORMATDESCRIPTOR *description);
BOOL WINAPI trireme_wglSwapBuffers(HDC dc);

HGLRC WINAPI trireme_wglCreateContext(HDC dc);
BOOL WINAPI trireme_wglDeleteContext(HGLRC context);
BOOL WINAPI trireme_wglMakeCurrent(HDC dc, HGLRC context);
BOOL WINAPI trireme_wglShareLists(HGLRC first, HGLRC second);
BOOL WINAPI trireme_wglCopyContext(HGLRC from, HGLRC to, UINT mask);
HGLRC WINAPI trireme_wglGetCurrentContext(void);
HDC WINAPI trireme_wglGetCurrentDC(void);

PROC WINAPI trireme_wglGetProcAddress(LPCSTR name);
PROC WINAPI trireme_wglGetDefaultProcAddress(LPCSTR name);

HGLRC WINAPI trireme_wglCreateLayerContext(HDC dc, int plane);
BOOL WINAPI trireme_wglDescribeLayerPlane(HDC dc, int format, int plane, UINT size,
                                          LAYERPLANEDESCRIPTOR *description);
int WINAPI trireme_wglGetLayerPaletteEntries(HDC dc, int plane, int first, int count,
                                             COLORREF *colors);
int WINAPI trireme_wglSetLayerPaletteEntries(HDC dc, int plane, int first, int count,
                                             const COLORREF *colors);
BOOL WINAPI trireme_wglRealizeLayerPalette(HDC dc, int plane, BOOL realize);
BOOL WINAPI trireme_wglSwapLayerBuffers(HDC dc, UINT planes);
DWORD WINAPI trireme_wglSwapMultipleBuffers(UINT count, const WGLSWAP *swaps);

BOOL WINAPI trireme_wglUseFontBitmapsA(HDC dc, DWORD first, DWORD count, DWORD list);
BOOL WINAPI trireme_wglUseFontBitmapsW(HDC dc, DWORD first, DWORD count, DWORD list);
BOOL WINAPI trireme_wglUseFontOutlinesA(HDC dc, DWORD first, DWORD count, DWORD list,
                                        FLOAT deviation, FLOAT extrusion, int kind,
                                        GLYPHMETRICSFLOAT *metrics);
BOOL WINAPI trireme_wglUseFontOutlinesW(HDC dc, DWORD first, DWORD count, DWORD list,
                                        FLOAT deviation, FLOAT extrusion, int kind,
                                        GLYPHMETRICSFLOAT *metrics);

#endif
