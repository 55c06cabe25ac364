/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ddraw_grid.exe FILE [stay]: a picture of what DirectDraw does. */
#include <string.h>

#include "grid.h"

#include "ddraw_surface.h"

static IDirectDraw7 *ddraw;
static IDirectDrawSurface7 *back, *sprite;

static void fill(RECT place, DWORD color)
{
    DDBLTFX effects = {.dwSize = sizeof effects, .dwFillColor = color};
    need_ok(
        IDirectDrawSurface7_Blt(back, &place, NULL, NULL, DDBLT_COLORFILL | DDBLT_WAIT, &effects),
        "filling");
}

static void draw(RECT place, const RECT *from, DWORD flags)
{
    RECT source = from ? *from : (RECT){0, 0, TEXELS, TEXELS};
    need_ok(IDirectDrawSurface7_Blt(back, &place, sprite, &source, flags | DDBLT_WAIT, NULL),
            "Blt");
}

static RECT inner(RECT place)
{
    InflateRect(&place, -CELL / 4, -CELL / 4);
    return place;
}

/* The cells */

static void cell_fill(RECT place)
{
    fill(inner(place), 0x0040c0ff);
}

static void cell_copy(RECT place)
{
    draw(inner(place), NULL, 0);
}

static void cell_part(RECT place)
{
    const RECT part = {4, 8, 20, 24};
    draw((RECT){place.left + 8, place.top + 8, place.left + 24, place.top + 24}, &part, 0);
}

static void cell_stretched(RECT place)
{
    InflateRect(&place, -4, -4);
    draw(place, NULL, 0);
}

static void cell_color_key(RECT place)
{
    uint32_t texel = grid_texel(8, 8) & 0xffffff;
    DDCOLORKEY key = {texel, texel};
    fill(inner(place), 0x00ffffff);
    need_ok(IDirectDrawSurface7_SetColorKey(sprite, DDCKEY_SRCBLT, &key), "SetColorKey");
    draw(inner(place), NULL, DDBLT_KEYSRC);
}

static void cell_fast(RECT place)
{
    RECT source = {0, 0, TEXELS, TEXELS};
    need_ok(IDirectDrawSurface7_BltFast(back, (DWORD)place.left + 20, (DWORD)place.top + 4, sprite,
                                        &source, DDBLTFAST_WAIT | DDBLTFAST_SRCCOLORKEY),
            "BltFast");
}

static void cell_gdi(RECT place)
{
    HDC dc;
    need_ok(IDirectDrawSurface7_GetDC(back, &dc), "GetDC");
    HBRUSH brush = CreateSolidBrush(RGB(255, 128, 0));
    RECT box = inner(place);
    FillRect(dc, &box, brush);
    MoveToEx(dc, (int)place.left, (int)place.top, NULL);
    LineTo(dc, (int)place.right - 1, (int)place.bottom - 1);
    DeleteObject(brush);
    IDirectDrawSurface7_ReleaseDC(back, dc);
}

static void cell_lock(RECT place)
{
    DDSURFACEDESC2 locked = {.dwSize = sizeof locked};
    RECT box = inner(place);
    need_ok(IDirectDrawSurface7_Lock(back, &box, &locked, DDLOCK_WAIT, NULL), "Lock");
    for (unsigned y = 0; y < CELL / 2; y++) {
        uint32_t *row =
            (uint32_t *)((uint8_t *)locked.lpSurface + (size_t)y * (size_t)locked.lPitch);
        for (unsigned x = 0; x < CELL / 2; x++) {
            row[x] ^= x * 0x040201u + y * 0x000800u;
        }
    }
    IDirectDrawSurface7_Unlock(back, &box);
}

static void cell_within(RECT place)
{
    RECT from = grid_cell(3), to = inner(place);
    need_ok(IDirectDrawSurface7_Blt(back, &to, back, &from, DDBLT_WAIT, NULL), "Blt");
}

static void (*const cells[])(RECT place) = {
    cell_fill, cell_copy, cell_part, cell_stretched, cell_color_key,
    cell_fast, cell_gdi,  cell_lock, cell_within,
};

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    HWND window = grid_window();
    need_ok(DirectDrawCreateEx(NULL, (void **)&ddraw, &IID_IDirectDraw7, NULL),
            "DirectDrawCreateEx");
    need_ok(IDirectDraw7_SetCooperativeLevel(ddraw, window, DDSCL_NORMAL), "SetCooperativeLevel");
    back =
        ddraw_surface(ddraw, DDSCAPS_OFFSCREENPLAIN | DDSCAPS_VIDEOMEMORY, GRID_WIDTH, GRID_HEIGHT);
    sprite = ddraw_surface(ddraw, DDSCAPS_OFFSCREENPLAIN | DDSCAPS_VIDEOMEMORY, TEXELS, TEXELS);
    ddraw_fill(sprite, TEXELS);
    fill((RECT){0, 0, GRID_WIDTH, GRID_HEIGHT}, 0x00203040);
    for (unsigned i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        cells[i](grid_cell(i));
    }
    ddraw_save(back, argv[1]);
    ddraw_show(ddraw, back, window);
    grid_stay(argc, argv);
    return 0;
}
