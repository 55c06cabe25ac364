/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the programs for DirectDraw and Direct3D 7 share: surfaces. */
#ifndef TRIREME_TESTS_DDRAW_SURFACE_H
#define TRIREME_TESTS_DDRAW_SURFACE_H

#include <ddraw.h>

/* A surface of 32 bits a pixel, BGRX, with BGRA if it is a texture. */
IDirectDrawSurface7 *ddraw_surface(IDirectDraw7 *ddraw, DWORD caps, DWORD width, DWORD height);
/* Texels of grid_texel(). */
void ddraw_fill(IDirectDrawSurface7 *surface, unsigned size);
void ddraw_save(IDirectDrawSurface7 *surface, const char *path);
/* In the window, which lies at the screen's upper left corner. */
void ddraw_show(IDirectDraw7 *ddraw, IDirectDrawSurface7 *surface, HWND window);

#endif
