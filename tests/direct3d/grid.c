/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grid.h"

#include <stdio.h>
#include <string.h>

void need_ok(HRESULT result, const char *what)
{
    if (FAILED(result)) {
        printf("%s failed: %08lx\n", what, (unsigned long)result);
        fflush(stdout);
        ExitProcess(1);
    }
}

void grid_messages(void)
{
    MSG message;
    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE)) {
        DispatchMessageA(&message);
    }
}

HWND grid_window(void)
{
    WNDCLASSA class = {
        .lpfnWndProc = DefWindowProcA,
        .hInstance = GetModuleHandleA(NULL),
        .lpszClassName = "trireme-grid",
    };
    RegisterClassA(&class);
    HWND window = CreateWindowA("trireme-grid", "trireme", WS_POPUP | WS_VISIBLE, 0, 0, GRID_WIDTH,
                                GRID_HEIGHT, NULL, NULL, class.hInstance, NULL);
    need_ok(window ? S_OK : E_FAIL, "CreateWindow");
    grid_messages();
    return window;
}

RECT grid_cell(unsigned number)
{
    LONG left = (LONG)(number % COLUMNS) * CELL, top = (LONG)(number / COLUMNS) * CELL;
    return (RECT){left, top, left + CELL, top + CELL};
}

void grid_save(const char *path, const void *pixels, unsigned pitch)
{
    FILE *file = fopen(path, "wb");
    need_ok(file ? S_OK : E_FAIL, "opening the picture's file");
    fprintf(file, "P6\n%d %d\n255\n", GRID_WIDTH, GRID_HEIGHT);
    for (unsigned y = 0; y < GRID_HEIGHT; y++) {
        const uint8_t *row = (const uint8_t *)pixels + (size_t)y * pitch;
        for (unsigned x = 0; x < GRID_WIDTH; x++) {
            fputc(row[4 * x + 2], file);
            fputc(row[4 * x + 1], file);
            fputc(row[4 * x], file);
        }
    }
    need_ok(fclose(file) == 0 ? S_OK : E_FAIL, "writing the picture's file");
}

void grid_stay(int argc, char **argv)
{
    printf("drew\n");
    fflush(stdout);
    while (argc > 2 && strcmp(argv[2], "stay") == 0) {
        grid_messages();
        Sleep(10);
    }
}

uint32_t grid_texel(unsigned x, unsigned y)
{
    uint32_t square = (x ^ y) & 4 ? 255 : 64;
    return square << 24 | (x * 8) << 16 | (y * 8) << 8 | square;
}
