/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that the GL refuses change nothing, neither of what the guest keeps of its state. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/array_types.h"
#include "tests/opengl/pair.h"

#define GUARD 40 /* vertices in the arrays below */

static const char *const vertex_shader = "#version 430\n"
                                         "layout(location = 0) in vec2 place;\n"
                                         "void main() { gl_Position = vec4(place, 0, 1); }\n";
static const char *const fragment_shader = "#version 430\n"
                                           "out vec4 color;\n"
                                           "void main() { color = vec4(1, 0.5, 0.25, 1); }\n";

struct arrays {
    float places[GUARD][2], colors[GUARD][4], others[GUARD][4];
};

/* Triangles all over the surface, and values that look different wherever they are taken for. */
static void fill(struct arrays *arrays)
{
    for (int i = 0; i < GUARD; i++) {
        arrays->places[i][0] = (float)(i * 29 % 41) / 20.5f - 1;
        arrays->places[i][1] = (float)(i * 17 % 37) / 18.5f - 1;
        for (int k = 0; k < 4; k++) {
            arrays->colors[i][k] = (float)((i + 3 * k) % 7) / 6;
            arrays->others[i][k] = (float)((i * 5 + k) % 11) / 5.5f - 1;
        }
    }
}

static void use_arrays(const struct pair_gl *gl, const struct arrays *arrays)
{
    gl->VertexPointer(2, GL_FLOAT, 0, arrays->places);
    gl->ColorPointer(4, GL_FLOAT, 0, arrays->colors);
    gl->SecondaryColorPointer(3, GL_FLOAT, 16, arrays->colors);
    gl->FogCoordPointer(GL_FLOAT, 16, arrays->others);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_COLOR_ARRAY);
}

static void note_draw(struct pair_side *side, GLenum mode)
{
    side->gl->Clear(GL_COLOR_BUFFER_BIT);
    side->gl->DrawArrays(mode, 0, 12);
    pair_note_picture(side);
}

static void note_integer(struct pair_side *side, GLenum name)
{
    GLint value = -1;
    side->gl->GetIntegerv(name, &value);
    pair_note(side, &value, sizeof value);
}

/* Whether the place of an array is this one now. */
static void note_place(struct pair_side *side, GLenum name, const void *place)
{
    void *pointer = NULL;
    side->gl->GetPointerv(name, &pointer);
    bool same = pointer == place;
    pair_note(side, &same, sizeof same);
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* Types and sizes, most of them wrong, of each array. */
static void pointers_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct arrays arrays;
    fill(&arrays);
    for (unsigned t = 0; t <= ARRAY_TYPES; t++) {
        const GLenum type = t < ARRAY_TYPES ? array_types[t] : GL_2_BYTES;
        for (GLint n = 0; n <= 5; n++) {
            const GLint size = n == 5 ? GL_BGRA : n;
            const void *place = &arrays.others[n];
            void *pointer = NULL;
            use_arrays(gl, &arrays);
            gl->VertexPointer(size, type, 4, place);
            note_place(side, GL_VERTEX_ARRAY_POINTER, place);
            gl->ColorPointer(size, type, 4, place);
            note_place(side, GL_COLOR_ARRAY_POINTER, place);
            gl->SecondaryColorPointer(size, type, 4, place);
            note_place(side, GL_SECONDARY_COLOR_ARRAY_POINTER, place);
            gl->FogCoordPointer(type, 4, place);
            note_place(side, GL_FOG_COORD_ARRAY_POINTER, place);
            gl->NormalPointer(GL_FLOAT, 4, arrays.colors);
            gl->NormalPointer(type, 4, place);
            note_place(side, GL_NORMAL_ARRAY_POINTER, place);
            gl->TexCoordPointer(2, GL_FLOAT, 4, arrays.colors);
            gl->TexCoordPointer(size, type, 4, place);
            note_place(side, GL_TEXTURE_COORD_ARRAY_POINTER, place);
            gl->IndexPointer(GL_FLOAT, 4, arrays.colors);
            gl->IndexPointer(type, 4, place);
            note_place(side, GL_INDEX_ARRAY_POINTER, place);
            for (unsigned kind = 0; kind < 4; kind++) {
                gl->VertexAttribPointer(3, 2, GL_FLOAT, GL_FALSE, 4, arrays.colors);
                if (kind < 2)
                    gl->VertexAttribPointer(3, size, type, kind == 1, 4, place);
                else if (kind == 2)
                    gl->VertexAttribIPointer(3, size, type, 4, place);
                else
                    gl->VertexAttribLPointer(3, size, type, 4, place);
                GLenum error = gl->GetError();
                pair_note(side, &error, sizeof error);
                gl->GetVertexAttribPointerv(3, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
                bool same = pointer == place;
                pair_note(side, &same, sizeof same);
            }
        }
    }
}

/* Strides that not every GL takes, and that this one does not tell in full. */
static void wide_strides_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLsizei strides[] = {2048, 2052, 40000, 65532};
    const size_t bytes = 11 * 65536 + 2 * sizeof(GLfloat); /* 12 vertices */
    for (unsigned i = 0; i < sizeof strides / sizeof strides[0]; i++) {
        uint8_t *memory = g_malloc0(bytes);
        static const GLfloat corners[3][2] = {{-1, -1}, {1, -1}, {0, 1}};
        for (int vertex = 0; vertex < 3; vertex++)
            memcpy(memory + vertex * strides[i], corners[vertex], sizeof corners[vertex]);
        gl->EnableClientState(GL_VERTEX_ARRAY);
        gl->VertexPointer(2, GL_FLOAT, strides[i], memory);
        note_draw(side, GL_TRIANGLES);
        gl->DisableClientState(GL_VERTEX_ARRAY);
        gl->EnableVertexAttribArray(0);
        gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, strides[i], memory);
        note_draw(side, GL_TRIANGLES);
        gl->DisableVertexAttribArray(0);
        g_free(memory);
    }
}

