/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chip's memory: frame buffers, texture memory and tables, what is seen of them and when. */
#include "tests/glide/board.h"

#include <criterion/criterion.h>
#include <epoxy/gl.h>
#include <string.h>

#define RED 0xf800
#define GREEN 0x07e0
#define BLUE 0x001f
#define WHITE 0xffff

static const struct glide_chip_options plain = {.scale = 1};

static void lfb_write(struct glide_chip *chip, uint32_t mode, uint32_t origin, bool pipeline,
                      uint32_t x, uint32_t y, uint32_t width, uint32_t height, const void *pixels)
{
    glide_chip_lfb_write(chip, &(struct glide_lfb_write){
                                   .buffer = GLIDE_BUFFER_BACK,
                                   .mode = mode,
                                   .origin = origin,
                                   .pipeline = pipeline,
                                   .x = x,
                                   .y = y,
                                   .width = width,
                                   .height = height,
                                   .pixels = pixels,
                                   .stride = (size_t)width * glide_lfb_pixel_size(mode),
                               });
}

/* All 65,536 colours come back as they were written, dithered or not. */
Test(chip, written_pixels_stay)
{
    struct glide_chip *chip = board_open(plain);
    static uint16_t out[BOARD_WIDTH * BOARD_HEIGHT], in[BOARD_WIDTH * BOARD_HEIGHT];
    for (uint32_t first = 0; first < 65536; first += G_N_ELEMENTS(out)) {
        glide_chip_registers(chip)->dither = first / G_N_ELEMENTS(out) % 3;
        for (uint32_t i = 0; i < G_N_ELEMENTS(out); i++) {
            out[i] = first + i;
        }
        lfb_write(chip, GLIDE_LFB_565, GLIDE_ORIGIN_UPPER_LEFT, false, 0, 0, BOARD_WIDTH,
                  BOARD_HEIGHT, out);
        glide_chip_lfb_read(chip, GLIDE_BUFFER_BACK, GLIDE_ORIGIN_UPPER_LEFT, 0, 0, BOARD_WIDTH,
                            BOARD_HEIGHT, in, 2 * BOARD_WIDTH);
        cr_assert_arr_eq(in, out, sizeof out);
    }
    board_close(chip);
}

/* Without dithering what is below a step is cut off. */
Test(chip, undithered_colours_are_cut)
{
    struct glide_chip *chip = board_open(plain);
    const uint32_t grey_888 = 0x808487;
    glide_chip_registers(chip)->dither = GLIDE_DITHER_DISABLE;
    lfb_write(chip, GLIDE_LFB_888, 0, true, 0, 0, 1, 1, &grey_888);
    cr_assert_eq(board_pixel(chip, 0, 0), 0x10 << 11 | 0x21 << 5 | 0x10);
    board_close(chip);
}

Test(chip, lfb_modes)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    const uint16_t green_555 = 0x03e0, red_1555 = 0xfc00;
    const uint32_t blue_888 = 0x0000ff, with_depth = 0x12340000 | RED;
    r->dither = GLIDE_DITHER_DISABLE;
    lfb_write(chip, GLIDE_LFB_555, 0, false, 1, 0, 1, 1, &green_555);
    lfb_write(chip, GLIDE_LFB_1555, 0, false, 2, 0, 1, 1, &red_1555);
    lfb_write(chip, GLIDE_LFB_888, 0, false, 3, 0, 1, 1, &blue_888);
    lfb_write(chip, GLIDE_LFB_565_DEPTH, 0, false, 4, 0, 1, 1, &with_depth);
    cr_assert_eq(board_pixel(chip, 1, 0), GREEN);
    cr_assert_eq(board_pixel(chip, 2, 0), RED);
    cr_assert_eq(board_pixel(chip, 3, 0), BLUE);
    cr_assert_eq(board_pixel(chip, 4, 0), RED);
    cr_assert_eq(board_depth(chip, 4, 0), 0x1234);
    const uint16_t depth = 0xbeef;
    lfb_write(chip, GLIDE_LFB_ZA16, 0, false, 4, 0, 1, 1, &depth);
    cr_assert_eq(board_depth(chip, 4, 0), 0xbeef);
    const uint16_t other_depth = 0x4321;
    glide_chip_lfb_write(chip, &(struct glide_lfb_write){.buffer = GLIDE_BUFFER_AUX,
                                                         .mode = GLIDE_LFB_565,
                                                         .x = 4,
                                                         .width = 1,
                                                         .height = 1,
                                                         .pixels = &other_depth,
                                                         .stride = 2});
    cr_assert_eq(board_depth(chip, 4, 0), 0x4321, "the auxiliary buffer has depths");
    cr_assert_eq(board_pixel(chip, 4, 0), RED);
    cr_assert_eq(glide_lfb_pixel_size(0x3), 0);
    cr_assert_eq(glide_lfb_pixel_size(0xff), 0);
    board_close(chip);
}

