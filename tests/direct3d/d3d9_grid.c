/* SPDX-License-Identifier: GPL-2.0-or-later */
/* d3d9_grid.exe FILE [stay]: a picture of what Direct3D 9 does. */
#include <d3d9.h>
#include <d3dx9shader.h>
#include <stdio.h>
#include <string.h>

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

static IDirect3DDevice9 *device;
static IDirect3DTexture9 *texture;

static void draw_quad(void)
{
    IDirect3DDevice9_SetFVF(device, CORNER_FVF);
    need_ok(IDirect3DDevice9_DrawPrimitiveUP(device, D3DPT_TRIANGLESTRIP, 2, quad, sizeof quad[0]),
            "DrawPrimitiveUP");
}

static void set(D3DRENDERSTATETYPE state, DWORD value)
{
    IDirect3DDevice9_SetRenderState(device, state, value);
}

static DWORD bits_of(float value)
{
    DWORD bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void use_texture(void)
{
    IDirect3DDevice9_SetTexture(device, 0, (IDirect3DBaseTexture9 *)texture);
    IDirect3DDevice9_SetSamplerState(device, 0, D3DSAMP_MINFILTER, D3DTEXF_LINEAR);
    IDirect3DDevice9_SetSamplerState(device, 0, D3DSAMP_MAGFILTER, D3DTEXF_LINEAR);
    IDirect3DDevice9_SetSamplerState(device, 0, D3DSAMP_MIPFILTER, D3DTEXF_LINEAR);
}

static void fill_level(IDirect3DTexture9 *target, unsigned level, unsigned size)
{
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DTexture9_LockRect(target, level, &locked, NULL, 0), "LockRect");
    for (unsigned y = 0; y < size; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)locked.pBits + (size_t)y * (size_t)locked.Pitch);
        for (unsigned x = 0; x < size; x++) {
            row[x] = grid_texel(x * TEXELS / size, y * TEXELS / size);
        }
    }
    IDirect3DTexture9_UnlockRect(target, level);
}

/* The cells */

static void cell_colors(void)
{
    draw_quad();
}

static void cell_texture(void)
{
    use_texture();
    draw_quad();
}

static void cell_texture_alone(void)
{
    use_texture();
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_COLOROP, D3DTOP_SELECTARG1);
    IDirect3DDevice9_SetSamplerState(device, 0, D3DSAMP_MAGFILTER, D3DTEXF_POINT);
    draw_quad();
}

static void cell_blend(void)
{
    set(D3DRS_ALPHABLENDENABLE, TRUE);
    set(D3DRS_SRCBLEND, D3DBLEND_SRCALPHA);
    set(D3DRS_DESTBLEND, D3DBLEND_INVSRCALPHA);
    draw_quad();
}

static void cell_alpha_test(void)
{
    use_texture();
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_ALPHAOP, D3DTOP_SELECTARG1);
    set(D3DRS_ALPHATESTENABLE, TRUE);
    set(D3DRS_ALPHAREF, 128);
    set(D3DRS_ALPHAFUNC, D3DCMP_GREATER);
    draw_quad();
}

static void cell_light(void)
{
    const D3DLIGHT9 sun = {.Type = D3DLIGHT_DIRECTIONAL,
                           .Diffuse = {0.5f, 0.4f, 0.3f, 1.0f},
                           .Specular = {1.0f, 1.0f, 1.0f, 1.0f},
                           .Direction = {0.3f, -0.2f, 1.0f}};
    const D3DLIGHT9 spot = {.Type = D3DLIGHT_SPOT,
                            .Diffuse = {0.0f, 0.4f, 1.0f, 1.0f},
                            .Position = {0.2f, 0.2f, -1.0f},
                            .Direction = {0.0f, 0.0f, 1.0f},
                            .Range = 10.0f,
                            .Falloff = 1.0f,
                            .Attenuation0 = 1.0f,
                            .Attenuation1 = 0.1f,
                            .Theta = 0.4f,
                            .Phi = 0.9f};
    const D3DMATERIAL9 material = {.Diffuse = {0.9f, 0.9f, 0.9f, 1.0f},
                                   .Ambient = {0.5f, 0.5f, 0.5f, 1.0f},
                                   .Specular = {0.6f, 0.6f, 0.6f, 1.0f},
                                   .Power = 12.0f};
    IDirect3DDevice9_SetLight(device, 0, &sun);
    IDirect3DDevice9_SetLight(device, 1, &spot);
    IDirect3DDevice9_LightEnable(device, 0, TRUE);
    IDirect3DDevice9_LightEnable(device, 1, TRUE);
    IDirect3DDevice9_SetMaterial(device, &material);
    set(D3DRS_LIGHTING, TRUE);
    set(D3DRS_SPECULARENABLE, TRUE);
    set(D3DRS_AMBIENT, 0xff202020);
    set(D3DRS_DIFFUSEMATERIALSOURCE, D3DMCS_MATERIAL);
    draw_quad();
    IDirect3DDevice9_LightEnable(device, 0, FALSE);
    IDirect3DDevice9_LightEnable(device, 1, FALSE);
}

