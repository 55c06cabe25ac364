/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Buffers that are mapped again and again: the host is asked once, and what anybody else writes to
 * them in between is seen. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/context.h"
#include "tests/opengl/pair.h"

#define BYTES 256

/* A buffer of some contents, mapped once. */
static GLuint known_buffer(const struct pair_gl *gl)
{
    uint8_t bytes[BYTES];
    GLuint buffer;
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (uint8_t)(i * 7);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, BYTES, bytes, GL_DYNAMIC_DRAW);
    uint8_t *map = gl->MapBuffer(GL_ARRAY_BUFFER, GL_WRITE_ONLY);
    map[3] = 0x33;
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    return buffer;
}

/* Writes a byte through a mapping, and notes what the mapping and then the GL have. */
static void note_mapped(struct pair_side *side, GLenum target)
{
    const struct pair_gl *gl = side->gl;
    uint8_t bytes[BYTES] = {0};
    uint8_t *map = gl->MapBuffer(target, GL_READ_WRITE);
    pair_note(side, &(uint8_t){map != NULL}, 1);
    if (map) {
        pair_note(side, map, BYTES);
        map[5] += 1;
        gl->UnmapBuffer(target);
    }
    gl->GetBufferSubData(target, 0, BYTES, bytes);
    pair_note(side, bytes, BYTES);
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* Round trips of mapping a part of the bound buffer and unmapping it. */
static uint64_t trips(struct loop *loop, GLintptr offset, GLsizeiptr length, GLbitfield access)
{
    const struct pair_gl *gl = pair_trireme_gl();
    uint64_t before = loop_encoder(loop)->round_trips;
    cr_assert(gl->MapBufferRange(GL_ARRAY_BUFFER, offset, length, access));
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    return loop_encoder(loop)->round_trips - before;
}

Test(contents, the_host_is_asked_once)
{
    struct loop *loop = loop_create(false);
    GLuint buffer = known_buffer(pair_trireme_gl());
    for (int i = 0; i < 10; i++)
        cr_assert_eq(trips(loop, i, BYTES - 2 * i, GL_MAP_WRITE_BIT), 0);
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_READ_BIT), 0);
    /* What another buffer gets does not matter. */
    GLuint other;
    pair_trireme_gl()->GenBuffers(1, &other);
    pair_trireme_gl()->BindBuffer(GL_UNIFORM_BUFFER, other);
    pair_trireme_gl()->BufferData(GL_UNIFORM_BUFFER, BYTES, NULL, GL_DYNAMIC_DRAW);
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 0);
    /* More than was mapped before has to be asked for. */
    pair_trireme_gl()->BufferData(GL_ARRAY_BUFFER, BYTES, NULL, GL_DYNAMIC_DRAW);
    pair_trireme_gl()->Flush();
    cr_assert_eq(trips(loop, 10, 20, GL_MAP_WRITE_BIT), 1);
    cr_assert_eq(trips(loop, 9, 20, GL_MAP_WRITE_BIT), 1);
    cr_assert_eq(trips(loop, 10, 20, GL_MAP_WRITE_BIT), 1);
    cr_assert_eq(trips(loop, 10, 20, GL_MAP_WRITE_BIT), 0);
    pair_trireme_gl()->DeleteBuffers(1, &buffer);
    cr_assert_eq(loop_encoder(loop)->state->buffers.contents.bytes, 0);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    loop_destroy(loop);
}

Test(contents, who_shares_objects_asks_each_time)
{
    struct loop *loop = loop_create(false);
    uint32_t joined = 1;
    loop_encoder(loop)->state->joined = &joined;
    known_buffer(pair_trireme_gl());
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 0);
    joined = 2;
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 1);
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 1);
    loop_destroy(loop);
}

Test(contents, no_more_is_kept_than_there_is_room_for)
{
    enum { COUNT = BUFFER_CONTENTS_KEPT + 8 };
    struct loop *loop = loop_create(false);
    const struct pair_gl *gl = pair_trireme_gl();
    GLuint buffers[COUNT];
    for (int i = 0; i < COUNT; i++)
        buffers[i] = known_buffer(gl);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[COUNT - 1]);
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 0);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
    cr_assert_eq(trips(loop, 0, BYTES, GL_MAP_WRITE_BIT), 1);
    /* A large one takes the place of several, one that is larger than all is not kept. */
    for (int i = 1; i <= 3; i++) {
        const GLsizeiptr bytes = (GLsizeiptr)BUFFER_CONTENTS_BYTES / 2 * i;
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[i]);
        gl->BufferData(GL_ARRAY_BUFFER, bytes, NULL, GL_DYNAMIC_DRAW);
        gl->Flush();
        cr_assert_eq(trips(loop, 0, bytes, GL_MAP_READ_BIT), 1);
        cr_assert_eq(trips(loop, 0, bytes, GL_MAP_READ_BIT), i < 3 ? 0 : 1);
        cr_assert_leq(loop_encoder(loop)->state->buffers.contents.bytes, BUFFER_CONTENTS_BYTES);
    }
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    loop_destroy(loop);
}

