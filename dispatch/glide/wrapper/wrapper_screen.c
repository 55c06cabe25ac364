/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Screens of a wrapper library: opened, cleared, swapped, and read for frames. */
#include <string.h>

#include "dispatch/glide/pixel_formats.h"
#include "dispatch/glide/screen_sizes.h"
#include "dispatch/glide/wrapper/glide_wrapper_private.h"

/* grVertexLayout()'s parameters, and where struct glide_vertex has them. */
static void set_layout(const struct glide_wrapper *wrapper)
{
    static const struct {
        uint32_t parameter;
        size_t offset;
    } places[] = {
        {0x01, offsetof(struct glide_vertex, x)},
        {0x02, offsetof(struct glide_vertex, z)},
        {0x04, offsetof(struct glide_vertex, oow)},
        {0x05, offsetof(struct glide_vertex, fog)},
        {0x10, offsetof(struct glide_vertex, a)},
        {0x20, offsetof(struct glide_vertex, r)},
        {0x40, offsetof(struct glide_vertex, tmu[0].sow)},
        {0x41, offsetof(struct glide_vertex, tmu[1].sow)},
        {0x50, offsetof(struct glide_vertex, tmu[0].oow)},
        {0x51, offsetof(struct glide_vertex, tmu[1].oow)},
    };
    for (size_t i = 0; wrapper->glide3 && i < G_N_ELEMENTS(places); i++) {
        wrapper->calls.grVertexLayout(places[i].parameter, (int32_t)places[i].offset, 1);
    }
}

static void start_screen(struct glide_wrapper *wrapper, uint32_t width, uint32_t height)
{
    wrapper->open = true;
    wrapper->width = width;
    wrapper->height = height;
    wrapper->picture = g_new0(uint16_t, (size_t)width * height);
    wrapper->swapped = false;
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        /* The greatest address is one that a smallest texture of 8 bytes still lies at. */
        wrapper->texture_end[tmu] =
            tmu < wrapper->units ? wrapper->calls.grTexMaxAddress((int32_t)tmu) + 8 : 0;
    }
    const struct gamma_levels levels = gamma_levels_linear();
    glide_wrapper_gamma_table(wrapper, &levels, sizeof levels);
    set_layout(wrapper);
}

void glide_wrapper_open(struct glide_wrapper *wrapper, uint32_t width, uint32_t height,
                        uint32_t color_format, uint32_t origin, uint32_t color_buffers,
                        uint32_t aux_buffers, uint32_t pixel_format, GByteArray *reply)
{
    const struct glide_wrapper_calls *calls = &wrapper->calls;
    int32_t resolution = glide_screen_resolution(width, height);
    uint32_t opened = 0;
    glide_wrapper_close(wrapper);
    wrapper->space.color_format = color_format;
    vertex_space_reset(&wrapper->space, width, height);
    if (resolution >= 0 && pixel_format != GLIDE_PIXEL_565) {
        opened = calls->grSstWinOpenExt &&
                 calls->grSstWinOpenExt(0, resolution, 0, color_format & 3, origin & 1,
                                        pixel_format & 15, CLAMP(color_buffers, 2, 3),
                                        MIN(aux_buffers, 1)) != 0;
    } else if (resolution >= 0) {
        int32_t colors = CLAMP(color_buffers, 2, 3), aux = MIN(aux_buffers, 1);
        uint32_t (*win_open)(uint32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t) =
            wrapper->glide3 ? calls->grSstWinOpen_3 : calls->grSstWinOpen_2;
        opened = win_open(0, resolution, 0, color_format & 3, origin & 1, colors, aux) != 0;
    }
    if (opened) {
        start_screen(wrapper, width, height);
    }
    g_byte_array_append(reply, (const guint8 *)&opened, sizeof opened);
}

void glide_wrapper_close(struct glide_wrapper *wrapper)
{
    if (!wrapper->open) {
        return;
    }
    wrapper->open = false;
    if (wrapper->glide3) {
        wrapper->calls.grSstWinClose_3(1);
    } else {
        wrapper->calls.grSstWinClose_2();
    }
    g_clear_pointer(&wrapper->picture, g_free);
}

void glide_wrapper_buffer_clear(struct glide_wrapper *wrapper, uint32_t color, uint32_t alpha,
                                uint32_t depth)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_open_calls(wrapper);
    if (calls && wrapper->glide3) {
        calls->grBufferClear_3(color, alpha, depth);
    } else if (calls) {
        calls->grBufferClear_2(color, alpha, depth);
    }
}

void glide_wrapper_buffer_clear_ext(struct glide_wrapper *wrapper, uint32_t color, uint32_t alpha,
                                    uint32_t depth, uint32_t stencil)
{
    const struct glide_wrapper_calls *calls = glide_wrapper_open_calls(wrapper);
    if (calls && calls->grBufferClearExt) {
        calls->grBufferClearExt(color, alpha, depth, stencil);
    } else {
        glide_wrapper_buffer_clear(wrapper, color, alpha, depth);
    }
}

