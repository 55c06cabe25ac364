/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Buffer objects, shaders, sync objects, selection and feedback against the GL's own. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/pair.h"

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

static void note_buffer(struct pair_side *side, GLenum target, size_t bytes)
{
    uint8_t *read = g_malloc0(bytes);
    side->gl->GetBufferSubData(target, 0, (GLsizeiptr)bytes, read);
    pair_note(side, read, bytes);
    g_free(read);
    note_error(side);
}

static void mapped(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    uint8_t bytes[256];
    GLuint buffer;
    for (int i = 0; i < 256; i++)
        bytes[i] = (uint8_t)i;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, 256, bytes, GL_DYNAMIC_DRAW);
    /* What is not written stays. */
    uint8_t *map = gl->MapBuffer(GL_ARRAY_BUFFER, GL_WRITE_ONLY);
    memset(map + 10, 0xaa, 20);
    GLboolean kept = gl->UnmapBuffer(GL_ARRAY_BUFFER);
    pair_note(side, &kept, sizeof kept);
    note_buffer(side, GL_ARRAY_BUFFER, 256);
    /* Reading shows the contents. */
    map = gl->MapBufferRange(GL_ARRAY_BUFFER, 5, 50, GL_MAP_READ_BIT);
    pair_note(side, map, 50);
    pair_note(side, &(uint8_t){((uintptr_t)map - 5) % 64 == 0}, 1);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    /* Parts are written. */
    map =
        gl->MapBufferRange(GL_ARRAY_BUFFER, 64, 64, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT);
    memset(map, 0xbb, 64);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_buffer(side, GL_ARRAY_BUFFER, 256);
    /* Parts are flushed. */
    map =
        gl->MapBufferRange(GL_ARRAY_BUFFER, 128, 64, GL_MAP_WRITE_BIT | GL_MAP_FLUSH_EXPLICIT_BIT);
    memset(map + 8, 0xcc, 8);
    gl->FlushMappedBufferRange(GL_ARRAY_BUFFER, 8, 8);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_buffer(side, GL_ARRAY_BUFFER, 256);
    /* Defined anew, then written. */
    gl->BufferData(GL_ARRAY_BUFFER, 128, NULL, GL_STREAM_DRAW);
    map = gl->MapBuffer(GL_ARRAY_BUFFER, GL_WRITE_ONLY);
    memset(map, 0x77, 128);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_buffer(side, GL_ARRAY_BUFFER, 128);
}

Test(objects, buffers_are_mapped_and_written_back)
{
    pair_run(mapped, 900);
}