/* Through the pipeline: depth test, constants, clip window, blending. */
Test(chip, lfb_pipeline)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    uint16_t pixels[4] = {RED, RED, RED, RED};
    r->dither = GLIDE_DITHER_DISABLE;
    r->depth_mode = GLIDE_DEPTH_Z;
    r->depth_mask = 1;
    board_fill(chip, 0xff0000ff);
    r->depth_compare = GLIDE_GREATER;
    r->lfb_constant_depth = 5;
    r->clip_min_x = 1;
    lfb_write(chip, GLIDE_LFB_565, 0, true, 0, 0, 4, 1, pixels);
    cr_assert_eq(board_pixel(chip, 0, 0), BLUE, "outside of the clip window");
    cr_assert_eq(board_pixel(chip, 1, 0), RED);
    cr_assert_eq(board_depth(chip, 1, 0), 5);
    pixels[0] = pixels[1] = pixels[2] = pixels[3] = GREEN;
    lfb_write(chip, GLIDE_LFB_565, 0, true, 0, 0, 4, 1, pixels);
    cr_assert_eq(board_pixel(chip, 1, 0), RED, "not greater");
    lfb_write(chip, GLIDE_LFB_565, 0, false, 0, 0, 2, 1, pixels);
    cr_assert_eq(board_pixel(chip, 1, 0), GREEN, "past the pipeline");
    r->depth_mode = GLIDE_DEPTH_DISABLE;
    r->blend_rgb_source = GLIDE_BLEND_SRC_ALPHA;
    r->blend_rgb_destination = GLIDE_BLEND_ONE;
    r->lfb_constant_alpha = 0;
    lfb_write(chip, GLIDE_LFB_565, 0, true, 2, 0, 1, 1, pixels);
    cr_assert_eq(board_pixel(chip, 2, 0), RED, "of alpha 0 nothing is added");
    board_close(chip);
}

/* Bit 31 is for the first pixel, and the next write goes on where one ends. */
Test(chip, rotating_stipple_of_writes)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    const uint16_t pixels[6] = {RED, RED, RED, RED, RED, RED};
    r->stipple = GLIDE_STIPPLE_ROTATE;
    r->stipple_pattern = 0xa4000000;
    lfb_write(chip, GLIDE_LFB_565, 0, true, 0, 0, 3, 1, pixels);
    lfb_write(chip, GLIDE_LFB_565, 0, true, 0, 1, 3, 1, pixels);
    for (uint32_t i = 0; i < 6; i++) {
        cr_assert_eq(board_pixel(chip, i % 3, i / 3) == RED, i == 0 || i == 2 || i == 5, "%u", i);
    }
    cr_assert_eq(r->stipple_pattern, 0xa4000000 << 6 | 0xa4000000u >> 26);
    board_close(chip);
}

/* Row 0 is where the origin says, for locks and for drawing. */
Test(chip, origin)
{
    struct glide_chip *chip = board_open(plain);
    const uint16_t rows[2] = {RED, GREEN};
    lfb_write(chip, GLIDE_LFB_565, GLIDE_ORIGIN_LOWER_LEFT, false, 0, 0, 1, 2, rows);
    cr_assert_eq(board_pixel(chip, 0, BOARD_HEIGHT - 1), RED);
    cr_assert_eq(board_pixel(chip, 0, BOARD_HEIGHT - 2), GREEN);
    uint16_t back[2] = {0};
    glide_chip_lfb_read(chip, GLIDE_BUFFER_BACK, GLIDE_ORIGIN_LOWER_LEFT, 0, 0, 1, 2, back, 2);
    cr_assert_arr_eq(back, rows, sizeof rows);
    glide_chip_registers(chip)->origin = GLIDE_ORIGIN_LOWER_LEFT;
    board_rectangle(chip, 4, 0, 6, 3, 0xff0000ff, 0);
    cr_assert_eq(board_pixel(chip, 4, BOARD_HEIGHT - 3), BLUE);
    cr_assert_eq(board_pixel(chip, 4, BOARD_HEIGHT - 4), 0);
    board_close(chip);
}

