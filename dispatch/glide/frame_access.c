/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frame buffer as a program's memory: reading and writing of pixels (grLfb*). */
#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/color_565.h"
#include "dispatch/glide/pipeline.h"
#include "dispatch/glide/shader_writer.h"

#include <epoxy/gl.h>
#include <string.h>

/* What a pixel of a mode brings. */
struct lfb_format {
    uint8_t size;
    bool color, depth;
};

static struct lfb_format lfb_format(uint32_t mode)
{
    bool depth = mode >= GLIDE_LFB_565_DEPTH;
    return (struct lfb_format){
        .size = glide_lfb_pixel_size(mode), .color = mode != GLIDE_LFB_ZA16, .depth = depth};
}

/* A rectangle's part that lies on the screen, its rows from the top. */
struct visible {
    uint32_t x, top, width, height;
    bool flipped; /* the caller's first row is the lowest */
};

static bool clip(const struct glide_chip *chip, uint32_t origin, uint32_t x, uint32_t y,
                 uint32_t width, uint32_t height, struct visible *out)
{
    uint32_t screen_width = chip->options.width, screen_height = chip->options.height;
    if (x >= screen_width || y >= screen_height || width == 0 || height == 0) {
        return false;
    }
    out->x = x;
    out->width = MIN(width, screen_width - x);
    out->height = MIN(height, screen_height - y);
    out->flipped = origin == GLIDE_ORIGIN_LOWER_LEFT;
    out->top = out->flipped ? screen_height - y - out->height : y;
    return true;
}

/* Row of the visible part, from its top, in the caller's memory. */
static size_t caller_row(const struct visible *v, uint32_t row)
{
    return v->flipped ? v->height - 1 - row : row;
}