static void map_parameters(struct pair_side *side)
{
    static const GLenum names[] = {
        GL_BUFFER_MAPPED,     GL_BUFFER_ACCESS, GL_BUFFER_ACCESS_FLAGS, GL_BUFFER_MAP_OFFSET,
        GL_BUFFER_MAP_LENGTH, GL_BUFFER_SIZE,   GL_BUFFER_USAGE};
    const struct pair_gl *gl = side->gl;
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_UNIFORM_BUFFER, buffer);
    gl->BufferData(GL_UNIFORM_BUFFER, 100, NULL, GL_DYNAMIC_COPY);
    for (int mapped = 0; mapped < 2; mapped++) {
        void *pointer = NULL, *map = NULL;
        if (mapped)
            map = gl->MapBufferRange(GL_UNIFORM_BUFFER, 20, 30, GL_MAP_WRITE_BIT | GL_MAP_READ_BIT);
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            GLint value = -1;
            gl->GetBufferParameteriv(GL_UNIFORM_BUFFER, names[i], &value);
            pair_note(side, &value, sizeof value);
        }
        gl->GetBufferPointerv(GL_UNIFORM_BUFFER, GL_BUFFER_MAP_POINTER, &pointer);
        pair_note(side, &(uint8_t){pointer == map}, 1);
    }
    note_error(side);
    /* Each of these is refused. */
    pair_note(side, &(uint8_t){!gl->MapBuffer(GL_UNIFORM_BUFFER, GL_READ_ONLY)}, 1);
    note_error(side);
    gl->UnmapBuffer(GL_UNIFORM_BUFFER);
    static const struct {
        GLintptr offset;
        GLsizeiptr length;
        GLbitfield access;
    } wrong[] = {{0, 101, GL_MAP_READ_BIT},
                 {-1, 1, GL_MAP_READ_BIT},
                 {0, 1, 0},
                 {0, 1, GL_MAP_READ_BIT | GL_MAP_INVALIDATE_RANGE_BIT},
                 {0, 1, 0x80000000},
                 {0, 1, GL_MAP_READ_BIT | GL_MAP_FLUSH_EXPLICIT_BIT}};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        void *map = gl->MapBufferRange(GL_UNIFORM_BUFFER, wrong[i].offset, wrong[i].length,
                                       wrong[i].access);
        pair_note(side, &(uint8_t){map == NULL}, 1);
        note_error(side);
    }
    gl->MapBuffer(GL_TEXTURE_2D, GL_READ_ONLY);
    note_error(side);
    gl->MapBuffer(GL_UNIFORM_BUFFER, GL_RGBA);
    note_error(side);
    gl->UnmapBuffer(GL_UNIFORM_BUFFER);
    note_error(side);
    gl->BindBuffer(GL_UNIFORM_BUFFER, 0);
    gl->MapBuffer(GL_UNIFORM_BUFFER, GL_READ_ONLY);
    note_error(side);
}

Test(objects, what_is_asked_about_mapped_buffers_is_answered)
{
    pair_run(map_parameters, 80);
}

static void used_while_mapped(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    uint8_t bytes[64] = {1, 2, 3};
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, 64, bytes, GL_STATIC_DRAW);
    gl->MapBuffer(GL_ARRAY_BUFFER, GL_READ_WRITE);
    gl->BufferSubData(GL_ARRAY_BUFFER, 0, 4, bytes);
    note_error(side);
    gl->GetBufferSubData(GL_ARRAY_BUFFER, 0, 64, bytes);
    note_error(side);
    gl->ClearBufferData(GL_ARRAY_BUFFER, GL_R8, GL_RED, GL_UNSIGNED_BYTE, bytes);
    note_error(side);
    gl->VertexPointer(2, GL_FLOAT, 0, NULL);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->DrawArrays(GL_POINTS, 0, 2);
    note_error(side);
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    gl->DrawArrays(GL_POINTS, 0, 2);
    note_error(side);
    gl->MapBuffer(GL_ARRAY_BUFFER, GL_READ_WRITE);
    gl->BufferData(GL_ARRAY_BUFFER, 64, bytes, GL_STATIC_DRAW); /* unmaps */
    note_error(side);
    note_buffer(side, GL_ARRAY_BUFFER, 64);
}

Test(objects, mapped_buffers_are_not_used_otherwise)
{
    pair_run(used_while_mapped, 80);
}

static void large_buffer(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const size_t bytes = 5 << 20;
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_COPY_READ_BUFFER, buffer);
    gl->BufferData(GL_COPY_READ_BUFFER, (GLsizeiptr)bytes, NULL, GL_STATIC_DRAW);
    uint32_t *map = gl->MapBuffer(GL_COPY_READ_BUFFER, GL_WRITE_ONLY);
    for (size_t i = 0; i < bytes / 4; i++)
        map[i] = (uint32_t)(i * 2654435761u);
    gl->UnmapBuffer(GL_COPY_READ_BUFFER);
    note_buffer(side, GL_COPY_READ_BUFFER, bytes);
}

Test(objects, buffers_larger_than_the_ring_are_written_and_read)
{
    pair_run(large_buffer, 5 << 20);
}

