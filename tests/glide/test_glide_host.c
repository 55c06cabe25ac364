/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Glide's commands as the decoder hands them to the board: what they mean, and what they cannot do.
 */
#include "dispatch/glide/glide_decoder_private.h"
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/pixel_formats.h"
#include "dispatch/glide/vertex_parameters.h"
#include "tests/dispatch/egl_context.h"

#include <criterion/criterion.h>

#define WIDTH 32
#define HEIGHT 24
#define RED 0xf800
#define GREEN 0x07e0
#define BLUE 0x001f

static const struct glide_host_options options = {
    .texture_units = 2, .texture_memory = 256u << 10, .scale = 1};

static struct glide_host *open_host(uint32_t color_format)
{
    if (!egl_context_make(3, 3, true)) {
        cr_skip_test("no OpenGL 3.3 here");
    }
    g_autoptr(GByteArray) reply = g_byte_array_new();
    struct glide_host *host = glide_host_create(&options);
    glide_host_open(host, WIDTH, HEIGHT, color_format, 0, 2, 1, GLIDE_PIXEL_565, reply);
    cr_assert_eq(reply->len, 4);
    cr_assert_eq(reply->data[0], 1);
    return host;
}

static void close_host(struct glide_host *host)
{
    glide_host_destroy(host);
    egl_context_unmake();
}

static uint16_t pixel(struct glide_host *host, uint32_t x, uint32_t y)
{
    g_autoptr(GByteArray) reply = g_byte_array_new();
    glide_host_lfb_read(host, 1, 0, x, y, 1, 1, reply);
    cr_assert_eq(reply->len, 2);
    return reply->data[0] | reply->data[1] << 8;
}

/* Those that PIXEXT names, but for 1555 and what has no colours. */
Test(glide_host, pixel_formats)
{
    struct glide_host *host = open_host(0);
    for (uint32_t format = 0; format < 20; format++) {
        g_autoptr(GByteArray) reply = g_byte_array_new();
        bool known = format == 3 || format == 5 || format == 6 || format == 8 || format == 9 ||
                     format == 0xb || format == 0xc || format == 0xe;
        glide_host_open(host, WIDTH, HEIGHT, 0, 0, 2, 1, format, reply);
        cr_assert_eq(reply->data[0], known, "format %u", format);
        if (known) {
            bool wide = format == 5 || format == 8 || format == 0xb || format == 0xe;
            glide_host_stencil_mode(host, 1);
            glide_host_stencil_operation(host, 0, 0, 2);
            glide_host_stencil_function(host, 7, 6, 255);
            glide_host_buffer_clear_ext(host, 0, 0, 0, 5);
            glide_host_stencil_function(host, 2, 6, 3);
            const float corners[6] = {0, 0, WIDTH, 0, 0, HEIGHT};
            glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
            cr_assert_eq(pixel(host, 2, 2), wide ? 0 : 0xffff, "5 is not 6 under 3");
            glide_host_stencil_function(host, 2, 6, 4);
            glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
            cr_assert_eq(pixel(host, 2, 2), 0xffff, "it is under 4");
        }
    }
    close_host(host);
}

/* In each order the same colour is red. */
Test(glide_host, color_formats)
{
    static const uint32_t reds[] = {0xffff0000, 0xff0000ff, 0xff0000ff, 0x0000ffff};
    for (uint32_t format = 0; format < 4; format++) {
        struct glide_host *host = open_host(format);
        glide_host_buffer_clear(host, reds[format], 0, 0);
        cr_assert_eq(pixel(host, 0, 0), RED, "format %u", format);
        close_host(host);
    }
}

