/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Glide 3 program for Linux: each check, named on the command line, ends with 0, or says what is
 * wrong.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include "glide_entry_points.h"

enum { WIDTH = 320, HEIGHT = 240, RESOLUTION = 1 };
enum { FRONT = 0, BACK = 1, AUX = 2 };
enum { LOCK_READ = 0, LOCK_WRITE = 1 };
enum { MODE_565 = 0, MODE_888 = 4, MODE_ANY = 0xff };
enum { UPPER_LEFT = 0, LOWER_LEFT = 1 };
enum { PARAM_XY = 1, PARAM_Q = 4, PARAM_PARGB = 0x30, PARAM_ST0 = 0x40 };

#define EXPECT(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __func__, __LINE__, #condition);                        \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

struct vertex {
    float x, y;
    uint32_t color;
};

static uint16_t screen[HEIGHT][WIDTH];

static void open_screen(void)
{
    trireme_grGlideInit();
    EXPECT(trireme_grSstWinOpen_3(0, RESOLUTION, 0, 0, UPPER_LEFT, 2, 1));
    trireme_grVertexLayout(PARAM_XY, 0, 1);
    trireme_grVertexLayout(PARAM_PARGB, 8, 1);
    /* The iterated colour, undithered. */
    trireme_grColorCombine(1, 0, 0, 2, 0);
    trireme_grDitherMode(0);
}

static void close_screen(void)
{
    EXPECT(trireme_grSstWinClose_3(1));
    trireme_grGlideShutdown();
}

static void read_screen(int32_t buffer)
{
    EXPECT(trireme_grLfbReadRegion(buffer, 0, 0, WIDTH, HEIGHT, WIDTH * 2, screen));
}

static void draw_rectangle(float x, float y, float width, float height, uint32_t color)
{
    const struct vertex corners[] = {{x, y, color},
                                     {x + width, y, color},
                                     {x, y + height, color},
                                     {x + width, y + height, color}};
    trireme_grDrawVertexArrayContiguous(4, 4, corners, sizeof *corners);
}

static void check_clear(void)
{
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    read_screen(BACK);
    EXPECT(screen[0][0] == 0x001f && screen[HEIGHT - 1][WIDTH - 1] == 0x001f);
    trireme_grBufferSwap(1);
    read_screen(FRONT);
    EXPECT(screen[0][0] == 0x001f);
    close_screen();
}

static void check_draws(void)
{
    open_screen();
    trireme_grBufferClear_3(0, 0, 0);
    draw_rectangle(10, 20, 30, 40, 0xffff0000);
    read_screen(BACK);
    EXPECT(screen[20][10] == 0xf800 && screen[59][39] == 0xf800);
    EXPECT(screen[19][10] == 0 && screen[20][9] == 0 && screen[60][39] == 0 && screen[59][40] == 0);
    close_screen();
}

/* Many separate triangles become few records, with nothing lost at their seams. */
static void check_many_triangles(void)
{
    open_screen();
    trireme_grBufferClear_3(0, 0, 0);
    for (int y = 0; y < HEIGHT; y += 4) {
        for (int x = 0; x < WIDTH; x += 4) {
            uint32_t color = (x / 4 + y / 4) % 2 ? 0xff00ff00 : 0xff0000ff;
            const struct vertex a = {x, y, color}, b = {x + 4, y, color};
            const struct vertex c = {x, y + 4, color}, d = {x + 4, y + 4, color};
            trireme_grDrawTriangle(&a, &b, &c);
            trireme_grDrawTriangle(&b, &d, &c);
        }
    }
    read_screen(BACK);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            EXPECT(screen[y][x] == ((x / 4 + y / 4) % 2 ? 0x07e0 : 0x001f));
        }
    }
    close_screen();
}