static void cell_fog(void)
{
    set(D3DRS_FOGENABLE, TRUE);
    set(D3DRS_FOGCOLOR, 0xff8080ff);
    set(D3DRS_FOGVERTEXMODE, D3DFOG_LINEAR);
    set(D3DRS_FOGSTART, bits_of(0.0f));
    set(D3DRS_FOGEND, bits_of(1.0f));
    draw_quad();
}

static void cell_table_fog(void)
{
    set(D3DRS_FOGENABLE, TRUE);
    set(D3DRS_FOGCOLOR, 0xffffff00);
    set(D3DRS_FOGTABLEMODE, D3DFOG_EXP2);
    set(D3DRS_FOGDENSITY, bits_of(1.5f));
    draw_quad();
}

static void cell_stencil(void)
{
    set(D3DRS_STENCILENABLE, TRUE);
    set(D3DRS_STENCILREF, 1);
    set(D3DRS_STENCILPASS, D3DSTENCILOP_REPLACE);
    set(D3DRS_STENCILFUNC, D3DCMP_ALWAYS);
    set(D3DRS_COLORWRITEENABLE, 0);
    need_ok(IDirect3DDevice9_DrawPrimitiveUP(device, D3DPT_TRIANGLELIST, 1, quad, sizeof quad[0]),
            "the stencil");
    set(D3DRS_COLORWRITEENABLE, 15);
    set(D3DRS_STENCILFUNC, D3DCMP_NOTEQUAL);
    draw_quad();
}

static void cell_depth(void)
{
    struct corner near_quad[4];
    memcpy(near_quad, quad, sizeof quad);
    for (int i = 0; i < 4; i++) {
        near_quad[i].x *= 0.5f;
        near_quad[i].z = near_quad[i].x < 0.0f ? 0.2f : 0.8f;
        near_quad[i].color = 0xff00ffff;
    }
    set(D3DRS_ZENABLE, TRUE);
    set(D3DRS_ZFUNC, D3DCMP_LESS);
    draw_quad();
    need_ok(
        IDirect3DDevice9_DrawPrimitiveUP(device, D3DPT_TRIANGLESTRIP, 2, near_quad, sizeof quad[0]),
        "DrawPrimitiveUP");
}

static void cell_clip_plane(void)
{
    const float plane[] = {1.0f, 1.0f, 0.0f, 0.2f};
    IDirect3DDevice9_SetClipPlane(device, 0, plane);
    set(D3DRS_CLIPPLANEENABLE, 1);
    draw_quad();
}

static void cell_two_stages(void)
{
    use_texture();
    IDirect3DDevice9_SetTexture(device, 1, (IDirect3DBaseTexture9 *)texture);
    IDirect3DDevice9_SetTextureStageState(device, 1, D3DTSS_COLOROP, D3DTOP_ADDSIGNED);
    IDirect3DDevice9_SetTextureStageState(device, 1, D3DTSS_COLORARG1, D3DTA_TEXTURE);
    IDirect3DDevice9_SetTextureStageState(device, 1, D3DTSS_COLORARG2, D3DTA_CURRENT);
    IDirect3DDevice9_SetTextureStageState(device, 1, D3DTSS_TEXCOORDINDEX,
                                          D3DTSS_TCI_CAMERASPACEPOSITION);
    draw_quad();
    IDirect3DDevice9_SetTexture(device, 1, NULL);
    IDirect3DDevice9_SetTextureStageState(device, 1, D3DTSS_COLOROP, D3DTOP_DISABLE);
}

