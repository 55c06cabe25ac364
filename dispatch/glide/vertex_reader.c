/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/vertex_reader.h"

#include "dispatch/glide/vertex_parameters.h"

#include <string.h>

void vertex_space_reset(struct vertex_space *space, uint32_t width, uint32_t height)
{
    *space = (struct vertex_space){.color_format = space->color_format, .depth_far = 1};
    space->viewport.width = width;
    space->viewport.height = height;
}

uint32_t vertex_space_color(const struct vertex_space *space, uint32_t color)
{
    switch (space->color_format & 3) {
    case 1: /* ABGR */
        return (color & 0xff00ff00) | (color & 0xff) << 16 | (color >> 16 & 0xff);
    case 2: /* RGBA */
        return color >> 8 | color << 24;
    case 3: /* BGRA */
        return GUINT32_SWAP_LE_BE(color);
    default:
        return color;
    }
}

/* Primitives of grDrawVertexArray(). */
enum { POINTS, LINE_STRIP, LINES, POLYGON, TRIANGLE_STRIP, TRIANGLE_FAN, TRIANGLES };

struct vertex_reader {
    const struct vertex_space *space;
    const uint32_t *words;
    uint32_t parameters, stride; /* in words */
    const struct vertex_sink *sink;
    void *to;
};

static float next_float(const uint32_t **words)
{
    float v;
    memcpy(&v, (*words)++, sizeof v);
    return v;
}

/* What a vertex says, in the parameters' order. */
struct said {
    struct glide_vertex v;
    float w;
    bool has_q[GLIDE_TMUS], has_st[GLIDE_TMUS];
};

static void read_st(const uint32_t **words, struct said *said, int tmu)
{
    said->v.tmu[tmu].sow = next_float(words);
    said->v.tmu[tmu].tow = next_float(words);
    said->has_st[tmu] = true;
}

static void read_q(const uint32_t **words, struct said *said, int tmu)
{
    said->v.tmu[tmu].oow = next_float(words);
    said->has_q[tmu] = true;
}

static void read_colors(const struct vertex_reader *reader, const uint32_t **at, struct said *said)
{
    /* Colours of clip coordinates run to 1. */
    float scale = reader->space->clip_coordinates ? 255 : 1;
    if (reader->parameters & GLIDE_PARAMETER_A) {
        said->v.a = next_float(at) * scale;
    }
    if (reader->parameters & GLIDE_PARAMETER_RGB) {
        said->v.r = next_float(at) * scale;
        said->v.g = next_float(at) * scale;
        said->v.b = next_float(at) * scale;
    }
    if (reader->parameters & GLIDE_PARAMETER_PARGB) {
        uint32_t argb = vertex_space_color(reader->space, *(*at)++);
        said->v.a = argb >> 24;
        said->v.r = argb >> 16 & 0xff;
        said->v.g = argb >> 8 & 0xff;
        said->v.b = argb & 0xff;
    }
}

static struct said read_words(const struct vertex_reader *reader, uint32_t index)
{
    const uint32_t *at = reader->words + (size_t)index * reader->stride;
    uint32_t has = reader->parameters;
    struct said said = {.v = {.oow = 1, .r = 255, .g = 255, .b = 255, .a = 255}, .w = 1};
    said.v.x = next_float(&at);
    said.v.y = next_float(&at);
    said.v.z = has & GLIDE_PARAMETER_Z ? next_float(&at) : 0;
    said.w = has & GLIDE_PARAMETER_W ? next_float(&at) : 1;
    said.v.oow = has & GLIDE_PARAMETER_Q ? next_float(&at) : 1;
    said.v.fog = has & GLIDE_PARAMETER_FOG ? next_float(&at) : said.v.oow;
    read_colors(reader, &at, &said);
    if (has & GLIDE_PARAMETER_ST0) {
        read_st(&at, &said, 0);
    }
    if (has & GLIDE_PARAMETER_Q0) {
        read_q(&at, &said, 0);
    }
    if (has & GLIDE_PARAMETER_ST1) {
        read_st(&at, &said, 1);
    }
    if (has & GLIDE_PARAMETER_Q1) {
        read_q(&at, &said, 1);
    }
    return said;
}

/* What a unit is not given it has from the vertex, or from the unit below. */
static void complete(struct said *said)
{
    for (int i = 0; i < GLIDE_TMUS; i++) {
        if (!said->has_q[i]) {
            said->v.tmu[i].oow = said->v.oow;
        }
        if (!said->has_st[i] && i > 0) {
            said->v.tmu[i].sow = said->v.tmu[i - 1].sow;
            said->v.tmu[i].tow = said->v.tmu[i - 1].tow;
        }
    }
}

