/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/glide_host_private.h"

static void draw_point(void *chip, const struct glide_vertex *v, bool smooth)
{
    glide_chip_draw_point(chip, v, smooth);
}

static void draw_line(void *chip, const struct glide_vertex *a, const struct glide_vertex *b,
                      bool smooth)
{
    glide_chip_draw_line(chip, a, b, smooth);
}

static void draw_triangle(void *chip, const struct glide_vertex *a, const struct glide_vertex *b,
                          const struct glide_vertex *c, unsigned smooth)
{
    glide_chip_draw_triangle(chip, a, b, c, smooth);
}

void glide_host_draw(struct glide_host *host, uint32_t mode, uint32_t parameters, uint32_t smooth,
                     uint32_t count, const void *data, size_t size)
{
    static const struct vertex_sink sink = {draw_point, draw_line, draw_triangle};
    const struct vertex_primitives primitives = {mode, parameters, smooth, count, data, size};
    if (host->chip) {
        vertex_primitives_draw(&primitives, &host->space, &sink, host->chip);
    }
}