/* A strip in pieces is the strip; culled triangles tell which way they face. */
static void check_continued_strip(void)
{
    open_screen();
    trireme_grCullMode(0);
    for (int mode = 0; mode < 2; mode++) {
        struct vertex v[9], *pointers[9];
        uint16_t whole[HEIGHT][WIDTH];
        for (int i = 0; i < 9; i++) {
            v[i] = (struct vertex){10 + 20 * i, i % 2 ? 100 : 20, 0xffffffff};
            pointers[i] = &v[i];
        }
        trireme_grCullMode(1 + mode);
        trireme_grBufferClear_3(0, 0, 0);
        trireme_grDrawVertexArray(4, 9, (const void *const *)pointers);
        read_screen(BACK);
        memcpy(whole, screen, sizeof whole);
        for (int cut = 3; cut < 8; cut++) {
            trireme_grBufferClear_3(0, 0, 0);
            trireme_grDrawVertexArray(4, (uint32_t)cut, (const void *const *)pointers);
            trireme_grDrawVertexArray(7, (uint32_t)(9 - cut), (const void *const *)pointers + cut);
            read_screen(BACK);
            EXPECT(memcmp(whole, screen, sizeof whole) == 0);
        }
    }
    close_screen();
}

static void check_regions(void)
{
    static uint16_t pixels[200][256], back[200][256];
    open_screen();
    for (int y = 0; y < 200; y++) {
        for (int x = 0; x < 256; x++) {
            pixels[y][x] = (uint16_t)(x * 517 + y * 2311);
        }
    }
    trireme_grBufferClear_3(0x00303030, 0, 0);
    for (uint32_t at = 0; at < 3; at++) {
        EXPECT(trireme_grLfbWriteRegion_3(BACK, at, 2 * at, MODE_565, 256, 200, 0, 512, pixels));
        EXPECT(trireme_grLfbReadRegion(BACK, at, 2 * at, 256, 200, 512, back));
        EXPECT(memcmp(pixels, back, sizeof pixels) == 0);
    }
    EXPECT(!trireme_grLfbReadRegion(BACK, WIDTH, 0, 1, 1, 2, back));
    EXPECT(!trireme_grLfbWriteRegion_3(BACK, 0, HEIGHT - 1, MODE_565, 1, 2, 0, 2, pixels));
    EXPECT(!trireme_grLfbWriteRegion_3(BACK, 0, 0, 0x77, 1, 1, 0, 2, pixels));
    EXPECT(!trireme_grLfbReadRegion(BACK, 1, 1, 0xffffffff, 0xffffffff, 2, back));
    close_screen();
}

/* What was drawn stays where the lock's owner writes nothing, and the other way round. */
static void check_locks(void)
{
    open_screen();
    for (int origin = UPPER_LEFT; origin <= LOWER_LEFT; origin++) {
        struct glide_lfb_info info = {.size = sizeof info};
        trireme_grBufferClear_3(0xff00ff00, 0, 0);
        EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_565, origin, 0, &info));
        EXPECT(info.origin == origin && info.mode == MODE_565 && info.stride >= WIDTH * 2);
        uint16_t *row = (uint16_t *)((uint8_t *)info.pointer + 5 * info.stride);
        EXPECT(row[0] == 0x07e0);
        row[7] = 0xf800;
        row[9] = 0x001f;
        EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
        EXPECT(!trireme_grLfbUnlock(LOCK_WRITE, BACK));
        read_screen(BACK);
        int y = origin == UPPER_LEFT ? 5 : HEIGHT - 1 - 5;
        EXPECT(screen[y][6] == 0x07e0 && screen[y][7] == 0xf800 && screen[y][8] == 0x07e0);
        EXPECT(screen[y][9] == 0x001f && screen[y][10] == 0x07e0);
        EXPECT(screen[y - 1][7] == 0x07e0 && screen[y + 1][7] == 0x07e0);
    }
    close_screen();
}

/* Drawing between a lock's writes, and two locks at once. */
static void check_mixed_locks(void)
{
    struct glide_lfb_info write = {.size = sizeof write}, read = {.size = sizeof read};
    open_screen();
    trireme_grBufferClear_3(0, 0, 0);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_ANY, UPPER_LEFT, 0, &write));
    ((uint16_t *)write.pointer)[0] = 0xffff;
    draw_rectangle(0, 0, 1, 1, 0xffff0000); /* over what was written before */
    EXPECT(trireme_grLfbLock(LOCK_READ, BACK, MODE_ANY, UPPER_LEFT, 0, &read));
    EXPECT(((uint16_t *)read.pointer)[0] == 0xf800);
    ((uint16_t *)write.pointer)[1] = 0x07e0;
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    EXPECT(trireme_grLfbUnlock(LOCK_READ, BACK));
    read_screen(BACK);
    EXPECT(screen[0][0] == 0xf800 && screen[0][1] == 0x07e0);
    /* Never released: closing ends it. */
    EXPECT(trireme_grLfbLock(LOCK_WRITE, FRONT, MODE_565, UPPER_LEFT, 0, &write));
    close_screen();
}