/* Locks between draws see what was drawn, and are drawn over. */
Test(chip, locks_and_draws)
{
    struct glide_chip *chip = board_open(plain);
    const uint16_t white = WHITE;
    for (uint32_t i = 0; i < 20; i++) {
        board_rectangle(chip, 0, 0, 8, 8, i & 1 ? 0xffff0000 : 0xff00ff00, 0);
        cr_assert_eq(board_pixel(chip, 3, 3), i & 1 ? RED : GREEN);
        lfb_write(chip, GLIDE_LFB_565, 0, false, 3, 3, 1, 1, &white);
        cr_assert_eq(board_pixel(chip, 3, 3), WHITE);
    }
    board_close(chip);
}

Test(chip, buffers)
{
    struct glide_chip *chip = board_open(plain);
    board_fill(chip, 0xffff0000);
    cr_assert_eq(board_front_pixel(chip, 0, 0), 0);
    glide_chip_swap(chip);
    cr_assert_eq(board_front_pixel(chip, 0, 0), RED);
    cr_assert_eq(board_pixel(chip, 0, 0), 0, "the back buffer was the front");
    glide_chip_registers(chip)->render_buffer = GLIDE_BUFFER_FRONT;
    board_rectangle(chip, 0, 0, 2, 2, 0xff00ff00, 0);
    cr_assert_eq(board_front_pixel(chip, 0, 0), GREEN);
    cr_assert_eq(board_front_pixel(chip, 2, 2), RED);
    board_close(chip);
}

Test(chip, three_buffers)
{
    struct glide_chip *chip =
        board_open((struct glide_chip_options){.scale = 1, .color_buffers = 3});
    static const uint32_t colors[] = {0xffff0000, 0xff00ff00, 0xff0000ff};
    static const uint16_t pixels[] = {RED, GREEN, BLUE};
    for (int i = 0; i < 3; i++) {
        board_fill(chip, colors[i]);
        glide_chip_swap(chip);
        cr_assert_eq(board_front_pixel(chip, 0, 0), pixels[i]);
    }
    cr_assert_eq(board_pixel(chip, 0, 0), RED, "the third last");
    board_close(chip);
}

Test(chip, clear_obeys)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_chip_registers *r = glide_chip_registers(chip);
    r->depth_mode = GLIDE_DEPTH_Z;
    r->depth_mask = 1;
    glide_chip_clear(chip, 0xff0000, 0, 0x8000);
    r->depth_mask = 0;
    r->mask_rgb = 0;
    glide_chip_clear(chip, 0x00ff00, 0, 0x1111);
    cr_assert_eq(board_pixel(chip, 0, 0), RED);
    cr_assert_eq(board_depth(chip, 0, 0), 0x8000);
    r->depth_mask = 1;
    r->mask_rgb = 7;
    r->clip_min_x = 4;
    r->clip_max_y = 2;
    glide_chip_clear(chip, 0x0000ff, 0, 0xffff);
    cr_assert_eq(board_pixel(chip, 3, 0), RED);
    cr_assert_eq(board_pixel(chip, 4, 2), RED);
    cr_assert_eq(board_pixel(chip, 4, 1), BLUE);
    cr_assert_eq(board_depth(chip, 4, 1), 0xffff);
    cr_assert_eq(board_depth(chip, 4, 2), 0x8000);
    board_close(chip);
}

/* --- texture memory --- */

static void texture(struct glide_chip *chip, uint32_t format, uint32_t address)
{
    struct glide_chip_registers *r = glide_chip_registers(chip);
    r->color.other = GLIDE_OTHER_TEXTURE;
    r->tmu[0].rgb.function = GLIDE_COMBINE_LOCAL;
    r->tmu[0].texture = (struct glide_texture){.address = address,
                                               .levels = GLIDE_LEVELS_BOTH,
                                               .small_lod = 3,
                                               .large_lod = 3,
                                               .format = format};
}

