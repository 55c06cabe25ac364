/* SPDX-License-Identifier: MIT */
/* No format has overlay or underlay planes. And what Microsoft's DLL exports for the spooler. */
#include "guest/windows/wgl.h"

int WINAPI trireme_GlmfBeginGlsBlock(int id);
int WINAPI trireme_GlmfCloseMetaFile(int id);
int WINAPI trireme_GlmfEndGlsBlock(int id);
int WINAPI trireme_GlmfEndPlayback(int id);
int WINAPI trireme_GlmfInitPlayback(HDC dc, const void *header, const RECT *bounds);
int WINAPI trireme_GlmfPlayGlsRecord(int id, DWORD size, const void *record, const RECT *bounds);
int WINAPI trireme_glDebugEntry(int unknown, int unknown_too);

HGLRC WINAPI trireme_wglCreateLayerContext(HDC dc, int plane)
{
    if (plane != 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    return trireme_wglCreateContext(dc);
}

BOOL WINAPI trireme_wglDescribeLayerPlane(HDC dc, int format, int plane, UINT size,
                                          LAYERPLANEDESCRIPTOR *description)
{
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
}

int WINAPI trireme_wglGetLayerPaletteEntries(HDC dc, int plane, int first, int count,
                                             COLORREF *colors)
{
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
}

int WINAPI trireme_wglSetLayerPaletteEntries(HDC dc, int plane, int first, int count,
                                             const COLORREF *colors)
{
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
}

BOOL WINAPI trireme_wglRealizeLayerPalette(HDC dc, int plane, BOOL realize)
{
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
}

/* Metafiles of OpenGL calls: none can be played here. */

int WINAPI trireme_GlmfBeginGlsBlock(int id)
{
    return 0;
}

int WINAPI trireme_GlmfCloseMetaFile(int id)
{
    return 0;
}

int WINAPI trireme_GlmfEndGlsBlock(int id)
{
    return 0;
}

int WINAPI trireme_GlmfEndPlayback(int id)
{
    return 0;
}

int WINAPI trireme_GlmfInitPlayback(HDC dc, const void *header, const RECT *bounds)
{
    return 0;
}

int WINAPI trireme_GlmfPlayGlsRecord(int id, DWORD size, const void *record, const RECT *bounds)
{
    return 0;
}

int WINAPI trireme_glDebugEntry(int unknown, int unknown_too)
{
    return 0;
}
