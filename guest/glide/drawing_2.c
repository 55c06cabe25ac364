/* SPDX-License-Identifier: MIT */
/*
 * Glide 2's polygons and its drawing utilities. Its clipping functions are the plain ones: the host
 * clips every draw to the clip window.
 */
#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/drawing.h"

static const void *listed(const void *data, uint32_t index)
{
    return (const uint8_t *)data + (size_t)GLIDE2_VERTEX_BYTES * index;
}

struct indexed {
    const int32_t *indices;
    const uint8_t *vertices;
};

static const void *indexed_vertex(const void *data, uint32_t index)
{
    const struct indexed *polygon = data;
    return polygon->vertices + (ptrdiff_t)GLIDE2_VERTEX_BYTES * polygon->indices[index];
}

static void draw_list(uint32_t smooth, int32_t count, const void *vertices)
{
    if (count > 0) {
        glide_draw(GLIDE_DRAW_POLYGON, smooth, (uint32_t)count, listed, vertices);
    }
}

static void draw_indexed(uint32_t smooth, int32_t count, const int32_t *indices,
                         const void *vertices)
{
    const struct indexed polygon = {indices, vertices};
    if (count > 0) {
        glide_draw(GLIDE_DRAW_POLYGON, smooth, (uint32_t)count, indexed_vertex, &polygon);
    }
}

void GLIDE_CALL trireme_grDrawPolygon(int32_t count, const int32_t *indices, const void *vertices)
{
    draw_indexed(GLIDE_SMOOTH_NONE, count, indices, vertices);
}

void GLIDE_CALL trireme_grDrawPolygonVertexList(int32_t count, const void *vertices)
{
    draw_list(GLIDE_SMOOTH_NONE, count, vertices);
}

void GLIDE_CALL trireme_grDrawPlanarPolygon(int32_t count, const int32_t *indices,
                                            const void *vertices)
{
    draw_indexed(GLIDE_SMOOTH_NONE, count, indices, vertices);
}

void GLIDE_CALL trireme_grDrawPlanarPolygonVertexList(int32_t count, const void *vertices)
{
    draw_list(GLIDE_SMOOTH_NONE, count, vertices);
}

void GLIDE_CALL trireme_grAADrawPolygon(int32_t count, const int32_t *indices, const void *vertices)
{
    draw_indexed(GLIDE_SMOOTH_ALL, count, indices, vertices);
}

void GLIDE_CALL trireme_grAADrawPolygonVertexList(int32_t count, const void *vertices)
{
    draw_list(GLIDE_SMOOTH_ALL, count, vertices);
}

void GLIDE_CALL trireme_grAADrawPoint(const void *vertex)
{
    glide_draw_pointers(GLIDE_DRAW_POINTS, GLIDE_SMOOTH_ALL, 1, &vertex);
}

void GLIDE_CALL trireme_grAADrawLine(const void *a, const void *b)
{
    const void *const vertices[] = {a, b};
    glide_draw_pointers(GLIDE_DRAW_LINES, GLIDE_SMOOTH_ALL, 2, vertices);
}

void GLIDE_CALL trireme_guDrawTriangleWithClip(const void *a, const void *b, const void *c)
{
    trireme_grDrawTriangle(a, b, c);
}

void GLIDE_CALL trireme_guAADrawTriangleWithClip(const void *a, const void *b, const void *c)
{
    trireme_grAADrawTriangle(a, b, c, 1, 1, 1);
}

void GLIDE_CALL trireme_guDrawPolygonVertexListWithClip(int32_t count, const void *vertices)
{
    draw_list(GLIDE_SMOOTH_NONE, count, vertices);
}

void GLIDE_CALL trireme_grTriStats(uint32_t *processed, uint32_t *drawn)
{
    *processed = *drawn = glide_board.counts.triangles;
}

void GLIDE_CALL trireme_grResetTriStats(void)
{
    glide_board.counts.triangles = 0;
}

/* GR_HINT_STWHINT and GR_HINT_ALLOW_MIPMAP_DITHER say something about the picture. */
void GLIDE_CALL trireme_grHints(uint32_t type, uint32_t value)
{
    if (type == 0) {
        glide_layout_hint(&glide_board.layout, value);
    } else if (type == 3) {
        glide_allow_mipmap_dither(value != 0);
    }
}

/* A vertex layout of an early Glide 2.4: no program is known that calls it. */
void GLIDE_CALL trireme_grParameterData(uint32_t param, uint32_t components, uint32_t type,
                                        int32_t offset)
{
}