static uint16_t drawn(struct glide_chip *chip)
{
    board_rectangle(chip, 0, 0, 8, 8, 0xffffffff, 0);
    return board_pixel(chip, 3, 3);
}

static void write_all(struct glide_chip *chip, uint32_t address, uint16_t texel)
{
    uint16_t texels[64];
    for (int i = 0; i < 64; i++) {
        texels[i] = texel;
    }
    glide_chip_write_texture(chip, 0, address, texels, sizeof texels);
}

/* The same address with other bytes, another address with the same ones, and the same bytes as
 * another format. */
Test(chip, texture_memory_is_memory)
{
    struct glide_chip *chip = board_open(plain);
    texture(chip, GLIDE_TEXFMT_RGB_565, 0x400);
    write_all(chip, 0x400, RED);
    cr_assert_eq(drawn(chip), RED);
    write_all(chip, 0x400, GREEN);
    cr_assert_eq(drawn(chip), GREEN, "written over");
    write_all(chip, 0x380, BLUE);
    cr_assert_eq(drawn(chip), GREEN, "written before it");
    write_all(chip, 0x3c0, BLUE);
    cr_assert_eq(drawn(chip), BLUE, "its first half is another's second");
    cr_assert_eq(board_pixel(chip, 3, 6), GREEN);
    texture(chip, GLIDE_TEXFMT_ARGB_1555, 0x400);
    cr_assert_eq(drawn(chip), BLUE, "blue is where it is in 1555");
    cr_assert_eq(board_pixel(chip, 3, 6), 0x0fe0, "and green is not");
    texture(chip, GLIDE_TEXFMT_RGB_565, 0x400 + BOARD_TEXTURE_MEMORY);
    cr_assert_eq(drawn(chip), BLUE, "addresses wrap");
    write_all(chip, BOARD_TEXTURE_MEMORY - 64, RED);
    texture(chip, GLIDE_TEXFMT_RGB_565, 0);
    cr_assert_eq(drawn(chip), RED, "a write past the end goes on at 0");
    board_close(chip);
}

/* What was drawn before a write has the old texture. */
Test(chip, texture_written_between_draws)
{
    struct glide_chip *chip = board_open(plain);
    texture(chip, GLIDE_TEXFMT_RGB_565, 0);
    write_all(chip, 0, RED);
    board_rectangle(chip, 0, 0, 8, 8, 0, 0);
    write_all(chip, 0, GREEN);
    board_rectangle(chip, 8, 0, 16, 8, 0, 0);
    cr_assert_eq(board_pixel(chip, 3, 3), RED);
    cr_assert_eq(board_pixel(chip, 11, 3), GREEN);
    board_close(chip);
}

Test(chip, palette_changes_within_a_frame)
{
    struct glide_chip *chip = board_open(plain);
    uint32_t red = 0xff0000, green = 0x00ff00;
    texture(chip, GLIDE_TEXFMT_P_8, 0);
    write_all(chip, 0, 0x0707);
    glide_chip_write_palette(chip, 7, 1, &red);
    board_rectangle(chip, 0, 0, 8, 8, 0, 0);
    glide_chip_write_palette(chip, 7, 1, &green);
    board_rectangle(chip, 8, 0, 16, 8, 0, 0);
    cr_assert_eq(board_pixel(chip, 3, 3), RED);
    cr_assert_eq(board_pixel(chip, 11, 3), GREEN);
    board_close(chip);
}

Test(chip, ncc_tables_are_two)
{
    struct glide_chip *chip = board_open(plain);
    uint32_t dark[GLIDE_NCC_WORDS] = {0}, light[GLIDE_NCC_WORDS] = {0xff};
    texture(chip, GLIDE_TEXFMT_YIQ_422, 0);
    glide_chip_write_ncc(chip, 0, 0, dark);
    glide_chip_write_ncc(chip, 0, 1, light);
    cr_assert_eq(drawn(chip), 0);
    glide_chip_registers(chip)->tmu[0].ncc_table = 1;
    cr_assert_eq(drawn(chip), WHITE);
    glide_chip_write_ncc(chip, 0, 1, dark);
    cr_assert_eq(drawn(chip), 0);
    board_close(chip);
}

