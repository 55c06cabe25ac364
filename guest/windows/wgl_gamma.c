/* SPDX-License-Identifier: MIT */
/*
 * WGL_3DFX_gamma_control and WGL_I3D_gamma. The ramp is the program's own: the frames of its
 * windows go through it on their way to the screen, which itself stays as it is.
 */
#include <string.h>

#include "guest/common/threads.h"
#include "guest/windows/wgl.h"

#define ENTRIES 256
#define PIXEL_BYTES 4

struct ramp {
    WORD values[3][ENTRIES]; /* red, green, blue; 65535 is full */
};

static struct thread_lock lock = THREAD_LOCK_INITIALIZER; /* for both */
static struct ramp current;
static bool changed; /* `current` counts, and is not the straight line */

static void make_straight(struct ramp *ramp)
{
    for (int i = 0; i < ENTRIES; i++) {
        ramp->values[0][i] = ramp->values[1][i] = ramp->values[2][i] = (WORD)(i * 257);
    }
}

static void read_ramp(struct ramp *ramp)
{
    thread_lock_take(&lock);
    if (changed) {
        *ramp = current;
    } else {
        make_straight(ramp);
    }
    thread_lock_give(&lock);
}

static void write_ramp(const struct ramp *ramp)
{
    struct ramp straight;
    make_straight(&straight);
    thread_lock_take(&lock);
    current = *ramp;
    changed = memcmp(ramp, &straight, sizeof straight) != 0;
    thread_lock_give(&lock);
}

bool wgl_gamma_get(struct wgl_gamma *gamma)
{
    thread_lock_take(&lock);
    bool bends = changed;
    for (int i = 0; bends && i < ENTRIES; i++) {
        gamma->red[i] = (uint8_t)(current.values[0][i] >> 8);
        gamma->green[i] = (uint8_t)(current.values[1][i] >> 8);
        gamma->blue[i] = (uint8_t)(current.values[2][i] >> 8);
    }
    thread_lock_give(&lock);
    return bends;
}

void wgl_gamma_apply(const struct wgl_gamma *gamma, uint8_t *to, const uint8_t *from, size_t pixels)
{
    for (; pixels > 0; pixels--, to += PIXEL_BYTES, from += PIXEL_BYTES) {
        to[0] = gamma->blue[from[0]];
        to[1] = gamma->green[from[1]];
        to[2] = gamma->red[from[2]];
        to[3] = 0;
    }
}

BOOL WINAPI trireme_wglGetDeviceGammaRamp3DFX(HDC dc, void *ramp)
{
    if (!wgl_is_dc(dc) || !ramp) {
        return wgl_result(ramp ? ERROR_INVALID_HANDLE : ERROR_INVALID_PARAMETER);
    }
    read_ramp(ramp);
    return TRUE;
}

BOOL WINAPI trireme_wglSetDeviceGammaRamp3DFX(HDC dc, void *ramp)
{
    if (!wgl_is_dc(dc) || !ramp) {
        return wgl_result(ramp ? ERROR_INVALID_HANDLE : ERROR_INVALID_PARAMETER);
    }
    write_ramp(ramp);
    return TRUE;
}

BOOL WINAPI trireme_wglGetGammaTableParametersI3D(HDC dc, int attribute, int *value)
{
    if (!wgl_is_dc(dc)) {
        return wgl_result(ERROR_DC_NOT_FOUND);
    }
    switch (attribute) {
    case WGL_GAMMA_TABLE_SIZE_I3D:
        *value = ENTRIES;
        return TRUE;
    case WGL_GAMMA_EXCLUDE_DESKTOP_I3D:
        *value = TRUE;
        return TRUE;
    default:
        return wgl_result(ERROR_INVALID_DATA);
    }
}

/* The desktop is left out, and cannot be taken in. */
BOOL WINAPI trireme_wglSetGammaTableParametersI3D(HDC dc, int attribute, const int *value)
{
    if (!wgl_is_dc(dc)) {
        return wgl_result(ERROR_DC_NOT_FOUND);
    }
    bool as_it_is = attribute == WGL_GAMMA_EXCLUDE_DESKTOP_I3D && *value != 0;
    return wgl_result(as_it_is ? ERROR_SUCCESS : ERROR_INVALID_DATA);
}

static DWORD check_table(HDC dc, int entries)
{
    if (!wgl_is_dc(dc)) {
        return ERROR_DC_NOT_FOUND;
    }
    return entries == ENTRIES ? ERROR_SUCCESS : ERROR_INVALID_DATA;
}

BOOL WINAPI trireme_wglGetGammaTableI3D(HDC dc, int entries, USHORT *red, USHORT *green,
                                        USHORT *blue)
{
    struct ramp ramp;
    DWORD error = check_table(dc, entries);
    if (error == ERROR_SUCCESS) {
        read_ramp(&ramp);
        memcpy(red, ramp.values[0], sizeof ramp.values[0]);
        memcpy(green, ramp.values[1], sizeof ramp.values[1]);
        memcpy(blue, ramp.values[2], sizeof ramp.values[2]);
    }
    return wgl_result(error);
}

BOOL WINAPI trireme_wglSetGammaTableI3D(HDC dc, int entries, const USHORT *red, const USHORT *green,
                                        const USHORT *blue)
{
    struct ramp ramp;
    DWORD error = check_table(dc, entries);
    if (error == ERROR_SUCCESS) {
        memcpy(ramp.values[0], red, sizeof ramp.values[0]);
        memcpy(ramp.values[1], green, sizeof ramp.values[1]);
        memcpy(ramp.values[2], blue, sizeof ramp.values[2]);
        write_ramp(&ramp);
    }
    return wgl_result(error);
}