static void cell_compressed(void)
{
    IDirect3DTexture9 *compressed;
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DDevice9_CreateTexture(device, 16, 16, 1, 0, D3DFMT_DXT5, D3DPOOL_MANAGED,
                                           &compressed, NULL),
            "a texture of DXT5");
    need_ok(IDirect3DTexture9_LockRect(compressed, 0, &locked, NULL, 0), "LockRect");
    for (unsigned y = 0; y < 4; y++) {
        uint8_t *row = (uint8_t *)locked.pBits + y * (unsigned)locked.Pitch;
        for (unsigned i = 0; i < 64; i++) {
            row[i] = (uint8_t)(i * 37 + y * 11 + 5);
        }
    }
    IDirect3DTexture9_UnlockRect(compressed, 0);
    IDirect3DDevice9_SetTexture(device, 0, (IDirect3DBaseTexture9 *)compressed);
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_COLOROP, D3DTOP_SELECTARG1);
    draw_quad();
    IDirect3DDevice9_SetTexture(device, 0, NULL);
    IDirect3DTexture9_Release(compressed);
}

static void cell_cube(void)
{
    IDirect3DCubeTexture9 *cube;
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DDevice9_CreateCubeTexture(device, 4, 1, 0, D3DFMT_X8R8G8B8, D3DPOOL_MANAGED,
                                               &cube, NULL),
            "CreateCubeTexture");
    for (unsigned face = 0; face < 6; face++) {
        need_ok(IDirect3DCubeTexture9_LockRect(cube, (D3DCUBEMAP_FACES)face, 0, &locked, NULL, 0),
                "LockRect");
        for (unsigned i = 0; i < 16; i++) {
            uint8_t *row = (uint8_t *)locked.pBits + i / 4 * (unsigned)locked.Pitch;
            ((uint32_t *)row)[i % 4] = 0x203040u * face + i * 0x0a0500u;
        }
        IDirect3DCubeTexture9_UnlockRect(cube, (D3DCUBEMAP_FACES)face, 0);
    }
    IDirect3DDevice9_SetTexture(device, 0, (IDirect3DBaseTexture9 *)cube);
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_TEXCOORDINDEX,
                                          D3DTSS_TCI_CAMERASPACEREFLECTIONVECTOR);
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_COLOROP, D3DTOP_SELECTARG1);
    draw_quad();
    IDirect3DDevice9_SetTexture(device, 0, NULL);
    IDirect3DCubeTexture9_Release(cube);
}

static void cell_volume(void)
{
    IDirect3DVolumeTexture9 *volume;
    D3DLOCKED_BOX locked;
    need_ok(IDirect3DDevice9_CreateVolumeTexture(device, 8, 8, 4, 1, 0, D3DFMT_A8R8G8B8,
                                                 D3DPOOL_MANAGED, &volume, NULL),
            "CreateVolumeTexture");
    need_ok(IDirect3DVolumeTexture9_LockBox(volume, 0, &locked, NULL, 0), "LockBox");
    for (unsigned i = 0; i < 8 * 8 * 4; i++) {
        uint8_t *row = (uint8_t *)locked.pBits + i / 64 * (unsigned)locked.SlicePitch +
                       i / 8 % 8 * (unsigned)locked.RowPitch;
        ((uint32_t *)row)[i % 8] = 0xff000000u | i * 0x030507u;
    }
    IDirect3DVolumeTexture9_UnlockBox(volume, 0);
    IDirect3DDevice9_SetTexture(device, 0, (IDirect3DBaseTexture9 *)volume);
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_TEXCOORDINDEX,
                                          D3DTSS_TCI_CAMERASPACENORMAL);
    IDirect3DDevice9_SetTextureStageState(device, 0, D3DTSS_COLOROP, D3DTOP_SELECTARG1);
    draw_quad();
    IDirect3DDevice9_SetTexture(device, 0, NULL);
    IDirect3DVolumeTexture9_Release(volume);
}

