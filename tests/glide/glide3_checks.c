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

#include "tests/glide/glide3_checks.h"

struct vertex {
    float x, y;
    uint32_t color;
};

uint16_t screen[HEIGHT][WIDTH];

void open_screen(void)
{
    trireme_grGlideInit();
    EXPECT(trireme_grSstWinOpen_3(0, RESOLUTION, 0, 0, UPPER_LEFT, 2, 1));
    trireme_grVertexLayout(PARAM_XY, 0, 1);
    trireme_grVertexLayout(PARAM_PARGB, 8, 1);
    /* The iterated colour, undithered. */
    trireme_grColorCombine(1, 0, 0, 2, 0);
    trireme_grDitherMode(0);
}

void close_screen(void)
{
    EXPECT(trireme_grSstWinClose_3(1));
    trireme_grGlideShutdown();
}

void read_screen(int32_t buffer)
{
    EXPECT(trireme_grLfbReadRegion(buffer, 0, 0, WIDTH, HEIGHT, WIDTH * 2, screen));
}

void draw_rectangle(float x, float y, float width, float height, uint32_t color)
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
    /* The line that is shown: 0 is also the retrace. */
    int32_t most = 0, least = HEIGHT;
    for (int i = 0; i < 100000 && (least > 0 || most == 0); i++) {
        EXPECT(trireme_grGet(0x25, 8, values) == 8 && values[0] >= 0 && values[0] < HEIGHT);
        most = values[0] > most ? values[0] : most;
        least = values[0] < least ? values[0] : least;
        usleep(100);
    }
    EXPECT(least == 0 && most > 0);
    const struct glide_resolution any = {-1, -1, -1, -1};
    int32_t bytes = trireme_grQueryResolutions(&any, NULL);
    EXPECT(bytes >= 10 * (int32_t)sizeof any);
    close_screen();
}

/* The extension GETGAMMA: as loaded, as far as asked for, whatever else is in the caller's memory.
 */
static void check_gamma(void)
{
    uint32_t red[257], green[257], blue[257];
    void(GLIDE_CALL * get_gamma)(uint32_t entries, uint32_t * red, uint32_t * green,
                                 uint32_t * blue) = trireme_grGetProcAddress("grGetGammaTableExt");
    EXPECT(get_gamma);
    open_screen();
    memset(red, 0xee, sizeof red);
    get_gamma(256, red, green, blue);
    for (uint32_t i = 0; i < 256; i++) {
        EXPECT(red[i] == i && green[i] == i && blue[i] == i);
    }
    EXPECT(red[256] == 0xeeeeeeee);
    for (uint32_t i = 0; i < 256; i++) {
        red[i] = 255 - i;
        green[i] = i / 2;
        blue[i] = 1000;
    }
    trireme_grLoadGammaTable(200, red, green, blue);
    memset(green, 0xee, sizeof green);
    get_gamma(257, red, green, blue);
    EXPECT(red[0] == 255 && red[199] == 56 && red[200] == 200 && red[255] == 255);
    EXPECT(green[199] == 99 && green[200] == 200 && green[256] == 0xeeeeeeee);
    EXPECT(blue[0] == 255 && blue[199] == 255 && blue[200] == 200);
    trireme_guGammaCorrectionRGB(2, 1, 0);
    get_gamma(100, red, NULL, NULL);
    EXPECT(red[64] == 128);
    get_gamma(256, NULL, green, blue);
    EXPECT(green[64] == 64 && blue[64] == 64);
    close_screen();
    open_screen();
    get_gamma(256, red, green, blue);
    EXPECT(red[64] == 64);
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
    EXPECT(trireme_grLfbWriteRegion_3(FRONT, 0, 120, MODE_565, WIDTH, 1, 0, 0, screen[100]));
    memset(screen[120], 0xff, WIDTH * 2);
    expect_shown(x, window);
    close_screen();
    xcb_disconnect(x);
}

static void show_rectangle(void)
{
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    draw_rectangle(20, 30, 100, 50, 0xffffff00);
    trireme_grBufferSwap(1);
    read_screen(FRONT);
}

/* Gamma changes what is shown, and not the buffer. */
static void check_shown_gamma(void)
{
    uint32_t inverse[256];
    xcb_connection_t *x = xcb_connect(NULL, NULL);
    for (uint32_t i = 0; i < 256; i++) {
        inverse[i] = 255 - i;
    }
    open_screen();
    trireme_grLoadGammaTable(256, inverse, inverse, inverse);
    show_rectangle();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        screen[i / WIDTH][i % WIDTH] ^= 0xffff;
    }
    expect_shown(x, find_window(x));
    trireme_guGammaCorrectionRGB(1, 1, 1);
    show_rectangle();
    expect_shown(x, find_window(x));
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
    {"held_lock", check_held_lock},
    {"locks_in_a_row", check_locks_in_a_row},
    {"locks_see_changes", check_locks_see_changes},
    {"lock_modes", check_lock_modes},
    {"large_locks", check_large_locks},
    {"state", check_state},
    {"queries", check_queries},
    {"gamma", check_gamma},
    {"fog", check_fog},
    {"texture_file", check_texture_file},
    {"wild", check_wild},
    {"pending", check_pending},
    {"shown", check_shown},
    {"shown_gamma", check_shown_gamma},
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
