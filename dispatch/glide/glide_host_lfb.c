/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frame buffer as a program's memory. */
#include "dispatch/glide/glide_host_private.h"

#include <string.h>

void glide_host_lfb_constant_alpha(struct glide_host *host, uint32_t alpha)
{
    host->registers->lfb_constant_alpha = alpha;
}

void glide_host_lfb_constant_depth(struct glide_host *host, uint32_t depth)
{
    host->registers->lfb_constant_depth = depth;
}

void glide_host_lfb_constant_stencil(struct glide_host *host, uint32_t stencil)
{
    host->registers->lfb_constant_stencil = stencil;
}

void glide_host_lfb_color_format(struct glide_host *host, uint32_t format)
{
    host->lfb_color_format = format;
}

void glide_host_lfb_swizzle(struct glide_host *host, uint32_t bytes, uint32_t words)
{
    host->lfb_swap_bytes = bytes;
    host->lfb_swap_words = words;
}

/* grLfbWriteColorSwizzle: of each 32 bits all bytes, or the two halves, change their places. */
static void *swizzled(const struct glide_host *host, const void *data, size_t size)
{
    uint32_t *words = g_memdup2(data, size);
    for (size_t i = 0; i < size / 4; i++) {
        if (host->lfb_swap_bytes) {
            words[i] = GUINT32_SWAP_LE_BE(words[i]);
        }
        if (host->lfb_swap_words) {
            words[i] = words[i] << 16 | words[i] >> 16;
        }
    }
    return words;
}

void glide_host_lfb_write(struct glide_host *host, uint32_t buffer, uint32_t mode, uint32_t origin,
                          uint32_t pipeline, uint32_t x, uint32_t y, uint32_t width,
                          uint32_t height, const void *data, size_t size)
{
    size_t stride = (size_t)width * glide_lfb_pixel_size(mode);
    if (!host->chip || stride == 0) {
        return;
    }
    g_autofree void *changed =
        host->lfb_swap_bytes || host->lfb_swap_words ? swizzled(host, data, size) : NULL;
    glide_chip_lfb_write(host->chip, &(struct glide_lfb_write){
                                         .buffer = buffer,
                                         .mode = mode,
                                         .origin = origin,
                                         .pipeline = pipeline != 0,
                                         .color_format = host->lfb_color_format,
                                         .x = x,
                                         .y = y,
                                         .width = width,
                                         .height = MIN(height, size / stride),
                                         .pixels = changed ? changed : data,
                                         .stride = stride,
                                     });
}

void glide_host_lfb_read(struct glide_host *host, uint32_t buffer, uint32_t origin, uint32_t x,
                         uint32_t y, uint32_t width, uint32_t height, GByteArray *reply)
{
    if (!host->chip || x > glide_chip_width(host->chip) || y > glide_chip_height(host->chip) ||
        width > glide_chip_width(host->chip) - x || height > glide_chip_height(host->chip) - y) {
        return;
    }
    guint before = reply->len;
    g_byte_array_set_size(reply, before + 2 * width * height);
    glide_chip_lfb_read(host->chip, buffer, origin, x, y, width, height, reply->data + before,
                        2 * (size_t)width);
}