/* Points of a size that come from a vertex buffer which is written in between. */
static void cell_points(void)
{
    IDirect3DVertexBuffer9 *buffer;
    struct corner *corners;
    need_ok(IDirect3DDevice9_CreateVertexBuffer(device, sizeof quad, D3DUSAGE_DYNAMIC, CORNER_FVF,
                                                D3DPOOL_DEFAULT, &buffer, NULL),
            "CreateVertexBuffer");
    IDirect3DDevice9_SetFVF(device, CORNER_FVF);
    IDirect3DDevice9_SetStreamSource(device, 0, buffer, 0, sizeof quad[0]);
    set(D3DRS_POINTSIZE, bits_of(9.0f));
    use_texture();
    set(D3DRS_POINTSPRITEENABLE, TRUE);
    for (int round = 0; round < 3; round++) {
        need_ok(IDirect3DVertexBuffer9_Lock(buffer, 0, 0, (void **)&corners, D3DLOCK_DISCARD),
                "Lock");
        memcpy(corners, quad, sizeof quad);
        for (int i = 0; i < 4; i++) {
            corners[i].x *= 1.0f - 0.35f * (float)round;
        }
        IDirect3DVertexBuffer9_Unlock(buffer);
        need_ok(IDirect3DDevice9_DrawPrimitive(device, D3DPT_POINTLIST, 0, 4), "DrawPrimitive");
    }
    IDirect3DDevice9_SetStreamSource(device, 0, NULL, 0, 0);
    IDirect3DVertexBuffer9_Release(buffer);
}

static void cell_indices(void)
{
    static const uint16_t order[] = {0, 1, 2, 2, 1, 3};
    IDirect3DVertexBuffer9 *buffer;
    IDirect3DIndexBuffer9 *indices;
    void *data;
    need_ok(IDirect3DDevice9_CreateVertexBuffer(device, sizeof quad, 0, CORNER_FVF, D3DPOOL_MANAGED,
                                                &buffer, NULL),
            "CreateVertexBuffer");
    need_ok(IDirect3DDevice9_CreateIndexBuffer(device, sizeof order, 0, D3DFMT_INDEX16,
                                               D3DPOOL_MANAGED, &indices, NULL),
            "CreateIndexBuffer");
    need_ok(IDirect3DVertexBuffer9_Lock(buffer, 0, 0, &data, 0), "Lock");
    memcpy(data, quad, sizeof quad);
    IDirect3DVertexBuffer9_Unlock(buffer);
    need_ok(IDirect3DIndexBuffer9_Lock(indices, 0, 0, &data, 0), "Lock");
    memcpy(data, order, sizeof order);
    IDirect3DIndexBuffer9_Unlock(indices);
    IDirect3DDevice9_SetFVF(device, CORNER_FVF);
    IDirect3DDevice9_SetStreamSource(device, 0, buffer, 0, sizeof quad[0]);
    IDirect3DDevice9_SetIndices(device, indices);
    set(D3DRS_SHADEMODE, D3DSHADE_FLAT);
    need_ok(IDirect3DDevice9_DrawIndexedPrimitive(device, D3DPT_TRIANGLELIST, 0, 0, 4, 0, 2),
            "DrawIndexedPrimitive");
    IDirect3DDevice9_SetStreamSource(device, 0, NULL, 0, 0);
    IDirect3DDevice9_SetIndices(device, NULL);
    IDirect3DVertexBuffer9_Release(buffer);
    IDirect3DIndexBuffer9_Release(indices);
}

static void cell_lines(void)
{
    set(D3DRS_FILLMODE, D3DFILL_WIREFRAME);
    draw_quad();
}

static DWORD *assemble(const char *text)
{
    ID3DXBuffer *code, *errors = NULL;
    HRESULT result = D3DXAssembleShader(text, (UINT)strlen(text), NULL, NULL, 0, &code, &errors);
    if (errors) {
        printf("%s\n", (const char *)errors->lpVtbl->GetBufferPointer(errors));
    }
    need_ok(result, "D3DXAssembleShader");
    return code->lpVtbl->GetBufferPointer(code);
}