/* While nothing is drawn the copy is what the buffer holds, and is not fetched again. */
static void check_locks_in_a_row(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    for (unsigned i = 0; i < 10; i++) {
        EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_565, UPPER_LEFT, 0, &info));
        uint16_t *row = (uint16_t *)((uint8_t *)info.pointer + i * info.stride);
        EXPECT(row[0] == 0x001f);
        row[i] = 0xffff;
        EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    }
    read_screen(BACK);
    for (unsigned i = 0; i < 10; i++) {
        EXPECT(screen[i][i] == 0xffff && screen[i][i + 1] == 0x001f && screen[i + 1][i] == 0x001f);
    }
    close_screen();
}

/* A lock shows what was drawn or set since the last one. */
static void check_locks_see_changes(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &info));
    EXPECT((*(uint32_t *)info.pointer & 0xffffff) == 0x0000ff);
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    trireme_grLfbWriteColorFormat(1); /* blue comes first */
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &info));
    EXPECT((*(uint32_t *)info.pointer & 0xffffff) == 0xff0000);
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    draw_rectangle(0, 0, 1, 1, 0xff00ff00);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &info));
    EXPECT((*(uint32_t *)info.pointer & 0xffffff) == 0x00ff00);
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    trireme_grBufferSwap(1);
    trireme_grBufferClear_3(0xffff0000, 0, 0);
    trireme_grBufferSwap(1);
    EXPECT(trireme_grLfbLock(LOCK_READ, BACK, MODE_565, UPPER_LEFT, 0, &info));
    EXPECT(*(uint16_t *)info.pointer == 0x07e0);
    EXPECT(trireme_grLfbLock(LOCK_READ, FRONT, MODE_565, UPPER_LEFT, 0, &info));
    EXPECT(*(uint16_t *)info.pointer == 0xf800);
    close_screen();
}

static void check_lock_modes(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &info));
    uint32_t *row = (uint32_t *)((uint8_t *)info.pointer + 3 * info.stride);
    EXPECT((row[2] & 0xffffff) == 0x0000ff);
    row[2] = 0x00ff0000;
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    read_screen(BACK);
    EXPECT(screen[3][1] == 0x001f && screen[3][2] == 0xf800 && screen[3][3] == 0x001f);
    EXPECT(!trireme_grLfbLock(LOCK_WRITE, BACK, 0x42, UPPER_LEFT, 0, &info));
    EXPECT(!trireme_grLfbLock(LOCK_WRITE, 77, MODE_565, UPPER_LEFT, 0, &info));
    close_screen();
}

/* A texture of one colour over the whole screen. */
static void draw_texture(uint16_t color)
{
    struct textured {
        float x, y, q, s, t;
    } corners[] = {{0, 0, 1, 0, 0},
                   {WIDTH, 0, 1, 255, 0},
                   {0, HEIGHT, 1, 0, 255},
                   {WIDTH, HEIGHT, 1, 255, 255}};
    const struct glide_tex_info info = {0, 0, 0, 0xa, &color};
    trireme_grReset(0x29);
    trireme_grVertexLayout(PARAM_XY, 0, 1);
    trireme_grVertexLayout(PARAM_Q, 8, 1);
    trireme_grVertexLayout(PARAM_ST0, 12, 1);
    trireme_grTexDownloadMipMap(0, 0, 3, &info);
    trireme_grTexSource(0, 0, 3, &info);
    trireme_grDrawVertexArrayContiguous(4, 4, corners, sizeof *corners);
}

