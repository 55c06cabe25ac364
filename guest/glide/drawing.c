/* SPDX-License-Identifier: MIT */
#include "guest/glide/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "glide_encode.h"
#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"

/* The fixed part of a draw: header, four arguments, the vertices' bytes. */
#define DRAW_FIXED 24u
/* More vertices than anything that a program could mean. */
#define MOST_VERTICES (1u << 20)

/* The last record, while it may still grow: separate triangles, lines and points of one kind are
 * put together. */
static struct {
    uint8_t *record, *end;
    uint32_t mode, smooth, parameters, count;
    uint32_t bytes; /* of the vertices */
} open_draw;

/* What a CONTINUE goes on from: the last two vertices of a strip, or a fan's first and last. */
static struct {
    uint32_t mode; /* of the last strip or fan */
    uint32_t parameters;
    uint32_t count; /* vertices of it so far */
    uint8_t first[4 * GLIDE_LAYOUT_MOST_WORDS], last[4 * GLIDE_LAYOUT_MOST_WORDS];
    uint8_t before_last[4 * GLIDE_LAYOUT_MOST_WORDS];
} strip;

static uint32_t padded(uint32_t bytes)
{
    return (bytes + 7) & ~7u;
}

static void write_fixed(void)
{
    uint8_t *record = open_draw.record;
    gl_put_header(record, GLIDE_OP_DRAW, padded(DRAW_FIXED + open_draw.bytes));
    gl_put_32(record + 4, open_draw.mode);
    gl_put_32(record + 8, open_draw.parameters);
    gl_put_32(record + 12, open_draw.smooth);
    gl_put_32(record + 16, open_draw.count);
    gl_put_32(record + 20, open_draw.bytes);
}

/* The last record is of this kind, is still the last, and the host has not been shown it. */
static bool may_grow(const struct gl_encoder *e, uint32_t mode, uint32_t smooth,
                     uint32_t parameters, uint32_t bytes)
{
    const struct ring_producer *commands = &e->commands;
    uint32_t size = (uint32_t)(open_draw.end - open_draw.record);
    uint32_t grown = padded(DRAW_FIXED + open_draw.bytes + bytes);
    return open_draw.record && open_draw.end == commands->cursor && open_draw.mode == mode &&
           open_draw.smooth == smooth && open_draw.parameters == parameters && !e->lost &&
           ring_producer_unpublished(commands) >= size && grown <= e->record_limit &&
           commands->limit - open_draw.record >= (ptrdiff_t)grown;
}

/* Makes the last record longer by a draw, and returns the place of its vertices; NULL: a record of
 * its own is needed. */
static uint8_t *grow(struct gl_encoder *e, uint32_t mode, uint32_t smooth, uint32_t count,
                     uint32_t bytes)
{
    if (!may_grow(e, mode, smooth, glide_board.layout.parameters, bytes)) {
        return NULL;
    }
    uint8_t *place = open_draw.record + DRAW_FIXED + open_draw.bytes;
    open_draw.bytes += bytes;
    open_draw.count += count;
    uint8_t *end = open_draw.record + padded(DRAW_FIXED + open_draw.bytes);
    gl_encoder_end(e, (uint32_t)(end - open_draw.end));
    open_draw.end = end;
    write_fixed();
    return place;
}

static uint8_t *begin_record(struct gl_encoder *e, uint32_t mode, uint32_t smooth, uint32_t count,
                             uint32_t bytes)
{
    uint32_t size = padded(DRAW_FIXED + bytes);
    open_draw.record = gl_encoder_begin(e, size);
    open_draw.mode = mode;
    open_draw.smooth = smooth;
    open_draw.parameters = glide_board.layout.parameters;
    open_draw.count = count;
    open_draw.bytes = bytes;
    write_fixed();
    gl_encoder_end(e, size);
    open_draw.end = open_draw.record + size;
    return open_draw.record + DRAW_FIXED;
}

static bool is_separate(uint32_t mode)
{
    return mode == GLIDE_DRAW_POINTS || mode == GLIDE_DRAW_LINES || mode == GLIDE_DRAW_TRIANGLES;
}

static uint8_t *gather_all(uint8_t *place, uint32_t count, glide_vertex_of *vertex_of,
                           const void *data)
{
    for (uint32_t i = 0; i < count; i++) {
        place = glide_layout_gather(&glide_board.layout, vertex_of(data, i), place);
    }
    return place;
}

/* `prefix` vertices come first, from memory that is packed already. */
static void send(uint32_t mode, uint32_t smooth, const uint8_t *prefix, uint32_t prefix_count,
                 uint32_t count, glide_vertex_of *vertex_of, const void *data)
{
    struct gl_encoder *e = &glide_board.encoder;
    uint32_t vertex_bytes = 4 * glide_board.layout.words, total = prefix_count + count;
    uint32_t bytes = total * vertex_bytes, prefix_bytes = prefix_count * vertex_bytes;
    uint8_t *place = is_separate(mode) ? grow(e, mode, smooth, total, bytes) : NULL;
    uint8_t *buffer = NULL;
    if (!place && padded(DRAW_FIXED + bytes) <= e->record_limit) {
        place = begin_record(e, mode, smooth, total, bytes);
    } else if (!place) {
        place = buffer = malloc(bytes);
    }
    if (!place) {
        return;
    }
    if (prefix_bytes > 0) {
        memcpy(place, prefix, prefix_bytes);
    }
    gather_all(place + prefix_bytes, count, vertex_of, data);
    if (buffer) {
        glide_encode_draw(e, mode, glide_board.layout.parameters, smooth, total, buffer, bytes);
        free(buffer);
    }
}