/* A triangle over the upper left of the screen from words. */
Test(glide_host, parameters)
{
    static const struct {
        uint32_t parameters;
        float words[12];
        uint32_t colors; /* index of the first word of colour */
    } layouts[] = {
        {GLIDE_PARAMETER_RGB, {0, 0, 0, 255, 0}, 2},
        {GLIDE_PARAMETER_Z | GLIDE_PARAMETER_Q | GLIDE_PARAMETER_A | GLIDE_PARAMETER_RGB,
         {0, 0, 7, 1, 255, 0, 255, 0},
         5},
        {GLIDE_PARAMETER_RGB | GLIDE_PARAMETER_ST0 | GLIDE_PARAMETER_Q1,
         {0, 0, 0, 255, 0, 9, 9, 1},
         2},
    };
    struct glide_host *host = open_host(0);
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        uint32_t stride = glide_vertex_words(layouts[i].parameters);
        float words[3 * 12];
        for (uint32_t v = 0; v < 3; v++) {
            memcpy(words + v * stride, layouts[i].words, 4 * stride);
        }
        words[stride] = WIDTH;
        words[2 * stride + 1] = HEIGHT;
        glide_host_buffer_clear(host, 0xff, 0, 0);
        glide_host_draw(host, 6, layouts[i].parameters, 0, 3, words, 12 * stride);
        cr_assert_eq(pixel(host, 2, 2), GREEN, "layout %zu", i);
        cr_assert_eq(pixel(host, WIDTH - 1, HEIGHT - 1), BLUE, "layout %zu", i);
        glide_host_buffer_clear(host, 0xff, 0, 0);
        glide_host_draw(host, 6, layouts[i].parameters, 0, 3, words, 12 * stride - 4);
        cr_assert_eq(pixel(host, 2, 2), BLUE, "not all of the data is there");
    }
    close_host(host);
}

Test(glide_host, packed_colors)
{
    struct glide_host *host = open_host(0);
    float words[9] = {0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 0};
    const uint32_t green = 0xff00ff00;
    for (int v = 0; v < 3; v++) {
        memcpy(&words[3 * v + 2], &green, 4);
    }
    glide_host_draw(host, 6, GLIDE_PARAMETER_PARGB, 0, 3, words, sizeof words);
    cr_assert_eq(pixel(host, 2, 2), GREEN);
    close_host(host);
}

/* Which of four corners are covered by each primitive. */
Test(glide_host, primitives)
{
    static const float corners[8] = {2, 2, 30, 2, 2, 22, 30, 22};
    static const struct {
        uint32_t mode, count;
        bool upper_left, lower_right;
    } cases[] = {
        {6, 3, true, false}, {6, 4, true, false},  {4, 4, true, true},   {5, 4, true, true},
        {3, 3, true, false}, {3, 2, false, false}, {7, 4, false, false}, {99, 4, false, false},
    };
    struct glide_host *host = open_host(0);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        glide_host_buffer_clear(host, 0, 0, 0);
        glide_host_draw(host, cases[i].mode, 0, 0, cases[i].count, corners, 8 * cases[i].count);
        cr_assert_eq(pixel(host, 6, 6) != 0, cases[i].upper_left, "case %zu", i);
        cr_assert_eq(pixel(host, 20, 20) != 0, cases[i].lower_right, "case %zu", i);
    }
    close_host(host);
}

Test(glide_host, points_and_lines)
{
    static const float ends[4] = {3.5f, 5.5f, 12.5f, 5.5f};
    struct glide_host *host = open_host(0);
    glide_host_draw(host, 0, 0, 0, 2, ends, sizeof ends);
    cr_assert_eq(pixel(host, 3, 5), 0xffff);
    cr_assert_eq(pixel(host, 4, 5), 0);
    cr_assert_eq(pixel(host, 12, 5), 0xffff);
    cr_assert_eq(pixel(host, 3, 4), 0);
    glide_host_draw(host, 2, 0, 0, 2, ends, sizeof ends);
    cr_assert_eq(pixel(host, 4, 5), 0xffff);
    cr_assert_eq(pixel(host, 11, 5), 0xffff);
    cr_assert_eq(pixel(host, 8, 4), 0);
    cr_assert_eq(pixel(host, 8, 6), 0);
    close_host(host);
}

