/* SPDX-License-Identifier: GPL-2.0-or-later */
/* d3d8_grid.exe FILE [stay]: a picture of what Direct3D 8 does. */
#include <stdio.h>
#include <string.h>

#include <d3d8.h>

#include "grid.h"

struct corner {
    float x, y, z;
    float nx, ny, nz;
    DWORD color;
    float u, v;
};
#define CORNER_FVF (D3DFVF_XYZ | D3DFVF_NORMAL | D3DFVF_DIFFUSE | D3DFVF_TEX1)

static const struct corner quad[] = {
    {-0.8f, -0.8f, 0.5f, 0.0f, 0.0f, -1.0f, 0xffff0000, 0.0f, 1.0f},
    {-0.8f, 0.8f, 0.5f, 0.0f, 0.6f, -0.8f, 0x8000ff00, 0.0f, 0.0f},
    {0.8f, -0.8f, 0.5f, 0.6f, 0.0f, -0.8f, 0x400000ff, 1.0f, 1.0f},
    {0.8f, 0.8f, 0.5f, 0.0f, 0.0f, -1.0f, 0xffffffff, 1.0f, 0.0f},
};

static IDirect3DDevice8 *device;
static IDirect3DTexture8 *texture;

static void draw_quad(void)
{
    need_ok(IDirect3DDevice8_DrawPrimitiveUP(device, D3DPT_TRIANGLESTRIP, 2, quad, sizeof quad[0]),
            "DrawPrimitiveUP");
}

static void set(D3DRENDERSTATETYPE state, DWORD value)
{
    IDirect3DDevice8_SetRenderState(device, state, value);
}