static void remember(uint32_t mode, uint32_t count, glide_vertex_of *vertex_of, const void *data,
                     bool anew)
{
    const struct glide_layout *layout = &glide_board.layout;
    if (anew) {
        strip.mode = mode;
        strip.parameters = layout->parameters;
        strip.count = 0;
        glide_layout_gather(layout, vertex_of(data, 0), strip.first);
    }
    if (count >= 2) {
        glide_layout_gather(layout, vertex_of(data, count - 2), strip.before_last);
    } else {
        memcpy(strip.before_last, strip.last, sizeof strip.last);
    }
    glide_layout_gather(layout, vertex_of(data, count - 1), strip.last);
    strip.count += count;
}

/* A strip that is continued with an odd number of triangles behind it starts with an empty one, so
 * that the triangles face where they did. */
static void go_on(uint32_t mode, uint32_t smooth, uint32_t count, glide_vertex_of *vertex_of,
                  const void *data)
{
    uint32_t size = 4 * glide_board.layout.words, begun = 0;
    uint8_t prefix[3 * 4 * GLIDE_LAYOUT_MOST_WORDS];
    bool is_strip = mode == GLIDE_DRAW_TRIANGLE_STRIP;
    if (strip.mode != mode || strip.parameters != glide_board.layout.parameters ||
        strip.count < 2) {
        return;
    }
    if (is_strip && strip.count % 2 != 0) {
        memcpy(prefix, strip.before_last, size);
        begun++;
    }
    memcpy(prefix + begun * size, is_strip ? strip.before_last : strip.first, size);
    memcpy(prefix + (begun + 1) * size, strip.last, size);
    send(mode, smooth, prefix, begun + 2, count, vertex_of, data);
    remember(mode, count, vertex_of, data, false);
}

static void count_drawn(uint32_t mode, uint32_t count)
{
    switch (mode) {
    case GLIDE_DRAW_POINTS:
        glide_board.counts.points += count;
        break;
    case GLIDE_DRAW_LINE_STRIP:
        glide_board.counts.lines += count - 1;
        break;
    case GLIDE_DRAW_LINES:
        glide_board.counts.lines += count / 2;
        break;
    case GLIDE_DRAW_TRIANGLES:
        glide_board.counts.triangles += count / 3;
        break;
    case GLIDE_DRAW_POLYGON:
    case GLIDE_DRAW_TRIANGLE_STRIP:
    case GLIDE_DRAW_TRIANGLE_FAN:
        glide_board.counts.triangles += count > 2 ? count - 2 : 0;
        break;
    default: /* each vertex of a strip that goes on is one more triangle */
        glide_board.counts.triangles += count;
        break;
    }
}

void glide_draw(uint32_t mode, uint32_t smooth, uint32_t count, glide_vertex_of *vertex_of,
                const void *data)
{
    if (count == 0 || count > MOST_VERTICES || mode > GLIDE_DRAW_TRIANGLE_FAN_CONTINUE) {
        return;
    }
    glide_lfb_catch_up();
    count_drawn(mode, count);
    switch (mode) {
    case GLIDE_DRAW_TRIANGLE_STRIP_CONTINUE:
        go_on(GLIDE_DRAW_TRIANGLE_STRIP, smooth, count, vertex_of, data);
        return;
    case GLIDE_DRAW_TRIANGLE_FAN_CONTINUE:
        go_on(GLIDE_DRAW_TRIANGLE_FAN, smooth, count, vertex_of, data);
        return;
    case GLIDE_DRAW_TRIANGLE_STRIP:
    case GLIDE_DRAW_TRIANGLE_FAN:
        remember(mode, count, vertex_of, data, true);
        break;
    }
    send(mode, smooth, NULL, 0, count, vertex_of, data);
}

static const void *pointed_to(const void *data, uint32_t index)
{
    return ((const void *const *)data)[index];
}

void glide_draw_pointers(uint32_t mode, uint32_t smooth, uint32_t count,
                         const void *const *vertices)
{
    glide_draw(mode, smooth, count, pointed_to, vertices);
}

void GLIDE_CALL trireme_grDrawPoint(const void *vertex)
{
    glide_draw_pointers(GLIDE_DRAW_POINTS, glide_board.smooth, 1, &vertex);
}

void GLIDE_CALL trireme_grDrawLine(const void *a, const void *b)
{
    const void *const vertices[] = {a, b};
    glide_draw_pointers(GLIDE_DRAW_LINES, glide_board.smooth, 2, vertices);
}

void GLIDE_CALL trireme_grDrawTriangle(const void *a, const void *b, const void *c)
{
    const void *const vertices[] = {a, b, c};
    glide_draw_pointers(GLIDE_DRAW_TRIANGLES, glide_board.smooth, 3, vertices);
}

void GLIDE_CALL trireme_grAADrawTriangle(const void *a, const void *b, const void *c, int32_t ab,
                                         int32_t bc, int32_t ca)
{
    const void *const vertices[] = {a, b, c};
    glide_draw_pointers(GLIDE_DRAW_TRIANGLES,
                        (ab ? GLIDE_SMOOTH_AB : 0) | (bc ? GLIDE_SMOOTH_BC : 0) |
                            (ca ? GLIDE_SMOOTH_CA : 0),
                        3, vertices);
}
