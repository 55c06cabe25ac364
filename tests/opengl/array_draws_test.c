/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws of every kind from arrays in the program's memory and in buffers: their vertices are those
 * of the host's own GL. Memory ends where the last element does that the GL may read.
 */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/mman.h>

#include "dispatch/vertex_format.h"
#include "tests/opengl/capture.h"

/* Positions for 40 vertices; two attributes for as many instances as there are, of different
 * divisors. */
struct scene {
    float *places;
    uint8_t *tints;
    float *shifts;
    size_t tints_bytes, shifts_bytes;
};

#define VERTICES 40

static void fill(float *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (float)(i * 7 % 31) - 11.5f;
}

/* `tints` elements of attribute 5, every one for `tint_divisor` instances; the same for
 * attribute 6. */
static void scene_make(const struct pair_gl *gl, struct scene *s, unsigned tints,
                       GLuint tint_divisor, unsigned shifts, GLuint shift_divisor)
{
    s->places = guarded_alloc(VERTICES * 2 * sizeof(float));
    s->tints_bytes = (tints - 1) * (size_t)7 + 4;
    s->tints = guarded_alloc(s->tints_bytes);
    s->shifts_bytes = shifts * 3 * sizeof(float);
    s->shifts = guarded_alloc(s->shifts_bytes);
    fill(s->places, VERTICES * 2);
    fill(s->shifts, shifts * (size_t)3);
    for (size_t i = 0; i < s->tints_bytes; i++)
        s->tints[i] = (uint8_t)(i * 37);
    gl->VertexPointer(2, GL_FLOAT, 0, s->places);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->VertexAttribPointer(CAPTURE_ATTRIB, 4, GL_UNSIGNED_BYTE, GL_TRUE, 7, s->tints);
    gl->VertexAttribPointer(CAPTURE_OTHER, 3, GL_FLOAT, GL_FALSE, 0, s->shifts);
    gl->VertexAttribDivisor(CAPTURE_ATTRIB, tint_divisor);
    gl->VertexAttribDivisor(CAPTURE_OTHER, shift_divisor);
    gl->EnableVertexAttribArray(CAPTURE_ATTRIB);
    gl->EnableVertexAttribArray(CAPTURE_OTHER);
}

static void scene_free(struct scene *s)
{
    guarded_free(s->places, VERTICES * 2 * sizeof(float));
    guarded_free(s->tints, s->tints_bytes);
    guarded_free(s->shifts, s->shifts_bytes);
}

static void instances(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const GLushort few[5] = {39, 3, 3, 0, 17};
    struct scene s;
    capture_use(gl, "vec4", true);
    /* 7 instances from the third on; the last elements are those of the last one. */
    for (GLuint divisor = 1; divisor < 5; divisor++) {
        scene_make(gl, &s, 2 + (7 - 1) / divisor + 1, divisor, VERTICES, 0);
        capture_begin(gl, GL_POINTS);
        gl->DrawArraysInstancedBaseInstance(GL_POINTS, 37, 3, 7, 2);
        capture_end(side, 21);
        capture_begin(gl, GL_POINTS);
        gl->DrawElementsInstancedBaseInstance(GL_POINTS, 5, GL_UNSIGNED_SHORT, few, 7, 2);
        capture_end(side, 35);
        capture_begin(gl, GL_POINTS);
        gl->DrawElementsInstancedBaseVertexBaseInstance(GL_POINTS, 3, GL_UNSIGNED_SHORT, few + 1, 7,
                                                        5, 2);
        gl->DrawElementsInstancedBaseVertex(GL_POINTS, 3, GL_UNSIGNED_SHORT, few + 2, 3, 22);
        gl->DrawElementsInstanced(GL_POINTS, 2, GL_UNSIGNED_SHORT, few, 3);
        gl->DrawArraysInstanced(GL_POINTS, 0, 2, 4);
        capture_end(side, 44);
        scene_free(&s);
    }
    /* Both for each instance, and for more instances than there are. */
    scene_make(gl, &s, 3, 3, 1, 100);
    capture_begin(gl, GL_POINTS);
    gl->DrawArraysInstanced(GL_POINTS, 1, 2, 9);
    gl->DrawArraysInstanced(GL_POINTS, 1, 2, 0);
    gl->DrawArraysInstanced(GL_POINTS, 1, 0, 9);
    capture_end(side, 20);
    scene_free(&s);
}

