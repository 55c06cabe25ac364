/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ddraw_surface.h"

#include "grid.h"

IDirectDrawSurface7 *ddraw_surface(IDirectDraw7 *ddraw, DWORD caps, DWORD width, DWORD height)
{
    IDirectDrawSurface7 *surface;
    DDSURFACEDESC2 description = {
        .dwSize = sizeof description,
        .dwFlags = DDSD_CAPS | DDSD_WIDTH | DDSD_HEIGHT | DDSD_PIXELFORMAT,
        .dwWidth = width,
        .dwHeight = height,
        .ddsCaps = {.dwCaps = caps},
    };
    description.ddpfPixelFormat = (DDPIXELFORMAT){
        .dwSize = sizeof description.ddpfPixelFormat,
        .dwFlags = DDPF_RGB | (caps & DDSCAPS_TEXTURE ? DDPF_ALPHAPIXELS : 0),
        .dwRGBBitCount = 32,
        .dwRBitMask = 0xff0000,
        .dwGBitMask = 0xff00,
        .dwBBitMask = 0xff,
        .dwRGBAlphaBitMask = caps & DDSCAPS_TEXTURE ? 0xff000000u : 0,
    };
    need_ok(IDirectDraw7_CreateSurface(ddraw, &description, &surface, NULL), "CreateSurface");
    return surface;
}

static DDSURFACEDESC2 lock(IDirectDrawSurface7 *surface, DWORD flags)
{
    DDSURFACEDESC2 locked = {.dwSize = sizeof locked};
    need_ok(IDirectDrawSurface7_Lock(surface, NULL, &locked, DDLOCK_WAIT | flags, NULL), "Lock");
    return locked;
}

void ddraw_fill(IDirectDrawSurface7 *surface, unsigned size)
{
    DDSURFACEDESC2 locked = lock(surface, DDLOCK_WRITEONLY);
    for (unsigned y = 0; y < size; y++) {
        uint32_t *row =
            (uint32_t *)((uint8_t *)locked.lpSurface + (size_t)y * (size_t)locked.lPitch);
        for (unsigned x = 0; x < size; x++) {
            row[x] = grid_texel(x, y);
        }
    }
    IDirectDrawSurface7_Unlock(surface, NULL);
}

void ddraw_save(IDirectDrawSurface7 *surface, const char *path)
{
    DDSURFACEDESC2 locked = lock(surface, DDLOCK_READONLY);
    grid_save(path, locked.lpSurface, (unsigned)locked.lPitch);
    IDirectDrawSurface7_Unlock(surface, NULL);
}

void ddraw_show(IDirectDraw7 *ddraw, IDirectDrawSurface7 *surface, HWND window)
{
    IDirectDrawSurface7 *primary;
    IDirectDrawClipper *clipper;
    DDSURFACEDESC2 description = {.dwSize = sizeof description,
                                  .dwFlags = DDSD_CAPS,
                                  .ddsCaps = {.dwCaps = DDSCAPS_PRIMARYSURFACE}};
    RECT whole = {0, 0, GRID_WIDTH, GRID_HEIGHT};
    need_ok(IDirectDraw7_CreateSurface(ddraw, &description, &primary, NULL), "the primary surface");
    need_ok(IDirectDraw7_CreateClipper(ddraw, 0, &clipper, NULL), "CreateClipper");
    need_ok(IDirectDrawClipper_SetHWnd(clipper, 0, window), "SetHWnd");
    need_ok(IDirectDrawSurface7_SetClipper(primary, clipper), "SetClipper");
    need_ok(IDirectDrawSurface7_Blt(primary, &whole, surface, &whole, DDBLT_WAIT, NULL), "showing");
    grid_messages();
}