static void shaders(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const char vertex[] =
        "#version 150\n"
        "uniform block { vec4 first; vec4 second; };"
        "out vec4 captured; out float other;"
        "void main() { gl_Position = first; captured = second; other = 1.0; }";
    GLuint program = gl->CreateProgram(), shader = gl->CreateShader(GL_VERTEX_SHADER);
    const GLchar *parts[3] = {vertex, "\n// comment without end, and more", "\n"};
    const GLint lengths[3] = {-1, 12, 1};
    char source[512] = {0};
    GLint value = 0, size = 0;
    GLsizei length = 0;
    GLenum type = 0;
    gl->ShaderSource(shader, 3, parts, lengths);
    gl->GetShaderSource(shader, sizeof source, &length, source);
    pair_note(side, &length, sizeof length);
    pair_note(side, source, sizeof source);
    gl->GetShaderiv(shader, GL_SHADER_SOURCE_LENGTH, &value);
    pair_note(side, &value, sizeof value);
    gl->CompileShader(shader);
    gl->AttachShader(program, shader);
    const GLchar *varyings[2] = {"other", "captured"};
    gl->TransformFeedbackVaryings(program, 2, varyings, GL_INTERLEAVED_ATTRIBS);
    gl->LinkProgram(program);
    gl->GetProgramiv(program, GL_LINK_STATUS, &value);
    pair_note(side, &value, sizeof value);
    gl->GetProgramiv(program, GL_TRANSFORM_FEEDBACK_VARYINGS, &value);
    pair_note(side, &value, sizeof value);
    const GLchar *names[3] = {"second", "none", "first"};
    GLuint indices[3] = {7, 7, 7};
    gl->GetUniformIndices(program, 3, names, indices);
    pair_note(side, indices, sizeof indices);
    memset(source, 0, sizeof source);
    gl->GetActiveUniform(program, indices[0], sizeof source, &length, &size, &type, source);
    pair_note(side, source, sizeof source);
    gl->ShaderSource(shader, -1, parts, NULL);
    note_error(side);
    gl->ShaderSource(9999, 1, parts, NULL);
    note_error(side);
    const GLchar *whole = "void main() { gl_FragColor = vec4(1); }";
    GLuint separate = gl->CreateShaderProgramv(GL_FRAGMENT_SHADER, 1, &whole);
    gl->GetProgramiv(separate, GL_LINK_STATUS, &value);
    pair_note(side, &value, sizeof value);
    note_error(side);
}

Test(objects, sources_and_names_arrive)
{
    pair_run(shaders, 1000);
}

static void fences(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLsync sync = gl->FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    GLenum result = gl->ClientWaitSync(sync, GL_SYNC_FLUSH_COMMANDS_BIT, 10000000000u);
    pair_note(side, &(uint8_t){result == GL_ALREADY_SIGNALED || result == GL_CONDITION_SATISFIED},
              1);
    GLint values[4] = {0};
    GLsizei length = 0;
    gl->GetSynciv(sync, GL_SYNC_STATUS, 4, &length, values);
    pair_note(side, values, sizeof values[0]);
    gl->DeleteSync(sync);
    note_error(side);
    result = gl->ClientWaitSync(sync, 0, 0);
    pair_note(side, &result, sizeof result);
    note_error(side);
    gl->DeleteSync(NULL);
    note_error(side);
}

Test(objects, sync_objects_have_names_of_their_own)
{
    pair_run(fences, 20);
}

static void cleared_beside_a_mapping(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const uint8_t one = 1;
    const struct {
        GLintptr offset;
        GLsizeiptr size;
    } ranges[] = {{0, 64}, {128, 64}, {0, 65}, {127, 1}, {64, 64}, {0, 256}};
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, 256, (uint8_t[256]){0}, GL_STATIC_DRAW);
    memset(gl->MapBufferRange(GL_ARRAY_BUFFER, 64, 64, GL_MAP_WRITE_BIT), 7, 64);
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        gl->ClearBufferSubData(GL_ARRAY_BUFFER, GL_R8, ranges[i].offset, ranges[i].size, GL_RED,
                               GL_UNSIGNED_BYTE, &one);
        note_error(side);
    }
    gl->UnmapBuffer(GL_ARRAY_BUFFER);
    note_buffer(side, GL_ARRAY_BUFFER, 256);
}