static void written_by_commands(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const uint8_t bytes[BYTES] = {1, 2, 3, 4, 5, 6, 7, 8};
    known_buffer(gl);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->BufferSubData(GL_ARRAY_BUFFER, 4, 4, bytes);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->ClearBufferData(GL_ARRAY_BUFFER, GL_R8, GL_RED, GL_UNSIGNED_BYTE, bytes);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->BufferData(GL_ARRAY_BUFFER, BYTES, bytes, GL_STATIC_DRAW);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* Cleared beside what is mapped, while more is kept. */
    uint8_t *map = gl->MapBufferRange(GL_ARRAY_BUFFER, 0, 16, GL_MAP_WRITE_BIT);
    memset(map, 0x44, 16);
    gl->ClearBufferSubData(GL_ARRAY_BUFFER, GL_R8, 32, 16, GL_RED, GL_UNSIGNED_BYTE, bytes + 2);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->ClearBufferSubData(GL_ARRAY_BUFFER, GL_R8, 64, 16, GL_RED, GL_UNSIGNED_BYTE, bytes + 3);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* Flushed, while more is kept. */
    map = gl->MapBufferRange(GL_ARRAY_BUFFER, 96, 64, GL_MAP_WRITE_BIT | GL_MAP_FLUSH_EXPLICIT_BIT);
    memset(map, 0x55, 32);
    gl->FlushMappedBufferRange(GL_ARRAY_BUFFER, 0, 32);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* What was not flushed may be anything, but it is the same for who maps it and for the GL. */
    uint8_t read[BYTES];
    map = gl->MapBufferRange(GL_ARRAY_BUFFER, 0, 64, GL_MAP_WRITE_BIT | GL_MAP_FLUSH_EXPLICIT_BIT);
    memset(map, 0x99, 64);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    gl->GetBufferSubData(GL_ARRAY_BUFFER, 0, BYTES, read);
    map = gl->MapBuffer(GL_ARRAY_BUFFER, GL_READ_ONLY);
    pair_note(side, &(uint8_t){memcmp(map, read, BYTES) == 0}, 1);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
}

Test(contents, commands_that_write_are_seen)
{
    pair_run(written_by_commands, 3500);
}

static void written_by_copies(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint from, buffer = known_buffer(gl);
    uint8_t bytes[BYTES];
    memset(bytes, 0x99, sizeof bytes);
    gl->GenBuffers(1, &from);
    gl->BindBuffer(GL_COPY_READ_BUFFER, from);
    gl->BufferData(GL_COPY_READ_BUFFER, BYTES, bytes, GL_STATIC_DRAW);
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, buffer);
    gl->CopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 40, 10);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* Another target, and the buffer behind its back: this fails, the binding stays. */
    gl->BindBufferBase(GL_UNIFORM_BUFFER, 0, buffer);
    note_mapped(side, GL_UNIFORM_BUFFER);
    gl->BindBufferBase(GL_UNIFORM_BUFFER, 1u << 20, from);
    gl->BufferSubData(GL_UNIFORM_BUFFER, 50, 10, bytes);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->BindBufferRange(GL_UNIFORM_BUFFER, 1, from, 1, 4);
    gl->BufferSubData(GL_UNIFORM_BUFFER, 60, 10, bytes);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* The name is given anew. */
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->DeleteBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, BYTES, bytes, GL_STATIC_DRAW);
    note_mapped(side, GL_ARRAY_BUFFER);
}

Test(contents, copies_are_seen)
{
    pair_run(written_by_copies, 3000);
}

static void unknown_names(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    uint8_t bytes[BYTES];
    memset(bytes, 0x77, sizeof bytes);
    GLuint from, buffer = known_buffer(gl);
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, buffer);
    gl->GenBuffers(1, &from);
    /* An error in a core profile: the binding stays. */
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, 4711);
    gl->BufferSubData(GL_COPY_WRITE_BUFFER, 8, 8, bytes);
    gl->BindBuffer(GL_COPY_WRITE_BUFFER, 0);
    note_mapped(side, GL_ARRAY_BUFFER);
}

Test(contents, a_binding_that_fails_is_none)
{
    pair_run_core(unknown_names, 500);
}

static void packed_into(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint buffer = known_buffer(gl);
    gl->ClearColor(0.25f, 0.5f, 0.75f, 1);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->BindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
    for (int i = 0; i < 3; i++) {
        gl->ReadPixels(0, 0, 4, 1, GL_RGBA, GL_UNSIGNED_BYTE, (void *)(uintptr_t)(16 * i));
        note_mapped(side, GL_ARRAY_BUFFER);
    }
}

