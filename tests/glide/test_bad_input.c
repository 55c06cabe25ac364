/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands as no honest guest sends them: what they leave alone, and what they still do. */
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/pixel_formats.h"
#include "dispatch/glide/vertex_parameters.h"
#include "tests/dispatch/egl_context.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#define WIDTH 32
#define HEIGHT 24
#define RED 0xf800
#define GREEN 0x07e0
#define BLUE 0x001f

static struct glide_host *host;

static uint32_t open_screen(uint32_t width, uint32_t height, uint32_t pixel_format)
{
    g_autoptr(GByteArray) reply = g_byte_array_new();
    uint32_t opened = 0;
    glide_host_open(host, width, height, 0, 0, 2, 1, pixel_format, reply);
    cr_assert_eq(reply->len, sizeof opened);
    memcpy(&opened, reply->data, sizeof opened);
    return opened;
}

static void start(void)
{
    static const struct glide_host_options options = {
        .texture_units = 2, .texture_memory = 256u << 10, .scale = 1};
    if (!egl_context_make(3, 3, true)) {
        cr_skip_test("no OpenGL 3.3 here");
    }
    host = glide_host_create(&options);
    cr_assert_eq(open_screen(WIDTH, HEIGHT, GLIDE_PIXEL_565), 1);
}

static void stop(void)
{
    glide_host_destroy(host);
    egl_context_unmake();
}

TestSuite(bad_input, .init = start, .fini = stop);

static uint16_t pixel(uint32_t x, uint32_t y)
{
    g_autoptr(GByteArray) reply = g_byte_array_new();
    glide_host_lfb_read(host, 1, 0, x, y, 1, 1, reply);
    cr_assert_eq(reply->len, 2);
    return reply->data[0] | reply->data[1] << 8;
}

static const float corners[6] = {0, 0, 2 * WIDTH, 0, 0, 2 * HEIGHT};

static uint16_t drawn(void)
{
    glide_host_buffer_clear(host, 0, 0, 0);
    glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
    return pixel(5, 5);
}

/* Texels of one colour at 0x1000 of unit 0, of which triangles have theirs. */
static void download(uint32_t tmu, uint32_t address, int32_t lod, int32_t large_lod, int32_t aspect,
                     uint32_t format, uint32_t levels, uint16_t texel)
{
    uint16_t texels[64];
    for (int i = 0; i < 64; i++) {
        texels[i] = texel;
    }
    glide_host_tex_download(host, tmu, address, lod, large_lod, aspect, format, levels, 0, 7,
                            texels, sizeof texels);
}

static void texture(void)
{
    glide_host_color_combine(host, 3, 8, 0, 1, 0);
    glide_host_tex_combine(host, 0, 1, 0, 1, 0, 0, 0);
    glide_host_tex_source(host, 0, 0x1000, 3, 3, 3, 0, 0xa);
    download(0, 0x1000, 3, 3, 0, 0xa, 3, RED);
    cr_assert_eq(drawn(), RED);
}