Test(objects, cleared_beside_a_mapping)
{
    pair_run(cleared_beside_a_mapping, 256);
}

static void source_for_no_shader(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLchar *const unmapped[1] = {(const GLchar *)16};
    gl->ShaderSource(4711, 1, unmapped, NULL);
    note_error(side);
    gl->ShaderSource(gl->CreateProgram(), 1, unmapped, NULL);
    note_error(side);
    gl->ShaderSource(gl->CreateShader(GL_VERTEX_SHADER), -1, unmapped, NULL);
    note_error(side);
}

Test(objects, source_for_no_shader_is_not_read)
{
    pair_run(source_for_no_shader, 3 * sizeof(GLenum));
}

static void selection(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint hits[64];
    GLfloat vertices[64];
    memset(hits, 0x11, sizeof hits);
    memset(vertices, 0, sizeof vertices);
    gl->SelectBuffer(64, hits);
    GLint count = gl->RenderMode(GL_SELECT);
    pair_note(side, &count, sizeof count);
    gl->InitNames();
    gl->PushName(17);
    for (GLuint name = 40; name < 43; name++) {
        gl->LoadName(name);
        gl->Begin(GL_TRIANGLES);
        gl->Vertex2f(0, 0);
        gl->Vertex2f(0.5f, 0);
        gl->Vertex2f(0, 0.5f);
        gl->End();
    }
    gl->SelectBuffer(8, hits); /* refused while selecting */
    note_error(side);
    count = gl->RenderMode(GL_FEEDBACK); /* refused: no buffer */
    note_error(side);
    count = gl->RenderMode(GL_RENDER);
    pair_note(side, &count, sizeof count);
    pair_note(side, hits, 3 * 4 * sizeof hits[0]);
    gl->FeedbackBuffer(64, GL_3D_COLOR, vertices);
    gl->RenderMode(GL_FEEDBACK);
    gl->Begin(GL_LINES);
    gl->Vertex2f(0, 0);
    gl->Vertex2f(0.5f, 0.25f);
    gl->End();
    count = gl->RenderMode(GL_RENDER);
    pair_note(side, &count, sizeof count);
    pair_note(side, vertices, sizeof vertices);
    void *pointer = NULL;
    gl->GetPointerv(GL_FEEDBACK_BUFFER_POINTER, &pointer);
    pair_note(side, &(uint8_t){pointer == vertices}, 1);
    note_error(side);
}

Test(objects, selection_and_feedback_come_back)
{
    pair_run(selection, 100);
}

static const char array_vertex[] =
    "#version 130\n"
    "uniform vec4 many[8]; uniform vec4 one; uniform mat2 single[1];\n"
    "uniform float last[2];\n"
    "void main() {\n"
    "    gl_Position = one + vec4(single[0][0], 0, last[1]);\n"
    "    for (int i = 0; i < 8; i++) gl_Position += many[i];\n"
    "}\n";

static void note_uniform(struct pair_side *side, GLuint program, GLint location)
{
    GLfloat values[4] = {-1, -1, -1, -1};
    side->gl->GetUniformfv(program, location, values);
    pair_note(side, values, sizeof values);
}