/* A buffer is bound when the wrong pointer comes: the array stays in the program's memory. */
static void pointer_with_buffer_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct arrays arrays;
    GLuint buffer;
    fill(&arrays);
    use_arrays(gl, &arrays);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof arrays, &arrays, GL_STATIC_DRAW);
    gl->ColorPointer(GL_BGRA, GL_FLOAT, 0, NULL);
    gl->VertexPointer(3, GL_UNSIGNED_BYTE, 0, NULL);
    note_draw(side, GL_TRIANGLES);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->DeleteBuffers(1, &buffer);
}

/* Every command about client state, between glBegin and glEnd. */
static void inside(const struct pair_gl *gl, unsigned command, const struct arrays *arrays,
                   GLuint buffer)
{
    switch (command) {
    case 0:
        gl->DisableClientState(GL_COLOR_ARRAY);
        break;
    case 1:
        gl->VertexPointer(3, GL_FLOAT, 8, arrays->others);
        break;
    case 2:
        gl->ColorPointer(3, GL_FLOAT, 16, arrays->others);
        break;
    case 3:
        gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
        break;
    case 4:
        gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
        break;
    case 5:
        gl->PixelStorei(GL_UNPACK_ROW_LENGTH, 50);
        break;
    case 6:
        gl->BindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
        break;
    case 7:
        gl->ClientActiveTexture(GL_TEXTURE1);
        break;
    case 8:
        gl->PushClientAttrib(GL_CLIENT_ALL_ATTRIB_BITS);
        break;
    case 9:
        gl->InterleavedArrays(GL_V3F, 0, arrays->others);
        break;
    case 10:
        gl->DeleteBuffers(1, &buffer);
        break;
    default:
        gl->PrimitiveRestartIndex(3);
        break;
    }
}

static void inside_body(struct pair_side *side)
{
    static const GLubyte indices[] = {0, 1, 2, 3, 9, 11};
    const struct pair_gl *gl = side->gl;
    struct arrays arrays;
    uint8_t texels[8 * 8 * 4];
    GLuint buffer, texture;
    fill(&arrays);
    for (unsigned i = 0; i < sizeof texels; i++)
        texels[i] = (uint8_t)(i * 7 + i / 50);
    use_arrays(gl, &arrays);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof arrays, arrays.others, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->GenTextures(1, &texture);
    gl->BindTexture(GL_TEXTURE_2D, texture);
    gl->Enable(GL_PRIMITIVE_RESTART);
    gl->PrimitiveRestartIndex(9);
    for (unsigned command = 0; command < 12; command++) {
        gl->Clear(GL_COLOR_BUFFER_BIT);
        gl->Begin(GL_TRIANGLES);
        inside(gl, command, &arrays, buffer);
        gl->Vertex2f(-1, -1);
        gl->Vertex2f(1, -1);
        gl->Vertex2f(0, 1);
        gl->End();
        gl->DrawElements(GL_TRIANGLE_STRIP, 6, GL_UNSIGNED_BYTE, indices);
        gl->DrawArrays(GL_TRIANGLES, 9, 3);
        pair_note_picture(side);
        note_integer(side, GL_VERTEX_ARRAY_STRIDE);
        note_integer(side, GL_COLOR_ARRAY_STRIDE);
        note_integer(side, GL_CLIENT_ACTIVE_TEXTURE);
        note_integer(side, GL_CLIENT_ATTRIB_STACK_DEPTH);
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
        uint8_t out[sizeof texels] = {0};
        gl->GetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, out);
        pair_note(side, out, sizeof out);
    }
    gl->DeleteBuffers(1, &buffer);
    gl->DeleteTextures(1, &texture);
}

