/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Glide without Trireme's rings, processes and threads: the functions that the cases call are the
 * renderer's commands, on the host's OpenGL. A lock shows a copy of the buffer, which is read when
 * something was drawn since, and its unlock writes the rows that changed.
 */
#include <epoxy/gl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/pixel_formats.h"
#include "guest/glide/vertices.h"
#include "tests/dispatch/egl_context.h"
#include "tests/programs/glide_functions.h"

enum { WIDTH = 640, HEIGHT = 480, TRIANGLES = 6, LFB_WRITE = 1, CONTEXT = 1 };

struct glide_functions glide;

static struct glide_host *host;
static struct glide_layout layout;
static GByteArray *reply;
static GLuint framebuffer;
static uint16_t pixels[HEIGHT][WIDTH], shadow[HEIGHT][WIDTH];
static bool current; /* the pixels are the buffer's */

static void init(void)
{
    const struct glide_host_options options = {
        .texture_units = 2, .texture_memory = 8u << 20, .scale = 1};
    GLuint texture;
    if (!egl_context_make(3, 3, true)) {
        fprintf(stderr, "glide_calls: no OpenGL 3.3 here\n");
        exit(1);
    }
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, WIDTH, HEIGHT);
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    host = glide_host_create(&options);
    reply = g_byte_array_new();
}

static void shutdown(void)
{
    glide_host_destroy(host);
    g_byte_array_unref(reply);
    egl_context_unmake();
}

static void select_board(int32_t board)
{
}

static uint32_t open_screen(uint32_t window, int32_t resolution, int32_t refresh,
                            int32_t color_format, int32_t origin, int32_t color_buffers,
                            int32_t aux_buffers)
{
    glide_host_open(host, WIDTH, HEIGHT, (uint32_t)color_format, (uint32_t)origin,
                    (uint32_t)color_buffers, (uint32_t)aux_buffers, GLIDE_PIXEL_565, reply);
    g_byte_array_set_size(reply, 0);
    glide_host_clip_window(host, 0, 0, WIDTH, HEIGHT);
    glide_host_viewport(host, 0, 0, WIDTH, HEIGHT);
    glide_layout_start(&layout, 31);
    return CONTEXT;
}

static uint32_t close_screen(uint32_t context)
{
    glide_host_close(host);
    return 1;
}

static void vertex_layout(uint32_t parameter, int32_t offset, int32_t named)
{
    glide_layout_name(&layout, parameter, offset, named != 0);
}

static void color_combine(int32_t function, int32_t factor, int32_t local, int32_t other,
                          int32_t invert)
{
    glide_host_color_combine(host, (uint32_t)function, (uint32_t)factor, (uint32_t)local,
                             (uint32_t)other, (uint32_t)invert);
}

static void tex_combine(int32_t tmu, int32_t rgb_function, int32_t rgb_factor,
                        int32_t alpha_function, int32_t alpha_factor, int32_t rgb_invert,
                        int32_t alpha_invert)
{
    glide_host_tex_combine(host, (uint32_t)tmu, (uint32_t)rgb_function, (uint32_t)rgb_factor,
                           (uint32_t)alpha_function, (uint32_t)alpha_factor, (uint32_t)rgb_invert,
                           (uint32_t)alpha_invert);
}

static void tex_filter_mode(int32_t tmu, int32_t minify, int32_t magnify)
{
    glide_host_tex_filter_mode(host, (uint32_t)tmu, (uint32_t)minify, (uint32_t)magnify);
}

static uint32_t tex_min_address(int32_t tmu)
{
    return 0;
}

/* One level. */
static void tex_download(int32_t tmu, uint32_t address, uint32_t even_odd,
                         const struct glide_tex_info *info)
{
    const uint32_t size = 1u << info->large_lod;
    glide_host_tex_download(host, (uint32_t)tmu, address, info->large_lod, info->large_lod,
                            info->aspect, (uint32_t)info->format, even_odd, 0, size - 1, info->data,
                            (size_t)size * size * 2);
}

static void tex_source(int32_t tmu, uint32_t address, uint32_t even_odd,
                       const struct glide_tex_info *info)
{
    glide_host_tex_source(host, (uint32_t)tmu, address, even_odd, info->small_lod, info->large_lod,
                          info->aspect, (uint32_t)info->format);
}