static DWORD bits_of(float value)
{
    DWORD bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void use_texture(void)
{
    IDirect3DDevice8_SetTexture(device, 0, (IDirect3DBaseTexture8 *)texture);
    IDirect3DDevice8_SetTextureStageState(device, 0, D3DTSS_MINFILTER, D3DTEXF_LINEAR);
    IDirect3DDevice8_SetTextureStageState(device, 0, D3DTSS_MAGFILTER, D3DTEXF_LINEAR);
}

/* The cells */

static void cell_texture(void)
{
    use_texture();
    draw_quad();
}

static void cell_blend(void)
{
    set(D3DRS_ALPHABLENDENABLE, TRUE);
    set(D3DRS_SRCBLEND, D3DBLEND_SRCALPHA);
    set(D3DRS_DESTBLEND, D3DBLEND_ONE);
    draw_quad();
}

static void cell_light(void)
{
    const D3DLIGHT8 lamp = {.Type = D3DLIGHT_POINT,
                            .Diffuse = {1.0f, 0.5f, 0.2f, 1.0f},
                            .Position = {0.4f, 0.4f, -0.3f},
                            .Range = 10.0f,
                            .Attenuation1 = 1.0f};
    const D3DMATERIAL8 material = {.Diffuse = {1.0f, 1.0f, 1.0f, 1.0f},
                                   .Emissive = {0.0f, 0.0f, 0.2f, 1.0f}};
    IDirect3DDevice8_SetLight(device, 0, &lamp);
    IDirect3DDevice8_LightEnable(device, 0, TRUE);
    IDirect3DDevice8_SetMaterial(device, &material);
    set(D3DRS_LIGHTING, TRUE);
    set(D3DRS_DIFFUSEMATERIALSOURCE, D3DMCS_MATERIAL);
    draw_quad();
    IDirect3DDevice8_LightEnable(device, 0, FALSE);
}

static void cell_fog(void)
{
    set(D3DRS_FOGENABLE, TRUE);
    set(D3DRS_FOGCOLOR, 0xff8080ff);
    set(D3DRS_FOGTABLEMODE, D3DFOG_LINEAR);
    set(D3DRS_FOGSTART, bits_of(0.0f));
    set(D3DRS_FOGEND, bits_of(0.8f));
    draw_quad();
}

static void cell_stages(void)
{
    use_texture();
    set(D3DRS_TEXTUREFACTOR, 0xff4080c0);
    IDirect3DDevice8_SetTextureStageState(device, 0, D3DTSS_COLOROP, D3DTOP_DOTPRODUCT3);
    IDirect3DDevice8_SetTextureStageState(device, 0, D3DTSS_COLORARG2, D3DTA_TFACTOR);
    draw_quad();
}

static void cell_transformed(void)
{
    struct {
        float x, y, z, rhw;
        DWORD color;
    } corners[3];
    D3DVIEWPORT8 viewport;
    IDirect3DDevice8_GetViewport(device, &viewport);
    for (int i = 0; i < 3; i++) {
        corners[i].x = (float)viewport.X + 8.0f + 40.0f * (float)(i & 1);
        corners[i].y = (float)viewport.Y + 8.0f + 20.0f * (float)i;
        corners[i].z = 0.5f;
        corners[i].rhw = 1.0f;
        corners[i].color = 0xff0000ffu << (8 * i) | 0xff000000u;
    }
    IDirect3DDevice8_SetVertexShader(device, D3DFVF_XYZRHW | D3DFVF_DIFFUSE);
    need_ok(
        IDirect3DDevice8_DrawPrimitiveUP(device, D3DPT_TRIANGLELIST, 1, corners, sizeof corners[0]),
        "DrawPrimitiveUP");
}

/* As Direct3D's documentation of shader codes has them: version, instructions, end. */
static void cell_shaders(void)
{
    static const DWORD declaration[] = {D3DVSD_STREAM(0),
                                        D3DVSD_REG(0, D3DVSDT_FLOAT3),
                                        D3DVSD_SKIP(3),
                                        D3DVSD_REG(5, D3DVSDT_D3DCOLOR),
                                        D3DVSD_REG(7, D3DVSDT_FLOAT2),
                                        D3DVSD_END()};
    /* mov oPos, v0; mov oD0, v5; mul oT0, v7, c0 */
    static const DWORD vertex_code[] = {0xfffe0101, 0x00000001, 0xc00f0000, 0x90e40000,
                                        0x00000001, 0xd00f0000, 0x90e40005, 0x00000005,
                                        0xe00f0000, 0x90e40007, 0xa0e40000, 0x0000ffff};
    /* tex t0; mul r0, t0, v0 */
    static const DWORD pixel_code[] = {0xffff0101, 0x00000042, 0xb00f0000, 0x00000005,
                                       0x800f0000, 0xb0e40000, 0x90e40000, 0x0000ffff};
    const float doubled[] = {2.0f, 2.0f, 2.0f, 2.0f};
    DWORD vertex_shader, pixel_shader;
    need_ok(
        IDirect3DDevice8_CreateVertexShader(device, declaration, vertex_code, &vertex_shader, 0),
        "CreateVertexShader");
    need_ok(IDirect3DDevice8_CreatePixelShader(device, pixel_code, &pixel_shader),
            "CreatePixelShader");
    use_texture();
    IDirect3DDevice8_SetVertexShader(device, vertex_shader);
    IDirect3DDevice8_SetVertexShaderConstant(device, 0, doubled, 1);
    IDirect3DDevice8_SetPixelShader(device, pixel_shader);
    draw_quad();
    IDirect3DDevice8_SetPixelShader(device, 0);
    IDirect3DDevice8_SetVertexShader(device, CORNER_FVF);
    IDirect3DDevice8_DeletePixelShader(device, pixel_shader);
    IDirect3DDevice8_DeleteVertexShader(device, vertex_shader);
}

/* A piece of the picture so far, copied. */
static void cell_copy(void)
{
    const RECT from = {0, 0, CELL, CELL};
    D3DVIEWPORT8 viewport;
    IDirect3DSurface8 *back;
    IDirect3DDevice8_GetViewport(device, &viewport);
    const POINT to = {(LONG)viewport.X, (LONG)viewport.Y};
    IDirect3DDevice8_GetBackBuffer(device, 0, D3DBACKBUFFER_TYPE_MONO, &back);
    need_ok(IDirect3DDevice8_CopyRects(device, back, &from, 1, back, &to), "CopyRects");
    IDirect3DSurface8_Release(back);
}

static void (*const cells[])(void) = {
    draw_quad,   cell_texture,     cell_blend,   cell_light, cell_fog,
    cell_stages, cell_transformed, cell_shaders, cell_copy,
};

static void save(const char *path)
{
    IDirect3DSurface8 *back, *copy;
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DDevice8_GetBackBuffer(device, 0, D3DBACKBUFFER_TYPE_MONO, &back),
            "GetBackBuffer");
    need_ok(IDirect3DDevice8_CreateImageSurface(device, GRID_WIDTH, GRID_HEIGHT, D3DFMT_X8R8G8B8,
                                                &copy),
            "CreateImageSurface");
    need_ok(IDirect3DDevice8_CopyRects(device, back, NULL, 0, copy, NULL), "CopyRects");
    need_ok(IDirect3DSurface8_LockRect(copy, &locked, NULL, D3DLOCK_READONLY), "LockRect");
    grid_save(path, locked.pBits, (unsigned)locked.Pitch);
    IDirect3DSurface8_UnlockRect(copy);
    IDirect3DSurface8_Release(copy);
    IDirect3DSurface8_Release(back);
}