/* s and t of clip coordinates run to 1 along both sides. */
static void project_texture(const struct vertex_space *space, struct said *said, float oow)
{
    for (int i = 0; i < GLIDE_TMUS; i++) {
        int32_t aspect = CLAMP(space->aspects[i], -3, 3);
        said->v.tmu[i].sow *= oow * 256 / (aspect < 0 ? 1 << -aspect : 1);
        said->v.tmu[i].tow *= oow * 256 / (aspect > 0 ? 1 << aspect : 1);
        said->v.tmu[i].oow = said->has_q[i] ? said->v.tmu[i].oow * oow : oow;
    }
}

/* False: the vertex lies behind the eye. */
static bool project(const struct vertex_space *space, struct said *said)
{
    float oow = 1 / said->w;
    if (!(said->w > 0)) {
        return false;
    }
    float half_width = space->viewport.width / 2.0f, half_height = space->viewport.height / 2.0f;
    float half_depth = (space->depth_far - space->depth_near) / 2;
    said->v.x = said->v.x * oow * half_width + space->viewport.x + half_width;
    said->v.y = said->v.y * oow * half_height + space->viewport.y + half_height;
    said->v.z = (said->v.z * oow * half_depth + space->depth_near + half_depth) * 65535;
    said->v.oow = oow;
    project_texture(space, said, oow);
    return true;
}

static bool read_vertex(const struct vertex_reader *reader, uint32_t index, struct glide_vertex *v)
{
    struct said said = read_words(reader, index);
    complete(&said);
    bool visible = !reader->space->clip_coordinates || project(reader->space, &said);
    *v = said.v;
    return visible;
}

static void draw_point(const struct vertex_reader *reader, uint32_t index, bool smooth)
{
    struct glide_vertex v;
    if (read_vertex(reader, index, &v)) {
        reader->sink->point(reader->to, &v, smooth);
    }
}

static void draw_line(const struct vertex_reader *reader, uint32_t first, bool smooth)
{
    struct glide_vertex a, b;
    if (read_vertex(reader, first, &a) && read_vertex(reader, first + 1, &b)) {
        reader->sink->line(reader->to, &a, &b, smooth);
    }
}

static void draw_triangle(const struct vertex_reader *reader, uint32_t a, uint32_t b, uint32_t c,
                          uint32_t smooth)
{
    struct glide_vertex v[3];
    if (read_vertex(reader, a, &v[0]) && read_vertex(reader, b, &v[1]) &&
        read_vertex(reader, c, &v[2])) {
        reader->sink->triangle(reader->to, &v[0], &v[1], &v[2], smooth);
    }
}

/* A polygon's inner edges do not fade. */
static void draw_fan(const struct vertex_reader *reader, uint32_t count, uint32_t smooth)
{
    for (uint32_t i = 1; i + 1 < count; i++) {
        uint32_t edges = 2 | (i == 1 ? 1 : 0) | (i + 2 == count ? 4 : 0);
        draw_triangle(reader, 0, i, i + 1, smooth & edges);
    }
}

static void draw_points_or_lines(const struct vertex_reader *reader, uint32_t mode, uint32_t count,
                                 bool smooth)
{
    uint32_t step = mode == LINES ? 2 : 1, last = mode == POINTS ? 0 : 1;
    for (uint32_t i = 0; i + last < count; i += step) {
        if (mode == POINTS) {
            draw_point(reader, i, smooth);
        } else {
            draw_line(reader, i, smooth);
        }
    }
}

void vertex_primitives_draw(const struct vertex_primitives *primitives,
                            const struct vertex_space *space, const struct vertex_sink *sink,
                            void *to)
{
    const struct vertex_reader reader = {
        .space = space,
        .words = primitives->data,
        .parameters = primitives->parameters & GLIDE_PARAMETERS,
        .stride = glide_vertex_words(primitives->parameters),
        .sink = sink,
        .to = to,
    };
    const uint32_t smooth = primitives->smooth;
    uint32_t count = MIN(primitives->count, primitives->size / 4 / reader.stride);
    switch (primitives->mode) {
    case POINTS:
    case LINE_STRIP:
    case LINES:
        draw_points_or_lines(&reader, primitives->mode, count, smooth);
        break;
    case POLYGON:
    case TRIANGLE_FAN:
        draw_fan(&reader, count, smooth);
        break;
    case TRIANGLE_STRIP:
        /* Every second triangle would run the other way round. */
        for (uint32_t i = 0; i + 2 < count; i++) {
            draw_triangle(&reader, i + (i & 1), i + 1 - (i & 1), i + 2, smooth);
        }
        break;
    case TRIANGLES:
        for (uint32_t i = 0; i + 2 < count; i += 3) {
            draw_triangle(&reader, i, i + 1, i + 2, smooth);
        }
        break;
    }
}