static void read_colors(struct glide_chip *chip, uint32_t buffer, const struct visible *v,
                        uint8_t *pixels, size_t stride)
{
    g_autofree uint8_t(*rgba)[4] = g_try_malloc_n(v->width, 4 * v->height);
    if (!rgba) {
        return;
    }
    frame_buffers_bind_small(&chip->buffers, buffer, false);
    glReadPixels(v->x, v->top, v->width, v->height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    for (uint32_t y = 0; y < v->height; y++) {
        uint16_t *out = (uint16_t *)(pixels + caller_row(v, y) * stride);
        for (uint32_t x = 0; x < v->width; x++) {
            out[x] =
                color_565(rgba[y * v->width + x], chip->registers.dither, v->x + x, v->top + y);
        }
    }
}

static void read_depths(struct glide_chip *chip, const struct visible *v, uint8_t *pixels,
                        size_t stride)
{
    g_autofree float *depths = g_try_malloc_n(v->width, sizeof(float) * v->height);
    if (!depths) {
        return;
    }
    frame_buffers_bind_small(&chip->buffers, GLIDE_BUFFER_BACK, true);
    glReadPixels(v->x, v->top, v->width, v->height, GL_DEPTH_COMPONENT, GL_FLOAT, depths);
    for (uint32_t y = 0; y < v->height; y++) {
        uint16_t *out = (uint16_t *)(pixels + caller_row(v, y) * stride);
        for (uint32_t x = 0; x < v->width; x++) {
            out[x] = MIN(depths[y * v->width + x] * 65536.0f, 65535.0f);
        }
    }
}

void glide_chip_lfb_read(struct glide_chip *chip, uint32_t buffer, uint32_t origin, uint32_t x,
                         uint32_t y, uint32_t width, uint32_t height, void *pixels, size_t stride)
{
    struct visible v;
    if (!clip(chip, origin, x, y, width, height, &v)) {
        return;
    }
    pipeline_flush(chip);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    if (buffer == GLIDE_BUFFER_AUX || buffer == GLIDE_BUFFER_DEPTH) {
        read_depths(chip, &v, pixels, stride);
    } else {
        read_colors(chip, buffer, &v, pixels, stride);
    }
}

/* A program's colour, ARGB in whatever order, as bytes. `five`: of five bits, `green` for green. */
static void put_color(uint8_t out[4], uint32_t format, uint8_t r, uint8_t g, uint8_t b, uint8_t a)
{
    bool swapped = format & 1; /* ABGR, BGRA */
    out[0] = swapped ? b : r;
    out[1] = g;
    out[2] = swapped ? r : b;
    out[3] = a;
}

static uint8_t from_5(uint32_t v)
{
    v &= 31;
    return v << 3 | v >> 2;
}

static uint8_t from_6(uint32_t v)
{
    v &= 63;
    return v << 2 | v >> 4;
}

static void decode_16(uint8_t out[4], uint32_t mode, uint32_t format, uint32_t v, uint8_t alpha)
{
    bool alpha_low = format & 2; /* RGBA, BGRA */
    switch (mode & 3) {
    case GLIDE_LFB_565:
        put_color(out, format, from_5(v >> 11), from_6(v >> 5), from_5(v), alpha);
        return;
    case GLIDE_LFB_1555:
        alpha = (alpha_low ? v & 1 : v >> 15 & 1) ? 0xff : 0;
        break;
    }
    if (alpha_low) {
        v >>= 1;
    }
    put_color(out, format, from_5(v >> 10), from_5(v >> 5), from_5(v), alpha);
}

static void decode_32(uint8_t out[4], uint32_t mode, uint32_t format, uint32_t v, uint8_t alpha)
{
    bool alpha_low = format & 2;
    uint32_t rgb = alpha_low ? v >> 8 : v;
    if (mode == GLIDE_LFB_8888) {
        alpha = alpha_low ? v : v >> 24;
    }
    put_color(out, format, rgb >> 16, rgb >> 8, rgb, alpha);
}

/* The pixels of a write, as the pipeline takes them. */
struct decoded {
    uint8_t (*rgba)[4];
    uint16_t *depths; /* NULL: nobody asks for them */
};

/* A pixel of 2 or 4 bytes. */
static uint32_t load(const uint8_t *pixel, unsigned size)
{
    uint16_t half;
    uint32_t word;
    if (size == 2) {
        memcpy(&half, pixel, sizeof half);
        return half;
    }
    memcpy(&word, pixel, sizeof word);
    return word;
}

static void decode_row(const struct glide_chip *chip, const struct glide_lfb_write *write,
                       const uint8_t *pixels, uint32_t width, const struct decoded *out, size_t at)
{
    struct lfb_format format = lfb_format(write->mode);
    uint8_t alpha = chip->registers.lfb_constant_alpha;
    for (uint32_t x = 0; x < width; x++) {
        uint32_t v = load(pixels + (size_t)x * format.size, format.size);
        uint8_t *rgba = out->rgba[at + x];
        if (out->depths) {
            out->depths[at + x] = !format.depth  ? chip->registers.lfb_constant_depth
                                  : format.color ? v >> 16
                                                 : v;
        }
        if (!format.color) {
            put_color(rgba, 0, 0, 0, 0, alpha);
        } else if (format.size == 4 && !format.depth) {
            decode_32(rgba, write->mode, write->color_format, v, alpha);
        } else {
            decode_16(rgba, write->mode, write->color_format, v & 0xffff, alpha);
        }
    }
}

static void upload(uint32_t *name, uint32_t binding, bool depth, const struct visible *v,
                   const void *pixels)
{
    glActiveTexture(GL_TEXTURE0 + binding);
    if (!*name) {
        glGenTextures(1, name);
    }
    glBindTexture(GL_TEXTURE_2D, *name);
    glBindSampler(binding, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, depth ? GL_R16UI : GL_RGBA8, v->width, v->height, 0,
                 depth ? GL_RED_INTEGER : GL_RGBA, depth ? GL_UNSIGNED_SHORT : GL_UNSIGNED_BYTE,
                 pixels);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

/* Pixels of the auxiliary buffer are depths, whatever colours they are called. */
static struct glide_lfb_write of_buffer(const struct glide_lfb_write *write)
{
    struct glide_lfb_write out = *write;
    bool aux = write->buffer == GLIDE_BUFFER_AUX || write->buffer == GLIDE_BUFFER_DEPTH;
    if (aux && lfb_format(write->mode).size == 2) {
        out.mode = GLIDE_LFB_ZA16;
    }
    return out;
}

void glide_chip_lfb_write(struct glide_chip *chip, const struct glide_lfb_write *asked)
{
    struct glide_lfb_write of = of_buffer(asked);
    const struct glide_lfb_write *write = &of;
    struct lfb_format format = lfb_format(write->mode);
    struct visible v;
    if (format.size == 0 ||
        !clip(chip, write->origin, write->x, write->y, write->width, write->height, &v)) {
        return;
    }
    pipeline_flush(chip);
    size_t count = (size_t)v.width * v.height;
    g_autofree uint8_t *rgba = g_try_malloc(4 * count);
    bool with_depths = write->pipeline || format.depth;
    g_autofree uint16_t *depths = with_depths ? g_try_malloc(2 * count) : NULL;
    if (!rgba || (with_depths && !depths)) {
        return;
    }
    struct decoded decoded = {(uint8_t(*)[4])rgba, depths};
    for (uint32_t y = 0; y < v.height; y++) {
        const uint8_t *row = (const uint8_t *)write->pixels + caller_row(&v, y) * write->stride;
        decode_row(chip, write, row, v.width, &decoded, (size_t)y * v.width);
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    upload(&chip->lfb_color, BINDING_LFB_COLOR, false, &v, rgba);
    if (with_depths) {
        upload(&chip->lfb_depth, BINDING_LFB_DEPTH, true, &v, depths);
    }
    pipeline_draw_lfb(chip, &(struct pipeline_lfb){
                                .buffer = write->buffer,
                                .x = v.x,
                                .y = v.top,
                                .width = v.width,
                                .height = v.height,
                                .pipeline = write->pipeline,
                                .color = format.color,
                                .alpha = format.color,
                                .depth = format.depth,
                                .five_bits = format.size == 2 || format.depth,
                            });
}