static void read_picture(struct glide_wrapper *wrapper, int32_t buffer)
{
    if (!wrapper->calls.grLfbReadRegion(buffer, 0, 0, wrapper->width, wrapper->height,
                                        2 * wrapper->width, wrapper->picture)) {
        memset(wrapper->picture, 0, (size_t)2 * wrapper->width * wrapper->height);
    }
}

/* Whether a front buffer can be read after it was swapped depends on windows; a back buffer can. */
void glide_wrapper_buffer_swap(struct glide_wrapper *wrapper, uint32_t interval)
{
    if (wrapper->open) {
        read_picture(wrapper, GLIDE_BUFFER_BACK);
        wrapper->swapped = true;
        wrapper->calls.grBufferSwap(0);
    }
}

static uint32_t shown(const struct glide_wrapper *wrapper, uint16_t pixel)
{
    uint32_t r = pixel >> 11, g = pixel >> 5 & 63, b = pixel & 31;
    return 0xff000000 | (uint32_t)wrapper->gamma.red[r << 3 | r >> 2] << 16 |
           (uint32_t)wrapper->gamma.green[g << 2 | g >> 4] << 8 |
           wrapper->gamma.blue[b << 3 | b >> 2];
}

void glide_wrapper_read_frame(struct glide_wrapper *wrapper, uint32_t width, uint32_t height,
                              uint32_t *to)
{
    if (wrapper->open && !wrapper->swapped) {
        read_picture(wrapper, GLIDE_BUFFER_FRONT);
    }
    wrapper->swapped = false;
    for (uint32_t y = 0; y < height; y++) {
        uint32_t from = (uint32_t)((uint64_t)(height - 1 - y) * wrapper->height / height);
        const uint16_t *row =
            wrapper->open ? wrapper->picture + (size_t)from * wrapper->width : NULL;
        for (uint32_t x = 0; x < width; x++) {
            *to++ = row ? shown(wrapper, row[(uint64_t)x * wrapper->width / width]) : 0xff000000;
        }
    }
}

/* --- the frame buffer as memory --- */

static bool on_screen(const struct glide_wrapper *wrapper, uint32_t x, uint32_t y, uint32_t width,
                      uint32_t height)
{
    return wrapper->open && width > 0 && height > 0 && x <= wrapper->width &&
           y <= wrapper->height && width <= wrapper->width - x && height <= wrapper->height - y;
}

/* Rows that count from below are the last first from above. */
static void turn_over(void *pixels, size_t stride, uint32_t height)
{
    g_autofree uint8_t *row = g_malloc(stride);
    for (uint32_t y = 0; y < height / 2; y++) {
        uint8_t *a = (uint8_t *)pixels + y * stride;
        uint8_t *b = (uint8_t *)pixels + (height - 1 - y) * stride;
        memcpy(row, a, stride);
        memcpy(a, b, stride);
        memcpy(b, row, stride);
    }
}

void glide_wrapper_lfb_write(struct glide_wrapper *wrapper, uint32_t buffer, uint32_t mode,
                             uint32_t origin, uint32_t pipeline, uint32_t x, uint32_t y,
                             uint32_t width, uint32_t height, const void *data, size_t size)
{
    const struct glide_wrapper_calls *calls = &wrapper->calls;
    size_t stride = (size_t)width * glide_lfb_pixel_size(mode);
    if (stride == 0 || !on_screen(wrapper, x, y, width, height) || height > size / stride ||
        buffer > GLIDE_BUFFER_AUX) {
        return;
    }
    g_autofree void *pixels = g_memdup2(data, height * stride);
    if (origin == GLIDE_ORIGIN_LOWER_LEFT) {
        turn_over(pixels, stride, height);
        y = wrapper->height - y - height;
    }
    if (wrapper->glide3) {
        calls->grLfbWriteRegion_3(buffer, x, y, mode, width, height, pipeline != 0, stride, pixels);
    } else {
        calls->grLfbWriteRegion_2(buffer, x, y, mode, width, height, stride, pixels);
    }
}

void glide_wrapper_lfb_read(struct glide_wrapper *wrapper, uint32_t buffer, uint32_t origin,
                            uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                            GByteArray *reply)
{
    if (!on_screen(wrapper, x, y, width, height) || buffer > GLIDE_BUFFER_AUX) {
        return;
    }
    bool below = origin == GLIDE_ORIGIN_LOWER_LEFT;
    size_t stride = 2 * (size_t)width;
    g_autofree uint8_t *pixels = g_malloc0(stride * height);
    if (wrapper->calls.grLfbReadRegion(buffer, x, below ? wrapper->height - y - height : y, width,
                                       height, stride, pixels)) {
        if (below) {
            turn_over(pixels, stride, height);
        }
        g_byte_array_append(reply, pixels, stride * height);
    }
}

/* Counters of a wrapper's mean nothing. */
void glide_wrapper_pixel_stats(struct glide_wrapper *wrapper, GByteArray *reply)
{
    const uint32_t none[5] = {0};
    g_byte_array_append(reply, (const guint8 *)none, sizeof none);
}

void glide_wrapper_pixel_stats_reset(struct glide_wrapper *wrapper)
{
}
