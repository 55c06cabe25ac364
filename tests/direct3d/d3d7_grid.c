/* SPDX-License-Identifier: GPL-2.0-or-later */
/* d3d7_grid.exe FILE [stay]: a picture of what Direct3D 7 does. */
#include <string.h>

#include "grid.h"

#include <d3d.h>

#include "ddraw_surface.h"

static D3DVERTEX quad[] = {
    {{-0.8f}, {-0.8f}, {0.5f}, {0.0f}, {0.0f}, {-1.0f}, {0.0f}, {1.0f}},
    {{-0.8f}, {0.8f}, {0.5f}, {0.0f}, {0.6f}, {-0.8f}, {0.0f}, {0.0f}},
    {{0.8f}, {-0.8f}, {0.5f}, {0.6f}, {0.0f}, {-0.8f}, {1.0f}, {1.0f}},
    {{0.8f}, {0.8f}, {0.5f}, {0.0f}, {0.0f}, {-1.0f}, {1.0f}, {0.0f}},
};

static IDirect3DDevice7 *device;
static IDirectDrawSurface7 *texture;

static void draw_quad(void)
{
    need_ok(IDirect3DDevice7_DrawPrimitive(device, D3DPT_TRIANGLESTRIP, D3DFVF_VERTEX, quad, 4, 0),
            "DrawPrimitive");
}

static void set(D3DRENDERSTATETYPE state, DWORD value)
{
    IDirect3DDevice7_SetRenderState(device, state, value);
}

