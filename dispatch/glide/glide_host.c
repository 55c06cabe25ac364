/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/glide_host.h"

#include "dispatch/glide/gamma_levels.h"
#include "dispatch/glide/glide_host_private.h"

#include <gio/gio.h>
#include <string.h>

struct glide_host *glide_host_create(const struct glide_host_options *options)
{
    struct glide_host *host = g_new0(struct glide_host, 1);
    host->options = *options;
    host->registers = &host->unseen;
    return host;
}

void glide_host_destroy(struct glide_host *host)
{
    if (host) {
        glide_host_close(host);
        g_free(host);
    }
}

static void destroy(void *board)
{
    glide_host_destroy(board);
}

const struct glide_backend glide_host_backend = {glide_host_handlers, destroy};

uint32_t glide_host_color(const struct glide_host *host, uint32_t color)
{
    return vertex_space_color(&host->space, color);
}

struct glide_texture_unit *glide_host_unit(struct glide_host *host, uint32_t tmu)
{
    return tmu < GLIDE_TMUS && tmu < host->options.texture_units ? &host->registers->tmu[tmu]
                                                                 : NULL;
}

static void reset(struct glide_host *host, uint32_t width, uint32_t height)
{
    host->mipmap_dither = false;
    memset(host->mipmap, 0, sizeof host->mipmap);
    host->lfb_color_format = host->space.color_format;
    host->lfb_swap_bytes = host->lfb_swap_words = 0;
    vertex_space_reset(&host->space, width, height);
    const struct gamma_levels levels = gamma_levels_linear();
    glide_host_gamma_table(host, &levels, sizeof levels);
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        glide_host_tex_filter_mode(host, tmu, 1, 1);
    }
}

/* What a GrPixelFormat_t asks for. */
struct pixel_format {
    bool known, argb_8888;
    uint8_t samples;
};

static struct pixel_format find_pixel_format(uint32_t format)
{
    static const struct pixel_format formats[] = {
        [GLIDE_PIXEL_565] = {true, false, 0},   [GLIDE_PIXEL_8888] = {true, true, 0},
        [GLIDE_PIXEL_2_565] = {true, false, 2}, [GLIDE_PIXEL_2_8888] = {true, true, 2},
        [GLIDE_PIXEL_4_565] = {true, false, 4}, [GLIDE_PIXEL_4_8888] = {true, true, 4},
        [GLIDE_PIXEL_8_565] = {true, false, 8}, [GLIDE_PIXEL_8_8888] = {true, true, 8},
    };
    return format < G_N_ELEMENTS(formats) ? formats[format] : formats[0];
}

void glide_host_open(struct glide_host *host, uint32_t width, uint32_t height,
                     uint32_t color_format, uint32_t origin, uint32_t color_buffers,
                     uint32_t aux_buffers, uint32_t pixel_format, GByteArray *reply)
{
    const struct pixel_format format = find_pixel_format(pixel_format);
    const struct glide_chip_options options = {
        .width = width,
        .height = height,
        .color_buffers = color_buffers,
        .texture_memory = host->options.texture_memory,
        .scale = host->options.scale,
        .samples = MAX(host->options.samples, format.samples),
        .true_color = host->options.true_color,
        .argb_8888 = format.argb_8888,
    };
    g_autoptr(GError) error = NULL;
    glide_host_close(host);
    if (format.known) {
        host->chip = glide_chip_create(&options, &error);
    } else {
        g_set_error(&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no pixels of format %u",
                    pixel_format);
    }
    uint32_t opened = host->chip != NULL;
    if (host->chip) {
        host->registers = glide_chip_registers(host->chip);
        host->registers->origin = origin;
        host->space.color_format = color_format;
        reset(host, width, height);
    } else {
        g_warning("Glide: %s", error->message);
    }
    g_byte_array_append(reply, (const guint8 *)&opened, sizeof opened);
}

void glide_host_close(struct glide_host *host)
{
    g_clear_pointer(&host->chip, glide_chip_destroy);
    host->registers = &host->unseen;
}

void glide_host_present(struct glide_host *host, uint32_t framebuffer, uint32_t width,
                        uint32_t height)
{
    if (host->chip) {
        glide_chip_present(host->chip, framebuffer, width, height);
    }
}

void glide_host_buffer_clear(struct glide_host *host, uint32_t color, uint32_t alpha,
                             uint32_t depth)
{
    if (host->chip) {
        glide_chip_clear(host->chip, glide_host_color(host, color), alpha, depth);
    }
}

void glide_host_buffer_clear_ext(struct glide_host *host, uint32_t color, uint32_t alpha,
                                 uint32_t depth, uint32_t stencil)
{
    glide_host_buffer_clear(host, color, alpha, depth);
    if (host->chip) {
        glide_chip_clear_stencil(host->chip, stencil);
    }
}

void glide_host_buffer_swap(struct glide_host *host, uint32_t interval)
{
    if (host->chip) {
        glide_chip_swap(host->chip);
    }
}

void glide_host_fog_table(struct glide_host *host, const void *data, size_t size)
{
    if (size >= sizeof host->registers->fog_table) {
        memcpy(host->registers->fog_table, data, sizeof host->registers->fog_table);
    }
}

void glide_host_gamma_table(struct glide_host *host, const void *data, size_t size)
{
    struct gamma_levels levels;
    if (host->chip && size >= sizeof levels) {
        memcpy(&levels, data, sizeof levels);
        gamma_levels_correct(&levels, host->options.gamma);
        glide_chip_write_gamma(host->chip, levels.red, levels.green, levels.blue);
    }
}

/* In the order of GrSstPerfStats_t. */
void glide_host_pixel_stats(struct glide_host *host, GByteArray *reply)
{
    struct glide_pixel_counters counters = {0};
    if (host->chip) {
        glide_chip_read_counters(host->chip, &counters);
    }
    const uint32_t words[] = {counters.in, counters.chroma_failed, counters.depth_failed,
                              counters.alpha_failed, counters.out};
    g_byte_array_append(reply, (const guint8 *)words, sizeof words);
}

void glide_host_pixel_stats_reset(struct glide_host *host)
{
    if (host->chip) {
        glide_chip_reset_counters(host->chip);
    }
}
