/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glide_scene LIBRARY FRAMES FILE.ppm [stay [X Y]]
 *
 * Draws frames of a textured rectangle behind a triangle that moves, and writes into the last one
 * with a lock of the frame buffer. FILE gets the last frame as the program reads it, with 5, 6 and
 * 5 bits of colour. All versions of Glide, on all systems, draw the same. With `stay` it says
 * "drew" and shows the frame until somebody ends it; at X Y in a window of its own (Windows).
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/programs/glide_functions.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

enum { WIDTH = 320, HEIGHT = 240, RESOLUTION = 1 };
enum { BACK = 1, FORMAT_565 = 0xa, LFB_WRITE = 1 };
enum { TEXELS = 64 }; /* texels of a side */

/* GrVertex of Glide 2, which is also how Glide 3 is told to read it. */
struct vertex {
    float x, y, z, r, g, b, ooz, a, oow;
    struct {
        float sow, tow, oow;
    } unit[2];
};

static uint16_t screen[HEIGHT][WIDTH];

static void need(bool fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

/* 0: Glide makes a window of its own. */
static uint32_t make_window(int count, char **place)
{
#ifdef _WIN32
    const WNDCLASSA class = {
        .lpfnWndProc = DefWindowProcA,
        .hInstance = GetModuleHandleA(NULL),
        .lpszClassName = "glide-scene",
    };
    if (count == 2) {
        RegisterClassA(&class);
        return (uint32_t)(uintptr_t)CreateWindowA(
            "glide-scene", "glide_scene", WS_POPUP | WS_VISIBLE, atoi(place[0]), atoi(place[1]),
            WIDTH, HEIGHT, NULL, NULL, class.hInstance, NULL);
    }
#endif
    return 0;
}

static void open_screen(uint32_t window)
{
    static const uint32_t layout[][2] = {{0x01, 0}, {0x20, 12}, {0x04, 32}, {0x40, 36}};
    glide.init();
    glide.select(0);
    if (glide.version == GLIDE_21) {
        need(glide.open_21(RESOLUTION, 0, 0, 0, 0, 2), "grSstOpen");
    } else {
        need(glide.open(window, RESOLUTION, 0, 0, 0, 2, 1), "grSstWinOpen");
    }
    for (unsigned i = 0; glide.version == GLIDE_31 && i < sizeof layout / sizeof *layout; i++) {
        glide.vertex_layout(layout[i][0], (int32_t)layout[i][1], 1);
    }
}

static void make_texture(void)
{
    static uint16_t texels[TEXELS][TEXELS];
    const bool is_3 = glide.version == GLIDE_31;
    const int32_t lod = is_3 ? 6 : 2, square = is_3 ? 0 : 3, both = 3;
    const struct glide_tex_info info = {lod, lod, square, FORMAT_565, texels};
    for (int y = 0; y < TEXELS; y++) {
        for (int x = 0; x < TEXELS; x++) {
            texels[y][x] = (uint16_t)(((x ^ y) & 8 ? 0xf800 : 0x8000) | (x << 5 & 0x7e0) | (y / 2));
        }
    }
    glide.tex_download(0, glide.tex_min_address(0), both, &info);
    glide.tex_source(0, glide.tex_min_address(0), both, &info);
    /* The texture's colours, from unit 0. */
    glide.tex_combine(0, 1, 0, 1, 0, 0, 0);
    glide.tex_filter_mode(0, 1, 1);
}

static struct vertex corner(float x, float y, float s, float t, uint32_t color)
{
    struct vertex v = {.x = x, .y = y, .oow = 1};
    v.r = (float)(color >> 16 & 0xff);
    v.g = (float)(color >> 8 & 0xff);
    v.b = (float)(color & 0xff);
    v.unit[0].sow = s;
    v.unit[0].tow = t;
    v.unit[0].oow = 1;
    return v;
}

static void draw(int frame)
{
    const struct vertex a = corner(20, 20, 0, 0, 0xffffff), b = corner(300, 20, 255, 0, 0xff8080),
                        c = corner(300, 220, 255, 255, 0x8080ff),
                        d = corner(20, 220, 0, 255, 0x80ff80);
    const float x = (float)(frame * 7 % 200), y = (float)(frame * 5 % 100);
    const struct vertex e = corner(x + 60, y + 10, 0, 0, 0xff0000),
                        f = corner(x + 110, y + 120, 0, 0, 0x00ff00),
                        g = corner(x + 10, y + 130, 0, 0, 0x0000ff);
    if (glide.version == GLIDE_31) {
        glide.clear_31(0x203040, 0, 0);
    } else {
        glide.clear_2(0x203040, 0, 0);
    }
    /* The texture times the vertices' colour, then that alone. */
    glide.color_combine(3, 1, 0, 1, 0);
    glide.draw_triangle(&a, &b, &c);
    glide.draw_triangle(&a, &c, &d);
    glide.color_combine(1, 0, 0, 2, 0);
    glide.draw_triangle(&e, &f, &g);
}

/* A block of yellow in the upper left corner. */
static void write_block(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    const bool is_21 = glide.version == GLIDE_21;
    if (is_21) {
        glide.lfb_begin();
        glide.lfb_bypass_mode(1);
        info.pointer = glide.lfb_write_pointer(BACK);
        info.stride = 2048; /* which that version takes for granted */
    } else {
        need(glide.lfb_lock(LFB_WRITE, BACK, 0, 0, 0, &info), "grLfbLock");
    }
    need(info.pointer != NULL, "the lock's address");
    for (int y = 5; y < 50; y++) {
        uint16_t *row = (uint16_t *)((uint8_t *)info.pointer + y * info.stride);
        for (int x = 10; x < 40; x++) {
            row[x] = 0xffe0;
        }
    }
    if (is_21) {
        glide.lfb_end();
    } else {
        need(glide.lfb_unlock(LFB_WRITE, BACK), "grLfbUnlock");
    }
}

static void write_file(const char *path)
{
    need(glide.version == GLIDE_21
             ? glide.read_region_21(0, 0, WIDTH, HEIGHT, screen, WIDTH * 2)
             : glide.read_region(BACK, 0, 0, WIDTH, HEIGHT, WIDTH * 2, screen),
         "reading the buffer");
    FILE *file = fopen(path, "wb");
    need(file != NULL, path);
    fprintf(file, "P6\n%d %d\n255\n", WIDTH, HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        unsigned pixel = screen[i / WIDTH][i % WIDTH];
        putc((int)(pixel >> 8 & 0xf8), file);
        putc((int)(pixel >> 3 & 0xfc), file);
        putc((int)(pixel << 3 & 0xf8), file);
    }
    need(fclose(file) == 0, path);
}

static void stay(void)
{
    printf("drew\n");
    fflush(stdout);
    for (;;) {
#ifdef _WIN32
        MSG message;
        while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE)) {
            DispatchMessageA(&message);
        }
        Sleep(10);
#else
        pause();
#endif
    }
}

int main(int argc, char **argv)
{
    bool stays = argc > 4 && strcmp(argv[4], "stay") == 0;
    if (argc < 4) {
        return 2;
    }
    glide_functions_load(argv[1]);
    open_screen(make_window(argc - 5, argv + 5));
    make_texture();
    for (int frame = 1; frame <= atoi(argv[2]); frame++) {
        draw(frame);
        if (frame == atoi(argv[2])) {
            write_block();
            write_file(argv[3]);
        }
        glide.swap(1);
    }
    if (stays) {
        stay();
    }
    glide.shutdown();
    return 0;
}