/* With multibase levels lie where their own addresses say. */
Test(chip, multibase)
{
    struct glide_chip *chip = board_open(plain);
    struct glide_texture_unit *unit = &glide_chip_registers(chip)->tmu[0];
    texture(chip, GLIDE_TEXFMT_RGB_565, 0x10000);
    write_all(chip, 0x10000, RED);
    /* A texture of 8 texels follows 32 and 16 from their common base on. */
    write_all(chip, 0x20000 + 2 * (32 * 32 + 16 * 16), GREEN);
    unit->multibase = 1;
    unit->multibase_addresses[3] = 0x20000;
    cr_assert_eq(drawn(chip), GREEN);
    unit->multibase = 0;
    cr_assert_eq(drawn(chip), RED);
    board_close(chip);
}

/* --- drawing into texture memory --- */

static void draw_to_texture(struct glide_chip *chip, uint32_t address, uint32_t color)
{
    struct glide_chip_registers *r = glide_chip_registers(chip);
    struct glide_chip_registers saved = *r;
    r->render_buffer = GLIDE_BUFFER_TEXTURE;
    r->texture_buffer = (struct glide_texture){.address = address,
                                               .levels = GLIDE_LEVELS_BOTH,
                                               .small_lod = 3,
                                               .large_lod = 3,
                                               .format = GLIDE_TEXFMT_RGB_565};
    r->color.other = GLIDE_OTHER_ITERATED;
    board_rectangle(chip, 0, 0, 8, 4, color, 0);
    *r = saved;
}

Test(chip, texture_buffer)
{
    struct glide_chip *chip = board_open(plain);
    texture(chip, GLIDE_TEXFMT_RGB_565, 0x800);
    write_all(chip, 0x800, RED);
    draw_to_texture(chip, 0x800, 0xff00ff00);
    cr_assert_eq(board_pixel(chip, 3, 3), 0, "nothing is on the screen");
    cr_assert_eq(drawn(chip), GREEN);
    cr_assert_eq(board_pixel(chip, 3, 6), RED, "below the rectangle");
    write_all(chip, 0x800, BLUE);
    draw_to_texture(chip, 0x800, 0xffff0000);
    cr_assert_eq(drawn(chip), RED);
    cr_assert_eq(board_pixel(chip, 3, 6), BLUE, "what was written is there again");
    draw_to_texture(chip, 0x1000, 0xff00ff00);
    cr_assert_eq(drawn(chip), RED, "that was elsewhere");
    board_close(chip);
}

