/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A library with the functions of Glide 2 (GLIDE3 undefined) or Glide 3 that draws in memory:
 * clears, swaps, triangles of their first vertex's colour, points, and the frame buffer as memory.
 * All else does nothing, but for this: of a texture that is downloaded the first texel is the
 * colour that triangles have from then on.
 *
 * With SOFTWARE_GLIDE_LACKS a function is missing that every library has.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MOST_PIXELS (640 * 480)
#define TEXTURE_MEMORY (64u << 10)

static struct {
    int open, width, height;
    uint16_t buffers[2][MOST_PIXELS]; /* front, back */
    int textured;
    uint16_t texel;
} screen;

#define NOTHING(name, ...)                                                                         \
    void name(__VA_ARGS__);                                                                        \
    void name(__VA_ARGS__)                                                                         \
    {                                                                                              \
    }

/* Whoever calls has no OpenGL context current, and asks for nothing before a screen is open. */
NOTHING(grAADrawTriangle, const void *a, const void *b, const void *c, int ab, int bc, int ca)
NOTHING(grAlphaBlendFunction, int a, int b, int c, int d)
NOTHING(grAlphaCombine, int a, int b, int c, int d, int e)
NOTHING(grAlphaControlsITRGBLighting, int on)
NOTHING(grAlphaTestFunction, int function)
NOTHING(grAlphaTestReferenceValue, uint8_t value)
NOTHING(grChromakeyMode, int mode)
NOTHING(grChromakeyValue, uint32_t color)
NOTHING(grClipWindow, uint32_t left, uint32_t top, uint32_t right, uint32_t bottom)
NOTHING(grColorCombine, int a, int b, int c, int d, int e)
NOTHING(grColorMask, int rgb, int alpha)
NOTHING(grConstantColorValue, uint32_t color)
NOTHING(grCullMode, int mode)
NOTHING(grDepthBufferFunction, int function)
NOTHING(grDepthBufferMode, int mode)
NOTHING(grDepthMask, int on)
NOTHING(grDitherMode, int mode)
NOTHING(grDrawLine, const void *a, const void *b)
NOTHING(grFogColorValue, uint32_t color)
NOTHING(grFogTable, const uint8_t *table)
NOTHING(grFogMode, int mode)
NOTHING(grGlideInit, void)
NOTHING(grLfbConstantAlpha, uint8_t alpha)
NOTHING(grLfbWriteColorFormat, int format)
NOTHING(grLfbWriteColorSwizzle, int bytes, int words)
NOTHING(grRenderBuffer, int buffer)
NOTHING(grSstOrigin, int origin)
NOTHING(grSstSelect, int board)
NOTHING(grTexClampMode, int tmu, int s, int t)
NOTHING(grTexCombine, int tmu, int a, int b, int c, int d, int e, int f)
NOTHING(grTexDetailControl, int tmu, int bias, uint8_t scale, float max)
NOTHING(grTexFilterMode, int tmu, int min, int mag)
NOTHING(grTexLodBiasValue, int tmu, float bias)
NOTHING(grTexMipMapMode, int tmu, int mode, int blend)
NOTHING(grTexMultibase, int tmu, int on)
NOTHING(grTexMultibaseAddress, int tmu, uint32_t range, uint32_t at, uint32_t mask,
        const void *info)
NOTHING(grTexSource, int tmu, uint32_t address, uint32_t mask, const void *info)

static uint16_t from_888(uint32_t color)
{
    return (color >> 8 & 0xf800) | (color >> 5 & 0x07e0) | (color >> 3 & 0x001f);
}

static uint16_t from_floats(float r, float g, float b)
{
    return from_888((uint32_t)r << 16 | (uint32_t)g << 8 | (uint32_t)b);
}

static uint32_t win_open(int resolution)
{
    if (resolution != 1 && resolution != 7) {
        return 0;
    }
    memset(&screen, 0, sizeof screen);
    screen.open = 1;
    screen.width = resolution == 1 ? 320 : 640;
    screen.height = resolution == 1 ? 240 : 480;
    return 1;
}

uint32_t grSstWinOpen(uint32_t window, int resolution, int refresh, int color_format, int origin,
                      int color_buffers, int aux_buffers);
uint32_t grSstWinOpen(uint32_t window, int resolution, int refresh, int color_format, int origin,
                      int color_buffers, int aux_buffers)
{
    return win_open(resolution);
}

void grGlideShutdown(void);
void grGlideShutdown(void)
{
    screen.open = 0;
}

static void clear(uint32_t color)
{
    for (int i = 0; i < screen.width * screen.height; i++) {
        screen.buffers[1][i] = from_888(color);
    }
}

void grBufferSwap(int interval);
void grBufferSwap(int interval)
{
    static uint16_t front[MOST_PIXELS];
    memcpy(front, screen.buffers[0], sizeof front);
    memcpy(screen.buffers[0], screen.buffers[1], sizeof front);
    memcpy(screen.buffers[1], front, sizeof front);
}

/* What both versions' vertices come to. */
struct vertex {
    float x, y, r, g, b;
};

#ifdef GLIDE3
static int offsets[0x60];

void grVertexLayout(uint32_t parameter, int offset, uint32_t mode);
void grVertexLayout(uint32_t parameter, int offset, uint32_t mode)
{
    if (parameter < sizeof offsets / sizeof *offsets) {
        offsets[parameter] = offset;
    }
}

static struct vertex read_vertex(const void *v)
{
    struct vertex out;
    memcpy(&out.x, (const char *)v + offsets[0x01], 2 * sizeof(float));
    memcpy(&out.r, (const char *)v + offsets[0x20], 3 * sizeof(float));
    return out;
}
#else
static struct vertex read_vertex(const void *v)
{
    const float *words = v;
    return (struct vertex){words[0], words[1], words[3], words[4], words[5]};
}
#endif

