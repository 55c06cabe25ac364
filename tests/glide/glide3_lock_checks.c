/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of the frame buffer as a Glide 3 program's memory. */
#include <string.h>

#include "tests/glide/glide3_checks.h"

void check_regions(void)
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
void check_locks(void)
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
void check_mixed_locks(void)
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
    /* What was written is seen by regions and other locks, and regions come in their turn. */
    const uint16_t white = 0xffff;
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_565, UPPER_LEFT, 0, &write));
    EXPECT(((uint16_t *)write.pointer)[0] == 0xf800);
    ((uint16_t *)write.pointer)[2] = ((uint16_t *)write.pointer)[3] = 0x001f;
    read_screen(BACK);
    EXPECT(screen[0][2] == 0x001f);
    ((uint16_t *)write.pointer)[4] = 0x001f;
    EXPECT(trireme_grLfbLock(LOCK_READ, BACK, MODE_565, UPPER_LEFT, 0, &read));
    EXPECT(((uint16_t *)read.pointer)[4] == 0x001f);
    EXPECT(trireme_grLfbWriteRegion_3(BACK, 4, 0, MODE_565, 1, 1, 0, 2, &white));
    /* Another lock of the same buffer gives up the first. */
    ((uint16_t *)write.pointer)[5] = 0x001f;
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &write));
    ((uint32_t *)write.pointer)[6] = 0xff0000;
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    EXPECT(!trireme_grLfbUnlock(LOCK_WRITE, BACK));
    read_screen(BACK);
    EXPECT(screen[0][3] == 0x001f && screen[0][4] == white && screen[0][5] == 0x001f);
    EXPECT(screen[0][6] == 0xf800);
    /* Never released: closing ends it. */
    EXPECT(trireme_grLfbLock(LOCK_WRITE, FRONT, MODE_565, UPPER_LEFT, 0, &write));
    close_screen();
}

/* A program that never unlocks: what it wrote is in the frame that it shows next, a screen that is
 * opened later has no lock, and nobody minds that the program ends like that. */
void check_held_lock(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    for (int again = 0; again < 2; again++) {
        open_screen();
        trireme_grBufferClear_3(0xff0000ff, 0, 0);
        EXPECT(!trireme_grLfbUnlock(LOCK_WRITE, BACK));
        EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_565, UPPER_LEFT, 0, &info));
        *(uint16_t *)info.pointer = 0xf800;
        trireme_grBufferSwap(1);
        read_screen(FRONT);
        EXPECT(screen[0][0] == 0xf800 && screen[0][1] == 0x001f);
        if (again == 0) {
            close_screen();
        }
    }
}

/* While nothing is drawn the copy is what the buffer holds, and is not fetched again. */
void check_locks_in_a_row(void)
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

/* The first pixel that a lock shows. */
static uint32_t first_pixel_from(int32_t origin, uint32_t type, int32_t buffer, int32_t mode)
{
    struct glide_lfb_info info = {.size = sizeof info};
    EXPECT(trireme_grLfbLock(type, buffer, mode, origin, 0, &info));
    const uint32_t pixel =
        mode == MODE_888 ? *(uint32_t *)info.pointer & 0xffffff : *(uint16_t *)info.pointer;
    EXPECT(trireme_grLfbUnlock(type, buffer));
    return pixel;
}

static uint32_t first_pixel(uint32_t type, int32_t buffer, int32_t mode)
{
    return first_pixel_from(UPPER_LEFT, type, buffer, mode);
}