Test(bad_input, units_that_are_not_there)
{
    static const uint32_t wild[] = {2, 3, 255, 0x80000000, UINT32_MAX};
    const uint32_t words[12] = {0};
    texture();
    for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
        uint32_t tmu = wild[i];
        glide_host_tex_clamp_mode(host, tmu, 2, 2);
        glide_host_tex_combine(host, tmu, 0, 0, 0, 0, 1, 1);
        glide_host_tex_detail_control(host, tmu, 31, 7, 1);
        glide_host_tex_filter_mode(host, tmu, 0, 0);
        glide_host_tex_lod_bias(host, tmu, 5);
        glide_host_tex_mipmap_mode(host, tmu, 2, 1);
        glide_host_tex_multibase(host, tmu, 1);
        glide_host_tex_multibase_address(host, tmu, 3, 0x2000);
        glide_host_tex_ncc_table(host, tmu, 1);
        glide_host_tex_source(host, tmu, 0, 3, 0, 0, 0, 0);
        glide_host_tex_chroma_mode(host, tmu, 1);
        glide_host_tex_chroma_range(host, tmu, 0, UINT32_MAX, 0);
        glide_host_tex_color_combine_ext(host, tmu, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        glide_host_tex_alpha_combine_ext(host, tmu, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        glide_host_tex_constant_color(host, tmu, UINT32_MAX);
        glide_host_tex_table(host, tmu, 0, 0, words, sizeof words);
        download(tmu, 0x1000, 3, 3, 0, 0xa, 3, GREEN);
        cr_assert_eq(drawn(), RED, "unit %u", tmu);
    }
    /* A texture of a unit that is not there cannot be drawn to. */
    glide_host_texture_buffer(host, 2, 0x1000, 3, 3, 0, 0xa, 3);
    glide_host_render_buffer(host, 6);
    glide_host_buffer_clear(host, 0xff00ff00, 0, 0);
    glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
    glide_host_render_buffer(host, 1);
    cr_assert_eq(drawn(), RED);
}

/* Addresses are taken modulo the unit's memory, which is 256 KiB. */
Test(bad_input, addresses_beyond_the_memory)
{
    texture();
    download(0, 0x1000 + (256u << 10), 3, 3, 0, 0xa, 3, GREEN);
    cr_assert_eq(drawn(), GREEN);
    download(0, UINT32_MAX - 63, 3, 3, 0, 0xa, 3, BLUE);
    cr_assert_eq(drawn(), GREEN);
    glide_host_tex_source(host, 0, UINT32_MAX - 63, 3, 3, 3, 0, 0xa);
    cr_assert_eq(drawn(), BLUE, "past the end comes the beginning");
    /* All levels of the largest texture that there is: more than the memory holds. */
    glide_host_tex_source(host, 0, UINT32_MAX, 3, 0, 11, 0, 0x12);
    glide_host_tex_mipmap_mode(host, 0, 1, 0);
    drawn();
    glide_host_tex_source(host, 0, 0x1000, 3, 3, 3, 0, 0xa);
    cr_assert_eq(drawn(), GREEN);
}

Test(bad_input, levels_and_aspects_that_are_none)
{
    static const int32_t wild[] = {-4, 12, 100, INT32_MAX, INT32_MIN};
    texture();
    for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
        download(0, 0x1000, wild[i], 3, 0, 0xa, 3, GREEN);
        download(0, 0x1000, 3, wild[i], 0, 0xa, 3, GREEN);
        download(0, 0x1000, 3, 3, wild[i], 0xa, 3, GREEN);
        cr_assert_eq(drawn(), RED, "%d", wild[i]);
    }
    download(0, 0x1000, 3, 2, 0, 0xa, 3, GREEN);
    cr_assert_eq(drawn(), RED, "a level above the largest");
    download(0, 0x1000, 3, 3, 0, 0xa, 1, GREEN);
    cr_assert_eq(drawn(), RED, "a level that the unit does not hold");
    download(0, 0x1000, 3, 3, 0, 0xa, 0, GREEN);
    cr_assert_eq(drawn(), RED, "no level at all");
    for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
        glide_host_tex_source(host, 0, 0x1000, 3, wild[i], wild[i], wild[i], 0xff);
        drawn();
        glide_host_tex_source(host, 0, 0x1000, 3, 3, 3, 0, 0xa);
        cr_assert_eq(drawn(), RED);
    }
}

/* What nobody wrote is nobody's. */
Test(bad_input, levels_that_are_not_held_are_black)
{
    texture();
    glide_host_tex_source(host, 0, 0x1000, 1, 3, 3, 0, 0xa);
    cr_assert_eq(drawn(), 0);
}

Test(bad_input, rows_that_are_none)
{
    const uint16_t texels[64] = {GREEN};
    texture();
    glide_host_tex_download(host, 0, 0x1000, 3, 3, 0, 0xa, 3, 8, 9, texels, sizeof texels);
    glide_host_tex_download(host, 0, 0x1000, 3, 3, 0, 0xa, 3, 5, 4, texels, sizeof texels);
    glide_host_tex_download(host, 0, 0x1000, 3, 3, 0, 0xa, 3, UINT32_MAX, UINT32_MAX, texels,
                            sizeof texels);
    cr_assert_eq(drawn(), RED);
    /* Of the rows that are named as many as there are, and of their bytes those that came. */
    glide_host_tex_download(host, 0, 0x1000, 3, 3, 0, 0xa, 3, 0, UINT32_MAX, texels, 0);
    cr_assert_eq(drawn(), RED);
    glide_host_tex_download(host, 0, 0x1000, 3, 3, 0, 0xa, 3, 0, UINT32_MAX, texels, 2);
    cr_assert_eq(drawn(), GREEN, "the first texel");
}