/* Names of vertex array objects that were deleted, or never generated: what is bound stays. */
static void vao_body(struct pair_side *side)
{
    static const GLushort indices[] = {0, 3, 9, 5, 1, 12};
    const struct pair_gl *gl = side->gl;
    struct arrays arrays;
    GLuint vaos[2], buffers[2];
    fill(&arrays);
    gl->UseProgram(pair_program(gl, vertex_shader, fragment_shader));
    gl->GenVertexArrays(2, vaos);
    gl->GenBuffers(2, buffers);
    for (unsigned i = 0; i < 2; i++) {
        gl->BindVertexArray(vaos[i]);
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
        gl->BufferData(GL_ARRAY_BUFFER, sizeof arrays.places, arrays.places, GL_STATIC_DRAW);
        gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
        gl->EnableVertexAttribArray(0);
        gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
        gl->BufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof indices, indices, GL_STATIC_DRAW);
    }
    gl->DeleteVertexArrays(1, &vaos[0]);
    for (unsigned i = 0; i < 2; i++) {
        gl->BindVertexArray(i == 0 ? vaos[0] : 123456);
        gl->Clear(GL_COLOR_BUFFER_BIT);
        gl->DrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, (const void *)2);
        pair_note_picture(side);
        GLint bound = 0;
        gl->GetIntegerv(GL_VERTEX_ARRAY_BINDING, &bound);
        bool same = (GLuint)bound == vaos[1];
        pair_note(side, &same, sizeof same);
    }
    gl->DeleteVertexArrays(1, &vaos[1]);
    gl->DeleteBuffers(2, buffers);
}

/* Indexed binding points that are not there, and offsets that are wrong: the general binding point
 * stays what it is, and that is what is mapped. */
static void indexed_buffer_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint buffers[2];
    uint8_t bytes[512];
    gl->GenBuffers(2, buffers);
    for (unsigned i = 0; i < 2; i++) {
        memset(bytes, (int)i + 1, sizeof bytes);
        gl->BindBuffer(GL_UNIFORM_BUFFER, buffers[i]);
        gl->BufferData(GL_UNIFORM_BUFFER, (GLsizeiptr)(sizeof bytes / (i + 1)), bytes,
                       GL_STATIC_DRAW);
    }
    for (unsigned i = 0; i < 3; i++) {
        gl->BindBuffer(GL_UNIFORM_BUFFER, buffers[0]);
        if (i == 0)
            gl->BindBufferBase(GL_UNIFORM_BUFFER, 99999, buffers[1]);
        else if (i == 1)
            gl->BindBufferRange(GL_UNIFORM_BUFFER, 0, buffers[1], 7, 16);
        else
            gl->BindBufferRange(GL_UNIFORM_BUFFER, 0, buffers[1], 0, 16);
        GLenum error = gl->GetError();
        pair_note(side, &error, sizeof error);
        const uint8_t *mapped = gl->MapBuffer(GL_UNIFORM_BUFFER, GL_READ_ONLY);
        pair_note(side, mapped ? mapped : bytes, 256);
        gl->BindBuffer(GL_COPY_READ_BUFFER, buffers[1]);
        const uint8_t *other = gl->MapBuffer(GL_COPY_READ_BUFFER, GL_READ_ONLY);
        bool both = mapped && other;
        pair_note(side, &both, sizeof both);
        gl->UnmapBuffer(GL_COPY_READ_BUFFER);
        gl->UnmapBuffer(GL_UNIFORM_BUFFER);
        error = gl->GetError();
        pair_note(side, &error, sizeof error);
    }
    gl->DeleteBuffers(2, buffers);
}

/* In core contexts arguments of indirect draws come from a buffer, else the draw is an error. */
static void indirect_body(struct pair_side *side)
{
    static const GLuint command[4] = {3, 1, 0, 0};
    const struct pair_gl *gl = side->gl;
    struct arrays arrays;
    GLuint vao, buffer;
    fill(&arrays);
    gl->UseProgram(pair_program(gl, vertex_shader, fragment_shader));
    gl->GenVertexArrays(1, &vao);
    gl->GenBuffers(1, &buffer);
    gl->BindVertexArray(vao);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof arrays.places, arrays.places, GL_STATIC_DRAW);
    gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
    gl->EnableVertexAttribArray(0);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->DrawArraysIndirect(GL_TRIANGLES, command);
    pair_note_picture(side);
    gl->DeleteVertexArrays(1, &vao);
    gl->DeleteBuffers(1, &buffer);
}

Test(refused, pointers)
{
    pair_run(pointers_body, 1000);
}

Test(refused, wide_strides)
{
    pair_run(wide_strides_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(refused, pointer_with_buffer)
{
    pair_run(pointer_with_buffer_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(refused, inside_begin)
{
    pair_run(inside_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(refused, vertex_array_objects)
{
    pair_run(vao_body, PAIR_SIZE * PAIR_SIZE * 4);
    pair_run_core(vao_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(refused, indexed_buffers)
{
    pair_run(indexed_buffer_body, 256);
}

Test(refused, indirect_draws)
{
    pair_run_core(indirect_body, PAIR_SIZE * PAIR_SIZE * 4);
}