Test(array_draws, instances_take_elements_by_divisor)
{
    pair_run(instances, 10000);
}

/* By index, by fixed index, by both: then the fixed one counts. `cut` is drawn unless it is the
 * one. */
struct restarts {
    bool by_index, fixed;
    GLuint index, cut;
};

static void restarted(struct pair_side *side, const struct restarts *restarts, GLenum mode,
                      GLenum type)
{
    const struct pair_gl *gl = side->gl;
    const unsigned size = index_bytes(type), n = 12;
    uint8_t *indices = guarded_alloc(n * size);
    for (unsigned i = 0; i < n; i++) {
        uint32_t index = i == 4 || i == 8 ? restarts->cut : i * 3;
        memcpy(indices + i * size, &index, size);
    }
    if (restarts->by_index)
        gl->Enable(GL_PRIMITIVE_RESTART);
    if (restarts->fixed)
        gl->Enable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
    gl->PrimitiveRestartIndex(restarts->index);
    capture_begin(gl, GL_TRIANGLES);
    gl->DrawElements(mode, (GLsizei)n, type, indices);
    gl->DrawElementsBaseVertex(mode, (GLsizei)n, type, indices, 5);
    capture_end(side, 72);
    gl->Disable(GL_PRIMITIVE_RESTART);
    gl->Disable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
    guarded_free(indices, n * size);
}

static void restart(struct pair_side *side)
{
    static const GLenum types[3] = {GL_UNSIGNED_BYTE, GL_UNSIGNED_SHORT, GL_UNSIGNED_INT};
    static const GLenum modes[3] = {GL_TRIANGLE_STRIP, GL_TRIANGLES, GL_TRIANGLE_FAN};
    struct scene s;
    capture_use(side->gl, "vec4", false);
    scene_make(side->gl, &s, VERTICES, 0, VERTICES, 0);
    for (unsigned t = 0; t < 3; t++) {
        const GLuint greatest = UINT32_MAX >> (32 - 8 * index_bytes(types[t]));
        const struct restarts all[] = {
            {true, false, 3, 3},         {true, false, greatest, greatest},
            {true, false, 0x1000003, 3}, {false, true, 3, greatest},
            {true, true, 3, greatest},   {true, true, 3, 3},
        };
        for (unsigned i = 0; i < G_N_ELEMENTS(all); i++)
            for (unsigned m = 0; m < 3; m++)
                restarted(side, &all[i], modes[m], types[t]);
    }
    scene_free(&s);
}

Test(array_draws, restart_indices_name_no_vertex)
{
    pair_run(restart, 100000);
}

/* Vertices with much between them that the host's own GL reads, and nobody else may. */
#define FAR 3000000

