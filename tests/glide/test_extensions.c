/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The extensions of Glide 3, as their commands come: what each does to a pixel. The sweep has their
 * arithmetic, test_pixel_formats.c has PIXEXT; GETGAMMA is answered in the guest.
 */
#include "dispatch/glide/chip_registers.h"
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/pixel_formats.h"
#include "dispatch/glide/vertex_parameters.h"
#include "tests/dispatch/egl_context.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 32
#define HEIGHT 24
#define RED 0xf800
#define GREEN 0x07e0
#define BLUE 0x001f
#define TEXTURE 0x1000

static struct glide_host *host;

static void start(void)
{
    static const struct glide_host_options options = {
        .texture_units = 2, .texture_memory = 256u << 10, .scale = 1};
    g_autoptr(GByteArray) reply = g_byte_array_new();
    if (!egl_context_make(3, 3, true)) {
        cr_skip_test("no OpenGL 3.3 here");
    }
    host = glide_host_create(&options);
    glide_host_open(host, WIDTH, HEIGHT, 0, 0, 2, 1, GLIDE_PIXEL_565, reply);
    cr_assert_eq(reply->data[0], 1);
    glide_host_dither_mode(host, 0);
}

static void stop(void)
{
    glide_host_destroy(host);
    egl_context_unmake();
}

TestSuite(extensions, .init = start, .fini = stop);

/* 8 by 8 texels, point sampled, of which triangles have their colour and alpha. */
static void texture(uint32_t format, const void *texels, size_t size)
{
    glide_host_color_combine(host, 3, 8, 0, 1, 0);
    glide_host_alpha_combine(host, 3, 8, 1, 1, 0);
    glide_host_tex_combine(host, 0, 1, 0, 1, 0, 0, 0);
    glide_host_tex_filter_mode(host, 0, 0, 0);
    glide_host_tex_source(host, 0, TEXTURE, 3, 3, 3, 0, format);
    glide_host_tex_download(host, 0, TEXTURE, 3, 3, 0, format, 3, 0, 7, texels, size);
}

/* Columns 0 to 3 red, 4 to 7 green. */
static void two_halves(void)
{
    uint16_t texels[64];
    for (int i = 0; i < 64; i++) {
        texels[i] = i & 4 ? GREEN : RED;
    }
    texture(GLIDE_TEXFMT_RGB_565, texels, sizeof texels);
}

static uint16_t pixel(void)
{
    g_autoptr(GByteArray) reply = g_byte_array_new();
    glide_host_lfb_read(host, 1, 0, 5, 5, 1, 1, reply);
    cr_assert_eq(reply->len, 2);
    return reply->data[0] | reply->data[1] << 8;
}

/* A pixel of a triangle over blue: its s and t, q of the vertex, fog coordinate. */
static uint16_t drawn(float s, float t, float q, float fog)
{
    const uint32_t parameters = GLIDE_PARAMETER_Q | GLIDE_PARAMETER_FOG | GLIDE_PARAMETER_ST0;
    const float place[3][2] = {{0, 0}, {2 * WIDTH, 0}, {0, 2 * HEIGHT}};
    float words[3][6];
    for (int i = 0; i < 3; i++) {
        memcpy(words[i], (float[]){place[i][0], place[i][1], q, fog, s * q, t * q},
               sizeof words[i]);
    }
    glide_host_buffer_clear(host, 0x0000ff, 0, 0);
    glide_host_draw(host, 6, parameters, 0, 3, words, sizeof words);
    return pixel();
}

static uint16_t texel(float s, float t)
{
    return drawn(s, t, 1, 1);
}

Test(extensions, chromarange)
{
    two_halves();
    glide_host_chroma_range_mode(host, 1);
    glide_host_chroma_range(host, 0xc00000, 0xff3f3f, 0);
    glide_host_chroma_key_mode(host, 1);
    cr_assert_eq(texel(16, 0), BLUE, "red is within");
    cr_assert_eq(texel(160, 0), GREEN);
    glide_host_chroma_range(host, 0xc00000, 0xff3f3f, 1);
    cr_assert_eq(texel(16, 0), RED);
    cr_assert_eq(texel(160, 0), BLUE, "what is outside is keyed out");
    glide_host_chroma_range_mode(host, 0);
    cr_assert_eq(texel(160, 0), GREEN, "the plain key is none of its colours");
}

Test(extensions, texchroma)
{
    two_halves();
    glide_host_tex_chroma_range(host, 0, 0xc00000, 0xff3f3f, 0);
    cr_assert_eq(texel(16, 0), RED, "not enabled");
    glide_host_tex_chroma_mode(host, 0, 1);
    cr_assert_eq(texel(16, 0), BLUE);
    cr_assert_eq(texel(160, 0), GREEN);
    glide_host_tex_chroma_range(host, 0, 0xc00000, 0xff3f3f, 1);
    cr_assert_eq(texel(16, 0), RED);
    cr_assert_eq(texel(160, 0), BLUE);
}

/* Beyond the edge: the other edge's texels, the edge's own, or those from there back. */
Test(extensions, texmirror)
{
    static const uint16_t near[] = {RED, GREEN, GREEN}, far[] = {GREEN, GREEN, RED};
    two_halves();
    for (uint32_t mode = 0; mode < 3; mode++) {
        glide_host_tex_clamp_mode(host, 0, mode, 0);
        cr_assert_eq(texel(256 + 16, 0), near[mode], "mode %u", mode);
        cr_assert_eq(texel(512 - 16, 0), far[mode], "mode %u", mode);
    }
}