static DWORD bits_of(float value)
{
    DWORD bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The cells */

static void cell_texture(void)
{
    IDirect3DDevice7_SetTexture(device, 0, texture);
    draw_quad();
}

static void cell_filtered(void)
{
    IDirect3DDevice7_SetTexture(device, 0, texture);
    IDirect3DDevice7_SetTextureStageState(device, 0, D3DTSS_MAGFILTER, D3DTFG_LINEAR);
    IDirect3DDevice7_SetTextureStageState(device, 0, D3DTSS_MINFILTER, D3DTFN_LINEAR);
    draw_quad();
}

static void cell_blend(void)
{
    IDirect3DDevice7_SetTexture(device, 0, texture);
    set(D3DRENDERSTATE_ALPHABLENDENABLE, TRUE);
    set(D3DRENDERSTATE_SRCBLEND, D3DBLEND_SRCALPHA);
    set(D3DRENDERSTATE_DESTBLEND, D3DBLEND_INVSRCALPHA);
    draw_quad();
}

static void cell_color_key(void)
{
    DDCOLORKEY key = {0x40c8c840, 0x40c8c840};
    uint32_t texel = grid_texel(25, 25);
    key.dwColorSpaceLowValue = key.dwColorSpaceHighValue = texel;
    IDirectDrawSurface7_SetColorKey(texture, DDCKEY_SRCBLT, &key);
    IDirect3DDevice7_SetTexture(device, 0, texture);
    set(D3DRENDERSTATE_COLORKEYENABLE, TRUE);
    draw_quad();
    IDirectDrawSurface7_SetColorKey(texture, DDCKEY_SRCBLT, NULL);
}

static void cell_light(void)
{
    D3DLIGHT7 sun = {.dltType = D3DLIGHT_DIRECTIONAL};
    D3DMATERIAL7 material = {.dvPower = 0.0f};
    sun.dcvDiffuse = (D3DCOLORVALUE){{0.8f}, {0.7f}, {0.3f}, {1.0f}};
    sun.dvDirection = (D3DVECTOR){{-0.4f}, {-0.4f}, {1.0f}};
    material.diffuse = (D3DCOLORVALUE){{0.9f}, {0.9f}, {0.9f}, {1.0f}};
    IDirect3DDevice7_SetLight(device, 0, &sun);
    IDirect3DDevice7_LightEnable(device, 0, TRUE);
    IDirect3DDevice7_SetMaterial(device, &material);
    set(D3DRENDERSTATE_LIGHTING, TRUE);
    draw_quad();
    IDirect3DDevice7_LightEnable(device, 0, FALSE);
}

static void cell_fog(void)
{
    IDirect3DDevice7_SetTexture(device, 0, texture);
    set(D3DRENDERSTATE_FOGENABLE, TRUE);
    set(D3DRENDERSTATE_FOGCOLOR, 0xffff8000);
    set(D3DRENDERSTATE_FOGVERTEXMODE, D3DFOG_LINEAR);
    set(D3DRENDERSTATE_FOGSTART, bits_of(0.0f));
    set(D3DRENDERSTATE_FOGEND, bits_of(1.0f));
    draw_quad();
}

static void cell_depth(void)
{
    D3DVERTEX near_quad[4];
    memcpy(near_quad, quad, sizeof quad);
    for (int i = 0; i < 4; i++) {
        near_quad[i].x *= 0.6f;
        near_quad[i].z = i < 2 ? 0.2f : 0.8f;
    }
    set(D3DRENDERSTATE_ZENABLE, D3DZB_TRUE);
    draw_quad();
    IDirect3DDevice7_SetTexture(device, 0, texture);
    need_ok(
        IDirect3DDevice7_DrawPrimitive(device, D3DPT_TRIANGLESTRIP, D3DFVF_VERTEX, near_quad, 4, 0),
        "DrawPrimitive");
}

static void cell_transformed(void)
{
    D3DTLVERTEX corners[3];
    D3DVIEWPORT7 viewport;
    IDirect3DDevice7_GetViewport(device, &viewport);
    memset(corners, 0, sizeof corners);
    for (int i = 0; i < 3; i++) {
        corners[i].sx = (float)viewport.dwX + 8.0f + 40.0f * (float)(i & 1);
        corners[i].sy = (float)viewport.dwY + 8.0f + 20.0f * (float)i;
        corners[i].rhw = 1.0f;
        corners[i].color = 0xff0000ffu << (8 * i) | 0xff000000u;
    }
    need_ok(
        IDirect3DDevice7_DrawPrimitive(device, D3DPT_TRIANGLELIST, D3DFVF_TLVERTEX, corners, 3, 0),
        "DrawPrimitive");
}

static void (*const cells[])(void) = {
    draw_quad,  cell_texture, cell_filtered, cell_blend,       cell_color_key,
    cell_light, cell_fog,     cell_depth,    cell_transformed,
};

int main(int argc, char **argv)
{
    IDirectDraw7 *ddraw;
    IDirect3D7 *d3d;
    IDirectDrawSurface7 *target, *depth;
    DDSURFACEDESC2 description = {
        .dwSize = sizeof description,
        .dwFlags = DDSD_CAPS | DDSD_WIDTH | DDSD_HEIGHT | DDSD_PIXELFORMAT,
        .dwWidth = GRID_WIDTH,
        .dwHeight = GRID_HEIGHT,
        .ddsCaps = {.dwCaps = DDSCAPS_ZBUFFER | DDSCAPS_VIDEOMEMORY},
    };
    D3DMATRIX identity = {._11 = 1.0f, ._22 = 1.0f, ._33 = 1.0f, ._44 = 1.0f};
    DWORD defaults;
    if (argc < 2) {
        return 2;
    }
    HWND window = grid_window();
    need_ok(DirectDrawCreateEx(NULL, (void **)&ddraw, &IID_IDirectDraw7, NULL),
            "DirectDrawCreateEx");
    need_ok(IDirectDraw7_SetCooperativeLevel(ddraw, window, DDSCL_NORMAL), "SetCooperativeLevel");
    need_ok(IDirectDraw7_QueryInterface(ddraw, &IID_IDirect3D7, (void **)&d3d), "IDirect3D7");
    target = ddraw_surface(ddraw, DDSCAPS_3DDEVICE | DDSCAPS_OFFSCREENPLAIN | DDSCAPS_VIDEOMEMORY,
                           GRID_WIDTH, GRID_HEIGHT);
    description.ddpfPixelFormat = (DDPIXELFORMAT){.dwSize = sizeof description.ddpfPixelFormat,
                                                  .dwFlags = DDPF_ZBUFFER,
                                                  .dwZBufferBitDepth = 16,
                                                  .dwZBitMask = 0xffff};
    need_ok(IDirectDraw7_CreateSurface(ddraw, &description, &depth, NULL), "the depth buffer");
    need_ok(IDirectDrawSurface7_AddAttachedSurface(target, depth), "AddAttachedSurface");
    need_ok(IDirect3D7_CreateDevice(d3d, &IID_IDirect3DHALDevice, target, &device), "CreateDevice");
    texture = ddraw_surface(ddraw, DDSCAPS_TEXTURE | DDSCAPS_VIDEOMEMORY, TEXELS, TEXELS);
    ddraw_fill(texture, TEXELS);

    set(D3DRENDERSTATE_LIGHTING, FALSE);
    set(D3DRENDERSTATE_CULLMODE, D3DCULL_NONE);
    set(D3DRENDERSTATE_ZENABLE, D3DZB_FALSE);
    IDirect3DDevice7_SetTransform(device, D3DTRANSFORMSTATE_PROJECTION, &identity);
    need_ok(IDirect3DDevice7_CreateStateBlock(device, D3DSBT_ALL, &defaults), "CreateStateBlock");
    D3DVIEWPORT7 whole = {0, 0, GRID_WIDTH, GRID_HEIGHT, 0.0f, 1.0f};
    IDirect3DDevice7_SetViewport(device, &whole);
    IDirect3DDevice7_Clear(device, 0, NULL, D3DCLEAR_TARGET | D3DCLEAR_ZBUFFER, 0xff203040, 1.0f,
                           0);
    need_ok(IDirect3DDevice7_BeginScene(device), "BeginScene");
    for (unsigned i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        RECT place = grid_cell(i);
        D3DVIEWPORT7 viewport = {(DWORD)place.left, (DWORD)place.top, CELL, CELL, 0.0f, 1.0f};
        IDirect3DDevice7_ApplyStateBlock(device, defaults);
        IDirect3DDevice7_SetViewport(device, &viewport);
        cells[i]();
    }
    need_ok(IDirect3DDevice7_EndScene(device), "EndScene");
    ddraw_save(target, argv[1]);
    ddraw_show(ddraw, target, window);
    grid_stay(argc, argv);
    return 0;
}