/* All settings come back, those that were never made, too; what was not set stays away. */
static void check_state(void)
{
    int32_t size;
    EXPECT(trireme_grGet(6, 4, &size) == 4);
    uint8_t *state = malloc((size_t)size);
    open_screen();
    trireme_grGlideGetState_3(state);
    trireme_grClipWindow(50, 50, 60, 60);
    trireme_grColorMask(0, 0);
    trireme_grConstantColorValue(0xff00ff00);
    trireme_grGlideSetState_3(state);
    trireme_grBufferClear_3(0xffff0000, 0, 0);
    read_screen(BACK);
    EXPECT(screen[0][0] == 0xf800);
    trireme_grTexCombine(0, 1, 0, 1, 0, 0, 0);
    trireme_grColorCombine(3, 8, 0, 1, 0);
    trireme_grGlideGetState_3(state);
    trireme_grColorCombine(0, 0, 0, 0, 0);
    trireme_grGlideSetState_3(state);
    draw_texture(0x07e0);
    read_screen(BACK);
    EXPECT(screen[0][0] == 0x07e0 && screen[HEIGHT - 1][WIDTH - 1] == 0x07e0);
    free(state);
    close_screen();
}

static void check_queries(void)
{
    int32_t values[8];
    open_screen();
    EXPECT(trireme_grGet(0x13, 4, values) == 4 && values[0] == 2);
    EXPECT(trireme_grGet(0x26, 16, values) == 16 && values[2] == WIDTH && values[3] == HEIGHT);
    EXPECT(trireme_grGet(0x26, 4, values) == 4);
    EXPECT(trireme_grGet(0x999, 4, values) == 0);
    EXPECT(trireme_grGet(0x13, 4, NULL) == 0);
    EXPECT(strcmp(trireme_grGetString(0xa1), "Voodoo3 (tm)") == 0);
    EXPECT(strstr(trireme_grGetString(0xa0), " CHROMARANGE "));
    EXPECT(trireme_grGetProcAddress("grTexChromaModeExt"));
    EXPECT(!trireme_grGetProcAddress("grNoSuchThing"));
    EXPECT(trireme_grTexCalcMemRequired(0, 8, 0, 0xa) == 174768);
    EXPECT(trireme_grTexCalcMemRequired(8, 0, 0, 0xa) == 0);
    EXPECT(trireme_grTexMaxAddress(0) == (8u << 20) - 8 && trireme_grTexMaxAddress(7) == 0);
    const struct glide_resolution any = {-1, -1, -1, -1};
    int32_t bytes = trireme_grQueryResolutions(&any, NULL);
    EXPECT(bytes >= 10 * (int32_t)sizeof any);
    close_screen();
}

static void check_fog(void)
{
    uint8_t table[64];
    EXPECT(trireme_guFogTableIndexToW(0) == 1.0f && trireme_guFogTableIndexToW(4) == 2.0f);
    EXPECT(trireme_guFogTableIndexToW(63) > 50000.0f);
    trireme_guFogGenerateExp(table, 0.01f);
    EXPECT(table[63] == 255 && table[0] < 4);
    for (int i = 1; i < 64; i++) {
        EXPECT(table[i] >= table[i - 1]);
    }
    trireme_guFogGenerateLinear(table, 2.0f, 32.0f);
    EXPECT(table[0] == 0 && table[4] == 0 && table[63] == 255 && table[12] > 0 && table[12] < 255);
}

/* A 2 × 2 texture with its high bytes first, and files that are none. */
static void check_texture_file(void)
{
    static const char text[] = "3df v1.1\nrgb565\nlod range: 1 2\naspect ratio: 1 1\n";
    static const uint8_t texels[] = {0xf8, 0x00, 0x07, 0xe0, 0x00, 0x1f, 0xff};
    struct glide_3df info = {0};
    uint16_t data[8];
    FILE *file = fopen("check.3df", "wb");
    fwrite(text, 1, strlen(text), file);
    fwrite(texels, 1, sizeof texels, file);
    fclose(file);
    EXPECT(trireme_gu3dfGetInfo("check.3df", &info));
    EXPECT(info.width == 2 && info.height == 2 && info.small_lod == 0 && info.large_lod == 1);
    EXPECT(info.format == 0xa && info.bytes == 16);
    info.data = data;
    EXPECT(trireme_gu3dfLoad("check.3df", &info));
    EXPECT(data[0] == 0xf800 && data[1] == 0x07e0 && data[2] == 0x001f && data[3] == 0xff00);
    EXPECT(data[4] == 0); /* the file is too short */
    EXPECT(!trireme_gu3dfLoad("missing.3df", &info));
    file = fopen("check.3df", "wb");
    fputs("3df v1.1\nrgb565\nlod range: 3 2\naspect ratio: 1 99\n", file);
    fclose(file);
    EXPECT(!trireme_gu3dfGetInfo("check.3df", &info));
    unlink("check.3df");
}

