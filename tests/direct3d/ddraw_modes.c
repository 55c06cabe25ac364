/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ddraw_modes.exe: full-screen DirectDraw in display modes of 8, 16 and 32 bits, each with a chain
 * of two surfaces. Every pixel that is in front after a flip is as it was written behind.
 */
#include <stdio.h>

#include "grid.h"

#include <ddraw.h>

#define WIDTH 640
#define HEIGHT 480

static uint32_t pixel(unsigned frame, unsigned bits, unsigned x, unsigned y)
{
    uint32_t value = (x * 0x010003u) ^ (y * 0x000501u) ^ (frame * 0x30a055u);
    return bits == 32 ? value & 0xffffff : value & ((1u << bits) - 1);
}

static uint32_t *place(const DDSURFACEDESC2 *locked, unsigned bits, unsigned x, unsigned y)
{
    return (uint32_t *)((uint8_t *)locked->lpSurface + (size_t)y * (size_t)locked->lPitch +
                        (size_t)x * (bits / 8));
}

static void write_frame(IDirectDrawSurface7 *surface, unsigned frame, unsigned bits)
{
    DDSURFACEDESC2 locked = {.dwSize = sizeof locked};
    need_ok(IDirectDrawSurface7_Lock(surface, NULL, &locked, DDLOCK_WAIT, NULL), "Lock");
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            uint32_t value = pixel(frame, bits, x, y);
            memcpy(place(&locked, bits, x, y), &value, bits / 8);
        }
    }
    IDirectDrawSurface7_Unlock(surface, NULL);
}

static void check_frame(IDirectDrawSurface7 *surface, unsigned frame, unsigned bits)
{
    DDSURFACEDESC2 locked = {.dwSize = sizeof locked};
    need_ok(IDirectDrawSurface7_Lock(surface, NULL, &locked, DDLOCK_WAIT | DDLOCK_READONLY, NULL),
            "Lock");
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            uint32_t value = 0;
            memcpy(&value, place(&locked, bits, x, y), bits / 8 < 4 ? bits / 8 : 3);
            if (value != pixel(frame, bits, x, y)) {
                printf("%u bits, frame %u: %06lx at %u, %u instead of %06lx\n", bits, frame,
                       (unsigned long)value, x, y, (unsigned long)pixel(frame, bits, x, y));
                ExitProcess(1);
            }
        }
    }
    IDirectDrawSurface7_Unlock(surface, NULL);
}

static void set_palette(IDirectDraw7 *ddraw, IDirectDrawSurface7 *surface)
{
    PALETTEENTRY entries[256];
    IDirectDrawPalette *palette;
    for (unsigned i = 0; i < 256; i++) {
        entries[i] = (PALETTEENTRY){(BYTE)i, (BYTE)(i * 3), (BYTE)(255 - i), 0};
    }
    need_ok(
        IDirectDraw7_CreatePalette(ddraw, DDPCAPS_8BIT | DDPCAPS_ALLOW256, entries, &palette, NULL),
        "CreatePalette");
    need_ok(IDirectDrawSurface7_SetPalette(surface, palette), "SetPalette");
    IDirectDrawPalette_Release(palette);
}

static void try_mode(IDirectDraw7 *ddraw, unsigned bits)
{
    DDSURFACEDESC2 description = {
        .dwSize = sizeof description,
        .dwFlags = DDSD_CAPS | DDSD_BACKBUFFERCOUNT,
        .dwBackBufferCount = 1,
        .ddsCaps = {.dwCaps = DDSCAPS_PRIMARYSURFACE | DDSCAPS_FLIP | DDSCAPS_COMPLEX}};
    DDSCAPS2 back_caps = {.dwCaps = DDSCAPS_BACKBUFFER};
    IDirectDrawSurface7 *front, *back;
    need_ok(IDirectDraw7_SetDisplayMode(ddraw, WIDTH, HEIGHT, bits, 0, 0), "SetDisplayMode");
    need_ok(IDirectDraw7_CreateSurface(ddraw, &description, &front, NULL), "a flipping chain");
    need_ok(IDirectDrawSurface7_GetAttachedSurface(front, &back_caps, &back), "its back");
    if (bits == 8) {
        set_palette(ddraw, front);
    }
    for (unsigned frame = 0; frame < 4; frame++) {
        write_frame(back, frame, bits);
        need_ok(IDirectDrawSurface7_Flip(front, NULL, DDFLIP_WAIT), "Flip");
        check_frame(front, frame, bits);
        grid_messages();
    }
    IDirectDrawSurface7_Release(back);
    IDirectDrawSurface7_Release(front);
}

int main(void)
{
    IDirectDraw7 *ddraw;
    HWND window = grid_window();
    need_ok(DirectDrawCreateEx(NULL, (void **)&ddraw, &IID_IDirectDraw7, NULL),
            "DirectDrawCreateEx");
    need_ok(IDirectDraw7_SetCooperativeLevel(ddraw, window, DDSCL_EXCLUSIVE | DDSCL_FULLSCREEN),
            "SetCooperativeLevel");
    try_mode(ddraw, 32);
    try_mode(ddraw, 16);
    try_mode(ddraw, 8);
    need_ok(IDirectDraw7_RestoreDisplayMode(ddraw), "RestoreDisplayMode");
    printf("drew\n");
    return 0;
}