/* Programs add this to have positions rounded to sixteenths. */
Test(glide_host, biased_positions)
{
    const float bias = 3 << 18;
    const float corners[6] = {bias, bias, bias + 16, bias, bias, bias + 16};
    struct glide_host *host = open_host(0);
    glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
    cr_assert_eq(pixel(host, 2, 2), 0xffff);
    cr_assert_eq(pixel(host, 17, 2), 0);
    close_host(host);
}

/* Alphas fall off beside an antialiased line, whichever way it runs. */
Test(glide_host, antialiased_lines)
{
    static const float lines[2][4] = {{3, 8.5f, 29, 8.5f}, {29, 8.5f, 3, 8.5f}};
    struct glide_host *host = open_host(0);
    glide_host_alpha_combine(host, 1, 0, 0, 0, 0);
    glide_host_alpha_blend_function(host, 1, 5, 0, 0);
    for (int i = 0; i < 2; i++) {
        glide_host_buffer_clear(host, 0, 0, 0);
        glide_host_draw(host, 2, 0, 1, 2, lines[i], sizeof lines[i]);
        cr_assert_gt(pixel(host, 15, 8), 0x8000);
        cr_assert_eq(pixel(host, 15, 5), 0);
        cr_assert_eq(pixel(host, 15, 12), 0);
    }
    close_host(host);
}

/* Just outside of the edges that are named there is some colour, and none at the others. */
Test(glide_host, antialiased_triangles)
{
    static const float corners[] = {8.25f, 4.25f, 24.25f, 4.25f, 8.25f, 20.25f};
    struct glide_host *host = open_host(0);
    glide_host_alpha_combine(host, 1, 0, 0, 0, 0);
    glide_host_alpha_blend_function(host, 1, 5, 0, 0);
    for (uint32_t edges = 0; edges < 8; edges++) {
        glide_host_buffer_clear(host, 0, 0, 0);
        glide_host_draw(host, 6, 0, edges, 3, corners, sizeof corners);
        cr_assert_eq(pixel(host, 10, 6), 0xffff, "inside");
        cr_assert_eq(pixel(host, 14, 3) != 0, (edges & 1) != 0, "above, edges %u", edges);
        cr_assert_eq(pixel(host, 16, 12) != 0, (edges & 2) != 0, "lower right, edges %u", edges);
        cr_assert_eq(pixel(host, 7, 10) != 0, (edges & 4) != 0, "left, edges %u", edges);
        cr_assert_neq(pixel(host, 14, 3), 0xffff, "not all of it");
        cr_assert_eq(pixel(host, 14, 2), 0, "not farther than a pixel");
    }
    close_host(host);
}

/* A point between pixels is some of each of them. */
Test(glide_host, antialiased_points)
{
    static const float place[] = {9, 7};
    struct glide_host *host = open_host(0);
    glide_host_alpha_combine(host, 1, 0, 0, 0, 0);
    glide_host_alpha_blend_function(host, 1, 5, 0, 0);
    glide_host_draw(host, 0, 0, 1, 1, place, sizeof place);
    for (uint32_t i = 0; i < 4; i++) {
        uint16_t color = pixel(host, 8 + (i & 1), 6 + i / 2);
        cr_assert(color != 0 && color != 0xffff, "%u: %04x", i, color);
    }
    cr_assert_eq(pixel(host, 10, 7), 0);
    glide_host_buffer_clear(host, 0, 0, 0);
    glide_host_draw(host, 0, 0, 1, 1, (float[]){9.5f, 7.5f}, sizeof place);
    cr_assert_eq(pixel(host, 9, 7), 0xffff, "all of one");
    cr_assert_eq(pixel(host, 10, 7), 0);
    close_host(host);
}