static void draw_with(const char *vertex_text, const char *pixel_text)
{
    IDirect3DVertexShader9 *vertex_shader;
    IDirect3DPixelShader9 *pixel_shader;
    const float constants[] = {0.5f, 0.25f, 2.0f, 1.0f};
    need_ok(IDirect3DDevice9_CreateVertexShader(device, assemble(vertex_text), &vertex_shader),
            "CreateVertexShader");
    need_ok(IDirect3DDevice9_CreatePixelShader(device, assemble(pixel_text), &pixel_shader),
            "CreatePixelShader");
    IDirect3DDevice9_SetVertexShader(device, vertex_shader);
    IDirect3DDevice9_SetPixelShader(device, pixel_shader);
    IDirect3DDevice9_SetVertexShaderConstantF(device, 0, constants, 1);
    IDirect3DDevice9_SetPixelShaderConstantF(device, 0, constants, 1);
    use_texture();
    draw_quad();
    IDirect3DDevice9_SetVertexShader(device, NULL);
    IDirect3DDevice9_SetPixelShader(device, NULL);
    IDirect3DVertexShader9_Release(vertex_shader);
    IDirect3DPixelShader9_Release(pixel_shader);
}

static void cell_shaders_1(void)
{
    draw_with("vs_1_1\n"
              "dcl_position v0\n"
              "dcl_color v1\n"
              "dcl_texcoord v2\n"
              "mov oPos, v0\n"
              "mul oD0, v1, c0.w\n"
              "mul oT0, v2, c0.z\n",
              "ps_1_4\n"
              "texld r0, t0\n"
              "mul_x2 r0.rgb, r0, c0\n"
              "+mov r0.a, v0.a\n");
}

static void cell_shaders_2(void)
{
    draw_with("vs_2_0\n"
              "def c1, 3.0, 0.1, 0.0, 1.0\n"
              "dcl_position v0\n"
              "dcl_texcoord v2\n"
              "mov r0, v0\n"
              "mad r0.x, v0.y, c1.y, v0.x\n"
              "mov oPos, r0\n"
              "mov oT0, v2\n",
              "ps_2_0\n"
              "def c1, 0.5, 1.0, 0.0, 3.0\n"
              "dcl t0.xy\n"
              "dcl_2d s0\n"
              "texld r0, t0, s0\n"
              "add r1.xy, t0, -c1.x\n"
              "mul r1.xy, r1, r1\n"
              "add r1.x, r1.x, r1.y\n"
              "mad r0.r, r1.x, c1.w, c1.z\n"
              "mov oC0, r0\n");
}

static void cell_shaders_3(void)
{
    draw_with("vs_3_0\n"
              "dcl_position v0\n"
              "dcl_texcoord v2\n"
              "dcl_position o0\n"
              "dcl_texcoord o1\n"
              "mov o0, v0\n"
              "mov o1, v2\n",
              "ps_3_0\n"
              "defi i0, 5, 0, 1, 0\n"
              "def c1, 0.06, 0.2, 0.0, 1.0\n"
              "dcl_texcoord v0.xy\n"
              "dcl_2d s0\n"
              "mov r0, c1.z\n"
              "mov r1, v0\n"
              "rep i0\n"
              "texld r2, r1, s0\n"
              "mad r0, r2, c1.y, r0\n"
              "add r1.xy, r1, c1.x\n"
              "endrep\n"
              "mov oC0, r0\n");
}

/* Into a texture of 16-bit floats, which is then shown. */
static void cell_target(void)
{
    IDirect3DTexture9 *target;
    IDirect3DSurface9 *surface, *before, *depth;
    D3DVIEWPORT9 viewport;
    IDirect3DDevice9_GetViewport(device, &viewport);
    need_ok(IDirect3DDevice9_CreateTexture(device, 64, 64, 1, D3DUSAGE_RENDERTARGET,
                                           D3DFMT_A16B16G16R16F, D3DPOOL_DEFAULT, &target, NULL),
            "a texture to draw to");
    need_ok(IDirect3DTexture9_GetSurfaceLevel(target, 0, &surface), "GetSurfaceLevel");
    IDirect3DDevice9_GetRenderTarget(device, 0, &before);
    IDirect3DDevice9_GetDepthStencilSurface(device, &depth);
    IDirect3DDevice9_SetDepthStencilSurface(device, NULL);
    need_ok(IDirect3DDevice9_SetRenderTarget(device, 0, surface), "SetRenderTarget");
    IDirect3DDevice9_Clear(device, 0, NULL, D3DCLEAR_TARGET, 0xff404000, 1.0f, 0);
    use_texture();
    draw_quad();
    need_ok(IDirect3DDevice9_SetRenderTarget(device, 0, before), "SetRenderTarget");
    IDirect3DDevice9_SetDepthStencilSurface(device, depth);
    IDirect3DDevice9_SetViewport(device, &viewport);
    IDirect3DDevice9_SetTexture(device, 0, (IDirect3DBaseTexture9 *)target);
    draw_quad();
    IDirect3DDevice9_SetTexture(device, 0, NULL);
    IDirect3DSurface9_Release(depth);
    IDirect3DSurface9_Release(before);
    IDirect3DSurface9_Release(surface);
    IDirect3DTexture9_Release(target);
}