/* Entries of four times six bits: an alpha of a half over blue. */
Test(extensions, palette6666)
{
    static const uint8_t texels[64];
    const uint32_t half_red = 32u << 18 | 63u << 12;
    texture(GLIDE_TEXFMT_P_8_6666, texels, sizeof texels);
    glide_host_tex_table(host, 0, 3, 0, &half_red, sizeof half_red);
    cr_assert_eq(texel(0, 0), RED);
    glide_host_alpha_blend_function(host, 1, 5, 4, 0);
    uint16_t mixed = texel(0, 0);
    cr_assert_leq(abs((mixed >> 11) - 16), 1);
    cr_assert_leq(abs((mixed & 31) - 15), 1);
    /* As a palette of 888 the same entries are opaque. */
    glide_host_tex_source(host, 0, TEXTURE, 3, 3, 3, 0, GLIDE_TEXFMT_P_8);
    cr_assert_eq(texel(0, 0) & BLUE, 0);
}

/* The table is looked up by the vertex' fog coordinate, not by its q. */
Test(extensions, fogcoord)
{
    uint8_t table[GLIDE_FOG_ENTRIES];
    two_halves();
    for (int i = 0; i < GLIDE_FOG_ENTRIES; i++) {
        table[i] = i < 20 ? 0 : 255;
    }
    glide_host_fog_table(host, table, sizeof table);
    glide_host_fog_color(host, 0x00ff00);
    glide_host_fog_mode(host, GLIDE_FOG_TABLE_ON_FOGCOORD);
    cr_assert_eq(drawn(16, 0, 1, 1 / 1000.0f), GREEN, "far by the fog coordinate");
    cr_assert_eq(drawn(16, 0, 1 / 1000.0f, 1), RED);
    glide_host_fog_mode(host, GLIDE_FOG_TABLE_ON_W);
    cr_assert_eq(drawn(16, 0, 1, 1 / 1000.0f), RED);
    cr_assert_eq(drawn(16, 0, 1 / 1000.0f, 1), GREEN, "far by q");
}

/* (a + b) * c + d: of colours, alphas, and in a texture unit. */
Test(extensions, combine)
{
    two_halves();
    glide_host_constant_color(host, 0x80000000 | 0x0000ff);
    glide_host_color_combine_ext(host, GLIDE_INPUT_TEXTURE_RGB, 1, GLIDE_INPUT_CONSTANT_COLOR, 1, 0,
                                 1, 0, 0, 0, 0);
    cr_assert_eq(texel(16, 0), RED | BLUE, "texture and constant, times one minus zero");
    glide_host_color_combine_ext(host, GLIDE_INPUT_TEXTURE_RGB, 1, GLIDE_INPUT_CONSTANT_COLOR, 1, 0,
                                 1, 0, 0, 0, 1);
    cr_assert_eq(texel(16, 0), GREEN, "inverted");
    glide_host_color_combine_ext(host, GLIDE_INPUT_TEXTURE_RGB, 1, 0, 0, 0, 0, GLIDE_INPUT_ZERO, 1,
                                 0, 0);
    cr_assert_eq(texel(16, 0), 0xffff, "times zero, plus one minus zero");
    glide_host_color_combine(host, 3, 8, 0, 1, 0);
    cr_assert_eq(texel(16, 0), RED, "the plain one takes its place");
    /* Alpha of a half, twice: all of the texel. */
    glide_host_alpha_blend_function(host, 1, 5, 4, 0);
    glide_host_alpha_combine_ext(host, GLIDE_INPUT_CONSTANT_ALPHA, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    cr_assert_eq(texel(16, 0), RED);
    glide_host_alpha_combine_ext(host, GLIDE_INPUT_CONSTANT_ALPHA, 0, 0, 0, 0, 1, 0, 0, 1, 0);
    cr_assert_eq(texel(16, 0), BLUE, "a of mode zero");
    glide_host_alpha_blend_function(host, 4, 0, 4, 0);
    glide_host_tex_constant_color(host, 0, 0x00ff00);
    glide_host_tex_color_combine_ext(host, 0, GLIDE_INPUT_TMU_CONSTANT_COLOR, 1,
                                     GLIDE_INPUT_LOCAL_TEXTURE_RGB, 1, 0, 1, 0, 0, 0, 0);
    cr_assert_eq(texel(16, 0), RED | GREEN);
}

/* 32-bit texels; the others are test_chip.c's. */
Test(extensions, texfmt)
{
    uint32_t texels[64];
    for (int i = 0; i < 64; i++) {
        texels[i] = i & 4 ? 0x8000ff00 : 0xffff00ff;
    }
    texture(GLIDE_TEXFMT_ARGB_8888, texels, sizeof texels);
    cr_assert_eq(texel(16, 0), RED | BLUE);
    cr_assert_eq(texel(160, 0), GREEN);
    glide_host_alpha_blend_function(host, 1, 0, 4, 0);
    cr_assert_leq(abs((texel(160, 0) >> 5) - 32), 1, "alpha of a half");
}

Test(extensions, texturebuffer)
{
    two_halves();
    glide_host_texture_buffer(host, 0, TEXTURE, 3, 3, 0, GLIDE_TEXFMT_RGB_565, 3);
    glide_host_render_buffer(host, GLIDE_BUFFER_TEXTURE);
    glide_host_clip_window(host, 0, 0, 4, 8);
    glide_host_buffer_clear(host, 0xffffff, 0, 0);
    glide_host_render_buffer(host, GLIDE_BUFFER_BACK);
    glide_host_clip_window(host, 0, 0, WIDTH, HEIGHT);
    cr_assert_eq(texel(16, 0), 0xffff, "cleared");
    cr_assert_eq(texel(160, 0), GREEN, "outside of the clip window");
}