static void constant_color(uint32_t color)
{
    glide_host_constant_color(host, color);
}

static void alpha_blend_function(int32_t rgb_source, int32_t rgb_destination, int32_t alpha_source,
                                 int32_t alpha_destination)
{
    glide_host_alpha_blend_function(host, (uint32_t)rgb_source, (uint32_t)rgb_destination,
                                    (uint32_t)alpha_source, (uint32_t)alpha_destination);
}

static void clear(uint32_t color, uint8_t alpha, uint32_t depth)
{
    current = false;
    glide_host_buffer_clear(host, color, alpha, depth);
}

static void draw_triangle(const void *a, const void *b, const void *c)
{
    uint8_t data[3 * 4 * GLIDE_LAYOUT_MOST_WORDS], *end = data;
    current = false;
    end = glide_layout_gather(&layout, a, end);
    end = glide_layout_gather(&layout, b, end);
    end = glide_layout_gather(&layout, c, end);
    glide_host_draw(host, TRIANGLES, layout.parameters, 0, 3, data, (size_t)(end - data));
}

static void draw_vertex_array(uint32_t mode, uint32_t count, const void *vertices, uint32_t stride)
{
    uint8_t data[128 * 4 * GLIDE_LAYOUT_MOST_WORDS], *end = data;
    current = false;
    for (uint32_t i = 0; i < count && i < 128; i++) {
        end = glide_layout_gather(&layout, (const uint8_t *)vertices + i * stride, end);
    }
    glide_host_draw(host, mode, layout.parameters, 0, count, data, (size_t)(end - data));
}

static void swap(uint32_t interval)
{
    current = false;
    glide_host_buffer_swap(host, interval);
    glide_host_present(host, framebuffer, WIDTH, HEIGHT);
    glFlush();
}

static uint32_t read_region(int32_t buffer, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                            uint32_t stride, void *data)
{
    glide_host_lfb_read(host, (uint32_t)buffer, 0, x, y, width, height, reply);
    memcpy(data, reply->data, reply->len); /* rows of the region's own width */
    g_byte_array_set_size(reply, 0);
    return 1;
}

static uint32_t lfb_lock(uint32_t type, int32_t buffer, int32_t mode, int32_t origin,
                         int32_t pipeline, struct glide_lfb_info *info)
{
    if (!current) {
        read_region(buffer, 0, 0, WIDTH, HEIGHT, WIDTH * 2, pixels);
        memcpy(shadow, pixels, sizeof pixels);
        current = true;
    }
    info->pointer = pixels;
    info->stride = sizeof *pixels;
    return 1;
}

static uint32_t lfb_unlock(uint32_t type, int32_t buffer)
{
    for (uint32_t y = 0; type == LFB_WRITE && y < HEIGHT; y++) {
        if (memcmp(pixels[y], shadow[y], sizeof *pixels) != 0) {
            memcpy(shadow[y], pixels[y], sizeof *pixels);
            glide_host_lfb_write(host, (uint32_t)buffer, 0, 0, 0, 0, y, WIDTH, 1, pixels[y],
                                 sizeof *pixels);
        }
    }
    return 1;
}

void glide_functions_load(const char *library)
{
    glide = (struct glide_functions){
        .version = GLIDE_31,
        .init = init,
        .shutdown = shutdown,
        .select = select_board,
        .open = open_screen,
        .close_31 = close_screen,
        .vertex_layout = vertex_layout,
        .color_combine = color_combine,
        .tex_combine = tex_combine,
        .tex_filter_mode = tex_filter_mode,
        .tex_min_address = tex_min_address,
        .tex_download = tex_download,
        .tex_source = tex_source,
        .constant_color = constant_color,
        .alpha_blend_function = alpha_blend_function,
        .clear_31 = clear,
        .draw_triangle = draw_triangle,
        .draw_vertex_array = draw_vertex_array,
        .swap = swap,
        .lfb_lock = lfb_lock,
        .lfb_unlock = lfb_unlock,
        .read_region = read_region,
    };
}