/* What the manual says of wild arguments, or nothing. */
static void check_wild(void)
{
    static const uint8_t texels[512 * 512];
    const struct glide_tex_info info = {0, 8, 0, 0xa, (void *)texels};
    const struct glide_tex_info none = {0, 99, -7, 0x99, (void *)texels};
    const struct vertex far[] = {{0.0f / 0.0f, 1e30f, 1}, {-1e30f, 1.0f / 0.0f, 2}, {0, 0, 3}};
    open_screen();
    trireme_grTexSource(77, 0xffffffff, 9, &info);
    trireme_grTexSource(0, 0xffffffff, 3, &none);
    trireme_grTexDownloadMipMap(0, 0xfffffff0, 3, &info);
    trireme_grTexDownloadMipMap(-1, 0, 3, &info);
    trireme_grTexDownloadMipMapLevelPartial(0, 0, 8, 8, 0, 0xa, 3, texels, 250, 999);
    trireme_grTexDownloadTablePartial_3(2, texels, -5, 1000);
    trireme_grAlphaBlendFunction(-1, 99, 0x7fffffff, 0x80);
    trireme_grColorCombine(-1, -1, -1, -1, -1);
    trireme_grClipWindow(0xffffffff, 5, 0, 0xffffffff);
    trireme_grFogMode_3(0x12345);
    trireme_grDepthBufferMode(99);
    trireme_grDrawTriangle(&far[0], &far[1], &far[2]);
    trireme_grDrawVertexArrayContiguous(77, 3, far, sizeof *far);
    trireme_grDrawVertexArrayContiguous(8, 3, far, sizeof *far);
    trireme_grDrawVertexArrayContiguous(6, 0xffffffff, far, sizeof *far);
    trireme_grViewport(-1, -1, -1, -1);
    trireme_grRenderBuffer(99);
    trireme_grBufferClear_3(0xffffffff, 0, 0xffffffff);
    trireme_grBufferSwap(0xffffffff);
    close_screen();
    /* After the end. */
    trireme_grBufferSwap(1);
    trireme_grDrawTriangle(&far[0], &far[1], &far[2]);
    EXPECT(!trireme_grLfbReadRegion(BACK, 0, 0, 1, 1, 2, screen));
}

/* The window of the screen's size on the only X screen; there is no window manager. */
static xcb_window_t find_window(xcb_connection_t *x)
{
    xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(x)).data->root, found = 0;
    xcb_query_tree_reply_t *tree = xcb_query_tree_reply(x, xcb_query_tree(x, root), NULL);
    for (int i = 0; tree && i < xcb_query_tree_children_length(tree); i++) {
        xcb_window_t window = xcb_query_tree_children(tree)[i];
        xcb_get_geometry_reply_t *size =
            xcb_get_geometry_reply(x, xcb_get_geometry(x, window), NULL);
        if (size && size->width == WIDTH && size->height == HEIGHT) {
            found = window;
        }
        free(size);
    }
    free(tree);
    return found;
}

/* The window's pixels are the front buffer's. */
static bool window_shows_screen(xcb_connection_t *x, xcb_window_t window)
{
    xcb_get_image_reply_t *image = xcb_get_image_reply(
        x, xcb_get_image(x, XCB_IMAGE_FORMAT_Z_PIXMAP, window, 0, 0, WIDTH, HEIGHT, ~0u), NULL);
    bool same = image != NULL;
    for (int i = 0; same && i < WIDTH * HEIGHT; i++) {
        const uint8_t *bgr = xcb_get_image_data(image) + 4 * i;
        unsigned pixel = (unsigned)(bgr[2] >> 3) << 11 | (unsigned)(bgr[1] >> 2) << 5 | bgr[0] >> 3;
        same = pixel == screen[i / WIDTH][i % WIDTH];
    }
    free(image);
    return same;
}