/* Several samples a pixel, stretched into the picture. */
static void cell_samples(void)
{
    IDirect3DSurface9 *samples, *before, *depth;
    D3DVIEWPORT9 viewport;
    RECT place;
    IDirect3DDevice9_GetViewport(device, &viewport);
    SetRect(&place, (int)viewport.X, (int)viewport.Y, (int)(viewport.X + viewport.Width),
            (int)(viewport.Y + viewport.Height));
    need_ok(IDirect3DDevice9_CreateRenderTarget(device, CELL, CELL, D3DFMT_X8R8G8B8,
                                                D3DMULTISAMPLE_4_SAMPLES, 0, FALSE, &samples, NULL),
            "a target with several samples");
    IDirect3DDevice9_GetRenderTarget(device, 0, &before);
    IDirect3DDevice9_GetDepthStencilSurface(device, &depth);
    IDirect3DDevice9_SetDepthStencilSurface(device, NULL);
    need_ok(IDirect3DDevice9_SetRenderTarget(device, 0, samples), "SetRenderTarget");
    IDirect3DDevice9_Clear(device, 0, NULL, D3DCLEAR_TARGET, 0xff000000, 1.0f, 0);
    need_ok(IDirect3DDevice9_DrawPrimitiveUP(device, D3DPT_TRIANGLELIST, 1, quad, sizeof quad[0]),
            "DrawPrimitiveUP");
    need_ok(IDirect3DDevice9_StretchRect(device, samples, NULL, before, &place, D3DTEXF_NONE),
            "StretchRect");
    need_ok(IDirect3DDevice9_SetRenderTarget(device, 0, before), "SetRenderTarget");
    IDirect3DDevice9_SetDepthStencilSurface(device, depth);
    IDirect3DDevice9_SetViewport(device, &viewport);
    IDirect3DSurface9_Release(depth);
    IDirect3DSurface9_Release(before);
    IDirect3DSurface9_Release(samples);
}

/* As many rows of colour as the pixels that were seen would fill. */
static void cell_query(void)
{
    IDirect3DQuery9 *query;
    DWORD seen = 0;
    D3DVIEWPORT9 viewport;
    need_ok(IDirect3DDevice9_CreateQuery(device, D3DQUERYTYPE_OCCLUSION, &query), "CreateQuery");
    IDirect3DQuery9_Issue(query, D3DISSUE_BEGIN);
    draw_quad();
    IDirect3DQuery9_Issue(query, D3DISSUE_END);
    while (IDirect3DQuery9_GetData(query, &seen, sizeof seen, D3DGETDATA_FLUSH) == S_FALSE) {
        Sleep(1);
    }
    IDirect3DQuery9_Release(query);
    IDirect3DDevice9_GetViewport(device, &viewport);
    D3DRECT rows = {(LONG)viewport.X, (LONG)viewport.Y, (LONG)(viewport.X + CELL / 4),
                    (LONG)(viewport.Y + seen / CELL)};
    need_ok(IDirect3DDevice9_Clear(device, 1, &rows, D3DCLEAR_TARGET, 0xff00ff00, 1.0f, 0),
            "Clear");
}

static void (*const cells[])(void) = {
    cell_colors,     cell_texture,    cell_texture_alone, cell_blend,     cell_alpha_test,
    cell_light,      cell_fog,        cell_table_fog,     cell_stencil,   cell_depth,
    cell_clip_plane, cell_two_stages, cell_compressed,    cell_cube,      cell_volume,
    cell_points,     cell_indices,    cell_lines,         cell_shaders_1, cell_shaders_2,
    cell_shaders_3,  cell_target,     cell_samples,       cell_query,
};

