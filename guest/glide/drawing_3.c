/* SPDX-License-Identifier: MIT */
/*
 * Glide 3's vertex arrays, layouts and modes.
 */
#include <string.h>

#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/drawing.h"

struct contiguous {
    const uint8_t *vertices;
    uint32_t stride;
};

static const void *contiguous_vertex(const void *data, uint32_t index)
{
    const struct contiguous *array = data;
    return array->vertices + (size_t)array->stride * index;
}

void GLIDE_CALL trireme_grDrawVertexArray(uint32_t mode, uint32_t count,
                                          const void *const *pointers)
{
    glide_draw_pointers(mode, glide_board.smooth, count, pointers);
}

void GLIDE_CALL trireme_grDrawVertexArrayContiguous(uint32_t mode, uint32_t count,
                                                    const void *vertices, uint32_t stride)
{
    const struct contiguous array = {vertices, stride};
    glide_draw(mode, glide_board.smooth, count, contiguous_vertex, &array);
}

void GLIDE_CALL trireme_grVertexLayout(uint32_t parameter, int32_t offset, uint32_t mode)
{
    glide_layout_name(&glide_board.layout, parameter, offset, mode != 0);
}

void GLIDE_CALL trireme_grGlideGetVertexLayout(void *layout)
{
    memcpy(layout, &glide_board.layout, sizeof glide_board.layout);
}

void GLIDE_CALL trireme_grGlideSetVertexLayout(const void *layout)
{
    memcpy(&glide_board.layout, layout, sizeof glide_board.layout);
    glide_layout_check(&glide_board.layout);
}

/* GR_AA_ORDERED, GR_ALLOW_MIPMAP_DITHER, GR_STENCIL_MODE_EXT; the others show nothing. */
static void enable(uint32_t mode, bool on)
{
    if (mode == 1) {
        glide_board.smooth = on ? GLIDE_SMOOTH_ALL : GLIDE_SMOOTH_NONE;
    } else if (mode == 2) {
        glide_allow_mipmap_dither(on);
    } else if (mode == 7) {
        glide_set_stencil_mode(&glide_board.settings, on);
    }
}

void GLIDE_CALL trireme_grEnable(uint32_t mode)
{
    enable(mode, true);
}

void GLIDE_CALL trireme_grDisable(uint32_t mode)
{
    enable(mode, false);
}