/* Values that end where other memory begins, and counts that reach far beyond. */
static void counts_of_uniforms(struct pair_side *side)
{
    static const GLsizei counts[] = {0, 1, 1025, 100000, INT32_MAX};
    const struct pair_gl *gl = side->gl;
    GLuint program = pair_program(gl, array_vertex, "void main() { gl_FragColor = vec4(1); }");
    gl->UseProgram(program);
    GLint many = gl->GetUniformLocation(program, "many"),
          one = gl->GetUniformLocation(program, "one");
    GLint single = gl->GetUniformLocation(program, "single");
    const GLint fifth = gl->GetUniformLocation(program, "many[5]");
    GLfloat *values = guarded_alloc(8 * 4 * sizeof *values);
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        for (int j = 0; j < 32; j++)
            values[j] = (GLfloat)(i * 100) + (GLfloat)j;
        gl->Uniform4fv(many, counts[i], values);
        for (int j = 0; j < 8; j++)
            note_uniform(side, program, many + j);
        note_error(side);
        gl->Uniform4fv(fifth, counts[i], values + 20);
        gl->UniformMatrix2fv(single, counts[i], GL_FALSE, values + 28);
        note_uniform(side, program, fifth + 2);
        note_uniform(side, program, single);
        note_error(side);
        /* Errors: no array, another type, no uniform; nothing; no program. */
        gl->Uniform4fv(one, counts[i], values + 28);
        note_uniform(side, program, one);
        note_error(side);
        gl->Uniform1fv(many, counts[i], values);
        note_error(side);
        gl->Uniform4fv(12345, counts[i], values + 28);
        note_error(side);
        gl->Uniform4fv(-1, counts[i], counts[i] ? values + 28 : NULL);
        note_error(side);
        gl->UseProgram(0);
        gl->Uniform4fv(many, counts[i], values + 28);
        note_error(side);
        gl->UseProgram(program);
        gl->Begin(GL_POINTS);
        gl->Uniform4fv(many, counts[i], values);
        gl->End();
        note_error(side);
    }
    guarded_free(values, 8 * 4 * sizeof *values);
}

Test(objects, uniforms_are_read_as_far_as_they_go)
{
    pair_run(counts_of_uniforms, 900);
}

static void names_that_are_not_there(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLchar *names[2] = {NULL, "one"};
    GLuint indices[2] = {7, 7};
    GLuint program = pair_program(gl, array_vertex, "void main() { gl_FragColor = vec4(1); }");
    pair_note(side, &(GLint){gl->GetUniformLocation(program, NULL)}, sizeof(GLint));
    pair_note(side, &(GLint){gl->GetAttribLocation(program, NULL)}, sizeof(GLint));
    pair_note(side, &(GLint){gl->GetFragDataLocation(program, NULL)}, sizeof(GLint));
    pair_note(side, &(GLuint){gl->GetUniformBlockIndex(program, NULL)}, sizeof(GLint));
    pair_note(side, &(GLuint){gl->GetProgramResourceIndex(program, GL_UNIFORM, NULL)},
              sizeof(GLint));
    pair_note(side, &(GLint){gl->GetProgramResourceLocation(program, GL_UNIFORM, NULL)},
              sizeof(GLint));
    gl->GetUniformIndices(program, 2, names, indices);
    pair_note(side, indices, sizeof indices);
    gl->BindAttribLocation(program, 3, NULL);
    note_error(side);
    pair_note(side, &(GLuint){gl->GetProgramResourceIndex(program, GL_UNIFORM, "one")},
              sizeof(GLint));
    pair_note(side, &(GLint){gl->GetProgramResourceLocation(program, GL_UNIFORM, "many[3]")},
              sizeof(GLint));
    note_error(side);
}

Test(objects, no_name_names_nothing)
{
    pair_run(names_that_are_not_there, 40);
}

/* Mesa reads on behind the end of such a name. */
Test(objects, what_lies_behind_a_name_does_not_matter)
{
    const struct pair_gl *gl = pair_trireme_gl();
    struct loop *loop = loop_create(true);
    GLuint program = pair_program(gl,
                                  "#version 150\n"
                                  "#extension GL_ARB_arrays_of_arrays : enable\n"
                                  "in vec4 arrays[2][2];\n"
                                  "void main() { gl_Position = arrays[0][0]; }\n",
                                  "#version 150\n"
                                  "out vec4 color; void main() { color = vec4(1); }\n");
    cr_assert_eq(gl->GetProgramResourceIndex(program, GL_PROGRAM_INPUT, "arrays"),
                 GL_INVALID_INDEX);
    cr_assert_eq(gl->GetProgramResourceIndex(program, GL_PROGRAM_INPUT, "arrays[0]"), 0);
    loop_destroy(loop);
}
