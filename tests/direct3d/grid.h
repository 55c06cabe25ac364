/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * direct3d/ draws through Direct3D 9, 8 and 7 and DirectDraw, which Wine makes of OpenGL: what an
 * opengl32.dll gets from Windows programs of that kind. Each program draws one picture, a grid of
 * cells, and in each cell something else; test_direct3d.py compares the pictures that come of our
 * opengl32.dll and of Wine's own.
 *
 * This header: the window, the cells, and the picture's file.
 */
#ifndef TRIREME_TESTS_GRID_H
#define TRIREME_TESTS_GRID_H

#include <stdint.h>
#include <windows.h>

#define CELL 64
#define COLUMNS 6
#define ROWS 4
#define GRID_WIDTH (CELL * COLUMNS)
#define GRID_HEIGHT (CELL * ROWS)

/* Ends the program with a line unless the result is a success. */
void need_ok(HRESULT result, const char *what);

HWND grid_window(void);
/* Lets the window answer its messages. */
void grid_messages(void);

/* Where the cell with that number is. */
RECT grid_cell(unsigned number);

/* Rows from above, `pitch` bytes apart, of 32 bits BGRX. */
void grid_save(const char *path, const void *pixels, unsigned pitch);

/* Says "drew"; with "stay" behind the file's name the window stays until somebody ends the program.
 */
void grid_stay(int argc, char **argv);

/* A texture's texels, TEXELS x TEXELS, BGRA: a gradient with a checkerboard in blue and alpha. */
#define TEXELS 32
uint32_t grid_texel(unsigned x, unsigned y);

#endif