static void open_device(HWND window)
{
    IDirect3D8 *d3d = Direct3DCreate8(D3D_SDK_VERSION);
    D3DPRESENT_PARAMETERS parameters = {
        .BackBufferWidth = GRID_WIDTH,
        .BackBufferHeight = GRID_HEIGHT,
        .BackBufferFormat = D3DFMT_X8R8G8B8,
        .BackBufferCount = 1,
        .SwapEffect = D3DSWAPEFFECT_DISCARD,
        .hDeviceWindow = window,
        .Windowed = TRUE,
        .EnableAutoDepthStencil = TRUE,
        .AutoDepthStencilFormat = D3DFMT_D16,
    };
    need_ok(d3d ? S_OK : E_FAIL, "Direct3DCreate8");
    need_ok(IDirect3D8_CreateDevice(d3d, D3DADAPTER_DEFAULT, D3DDEVTYPE_HAL, window,
                                    D3DCREATE_HARDWARE_VERTEXPROCESSING, &parameters, &device),
            "CreateDevice");
}

static void make_texture(void)
{
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DDevice8_CreateTexture(device, TEXELS, TEXELS, 1, 0, D3DFMT_A8R8G8B8,
                                           D3DPOOL_MANAGED, &texture),
            "CreateTexture");
    need_ok(IDirect3DTexture8_LockRect(texture, 0, &locked, NULL, 0), "LockRect");
    for (unsigned y = 0; y < TEXELS; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)locked.pBits + (size_t)y * (size_t)locked.Pitch);
        for (unsigned x = 0; x < TEXELS; x++) {
            row[x] = grid_texel(x, y);
        }
    }
    IDirect3DTexture8_UnlockRect(texture, 0);
}

int main(int argc, char **argv)
{
    DWORD defaults;
    if (argc < 2) {
        return 2;
    }
    open_device(grid_window());
    make_texture();
    set(D3DRS_LIGHTING, FALSE);
    set(D3DRS_CULLMODE, D3DCULL_NONE);
    set(D3DRS_ZENABLE, FALSE);
    IDirect3DDevice8_SetVertexShader(device, CORNER_FVF);
    need_ok(IDirect3DDevice8_CreateStateBlock(device, D3DSBT_ALL, &defaults), "CreateStateBlock");
    IDirect3DDevice8_Clear(device, 0, NULL, D3DCLEAR_TARGET | D3DCLEAR_ZBUFFER, 0xff203040, 1.0f,
                           0);
    need_ok(IDirect3DDevice8_BeginScene(device), "BeginScene");
    for (unsigned i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        RECT place = grid_cell(i);
        const D3DVIEWPORT8 viewport = {(DWORD)place.left, (DWORD)place.top, CELL, CELL, 0.0f, 1.0f};
        IDirect3DDevice8_ApplyStateBlock(device, defaults);
        IDirect3DDevice8_SetViewport(device, &viewport);
        cells[i]();
    }
    need_ok(IDirect3DDevice8_EndScene(device), "EndScene");
    save(argv[1]);
    need_ok(IDirect3DDevice8_Present(device, NULL, NULL, NULL, NULL), "Present");
    grid_stay(argc, argv);
    return 0;
}