Test(bad_input, tables_that_are_none)
{
    const uint32_t entries[4] = {0x00ff00, 0x00ff00, 0x00ff00, 0x00ff00};
    texture();
    glide_host_tex_source(host, 0, 0x1000, 3, 3, 3, 0, 5);
    cr_assert_eq(drawn(), 0, "a palette is black");
    glide_host_tex_table(host, 0, 2, 256, entries, sizeof entries);
    glide_host_tex_table(host, 0, 2, UINT32_MAX, entries, sizeof entries);
    glide_host_tex_table(host, 0, 4, 0, entries, sizeof entries);
    glide_host_tex_table(host, 0, UINT32_MAX, 0, entries, sizeof entries);
    glide_host_tex_table(host, 0, 0, 0, entries, sizeof entries);
    glide_host_tex_table(host, 0, 2, 0, NULL, 0);
    cr_assert_eq(drawn(), 0);
    glide_host_tex_table(host, 0, 2, 0, entries, sizeof entries);
    cr_assert_eq(drawn(), GREEN);
    glide_host_fog_table(host, entries, sizeof entries);
    glide_host_gamma_table(host, entries, sizeof entries);
}

/* Of a rectangle that is partly on the screen that part is written; one of no size is nothing. */
Test(bad_input, rectangles_outside)
{
    static uint16_t pixels[64 * 64];
    static const uint32_t outside[][4] = {
        {WIDTH, 0, 1, 1}, {0, HEIGHT, 1, 1}, {UINT32_MAX, UINT32_MAX, 1, 1},
        {0, 0, 0, 5},     {0, 0, 5, 0},      {UINT32_MAX - 3, 0, 8, 8},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pixels); i++) {
        pixels[i] = GREEN;
    }
    glide_host_buffer_clear(host, 0xffff0000, 0, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(outside); i++) {
        for (uint32_t origin = 0; origin < 2; origin++) {
            glide_host_lfb_write(host, 1, 0, origin, 0, outside[i][0], outside[i][1], outside[i][2],
                                 outside[i][3], pixels, sizeof pixels);
        }
    }
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            cr_assert_eq(pixel(x, y), RED, "%u, %u", x, y);
        }
    }
    glide_host_lfb_write(host, 1, 0, 0, 0, WIDTH - 2, HEIGHT - 2, 64, 64, pixels, sizeof pixels);
    cr_assert_eq(pixel(WIDTH - 1, HEIGHT - 1), GREEN);
    cr_assert_eq(pixel(WIDTH - 3, HEIGHT - 1), RED);
    cr_assert_eq(pixel(0, 0), RED);
    glide_host_lfb_write(host, 1, 0, 0, 0, 0, 0, UINT32_MAX, UINT32_MAX, pixels, sizeof pixels);
    cr_assert_eq(pixel(0, 0), RED, "not even one row came");
}

/* A clip window is never larger than the screen, and empty where it is turned round. */
Test(bad_input, clip_windows)
{
    glide_host_clip_window(host, 0, 0, UINT32_MAX, UINT32_MAX);
    cr_assert_eq(drawn(), 0xffff);
    glide_host_clip_window(host, 20, 20, 3, 3);
    glide_host_buffer_clear(host, 0xff0000ff, 0, 0);
    cr_assert_eq(pixel(10, 10), 0xffff, "neither cleared …");
    glide_host_clip_window(host, 0, 0, WIDTH, HEIGHT);
    glide_host_buffer_clear(host, 0, 0, 0);
    glide_host_clip_window(host, UINT32_MAX, 0, UINT32_MAX, 5);
    glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
    cr_assert_eq(pixel(5, 4), 0, "… nor drawn to");
}