static void save(const char *path)
{
    IDirect3DSurface9 *back, *copy;
    D3DLOCKED_RECT locked;
    need_ok(IDirect3DDevice9_GetBackBuffer(device, 0, 0, D3DBACKBUFFER_TYPE_MONO, &back),
            "GetBackBuffer");
    need_ok(IDirect3DDevice9_CreateOffscreenPlainSurface(
                device, GRID_WIDTH, GRID_HEIGHT, D3DFMT_X8R8G8B8, D3DPOOL_SYSTEMMEM, &copy, NULL),
            "CreateOffscreenPlainSurface");
    need_ok(IDirect3DDevice9_GetRenderTargetData(device, back, copy), "GetRenderTargetData");
    need_ok(IDirect3DSurface9_LockRect(copy, &locked, NULL, D3DLOCK_READONLY), "LockRect");
    grid_save(path, locked.pBits, (unsigned)locked.Pitch);
    IDirect3DSurface9_UnlockRect(copy);
    IDirect3DSurface9_Release(copy);
    IDirect3DSurface9_Release(back);
}

static void open_device(HWND window)
{
    IDirect3D9 *d3d = Direct3DCreate9(D3D_SDK_VERSION);
    D3DPRESENT_PARAMETERS parameters = {
        .BackBufferWidth = GRID_WIDTH,
        .BackBufferHeight = GRID_HEIGHT,
        .BackBufferFormat = D3DFMT_X8R8G8B8,
        .BackBufferCount = 1,
        .SwapEffect = D3DSWAPEFFECT_DISCARD,
        .hDeviceWindow = window,
        .Windowed = TRUE,
        .EnableAutoDepthStencil = TRUE,
        .AutoDepthStencilFormat = D3DFMT_D24S8,
        .PresentationInterval = D3DPRESENT_INTERVAL_IMMEDIATE,
    };
    need_ok(d3d ? S_OK : E_FAIL, "Direct3DCreate9");
    need_ok(IDirect3D9_CreateDevice(d3d, D3DADAPTER_DEFAULT, D3DDEVTYPE_HAL, window,
                                    D3DCREATE_HARDWARE_VERTEXPROCESSING, &parameters, &device),
            "CreateDevice");
}

int main(int argc, char **argv)
{
    IDirect3DStateBlock9 *defaults;
    const D3DMATRIX identity = {{{._11 = 1.0f, ._22 = 1.0f, ._33 = 1.0f, ._44 = 1.0f}}};
    if (argc < 2) {
        return 2;
    }
    open_device(grid_window());
    need_ok(IDirect3DDevice9_CreateTexture(device, TEXELS, TEXELS, 0, 0, D3DFMT_A8R8G8B8,
                                           D3DPOOL_MANAGED, &texture, NULL),
            "CreateTexture");
    for (unsigned level = 0; level < IDirect3DTexture9_GetLevelCount(texture); level++) {
        fill_level(texture, level, TEXELS >> level);
    }
    set(D3DRS_LIGHTING, FALSE);
    set(D3DRS_CULLMODE, D3DCULL_NONE);
    set(D3DRS_ZENABLE, FALSE);
    IDirect3DDevice9_SetTransform(device, D3DTS_PROJECTION, &identity);
    need_ok(IDirect3DDevice9_CreateStateBlock(device, D3DSBT_ALL, &defaults), "CreateStateBlock");
    IDirect3DDevice9_Clear(device, 0, NULL, D3DCLEAR_TARGET | D3DCLEAR_ZBUFFER | D3DCLEAR_STENCIL,
                           0xff203040, 1.0f, 0);
    need_ok(IDirect3DDevice9_BeginScene(device), "BeginScene");
    for (unsigned i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        RECT place = grid_cell(i);
        const D3DVIEWPORT9 viewport = {(DWORD)place.left, (DWORD)place.top, CELL, CELL, 0.0f, 1.0f};
        IDirect3DStateBlock9_Apply(defaults);
        IDirect3DDevice9_SetViewport(device, &viewport);
        cells[i]();
    }
    need_ok(IDirect3DDevice9_EndScene(device), "EndScene");
    save(argv[1]);
    need_ok(IDirect3DDevice9_Present(device, NULL, NULL, NULL, NULL), "Present");
    grid_stay(argc, argv);
    return 0;
}
