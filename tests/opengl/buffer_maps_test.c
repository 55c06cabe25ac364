/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every way to map a buffer object, and what crosses the rings for it. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/pair.h"

#define BYTES 256
#define WRITTEN 12 /* of what is mapped, the first byte and how many */
#define COUNT 20

static const GLbitfield bits[] = {GL_MAP_READ_BIT,
                                  GL_MAP_WRITE_BIT,
                                  GL_MAP_INVALIDATE_RANGE_BIT,
                                  GL_MAP_INVALIDATE_BUFFER_BIT,
                                  GL_MAP_FLUSH_EXPLICIT_BIT,
                                  GL_MAP_UNSYNCHRONIZED_BIT};

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* What is undefined is neither read nor noted. */
static void map_once(struct pair_side *side, GLintptr offset, GLsizeiptr length, GLbitfield access)
{
    const struct pair_gl *gl = side->gl;
    uint8_t bytes[BYTES];
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (uint8_t)(i * 7 + 1);
    gl->BufferData(GL_COPY_WRITE_BUFFER, BYTES, bytes, GL_DYNAMIC_DRAW);
    uint8_t *map = gl->MapBufferRange(GL_COPY_WRITE_BUFFER, offset, length, access);
    pair_note(side, &(uint8_t){map != NULL}, 1);
    note_error(side);
    if (map && access & GL_MAP_READ_BIT)
        pair_note(side, map, (size_t)length);
    if (map && access & GL_MAP_WRITE_BIT)
        memset(map + WRITTEN, 0xd0, COUNT);
    gl->FlushMappedBufferRange(GL_COPY_WRITE_BUFFER, WRITTEN, COUNT);
    note_error(side);
    gl->FlushMappedBufferRange(GL_COPY_WRITE_BUFFER, length - 1, 2); /* beyond the mapping */
    note_error(side);
    GLboolean intact = gl->UnmapBuffer(GL_COPY_WRITE_BUFFER);
    pair_note(side, &intact, sizeof intact);
    note_error(side);
    gl->GetBufferSubData(GL_COPY_WRITE_BUFFER, 0, BYTES, bytes);
    note_error(side);
    const bool invalidated =
        map && access & (GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);
    if (!invalidated)
        pair_note(side, bytes, BYTES);
    else
        pair_note(side, bytes + offset + WRITTEN, COUNT);
    if (invalidated && !(access & GL_MAP_INVALIDATE_BUFFER_BIT))
        pair_note(side, bytes, (size_t)offset);
}

static void every_access(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, buffer);
    for (unsigned set = 0; set < 1u << G_N_ELEMENTS(bits); set++) {
        GLbitfield access = 0;
        for (unsigned i = 0; i < G_N_ELEMENTS(bits); i++)
            access |= set >> i & 1 ? bits[i] : 0;
        map_once(side, 0, BYTES, access);
        map_once(side, 64, 50, access);
    }
    static const GLenum ways[] = {GL_READ_ONLY, GL_WRITE_ONLY, GL_READ_WRITE};
    for (unsigned i = 0; i < G_N_ELEMENTS(ways); i++) {
        uint8_t bytes[BYTES];
        uint8_t *map = gl->MapBuffer(GL_COPY_WRITE_BUFFER, ways[i]);
        if (ways[i] != GL_WRITE_ONLY)
            pair_note(side, map, BYTES);
        if (ways[i] != GL_READ_ONLY)
            map[i] = 0x77;
        gl->UnmapBuffer(GL_COPY_WRITE_BUFFER);
        gl->GetBufferSubData(GL_COPY_WRITE_BUFFER, 0, BYTES, bytes);
        pair_note(side, bytes, BYTES);
        note_error(side);
    }
}

Test(buffer_maps, of_every_access)
{
    pair_run(every_access, 20000);
}

#define MUCH (1 << 20)
#define LITTLE 512

/* Commands and replies, in bytes, that it takes to map a part of a large buffer and to unmap it. */
struct traffic {
    uint64_t up;
    uint32_t down;
};

static struct traffic traffic(struct loop *loop, GLintptr offset, GLsizeiptr length,
                              GLbitfield access)
{
    const struct pair_gl *gl = pair_trireme_gl();
    const uint64_t up = loop_bytes(loop);
    const uint32_t down = loop_reply_bytes(loop);
    cr_assert(gl->MapBufferRange(GL_COPY_WRITE_BUFFER, offset, length, access));
    gl->UnmapBuffer(GL_COPY_WRITE_BUFFER);
    loop_drain(loop);
    return (struct traffic){loop_bytes(loop) - up, loop_reply_bytes(loop) - down};
}

/* A buffer that some command may have written to. */
static GLuint large_buffer(struct loop *loop, const uint8_t *bytes)
{
    const struct pair_gl *gl = pair_trireme_gl();
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, buffer);
    gl->BufferData(GL_COPY_WRITE_BUFFER, MUCH, bytes, GL_DYNAMIC_DRAW);
    gl->BufferSubData(GL_COPY_WRITE_BUFFER, 0, 4, bytes);
    loop_drain(loop);
    return buffer;
}

/* Neither what a program invalidated nor what it only read or did not flush. */
Test(buffer_maps, nothing_is_copied_that_need_not_be)
{
    static const uint8_t bytes[MUCH];
    struct loop *loop = loop_create(false);
    const struct pair_gl *gl = pair_trireme_gl();
    struct traffic t;
    GLuint buffer = large_buffer(loop, bytes);
    t = traffic(loop, 0, MUCH, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);
    cr_assert(t.up < MUCH + MUCH / 16 && t.down < LITTLE); /* once, in chunks */
    t = traffic(loop, 4096, 64, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT);
    cr_assert(t.up < LITTLE && t.down < LITTLE);
    t = traffic(loop, 0, MUCH,
                GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_FLUSH_EXPLICIT_BIT);
    cr_assert(t.up < LITTLE && t.down < LITTLE);
    t = traffic(loop, 0, 64, GL_MAP_READ_BIT);
    cr_assert(t.up < LITTLE && t.down < LITTLE);

    buffer = large_buffer(loop, bytes);
    gl->InvalidateBufferData(buffer);
    t = traffic(loop, 0, MUCH, GL_MAP_WRITE_BIT);
    cr_assert(t.down < LITTLE);
    buffer = large_buffer(loop, bytes);
    gl->BufferData(GL_COPY_WRITE_BUFFER, MUCH, NULL, GL_DYNAMIC_DRAW);
    t = traffic(loop, 0, MUCH, GL_MAP_WRITE_BIT);
    cr_assert(t.down < LITTLE);

    /* What is read has to come, and goes nowhere. */
    buffer = large_buffer(loop, bytes);
    t = traffic(loop, 0, MUCH, GL_MAP_READ_BIT);
    cr_assert(t.up < LITTLE && t.down >= MUCH);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    loop_destroy(loop);
}
