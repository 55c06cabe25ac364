/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of the program glide3_checks: a screen to draw to, and those of the frame buffer as
 * memory, which have a file of their own.
 */
#ifndef TRIREME_TESTS_GLIDE3_CHECKS_H
#define TRIREME_TESTS_GLIDE3_CHECKS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

/* What read_screen() found. */
extern uint16_t screen[HEIGHT][WIDTH];

/* A screen of WIDTH x HEIGHT with two colour buffers and depths; vertices have the iterated colour,
 * undithered. */
void open_screen(void);
void close_screen(void);
void read_screen(int32_t buffer);
void draw_rectangle(float x, float y, float width, float height, uint32_t color);

void check_regions(void);
void check_locks(void);
void check_mixed_locks(void);
void check_held_lock(void);
void check_locks_in_a_row(void);
void check_locks_see_changes(void);
void check_lock_modes(void);
void check_large_locks(void);

#endif