static void put(int x, int y, uint16_t color)
{
    if (x >= 0 && y >= 0 && x < screen.width && y < screen.height) {
        screen.buffers[1][y * screen.width + x] = color;
    }
}

void grDrawPoint(const void *at);
void grDrawPoint(const void *at)
{
    struct vertex v = read_vertex(at);
    put((int)v.x, (int)v.y, from_floats(v.r, v.g, v.b));
}

static float side(const struct vertex *a, const struct vertex *b, float x, float y)
{
    return (b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x);
}

void grDrawTriangle(const void *at, const void *bt, const void *ct);
void grDrawTriangle(const void *at, const void *bt, const void *ct)
{
    struct vertex a = read_vertex(at), b = read_vertex(bt), c = read_vertex(ct);
    uint16_t color = screen.textured ? screen.texel : from_floats(a.r, a.g, a.b);
    for (int y = 0; y < screen.height; y++) {
        for (int x = 0; x < screen.width; x++) {
            float ab = side(&a, &b, x + 0.5f, y + 0.5f), bc = side(&b, &c, x + 0.5f, y + 0.5f);
            float ca = side(&c, &a, x + 0.5f, y + 0.5f);
            if ((ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0)) {
                put(x, y, color);
            }
        }
    }
}

#ifndef SOFTWARE_GLIDE_LACKS
uint32_t grTexMaxAddress(int tmu);
uint32_t grTexMaxAddress(int tmu)
{
    return TEXTURE_MEMORY - 8;
}
#endif

/* Levels as the version counts them: 8 texels wide and high. */
uint32_t grTexDownloadMipMapLevelPartial(int tmu, uint32_t address, int lod, int large, int aspect,
                                         int format, uint32_t mask, const void *data, int first,
                                         int last);
uint32_t grTexDownloadMipMapLevelPartial(int tmu, uint32_t address, int lod, int large, int aspect,
                                         int format, uint32_t mask, const void *data, int first,
                                         int last)
{
#ifdef GLIDE3
    int eight = lod == 3 && large == 3 && aspect == 0;
#else
    int eight = lod == 5 && large == 5 && aspect == 3;
#endif
    screen.textured = eight;
    memcpy(&screen.texel, data, sizeof screen.texel);
    return 1;
}

uint32_t grLfbReadRegion(int buffer, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                         uint32_t stride, void *data);
uint32_t grLfbReadRegion(int buffer, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                         uint32_t stride, void *data)
{
    for (uint32_t row = 0; row < height && screen.open; row++) {
        memcpy((char *)data + row * stride,
               &screen.buffers[buffer & 1][(y + row) * screen.width + x], 2 * width);
    }
    return screen.open && buffer < 2;
}

static uint32_t write_region(int buffer, uint32_t x, uint32_t y, int format, uint32_t width,
                             uint32_t height, int stride, const void *data)
{
    for (uint32_t row = 0; row < height && format == 0; row++) {
        memcpy(&screen.buffers[buffer & 1][(y + row) * screen.width + x],
               (const char *)data + (int)row * stride, 2 * width);
    }
    return format == 0;
}

#ifdef GLIDE3
NOTHING(grDepthBiasLevel, int level)
NOTHING(grDisable, uint32_t mode)
NOTHING(grEnable, uint32_t mode)
NOTHING(grLfbConstantDepth, uint32_t depth)
NOTHING(grTexDownloadTable, uint32_t type, const void *data)
NOTHING(grTexNCCTable, uint32_t table)

void *grGetProcAddress(const char *name);
void *grGetProcAddress(const char *name)
{
    return NULL;
}

void grBufferClear(uint32_t color, uint8_t alpha, uint32_t depth);
void grBufferClear(uint32_t color, uint8_t alpha, uint32_t depth)
{
    clear(color);
}

uint32_t grSstWinClose(uint32_t context);
uint32_t grSstWinClose(uint32_t context)
{
    screen.open = 0;
    return 1;
}

uint32_t grLfbWriteRegion(int buffer, uint32_t x, uint32_t y, int format, uint32_t width,
                          uint32_t height, int pipeline, int stride, const void *data);
uint32_t grLfbWriteRegion(int buffer, uint32_t x, uint32_t y, int format, uint32_t width,
                          uint32_t height, int pipeline, int stride, const void *data)
{
    return write_region(buffer, x, y, format, width, height, stride, data);
}
#else
NOTHING(grAADrawLine, const void *a, const void *b)
NOTHING(grAADrawPoint, const void *v)
NOTHING(grDepthBiasLevel, int16_t level)
NOTHING(grHints, uint32_t type, uint32_t value)
NOTHING(grLfbConstantDepth, uint16_t depth)
NOTHING(grTexDownloadTable, int tmu, uint32_t type, const void *data)
NOTHING(grTexNCCTable, int tmu, uint32_t table)

void grBufferClear(uint32_t color, uint8_t alpha, uint16_t depth);
void grBufferClear(uint32_t color, uint8_t alpha, uint16_t depth)
{
    clear(color);
}

void grSstWinClose(void);
void grSstWinClose(void)
{
    screen.open = 0;
}

uint32_t grLfbWriteRegion(int buffer, uint32_t x, uint32_t y, int format, uint32_t width,
                          uint32_t height, int stride, const void *data);
uint32_t grLfbWriteRegion(int buffer, uint32_t x, uint32_t y, int format, uint32_t width,
                          uint32_t height, int stride, const void *data)
{
    return write_region(buffer, x, y, format, width, height, stride, data);
}
#endif