/* x, y and z from -1 to 1 over w; s and t from 0 to 1. */
Test(glide_host, clip_coordinates)
{
    struct glide_host *host = open_host(0);
    const uint32_t parameters = GLIDE_PARAMETER_W | GLIDE_PARAMETER_RGB;
    float words[3 * 6] = {-2, -2, 2, 0, 1, 0, 6, -2, 2, 0, 1, 0, -2, 6, 2, 0, 1, 0};
    glide_host_coordinate_space(host, 1);
    glide_host_viewport(host, 0, 0, WIDTH / 2, HEIGHT);
    glide_host_draw(host, 6, parameters, 0, 3, words, sizeof words);
    cr_assert_eq(pixel(host, 0, 0), GREEN);
    cr_assert_eq(pixel(host, WIDTH / 2 - 1, HEIGHT - 1), GREEN);
    glide_host_buffer_clear(host, 0, 0, 0);
    words[2] = 0;
    glide_host_draw(host, 6, parameters, 0, 3, words, sizeof words);
    cr_assert_eq(pixel(host, 0, 0), 0, "a vertex in the eye's plane");
    close_host(host);
}

static uint16_t textured_pixel(struct glide_host *host, float s, float t)
{
    float words[3 * 4] = {0, 0, s, t, WIDTH, 0, s, t, 0, HEIGHT, s, t};
    glide_host_draw(host, 6, GLIDE_PARAMETER_ST0, 0, 3, words, sizeof words);
    return pixel(host, 2, 2);
}

static void download_rows(struct glide_host *host, uint32_t tmu, uint16_t texel, uint32_t first,
                          uint32_t last)
{
    uint16_t rows[64];
    for (int i = 0; i < 64; i++) {
        rows[i] = texel;
    }
    glide_host_tex_download(host, tmu, 0x1000, 3, 3, 0, 0xa, 3, first, last, rows, sizeof rows);
}

/* Rows of a level, into the unit that is asked for. */
Test(glide_host, downloads)
{
    struct glide_host *host = open_host(0);
    glide_host_color_combine(host, 3, 8, 0, 1, 0);
    glide_host_tex_combine(host, 0, 1, 0, 1, 0, 0, 0);
    glide_host_tex_source(host, 0, 0x1000, 3, 3, 3, 0, 0xa);
    download_rows(host, 0, RED, 0, 7);
    download_rows(host, 0, GREEN, 4, 4);
    download_rows(host, 1, BLUE, 0, 7);
    download_rows(host, 2, BLUE, 0, 7);
    download_rows(host, 0, BLUE, 5, 4);
    download_rows(host, 0, BLUE, 8, 9);
    cr_assert_eq(textured_pixel(host, 16, 3.5f * 32), RED);
    cr_assert_eq(textured_pixel(host, 16, 4.5f * 32), GREEN);
    cr_assert_eq(textured_pixel(host, 16, 5.5f * 32), RED);
    cr_assert_eq(textured_pixel(host, 16, 0.5f * 32), RED);
    glide_host_tex_combine(host, 0, 3, 8, 3, 8, 0, 0);
    glide_host_tex_combine(host, 1, 1, 0, 1, 0, 0, 0);
    glide_host_tex_source(host, 1, 0x1000, 3, 3, 3, 0, 0xa);
    cr_assert_eq(textured_pixel(host, 16, 16), BLUE, "the other unit's");
    close_host(host);
}

/* grLfbWriteColorFormat and grLfbWriteColorSwizzle. */
Test(glide_host, lfb_orders)
{
    struct glide_host *host = open_host(0);
    const uint16_t pair[2] = {RED, GREEN};
    glide_host_lfb_color_format(host, 1);
    glide_host_lfb_write(host, 1, 0, 0, 0, 0, 0, 2, 1, pair, sizeof pair);
    cr_assert_eq(pixel(host, 0, 0), BLUE);
    glide_host_lfb_color_format(host, 0);
    glide_host_lfb_swizzle(host, 0, 1);
    glide_host_lfb_write(host, 1, 0, 0, 0, 0, 0, 2, 1, pair, sizeof pair);
    cr_assert_eq(pixel(host, 0, 0), GREEN);
    cr_assert_eq(pixel(host, 1, 0), RED);
    glide_host_lfb_swizzle(host, 0, 0);
    glide_host_lfb_write(host, 1, 0, 0, 0, 0, 1, 1, 8, pair, 2);
    cr_assert_eq(pixel(host, 0, 1), RED);
    cr_assert_eq(pixel(host, 0, 2), 0, "rows that did not come");
    close_host(host);
}