static void far_apart(struct pair_side *side)
{
    static const GLuint indices[8] = {FAR, 7, 100000, 0xffffffff, 100001, FAR + 2, 7, FAR};
    const struct pair_gl *gl = side->gl;
    const size_t stride = 12, page = 4096, bytes = (FAR + page) * stride;
    uint8_t *places = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(places, MAP_FAILED);
    if (side->trireme)
        mprotect(places, bytes, PROT_NONE);
    for (unsigned i = 0; i < 8; i++) {
        if (indices[i] > FAR + 2)
            continue;
        const size_t at = indices[i] * stride, first = at / page * page;
        const float place[3] = {(float)i, (float)indices[i], 1};
        mprotect(places + first, (at + stride - 1) / page * page + page - first,
                 PROT_READ | PROT_WRITE);
        memcpy(places + at, place, sizeof place);
    }
    capture_use(gl, "vec4", false);
    gl->VertexPointer(3, GL_FLOAT, (GLsizei)stride, places);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->Enable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
    capture_begin(gl, GL_POINTS);
    gl->DrawElements(GL_POINTS, 8, GL_UNSIGNED_INT, indices);
    gl->DrawElementsInstanced(GL_POINTS, 3, GL_UNSIGNED_INT, indices, 2);
    gl->DrawElementsBaseVertex(GL_POINTS, 3, GL_UNSIGNED_INT, indices, 0);
    gl->MultiDrawElements(GL_POINTS, (const GLsizei[]){2, 2}, GL_UNSIGNED_INT,
                          (const void *const[]){indices, indices + 4}, 2);
    capture_end(side, 24);
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof indices, indices, GL_STATIC_DRAW);
    capture_begin(gl, GL_POINTS);
    gl->DrawElements(GL_POINTS, 8, GL_UNSIGNED_INT, NULL);
    gl->DrawElementsInstanced(GL_POINTS, 3, GL_UNSIGNED_INT, NULL, 2);
    gl->DrawElementsBaseVertex(GL_POINTS, 2, GL_UNSIGNED_INT, (void *)16, 0);
    gl->MultiDrawElements(GL_POINTS, (const GLsizei[]){2, 2}, GL_UNSIGNED_INT,
                          (const void *const[]){NULL, (void *)16}, 2);
    capture_end(side, 24);
    GLint bound = 0;
    gl->GetIntegerv(GL_ELEMENT_ARRAY_BUFFER_BINDING, &bound);
    const bool kept = (GLuint)bound == buffer;
    pair_note(side, &kept, sizeof kept);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
    /* Elements for instances are where they were. */
    gl->VertexAttribPointer(CAPTURE_OTHER, 3, GL_FLOAT, GL_FALSE, (GLsizei)stride,
                            places + 7 * stride);
    gl->VertexAttribDivisor(CAPTURE_OTHER, 5);
    gl->EnableVertexAttribArray(CAPTURE_OTHER);
    capture_begin(gl, GL_POINTS);
    gl->DrawElementsInstanced(GL_POINTS, 5, GL_UNSIGNED_INT, indices, 5);
    capture_end(side, 20);
    gl->DisableVertexAttribArray(CAPTURE_OTHER);
    munmap(places, bytes);
}

Test(array_draws, what_lies_between_vertices_is_not_read)
{
    pair_run(far_apart, 1000);
}

/* Restart indices as small as the number of vertices. */
static void small_restart(struct pair_side *side)
{
    static const GLushort indices[7] = {4000, 7, 1, 2000, 2001, 1, 7};
    const struct pair_gl *gl = side->gl;
    float *places = g_new0(float, 4001 * 2);
    for (unsigned i = 0; i < 4001 * 2; i++)
        places[i] = (float)i;
    capture_use(gl, "vec4", false);
    gl->VertexPointer(2, GL_FLOAT, 0, places);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->Enable(GL_PRIMITIVE_RESTART);
    for (GLuint restart = 0; restart < 9; restart++) {
        gl->PrimitiveRestartIndex(restart);
        capture_begin(gl, GL_POINTS);
        gl->DrawElements(GL_POINTS, 7, GL_UNSIGNED_SHORT, indices);
        capture_end(side, 8);
    }
    g_free(places);
}

Test(array_draws, no_vertex_gets_the_number_of_the_restart_index)
{
    pair_run(small_restart, 1000);
}

/* Three vertices a long way apart cost what three vertices cost. */
Test(array_draws, what_lies_between_vertices_is_not_sent)
{
    static float places[FAR / 10][3];
    static const GLuint indices[3] = {0, FAR / 10 - 1, 5};
    struct loop *loop = loop_create(false);
    const struct pair_gl *gl = pair_trireme_gl();
    gl->VertexPointer(3, GL_FLOAT, 0, places);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    loop_drain(loop);
    const uint64_t before = loop_bytes(loop);
    gl->DrawElements(GL_POINTS, 3, GL_UNSIGNED_INT, indices);
    loop_drain(loop);
    cr_assert_lt(loop_bytes(loop) - before, 512);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    loop_destroy(loop);
}