/* Blocks with one colour each: the first is red, the next transparent, … */
Test(chip, compressed_textures)
{
    struct glide_chip *chip = board_open(plain);
    /* DXT1: both colours red, all codes 0; first <= second, all codes 3: transparent black. */
    static const uint8_t dxt1[4][8] = {{0x00, 0xf8, 0x00, 0xf8},
                                       {0xe0, 0x07, 0xe0, 0x07},
                                       {0x1f, 0x00, 0x1f, 0x00},
                                       {0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    texture(chip, GLIDE_TEXFMT_DXT1, 0);
    glide_chip_registers(chip)->tmu[0].bilinear_mag = 0;
    glide_chip_registers(chip)->tmu[0].bilinear_min = 0;
    glide_chip_write_texture(chip, 0, 0, dxt1, sizeof dxt1);
    /* 8 texels take 256 of s and t: 2 pixels are 1/16 texel, so draw far out. */
    struct glide_vertex v[3] = {{.oow = 1}, {.x = 32, .oow = 1}, {.y = 32, .oow = 1}};
    for (int i = 0; i < 3; i++) {
        v[i].tmu[0].oow = 1;
        v[i].tmu[0].sow = v[i].x * 16;
        v[i].tmu[0].tow = v[i].y * 16;
    }
    glide_chip_draw_triangle(chip, &v[0], &v[1], &v[2], 0);
    cr_assert_eq(board_pixel(chip, 2, 2), RED);
    cr_assert_eq(board_pixel(chip, 10, 2), GREEN);
    cr_assert_eq(board_pixel(chip, 2, 10), BLUE);
    cr_assert_eq(board_pixel(chip, 10, 10), 0);
    /* FXT1 of 8 by 4 texels: mode "chroma", colour 0 red, colour 1 green in the right half. */
    uint8_t fxt1[2][16] = {{0}};
    uint64_t high = 2ull << 61 | 0x03e0ull << 15 | 0x7c00;
    uint64_t low = 0x5555555500000000ull;
    for (int i = 0; i < 8; i++) {
        fxt1[0][i] = low >> (8 * i);
        fxt1[0][8 + i] = high >> (8 * i);
    }
    texture(chip, GLIDE_TEXFMT_FXT1, 0);
    glide_chip_write_texture(chip, 0, 0, fxt1, sizeof fxt1);
    glide_chip_draw_triangle(chip, &v[0], &v[1], &v[2], 0);
    cr_assert_eq(board_pixel(chip, 2, 2), RED);
    cr_assert_eq(board_pixel(chip, 10, 2), GREEN);
    board_close(chip);
}

/* --- options, and what is shown --- */

/* At each internal resolution locks and depths are those of Glide's pixels. */
Test(chip, scaled)
{
    for (uint32_t i = 0; i < 4; i++) {
        struct glide_chip *chip = board_open(
            (struct glide_chip_options){.scale = 1 + i % 3 * 2, .samples = i == 3 ? 4 : 0});
        struct glide_chip_registers *r = glide_chip_registers(chip);
        const uint16_t green = GREEN;
        r->depth_mode = GLIDE_DEPTH_Z;
        r->depth_mask = 1;
        r->depth_compare = GLIDE_ALWAYS;
        board_rectangle(chip, 2, 2, 6, 6, 0xffff0000, 0x1234);
        lfb_write(chip, GLIDE_LFB_565, 0, false, 5, 5, 1, 1, &green);
        cr_assert_eq(board_pixel(chip, 1, 2), 0);
        cr_assert_eq(board_pixel(chip, 2, 2), RED);
        cr_assert_eq(board_pixel(chip, 5, 5), GREEN);
        cr_assert_eq(board_pixel(chip, 5, 4), RED);
        cr_assert_eq(board_pixel(chip, 6, 6), 0);
        cr_assert_eq(board_depth(chip, 5, 2), 0x1234);
        board_close(chip);
    }
}

/* Where there are more pixels to a texel, the level is a finer one. */
Test(chip, scaled_levels)
{
    for (uint32_t scale = 1; scale <= 2; scale++) {
        struct glide_chip *chip = board_open((struct glide_chip_options){.scale = scale});
        struct glide_texture_unit *unit = &glide_chip_registers(chip)->tmu[0];
        struct glide_vertex v[3] = {
            {.oow = 1}, {.x = BOARD_WIDTH, .oow = 1}, {.y = BOARD_HEIGHT, .oow = 1}};
        for (int i = 0; i < 3; i++) {
            v[i].tmu[0].oow = 1;
            v[i].tmu[0].sow = 70 * v[i].x;
            v[i].tmu[0].tow = 70 * v[i].y;
        }
        texture(chip, GLIDE_TEXFMT_RGB_565, 0);
        write_all(chip, 128, GREEN);
        write_all(chip, 0, RED);
        unit->texture.small_lod = 2;
        unit->mipmap = GLIDE_MIPMAP_NEAREST;
        glide_chip_draw_triangle(chip, &v[0], &v[1], &v[2], 0);
        cr_assert_eq(board_pixel(chip, 3, 3), scale == 1 ? GREEN : RED);
        board_close(chip);
    }
}

static struct glide_pixel_counters counted(struct glide_chip *chip)
{
    struct glide_pixel_counters counters;
    glide_chip_read_counters(chip, &counters);
    return counters;
}

Test(chip, pixel_counters)
{
    for (uint32_t scale = 1; scale <= 2; scale++) {
        struct glide_chip *chip = board_open((struct glide_chip_options){.scale = scale});
        struct glide_chip_registers *r = glide_chip_registers(chip);
        glide_chip_reset_counters(chip);
        if (epoxy_gl_version() < 42) {
            cr_skip_test("no atomic counters here");
        }
        board_rectangle(chip, 0, 0, 10, 10, 0x40ff0000, 0);
        cr_assert_eq(counted(chip).in, 100);
        cr_assert_eq(counted(chip).out, 100);
        r->alpha_test = GLIDE_GREATER;
        r->alpha.other = GLIDE_OTHER_ITERATED;
        r->alpha_reference = 0x40;
        board_rectangle(chip, 0, 0, 10, 2, 0x40ff0000, 0);
        r->alpha_test = GLIDE_ALWAYS;
        r->chroma_enable = 1;
        r->chroma_value = 0xff0000;
        board_rectangle(chip, 0, 0, 10, 3, 0x40ff0000, 0);
        r->depth_mode = GLIDE_DEPTH_Z;
        r->depth_compare = GLIDE_NEVER;
        board_rectangle(chip, 0, 0, 10, 4, 0x4000ff00, 0);
        struct glide_pixel_counters all = counted(chip);
        cr_assert_eq(all.in, 190);
        cr_assert_eq(all.alpha_failed, 20);
        cr_assert_eq(all.chroma_failed, 30);
        cr_assert_eq(all.depth_failed, 40);
        cr_assert_eq(all.out, 100);
        glide_chip_reset_counters(chip);
        r->clip_max_x = 5;
        r->clip_max_y = 4;
        board_fill(chip, 0);
        cr_assert_eq(counted(chip).in, 0);
        cr_assert_eq(counted(chip).out, 20);
        board_close(chip);
    }
}

/* Frames with more samples have edges in between. */
Test(chip, multisampled_edges)
{
    struct glide_chip *chip = board_open((struct glide_chip_options){.scale = 1, .samples = 4});
    int between = 0;
    struct glide_vertex v[3] = {{.x = 1, .y = 1, .r = 255, .oow = 1},
                                {.x = 30, .y = 7, .r = 255, .oow = 1},
                                {.x = 9, .y = 22, .r = 255, .oow = 1}};
    glide_chip_draw_triangle(chip, &v[0], &v[1], &v[2], 0);
    for (uint32_t y = 0; y < BOARD_HEIGHT; y++) {
        for (uint32_t x = 0; x < BOARD_WIDTH; x++) {
            uint16_t pixel = board_pixel(chip, x, y);
            between += pixel != 0 && pixel != RED;
        }
    }
    cr_assert_gt(between, 10);
    board_close(chip);
}

static uint32_t shown(struct glide_chip *chip, uint32_t x, uint32_t y)
{
    uint32_t framebuffer, texture, pixel = 0;
    glGenFramebuffers(1, &framebuffer);
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, BOARD_WIDTH, BOARD_HEIGHT, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, NULL);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    glide_chip_present(chip, framebuffer, BOARD_WIDTH, BOARD_HEIGHT);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer);
    glReadPixels(x, BOARD_HEIGHT - 1 - y, 1, 1, GL_BGRA, GL_UNSIGNED_BYTE, &pixel);
    glDeleteFramebuffers(1, &framebuffer);
    glDeleteTextures(1, &texture);
    return pixel & 0xffffff;
}