Test(glide_host, reads_outside)
{
    struct glide_host *host = open_host(0);
    static const uint32_t wrong[][4] = {
        {0, 0, WIDTH + 1, 1}, {WIDTH, 0, 1, 1}, {0, 1, 1, HEIGHT}, {1, 1, UINT32_MAX, UINT32_MAX}};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GByteArray) reply = g_byte_array_new();
        glide_host_lfb_read(host, 1, 0, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], reply);
        cr_assert_eq(reply->len, 0);
    }
    close_host(host);
}

/* --- random commands --- */

static uint32_t seed = 7;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)seed * limit >> 32);
}

static uint32_t random_word(void)
{
    static const uint32_t odd[] = {0xffffffff, 0x80000000, 0x7fffffff, 0x7fc00000, 0x7f800000,
                                   0xff800000, 0x00000001, 0x42c80000, 0x3f800000, 0xff7fffff};
    float coordinate = (int)random_below(400) / 8.0f - 10;
    uint32_t word;
    switch (random_below(6)) {
    case 0:
    case 1:
        memcpy(&word, &coordinate, sizeof word);
        return word;
    case 2:
        return odd[random_below(G_N_ELEMENTS(odd))];
    case 3:
        return random_below(0x10000) << 16 | random_below(0x10000);
    default:
        return random_below(random_below(2) ? 4 : 64);
    }
}

static void random_command(struct glide_host *host)
{
    const struct glide_command *command = &glide_commands[random_below(GLIDE_COMMANDS)];
    uint32_t words[GLIDE_MOST_ARGUMENTS];
    g_autofree uint32_t *data = NULL;
    size_t count = command->data ? random_below(random_below(2) ? 8 : 500) : 0;
    g_autoptr(GByteArray) reply = command->reply ? g_byte_array_new() : NULL;
    if (strcmp(command->name, "open") == 0 || strcmp(command->name, "close") == 0) {
        return;
    }
    for (int i = 0; i < GLIDE_MOST_ARGUMENTS; i++) {
        words[i] = random_word();
    }
    data = g_new(uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        data[i] = random_word();
    }
    glide_host_handlers[command - glide_commands](host, words, count ? data : NULL, 4 * count,
                                                  reply);
}

/* After all of that a plain picture is what it always is. */
Test(glide_host, random_commands)
{
    struct glide_host *host = open_host(0);
    const float corners[6] = {0, 0, WIDTH, 0, 0, HEIGHT};
    for (int i = 0; i < 4000; i++) {
        random_command(host);
        if (i % 1000 == 999) {
            g_autoptr(GByteArray) reply = g_byte_array_new();
            glide_host_open(host, WIDTH, HEIGHT, 0, 0, 2, 1, GLIDE_PIXEL_565, reply);
            glide_host_draw(host, 6, 0, 0, 3, corners, sizeof corners);
            cr_assert_eq(pixel(host, 2, 2), 0xffff);
        }
    }
    close_host(host);
}

/* Nothing is open: nothing happens. */
Test(glide_host, random_commands_while_closed)
{
    if (!egl_context_make(3, 3, true)) {
        cr_skip_test("no OpenGL 3.3 here");
    }
    struct glide_host *host = glide_host_create(&options);
    for (int i = 0; i < 20000; i++) {
        random_command(host);
    }
    close_host(host);
}
