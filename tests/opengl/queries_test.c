/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries whose answers are made up from what Trireme keeps itself. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/opengl/pair.h"

static void note_integer(struct pair_side *side, GLenum pname)
{
    GLint value[16] = {-7, -7, -7, -7};
    GLfloat real[16] = {-7, -7, -7, -7};
    GLdouble twice[16] = {-7, -7, -7, -7};
    GLboolean truth[16] = {7, 7, 7, 7};
    side->gl->GetIntegerv(pname, value);
    side->gl->GetFloatv(pname, real);
    side->gl->GetDoublev(pname, twice);
    side->gl->GetBooleanv(pname, truth);
    pair_note(side, value, sizeof value);
    pair_note(side, real, sizeof real);
    pair_note(side, twice, sizeof twice);
    pair_note(side, truth, sizeof truth);
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

static void array_state(struct pair_side *side)
{
    static const GLenum names[] = {GL_VERTEX_ARRAY_BUFFER_BINDING,
                                   GL_COLOR_ARRAY_BUFFER_BINDING,
                                   GL_TEXTURE_COORD_ARRAY_BUFFER_BINDING,
                                   GL_ARRAY_BUFFER_BINDING,
                                   GL_ELEMENT_ARRAY_BUFFER_BINDING,
                                   GL_VERTEX_ARRAY_STRIDE,
                                   GL_COLOR_ARRAY_STRIDE,
                                   GL_VERTEX_ARRAY_SIZE,
                                   GL_VERTEX_ARRAY_TYPE,
                                   GL_COLOR_ARRAY_TYPE,
                                   GL_VERTEX_ARRAY,
                                   GL_TEXTURE_COORD_ARRAY,
                                   GL_CLIENT_ACTIVE_TEXTURE,
                                   GL_UNPACK_ALIGNMENT,
                                   GL_PACK_ROW_LENGTH,
                                   GL_VERTEX_ARRAY_BINDING,
                                   GL_MAX_TEXTURE_SIZE,
                                   GL_VIEWPORT,
                                   GL_MODELVIEW_MATRIX};
    const struct pair_gl *gl = side->gl;
    static const float data[32];
    void *pointer = NULL;
    GLuint buffer;
    GLint value = 0;
    gl->GenBuffers(1, &buffer); /* before the host makes one of its own */
    for (int drawn = 0; drawn < 2; drawn++) {
        gl->EnableClientState(GL_VERTEX_ARRAY);
        gl->VertexPointer(2, GL_FLOAT, 12, data);
        gl->ClientActiveTexture(GL_TEXTURE2);
        gl->TexCoordPointer(3, GL_SHORT, 0, data + 1);
        gl->VertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, GL_TRUE, 20, data + 2);
        gl->EnableVertexAttribArray(3);
        gl->PixelStoref(GL_PACK_ROW_LENGTH, 6.6f);
        if (drawn)
            gl->DrawArrays(GL_POINTS, 0, 1);
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
            note_integer(side, names[i]);
        gl->GetPointerv(GL_VERTEX_ARRAY_POINTER, &pointer);
        pair_note(side, &(uint8_t){pointer == data}, 1);
        gl->GetPointerv(GL_TEXTURE_COORD_ARRAY_POINTER, &pointer);
        pair_note(side, &(uint8_t){pointer == data + 1}, 1);
        gl->GetVertexAttribPointerv(3, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
        pair_note(side, &(uint8_t){pointer == data + 2}, 1);
        gl->GetVertexAttribiv(3, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &value);
        pair_note(side, &value, sizeof value);
        gl->GetVertexAttribiv(3, GL_VERTEX_ATTRIB_ARRAY_STRIDE, &value);
        pair_note(side, &value, sizeof value);
        gl->GetVertexAttribiv(3, GL_VERTEX_ATTRIB_ARRAY_TYPE, &value);
        pair_note(side, &value, sizeof value);
        pair_note(side, &(GLboolean){gl->IsEnabled(GL_VERTEX_ARRAY)}, 1);
        gl->PixelStoref(GL_PACK_ROW_LENGTH, 0);
    }
    gl->DisableVertexAttribArray(3);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, 0, (void *)24);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        note_integer(side, names[i]);
    gl->GetPointerv(GL_COLOR_ARRAY_POINTER, &pointer);
    pair_note(side, &pointer, sizeof pointer);
    gl->DeleteBuffers(1, &buffer);
    note_integer(side, GL_COLOR_ARRAY_BUFFER_BINDING);
    note_integer(side, GL_ARRAY_BUFFER_BINDING);
    gl->GetVertexAttribPointerv(99, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
    note_integer(side, GL_TEXTURE_WRAP_S); /* no such state */
}

Test(queries, arrays_are_where_the_program_put_them)
{
    pair_run(array_state, 1000);
}

/* What Trireme says on purpose differently from the host is looked at on its side only. */
Test(queries, the_context_is_described_as_it_is_carried)
{
    struct loop *loop = loop_create(false);
    const struct pair_gl *gl = pair_trireme_gl();
    GLint major = 0, minor = 0, flags = -1, count = 0, buffer = 0, value = -1;
    gl->GetIntegerv(GL_MAJOR_VERSION, &major);
    gl->GetIntegerv(GL_MINOR_VERSION, &minor);
    gl->GetIntegerv(GL_CONTEXT_FLAGS, &flags);
    gl->GetIntegerv(GL_NUM_EXTENSIONS, &count);
    cr_assert_leq(major * 10 + minor, 43);
    cr_assert_eq(flags & GL_CONTEXT_FLAG_ROBUST_ACCESS_BIT, 0);
    cr_assert_gt(count, 50);
    char expected[16];
    snprintf(expected, sizeof expected, "%d.%d", major, minor);
    cr_assert(g_str_has_prefix((const char *)gl->GetString(GL_VERSION), expected));
    const char *all = (const char *)gl->GetString(GL_EXTENSIONS);
    size_t bytes = 0;
    for (GLint i = 0; i < count; i++) {
        const char *name = (const char *)gl->GetStringi(GL_EXTENSIONS, (GLuint)i);
        cr_assert(g_str_has_prefix(name, "GL_"));
        cr_assert_str_neq(name, "GL_ARB_buffer_storage");
        cr_assert(strstr(all, name));
        bytes += strlen(name) + 1;
    }
    cr_assert_eq(strlen(all), bytes - 1);
    cr_assert_eq(gl->GetStringi(GL_EXTENSIONS, (GLuint)count), NULL);
    cr_assert_eq(gl->GetError(), GL_INVALID_VALUE);
    cr_assert_eq(gl->GetString(GL_TEXTURE_2D), NULL);
    cr_assert_eq(gl->GetError(), GL_INVALID_ENUM);
    /* A double-buffered window, though the host's surface has one buffer. */
    gl->GetIntegerv(GL_DOUBLEBUFFER, &value);
    cr_assert_eq(value, 1);
    gl->GetIntegerv(GL_DRAW_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_BACK);
    gl->GetIntegerv(GL_READ_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_BACK);
    gl->DrawBuffer(GL_FRONT);
    gl->GetIntegerv(GL_DRAW_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_FRONT);
    gl->DrawBuffer(GL_TEXTURE_2D);
    cr_assert_eq(gl->GetError(), GL_INVALID_ENUM);
    gl->GetIntegerv(GL_DRAW_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_FRONT);
    gl->DrawBuffer(GL_NONE);
    gl->GetIntegerv(GL_DRAW_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_NONE);
    gl->PushAttrib(GL_COLOR_BUFFER_BIT);
    gl->DrawBuffer(GL_FRONT);
    gl->PopAttrib();
    gl->GetIntegerv(GL_DRAW_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_NONE);
    gl->ReadBuffer(GL_NONE);
    gl->GetIntegerv(GL_READ_BUFFER, &buffer);
    cr_assert_eq(buffer, GL_NONE);
    gl->GetIntegerv(GL_NUM_PROGRAM_BINARY_FORMATS, &value);
    cr_assert_eq(value, 0);
    loop_destroy(loop);
}

static void nobody(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
                   const GLchar *message, const void *parameter)
{
    abort();
}

Test(queries, pointers_of_the_program_come_back_and_no_others)
{
    struct loop *loop = loop_create(false);
    const struct pair_gl *gl = pair_trireme_gl();
    void *pointer = &pointer;
    gl->GetPointerv(GL_VERTEX_ARRAY_POINTER, &pointer);
    cr_assert_null(pointer);
    gl->DebugMessageCallback(nobody, &pointer);
    gl->Enable(GL_DEBUG_OUTPUT);
    gl->Enable(GL_TEXTURE_WRAP_S); /* an error, and a message */
    gl->GetPointerv(GL_DEBUG_CALLBACK_FUNCTION, &pointer);
    cr_assert_eq(pointer, (void *)nobody);
    gl->GetPointerv(GL_DEBUG_CALLBACK_USER_PARAM, &pointer);
    cr_assert_eq(pointer, &pointer);
    loop_destroy(loop);
}

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* Whether each query answered, and the error of all. */
static void note_refusals(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static uint8_t nothing;
    void *vertices = &nothing, *attribs = &nothing;
    GLint extensions = -7, stride = -7, binding = -7;
    pair_note(side, &(uint8_t){gl->GetString(GL_VENDOR) != NULL}, 1);
    gl->GetPointerv(GL_VERTEX_ARRAY_POINTER, &vertices);
    pair_note(side, &(uint8_t){vertices != &nothing}, 1);
    gl->GetVertexAttribPointerv(0, GL_VERTEX_ATTRIB_ARRAY_POINTER, &attribs);
    pair_note(side, &(uint8_t){attribs != &nothing}, 1);
    gl->GetIntegerv(GL_NUM_EXTENSIONS, &extensions);
    pair_note(side, &(uint8_t){extensions != -7}, 1);
    gl->GetIntegerv(GL_VERTEX_ARRAY_STRIDE, &stride);
    pair_note(side, &stride, sizeof stride);
    gl->GetVertexAttribiv(1, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &binding);
    pair_note(side, &binding, sizeof binding);
}

static void between_begin_and_end(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    note_refusals(side); /* outside: everything is known from here on */
    gl->Begin(GL_POINTS);
    note_refusals(side);
    gl->End();
    note_error(side);
    note_refusals(side);
    gl->NewList(1, GL_COMPILE);
    gl->Begin(GL_POINTS);
    note_refusals(side);
    gl->EndList();
    note_error(side);
    gl->CallList(1);
    note_refusals(side);
    gl->End();
    note_error(side);
    note_refusals(side);
    note_error(side);
}

Test(queries, between_begin_and_end_they_are_errors)
{
    pair_run(between_begin_and_end, 50);
}

static void core(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const float triangle[] = {-1, -1, 1, -1, 0, 1};
    const GLubyte indices[3] = {0, 1, 2};
    GLuint vao, buffer;
    GLuint program = pair_program(gl,
                                  "#version 150\nin vec2 place;"
                                  "void main() { gl_Position = vec4(place, 0, 1); }",
                                  "#version 150\nout vec4 color;"
                                  "void main() { color = vec4(0.5, 1, 0, 1); }");
    gl->UseProgram(program);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->DrawArrays(GL_TRIANGLES, 0, 3); /* no vertex array object */
    pair_note_picture(side);
    gl->GenVertexArrays(1, &vao);
    gl->BindVertexArray(vao);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof triangle, triangle, GL_STATIC_DRAW);
    gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
    gl->EnableVertexAttribArray(0);
    gl->DrawArrays(GL_TRIANGLES, 0, 3);
    pair_note_picture(side);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
    gl->BufferSubData(GL_ELEMENT_ARRAY_BUFFER, 0, 3, indices);
    gl->DrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, NULL);
    pair_note_picture(side);
    pair_note(side, &(uint8_t){gl->GetString(GL_EXTENSIONS) == NULL}, 1);
    note_integer(side, GL_CONTEXT_PROFILE_MASK);
    note_integer(side, GL_VERTEX_ARRAY_BINDING);
}

Test(queries, core_contexts_draw_from_buffers)
{
    pair_run_core(core, 3 * 16384);
}