Test(contents, packed_pixels_are_seen)
{
    pair_run(packed_into, 1500);
}

static void transform_feedback(struct pair_side *side)
{
    static const char *const varying = "value";
    const struct pair_gl *gl = side->gl;
    GLuint buffer = known_buffer(gl), vao;
    GLuint program = gl->CreateProgram(), shader = gl->CreateShader(GL_VERTEX_SHADER);
    const char *source = "#version 130\n"
                         "flat out int value;\n"
                         "void main() { value = gl_VertexID + 100; gl_Position = vec4(0); }\n";
    gl->GenVertexArrays(1, &vao);
    gl->BindVertexArray(vao);
    gl->ShaderSource(shader, 1, &source, NULL);
    gl->CompileShader(shader);
    gl->AttachShader(program, shader);
    gl->TransformFeedbackVaryings(program, 1, &varying, GL_INTERLEAVED_ATTRIBS);
    gl->LinkProgram(program);
    gl->UseProgram(program);
    gl->Enable(GL_RASTERIZER_DISCARD);
    gl->BindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffer);
    for (int i = 0; i < 2; i++) {
        note_mapped(side, GL_ARRAY_BUFFER);
        gl->BeginTransformFeedback(GL_POINTS);
        gl->DrawArrays(GL_POINTS, i, 3);
        gl->EndTransformFeedback();
        gl->Finish();
    }
    note_mapped(side, GL_ARRAY_BUFFER);
}

Test(contents, transform_feedback_is_seen)
{
    pair_run(transform_feedback, 1500);
}

static void shader_storage(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint buffer = known_buffer(gl), texture;
    GLuint program = gl->CreateProgram(), shader = gl->CreateShader(GL_COMPUTE_SHADER);
    const char *source = "#version 430\n"
                         "layout(local_size_x = 1) in;\n"
                         "layout(std430, binding = 0) buffer Storage { uint words[]; };\n"
                         "layout(r32ui, binding = 0) writeonly uniform uimageBuffer image;\n"
                         "uniform uint which;\n"
                         "void main() {\n"
                         "    if (which == 0u) words[2] = 0x12345678u;\n"
                         "    else imageStore(image, 4, uvec4(0x9abcdef0u));\n"
                         "}\n";
    gl->ShaderSource(shader, 1, &source, NULL);
    gl->CompileShader(shader);
    gl->AttachShader(program, shader);
    gl->LinkProgram(program);
    gl->UseProgram(program);
    gl->BindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, buffer);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->Uniform1ui(gl->GetUniformLocation(program, "which"), 0);
    gl->DispatchCompute(1, 1, 1);
    gl->MemoryBarrier(GL_ALL_BARRIER_BITS);
    note_mapped(side, GL_ARRAY_BUFFER);
    /* As a texture, by its name alone. */
    GLuint other = known_buffer(gl);
    gl->GenTextures(1, &texture);
    gl->BindTexture(GL_TEXTURE_BUFFER, texture);
    gl->TexBuffer(GL_TEXTURE_BUFFER, GL_R32UI, other);
    gl->BindImageTexture(0, texture, 0, GL_FALSE, 0, GL_WRITE_ONLY, GL_R32UI);
    note_mapped(side, GL_ARRAY_BUFFER);
    gl->Uniform1ui(gl->GetUniformLocation(program, "which"), 1);
    gl->DispatchCompute(1, 1, 1);
    gl->MemoryBarrier(GL_ALL_BARRIER_BITS);
    note_mapped(side, GL_ARRAY_BUFFER);
}

Test(contents, shaders_that_write_are_seen)
{
    pair_run_core(shader_storage, 2000);
}

static void inside_begin(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    for (int kept = 0; kept < 2; kept++) {
        known_buffer(gl);
        if (!kept)
            gl->BufferSubData(GL_ARRAY_BUFFER, 0, 4, "abcd");
        gl->Begin(GL_POINTS);
        pair_note(side, &(uint8_t){gl->MapBuffer(GL_ARRAY_BUFFER, GL_READ_ONLY) != NULL}, 1);
        gl->End();
        GLenum error = gl->GetError();
        pair_note(side, &error, sizeof error);
        note_mapped(side, GL_ARRAY_BUFFER);
        /* Unmapped by a command that fails. */
        uint8_t *map = gl->MapBuffer(GL_ARRAY_BUFFER, GL_WRITE_ONLY);
        memset(map, 0x11, BYTES);
        gl->Begin(GL_POINTS);
        gl->BufferSubData(GL_ARRAY_BUFFER, 0, 4, "efgh");
        gl->End();
        gl->UnmapBuffer(GL_ARRAY_BUFFER);
        note_mapped(side, GL_ARRAY_BUFFER);
    }
}

Test(contents, nothing_is_mapped_inside_begin)
{
    pair_run(inside_begin, 2000);
}