/* Places that are none are not drawn; other values that are none spoil no other pixel. */
Test(bad_input, vertices_that_are_not_finite)
{
    const uint32_t parameters = GLIDE_PARAMETER_Z | GLIDE_PARAMETER_Q | GLIDE_PARAMETER_FOG |
                                GLIDE_PARAMETER_A | GLIDE_PARAMETER_RGB | GLIDE_PARAMETER_ST0 |
                                GLIDE_PARAMETER_Q0 | GLIDE_PARAMETER_ST1 | GLIDE_PARAMETER_Q1;
    const float wild[] = {NAN, INFINITY, -INFINITY, 3.4e38f, -3.4e38f};
    const uint32_t stride = glide_vertex_words(parameters);
    texture();
    glide_host_tex_mipmap_mode(host, 0, 1, 0);
    glide_host_depth_mode(host, 2);
    glide_host_depth_function(host, 7);
    glide_host_fog_mode(host, 2);
    for (uint32_t word = 0; word < stride; word++) {
        for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
            float words[3 * 32] = {0};
            for (uint32_t v = 0; v < 3; v++) {
                words[v * stride] = v == 1 ? 16 : 0;
                words[v * stride + 1] = v == 2 ? 16 : 0;
                words[v * stride + 3] = 1;
            }
            words[stride + word] = wild[i];
            glide_host_buffer_clear(host, 0xff0000ff, 0, 0);
            for (uint32_t mode = 0; mode < 7; mode++) {
                glide_host_draw(host, mode, parameters, mode & 1 ? 7 : 0, 3, words,
                                12 * (size_t)stride);
            }
            if (word < 2 && !isfinite(wild[i])) {
                glide_host_buffer_clear(host, 0xff0000ff, 0, 0);
                glide_host_draw(host, 6, parameters, 0, 3, words, 12 * (size_t)stride);
                cr_assert_eq(pixel(3, 3), BLUE, "word %u, value %zu", word, i);
            } else if (word >= 2) {
                cr_assert_eq(pixel(20, 20), BLUE, "word %u, value %zu", word, i);
            }
        }
    }
    glide_host_fog_mode(host, 0);
    glide_host_tex_lod_bias(host, 0, NAN);
    glide_host_tex_detail_control(host, 0, INT32_MIN, UINT32_MAX, NAN);
    cr_assert_eq(drawn(), RED);
}

Test(bad_input, projections_that_are_none)
{
    const float wild[] = {NAN, INFINITY, -INFINITY, 0, -1, 1e-40f};
    glide_host_coordinate_space(host, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
        float words[9] = {-1, -1, wild[i], 3, -1, wild[i], -1, 3, wild[i]};
        glide_host_viewport(host, INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX);
        glide_host_depth_range(host, NAN, INFINITY);
        glide_host_draw(host, 6, GLIDE_PARAMETER_W, 0, 3, words, sizeof words);
        glide_host_viewport(host, 0, 0, WIDTH, HEIGHT);
        glide_host_depth_range(host, 0, 1);
        glide_host_draw(host, 6, GLIDE_PARAMETER_W, 0, 3, words, sizeof words);
    }
    glide_host_coordinate_space(host, 0);
    cr_assert_eq(drawn(), 0xffff);
}

/* A screen of no size, or of too large a one, is not opened; what was open is closed. */
Test(bad_input, screens_that_are_none)
{
    static const uint32_t wild[][2] = {{0, 0},     {0, 10},    {10, 0},
                                       {2049, 10}, {10, 2049}, {UINT32_MAX, UINT32_MAX}};
    for (size_t i = 0; i < G_N_ELEMENTS(wild); i++) {
        g_autoptr(GByteArray) reply = g_byte_array_new();
        cr_assert_eq(open_screen(wild[i][0], wild[i][1], GLIDE_PIXEL_565), 0);
        glide_host_lfb_read(host, 1, 0, 0, 0, 1, 1, reply);
        cr_assert_eq(reply->len, 0);
    }
    glide_host_close(host);
    cr_assert_eq(open_screen(WIDTH, HEIGHT, GLIDE_PIXEL_565), 1);
    cr_assert_eq(drawn(), 0xffff);
}

/* Buffers and modes that are none. */
Test(bad_input, buffers_that_are_none)
{
    const uint16_t pixels[4] = {GREEN, GREEN, GREEN, GREEN};
    glide_host_buffer_clear(host, 0xffff0000, 0, 0);
    glide_host_lfb_write(host, 1, 0x33, 0, 0, 0, 0, 2, 1, pixels, sizeof pixels);
    glide_host_lfb_write(host, 1, UINT32_MAX, 0, 0, 0, 0, 2, 1, pixels, sizeof pixels);
    cr_assert_eq(pixel(0, 0), RED);
    glide_host_render_buffer(host, 2);
    glide_host_render_buffer(host, UINT32_MAX);
    cr_assert_eq(drawn(), 0xffff, "still the back buffer");
}