Test(chip, presented)
{
    struct glide_chip *chip = board_open(plain);
    board_rectangle(chip, 0, 0, 4, 4, 0xff00ff00, 0);
    cr_assert_eq(shown(chip, 1, 1), 0, "not before the swap");
    glide_chip_swap(chip);
    cr_assert_eq(shown(chip, 1, 1), 0x00ff00);
    cr_assert_eq(shown(chip, 1, 4), 0);
    uint8_t levels[GLIDE_GAMMA_ENTRIES];
    for (int i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        levels[i] = 255 - i;
    }
    glide_chip_write_gamma(chip, levels, levels, levels);
    cr_assert_eq(shown(chip, 1, 1), 0xff00ff);
    cr_assert_eq(board_front_pixel(chip, 1, 1), GREEN, "gamma is not in the buffer");
    board_close(chip);
}

Test(chip, true_color)
{
    for (uint32_t i = 0; i < 2; i++) {
        struct glide_chip *chip =
            board_open((struct glide_chip_options){.scale = 1, .true_color = i == 1});
        board_rectangle(chip, 0, 0, 4, 4, 0xff818181, 0);
        glide_chip_swap(chip);
        cr_assert_eq(shown(chip, 0, 0) == 0x818181, i == 1);
        board_close(chip);
    }
}