/* A lock shows what was drawn or set since the last one. */
void check_locks_see_changes(void)
{
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0x0000ff);
    trireme_grLfbWriteColorFormat(1); /* blue comes first */
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0xff0000);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_565) == 0xf800);
    trireme_grLfbWriteColorSwizzle(1, 0);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_565) == 0x00f8);
    trireme_grLfbWriteColorSwizzle(0, 0);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0xff0000);
    trireme_grLfbWriteColorSwizzle(0, 1);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0x0000ff);
    trireme_grLfbWriteColorSwizzle(0, 0);
    draw_rectangle(0, 0, 1, 1, 0xff00ff00);
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0x00ff00);
    trireme_grBufferSwap(1);
    trireme_grBufferClear_3(0xffff0000, 0, 0);
    trireme_grBufferSwap(1);
    EXPECT(first_pixel(LOCK_READ, BACK, MODE_565) == 0x07e0);
    EXPECT(first_pixel(LOCK_READ, FRONT, MODE_565) == 0xf800);
    EXPECT(first_pixel_from(LOWER_LEFT, LOCK_READ, BACK, MODE_565) == 0x001f);
    close_screen();
}

void check_lock_modes(void)
{
    struct glide_lfb_info info = {.size = sizeof info};
    open_screen();
    trireme_grBufferClear_3(0xff0000ff, 0, 0);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_888, UPPER_LEFT, 0, &info));
    uint32_t *row = (uint32_t *)((uint8_t *)info.pointer + 3 * info.stride);
    EXPECT((row[2] & 0xffffff) == 0x0000ff);
    row[2] = 0x00ff0000;
    *(uint32_t *)info.pointer = 0x123456;
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    EXPECT(first_pixel(LOCK_WRITE, BACK, MODE_888) == 0x103452); /* what the buffer keeps of it */
    read_screen(BACK);
    EXPECT(screen[3][1] == 0x001f && screen[3][2] == 0xf800 && screen[3][3] == 0x001f);
    /* Through the pipeline what is not written is not drawn again. */
    trireme_grAlphaBlendFunction(4, 4, 4, 0);
    trireme_grBufferClear_3(0xff000040, 0, 0);
    EXPECT(trireme_grLfbLock(LOCK_WRITE, BACK, MODE_565, UPPER_LEFT, 1, &info));
    ((uint16_t *)info.pointer)[2] = ((uint16_t *)info.pointer)[4] = 0xf800;
    EXPECT(trireme_grLfbUnlock(LOCK_WRITE, BACK));
    EXPECT(first_pixel(LOCK_READ, BACK, MODE_565) == 0x0008);
    read_screen(BACK);
    EXPECT(screen[0][2] == 0xf808 && screen[0][3] == 0x0008 && screen[0][4] == 0xf808);
    EXPECT(!trireme_grLfbLock(LOCK_WRITE, BACK, 0x42, UPPER_LEFT, 0, &info));
    EXPECT(!trireme_grLfbLock(LOCK_WRITE, 77, MODE_565, UPPER_LEFT, 0, &info));
    close_screen();
}

/* Locks that show what was drawn, on a larger screen. */
void check_large_locks(void)
{
    enum { RESOLUTION_640 = 7, WIDTH_640 = 640, HEIGHT_640 = 480 };
    struct glide_lfb_info info = {.size = sizeof info};
    trireme_grGlideInit();
    EXPECT(trireme_grSstWinOpen_3(0, RESOLUTION_640, 0, 0, UPPER_LEFT, 2, 1));
    for (unsigned i = 0; i < 20; i++) {
        trireme_grBufferClear_3(i % 2 ? 0xff0000ff : 0xffff0000, 0, 0);
        EXPECT(trireme_grLfbLock(LOCK_READ, BACK, MODE_565, UPPER_LEFT, 0, &info));
        const uint8_t *last = (const uint8_t *)info.pointer + (HEIGHT_640 - 1) * info.stride;
        const uint16_t color = i % 2 ? 0x001f : 0xf800;
        EXPECT(*(const uint16_t *)info.pointer == color);
        EXPECT(((const uint16_t *)last)[WIDTH_640 - 1] == color);
        EXPECT(trireme_grLfbUnlock(LOCK_READ, BACK));
    }
    trireme_grBufferSwap(1);
    close_screen();
}