static void expect_shown(xcb_connection_t *x, xcb_window_t window)
{
    bool shown = false;
    for (int tries = 0; !shown && tries < 200; tries++) {
        usleep(20000);
        shown = window_shows_screen(x, window);
    }
    EXPECT(shown);
}

/* The last frame comes into the window without another call, and so does what is written to the
 * front buffer. */
static void check_shown(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    xcb_connection_t *x = xcb_connect(NULL, NULL);
    open_screen();
    for (int frame = 0; frame < 5; frame++) {
        trireme_grBufferClear_3(0xff0000ff, 0, 0);
        draw_rectangle(20.0f + (float)frame, 30, 100, 50, 0xffffff00);
        trireme_grBufferSwap(1);
    }
    xcb_window_t window = find_window(x);
    EXPECT(window);
    read_screen(FRONT);
    EXPECT(screen[30][24] == 0xffe0 && screen[30][23] == 0x001f);
    expect_shown(x, window);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, FRONT, MODE_565, UPPER_LEFT, 0, &info));
    memset((uint8_t *)info.pointer + 100 * info.stride, 0xff, WIDTH * 2);
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, FRONT));
    memset(screen[100], 0xff, WIDTH * 2);
    expect_shown(x, window);
    close_screen();
    xcb_disconnect(x);
}

/* Frames that the host has not finished are at most two. */
static void check_pending(void)
{
    int32_t pending;
    open_screen();
    for (int frame = 0; frame < 20; frame++) {
        trireme_grBufferClear_3(0, 0, 0);
        trireme_grBufferSwap(1);
        EXPECT(trireme_grGet(0x14, 4, &pending) == 4 && pending >= 0 && pending <= 2);
    }
    close_screen();
}

static uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000;
}

/* How long that many frames take with that interval. */
static uint64_t time_frames(unsigned frames, uint32_t interval)
{
    uint64_t start = now_us();
    for (unsigned i = 0; i < frames; i++) {
        trireme_grBufferSwap(interval);
    }
    read_screen(FRONT); /* when all of them are done */
    return now_us() - start;
}

/* Of a screen of 60 Hz. The first two frames may come at once. */
static void check_intervals(void)
{
    open_screen();
    EXPECT(time_frames(8, 6) >= 6 * 99000);
    close_screen();
    /* GR_REFRESH_120Hz */
    EXPECT(trireme_grSstWinOpen_3(0, RESOLUTION, 8, 0, UPPER_LEFT, 2, 1));
    EXPECT(time_frames(8, 6) >= 6 * 49000);
    close_screen();
}

/* Half a minute, where the program's interval counts. */
static void check_long_intervals(void)
{
    open_screen();
    time_frames(9, 0xffffffff);
    close_screen();
}

static const struct {
    const char *name;
    void (*check)(void);
} checks[] = {
    {"clear", check_clear},
    {"draws", check_draws},
    {"many_triangles", check_many_triangles},
    {"continued_strip", check_continued_strip},
    {"regions", check_regions},
    {"locks", check_locks},
    {"mixed_locks", check_mixed_locks},
    {"locks_in_a_row", check_locks_in_a_row},
    {"locks_see_changes", check_locks_see_changes},
    {"lock_modes", check_lock_modes},
    {"state", check_state},
    {"queries", check_queries},
    {"fog", check_fog},
    {"texture_file", check_texture_file},
    {"wild", check_wild},
    {"pending", check_pending},
    {"shown", check_shown},
    {"intervals", check_intervals},
    {"long_intervals", check_long_intervals},
};

int main(int argc, char **argv)
{
    for (unsigned i = 0; argc > 1 && i < sizeof checks / sizeof *checks; i++) {
        if (strcmp(checks[i].name, argv[1]) == 0) {
            checks[i].check();
            return 0;
        }
    }
    fprintf(stderr, "no such check\n");
    return 2;
}
