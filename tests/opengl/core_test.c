/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What core profiles refuse and others take: it changes nothing, neither of what the guest keeps.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/pair.h"

#define STRANGE 987654 /* a name that nobody generated */
#define BYTES 4096

static const char *const vertex_shader = "#version 150\n"
                                         "in vec2 place;\n"
                                         "void main() { gl_Position = vec4(place, 0, 1); }\n";
static const char *const fragment_shader = "#version 150\n"
                                           "out vec4 color;\n"
                                           "void main() { color = vec4(1, 0.5, 0.25, 1); }\n";

static const GLfloat triangle[16] = {-1, -1, 1, -1, 0, 1};
static const GLubyte indices[] = {0, 1, 2, 0};
static const GLuint command[4] = {3, 1, 0, 0};

static void note_number(struct pair_side *side, GLint64 number)
{
    pair_note(side, &number, sizeof number);
}

static void note_error(struct pair_side *side)
{
    note_number(side, side->gl->GetError());
}

static void note_integer(struct pair_side *side, GLenum name)
{
    GLint value = -77;
    side->gl->GetIntegerv(name, &value);
    note_number(side, value);
    note_error(side);
}

/* Names differ from side to side: whether it is this one, or none. */
static void note_name(struct pair_side *side, GLenum query, GLuint name)
{
    GLint value = -77;
    side->gl->GetIntegerv(query, &value);
    note_number(side, value == (GLint)name ? 1 : value);
    note_error(side);
}

static const struct {
    GLenum target, query;
} targets[] = {
    {GL_ARRAY_BUFFER, GL_ARRAY_BUFFER_BINDING},
    {GL_ELEMENT_ARRAY_BUFFER, GL_ELEMENT_ARRAY_BUFFER_BINDING},
    {GL_PIXEL_PACK_BUFFER, GL_PIXEL_PACK_BUFFER_BINDING},
    {GL_PIXEL_UNPACK_BUFFER, GL_PIXEL_UNPACK_BUFFER_BINDING},
    {GL_COPY_READ_BUFFER, GL_COPY_READ_BUFFER_BINDING},
    {GL_COPY_WRITE_BUFFER, GL_COPY_WRITE_BUFFER_BINDING},
    {GL_UNIFORM_BUFFER, GL_UNIFORM_BUFFER_BINDING},
    {GL_TEXTURE_BUFFER, GL_TEXTURE_BUFFER_BINDING},
    {GL_TRANSFORM_FEEDBACK_BUFFER, GL_TRANSFORM_FEEDBACK_BUFFER_BINDING},
    {GL_ATOMIC_COUNTER_BUFFER, GL_ATOMIC_COUNTER_BUFFER_BINDING},
    {GL_SHADER_STORAGE_BUFFER, GL_SHADER_STORAGE_BUFFER_BINDING},
    {GL_DRAW_INDIRECT_BUFFER, GL_DRAW_INDIRECT_BUFFER_BINDING},
    {GL_DISPATCH_INDIRECT_BUFFER, GL_DISPATCH_INDIRECT_BUFFER_BINDING},
};

/* What is bound to the target is what it was. */
static void note_buffer(struct pair_side *side, unsigned i, GLuint buffer)
{
    const struct pair_gl *gl = side->gl;
    const GLenum target = targets[i].target;
    note_error(side);
    note_name(side, targets[i].query, buffer);
    GLint size = -77;
    gl->GetBufferParameteriv(target, GL_BUFFER_SIZE, &size);
    note_number(side, size);
    note_error(side);
    note_number(side, gl->MapBuffer(target, GL_READ_ONLY) != NULL);
    note_error(side);
    note_number(side, gl->MapBufferRange(target, 0, 4, GL_MAP_READ_BIT) != NULL);
    note_error(side);
    note_number(side, gl->UnmapBuffer(target));
    note_error(side);
}

static void strange_buffers_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint vao, buffers[4];
    gl->GenVertexArrays(1, &vao);
    gl->BindVertexArray(vao);
    gl->GenBuffers(4, buffers);
    for (unsigned i = 0; i < 2; i++) {
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[i]);
        gl->BufferData(GL_ARRAY_BUFFER, BYTES >> i, NULL, GL_STATIC_DRAW);
    }
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[3]);
    gl->BufferData(GL_ARRAY_BUFFER, 0, NULL, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->DeleteBuffers(1, &buffers[1]);
    for (unsigned i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const GLenum target = targets[i].target;
        for (unsigned bound = 0; bound < 4; bound++) {
            const GLuint buffer = bound == 0 ? 0 : buffers[bound == 1 ? 0 : bound];
            const GLuint wrong[] = {STRANGE, buffers[1], STRANGE};
            for (unsigned n = 0; n < sizeof wrong / sizeof wrong[0]; n++) {
                gl->BindBuffer(target, buffer);
                gl->BindBuffer(target, wrong[n]);
                note_buffer(side, i, buffer);
                gl->BindBufferBase(target, 0, wrong[n]);
                note_buffer(side, i, buffer);
                gl->BindBufferRange(target, 0, wrong[n], 0, 256);
                note_buffer(side, i, buffer);
            }
        }
        gl->BindBuffer(target, 0);
    }
    gl->DeleteBuffers(4, buffers);
    gl->DeleteVertexArrays(1, &vao);
}

/* Pixels come from and go to memory, or the buffer, as before. */
static void pixels_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const GLenum pixel_targets[] = {GL_PIXEL_UNPACK_BUFFER, GL_PIXEL_PACK_BUFFER};
    uint8_t texels[8 * 8 * 4], out[sizeof texels];
    GLuint texture, buffer;
    for (unsigned i = 0; i < sizeof texels; i++)
        texels[i] = (uint8_t)(i * 7 + i / 50);
    gl->GenTextures(1, &texture);
    gl->BindTexture(GL_TEXTURE_2D, texture);
    gl->GenBuffers(1, &buffer);
    for (unsigned bound = 0; bound < 4; bound++) {
        for (unsigned t = 0; t < 2; t++) {
            gl->BindBuffer(pixel_targets[t], bound >> t & 1 ? buffer : 0);
            gl->BufferData(pixel_targets[t], BYTES, NULL, GL_STREAM_DRAW);
            gl->BufferSubData(pixel_targets[t], 0, sizeof texels / 2, texels);
            gl->BindBuffer(pixel_targets[t], STRANGE);
            note_error(side);
        }
        const bool unpack = bound & 1, pack = bound & 2;
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                       unpack ? NULL : texels);
        note_error(side);
        memset(out, 0x55, sizeof out);
        gl->GetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pack ? NULL : out);
        note_error(side);
        if (pack)
            gl->GetBufferSubData(GL_PIXEL_PACK_BUFFER, 0, sizeof out, out);
        pair_note(side, out, sizeof out);
        gl->ClearColor(0.5f, 0.25f, 1, (float)bound / 4);
        gl->Clear(GL_COLOR_BUFFER_BIT);
        gl->ReadPixels(0, 0, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, pack ? NULL : out);
        note_error(side);
        if (pack)
            gl->GetBufferSubData(GL_PIXEL_PACK_BUFFER, 0, sizeof out, out);
        pair_note(side, out, sizeof out);
    }
    gl->DeleteBuffers(1, &buffer);
    gl->DeleteTextures(1, &texture);
}

static void note_array(struct pair_side *side, GLuint index, GLuint buffer)
{
    static const GLenum numbers[] = {
        GL_VERTEX_ATTRIB_ARRAY_ENABLED, GL_VERTEX_ATTRIB_ARRAY_SIZE,
        GL_VERTEX_ATTRIB_ARRAY_STRIDE,  GL_VERTEX_ATTRIB_ARRAY_TYPE,
        GL_VERTEX_ATTRIB_ARRAY_INTEGER, GL_VERTEX_ATTRIB_ARRAY_DIVISOR,
        GL_VERTEX_ATTRIB_BINDING,       GL_VERTEX_ATTRIB_RELATIVE_OFFSET,
        GL_CURRENT_VERTEX_ATTRIB,
    };
    static const GLenum bindings[] = {GL_VERTEX_BINDING_OFFSET, GL_VERTEX_BINDING_STRIDE,
                                      GL_VERTEX_BINDING_DIVISOR, GL_VERTEX_BINDING_BUFFER};
    const struct pair_gl *gl = side->gl;
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        GLint values[4] = {-77, -77, -77, -77};
        gl->GetVertexAttribiv(index, numbers[i], values);
        note_number(side, values[0]);
        note_error(side);
    }
    GLint bound = -77;
    gl->GetVertexAttribIiv(index, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &bound);
    note_number(side, bound == (GLint)buffer ? 1 : bound);
    note_error(side);
    for (unsigned i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        GLint64 value = -77;
        gl->GetInteger64i_v(bindings[i], index, &value);
        note_number(side, value == (GLint64)buffer ? 1 : (GLint)value);
        note_error(side);
        GLint small = -77;
        gl->GetIntegeri_v(bindings[i], index, &small);
        note_number(side, small == (GLint)buffer ? 1 : small);
        note_error(side);
    }
    void *pointer = (void *)-77;
    gl->GetVertexAttribPointerv(index, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
    note_number(side, (intptr_t)pointer);
    note_error(side);
}

/* Every draw; without arrays of its own it is an error in core profiles. */
static void note_draws(struct pair_side *side, const void *elements)
{
    static const GLint first[] = {0, 0};
    static const GLsizei counts[] = {3, 3};
    const void *const all[] = {elements, elements};
    const struct pair_gl *gl = side->gl;
    for (unsigned i = 0; i < 9; i++) {
        gl->Clear(GL_COLOR_BUFFER_BIT);
        if (i == 0)
            gl->DrawArrays(GL_TRIANGLES, 0, 3);
        else if (i == 1)
            gl->DrawArraysInstanced(GL_TRIANGLES, 0, 3, 2);
        else if (i == 2)
            gl->MultiDrawArrays(GL_TRIANGLES, first, counts, 2);
        else if (i == 3)
            gl->DrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, elements);
        else if (i == 4)
            gl->DrawRangeElements(GL_TRIANGLES, 0, 2, 3, GL_UNSIGNED_BYTE, elements);
        else if (i == 5)
            gl->DrawElementsBaseVertex(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, elements, 1);
        else if (i == 6)
            gl->DrawElementsInstanced(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, elements, 2);
        else if (i == 7)
            gl->MultiDrawElements(GL_TRIANGLES, counts, GL_UNSIGNED_BYTE, all, 2);
        else
            gl->DrawArraysIndirect(GL_TRIANGLES, command);
        note_error(side);
        pair_note_picture(side);
    }
}

/* Commands about the arrays of the bound vertex array object. */
static void about_arrays(const struct pair_gl *gl, unsigned command, GLuint buffer)
{
    switch (command) {
    case 0:
        gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 8, NULL);
        break;
    case 1:
        gl->VertexAttribPointer(0, 3, GL_SHORT, GL_FALSE, 12, triangle);
        break;
    case 2:
        gl->EnableVertexAttribArray(0);
        break;
    case 3:
        gl->VertexAttribIPointer(0, 3, GL_INT, 0, NULL);
        break;
    case 4:
        gl->VertexAttribDivisor(0, 3);
        break;
    case 5:
        gl->VertexBindingDivisor(0, 2);
        break;
    case 6:
        gl->VertexAttribBinding(0, 3);
        break;
    case 7:
        gl->VertexAttribFormat(0, 3, GL_SHORT, GL_TRUE, 4);
        break;
    case 8:
        gl->VertexAttribIFormat(0, 2, GL_BYTE, 8);
        break;
    case 9:
        gl->BindVertexBuffer(0, buffer, 16, 24);
        break;
    case 10:
        gl->BindVertexBuffer(0, STRANGE, 16, 24);
        break;
    case 11:
        gl->BindVertexBuffer(0, buffer, 16, 1 << 20);
        break;
    case 12:
        gl->BindVertexBuffer(0, buffer, -4, 16);
        break;
    case 13:
        gl->VertexAttribLPointer(0, 2, GL_DOUBLE, 0, NULL);
        break;
    case 14:
        gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 4096, NULL);
        break;
    default:
        gl->DisableVertexAttribArray(0);
        break;
    }
}

/* With arrays in a buffer, in memory, with indices in a buffer and in memory; with a vertex array
 * object and without. */
static void arrays_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint vao, buffers[2];
    gl->UseProgram(pair_program(gl, vertex_shader, fragment_shader));
    gl->GenBuffers(2, buffers);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
    gl->BufferData(GL_ARRAY_BUFFER, 6 * sizeof triangle[0], triangle, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[1]);
    gl->BufferData(GL_ARRAY_BUFFER, BYTES, NULL, GL_STATIC_DRAW);
    gl->BufferSubData(GL_ARRAY_BUFFER, 0, sizeof indices, indices);
    for (unsigned i = 0; i < 16 * 8; i++) {
        const bool object = i & 1, array_buffer = i & 2, elements = i & 4;
        gl->GenVertexArrays(1, &vao);
        gl->BindVertexArray(object ? vao : 0);
        gl->BindBuffer(GL_ARRAY_BUFFER, array_buffer ? buffers[0] : 0);
        gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, elements ? buffers[1] : 0);
        note_error(side);
        gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, array_buffer ? NULL : triangle);
        note_error(side);
        gl->EnableVertexAttribArray(0);
        note_error(side);
        /* Undefined is what these read where no buffer is bound. */
        const bool needs_buffer = i >> 3 == 6 || i >> 3 == 14;
        if (array_buffer || !needs_buffer)
            about_arrays(gl, i >> 3, buffers[0]);
        note_error(side);
        note_array(side, 0, buffers[0]);
        note_name(side, GL_ELEMENT_ARRAY_BUFFER_BINDING, elements ? buffers[1] : 0);
        note_draws(side, elements ? NULL : indices);
        gl->BindVertexArray(0);
        gl->DeleteVertexArrays(1, &vao);
    }
    gl->DeleteBuffers(2, buffers);
}

/* Names of vertex array objects: never generated, deleted. */
static void strange_vaos_body(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint vaos[3];
    gl->GenVertexArrays(3, vaos);
    gl->DeleteVertexArrays(1, &vaos[2]);
    for (unsigned i = 0; i < 12; i++) {
        gl->BindVertexArray(i & 1 ? vaos[0] : 0);
        gl->BindVertexArray(i % 3 == 0 ? vaos[2] : i % 3 == 1 ? STRANGE : vaos[1]);
        note_error(side);
        note_name(side, GL_VERTEX_ARRAY_BINDING, i & 1 ? vaos[0] : 0);
        gl->EnableVertexAttribArray(i);
        note_error(side);
        for (GLuint index = 0; index < 12; index++) {
            GLint enabled = -77;
            gl->GetVertexAttribiv(index, GL_VERTEX_ATTRIB_ARRAY_ENABLED, &enabled);
            note_number(side, enabled);
        }
        note_error(side);
        note_number(side, gl->IsVertexArray(vaos[1]));
    }
    gl->DeleteVertexArrays(3, vaos);
}

/* Commands and enums that core profiles lack. */
static void removed(const struct pair_gl *gl, unsigned command)
{
    static const GLenum arrays[] = {
        GL_VERTEX_ARRAY,          GL_NORMAL_ARRAY,    GL_COLOR_ARRAY,     GL_TEXTURE_COORD_ARRAY,
        GL_SECONDARY_COLOR_ARRAY, GL_FOG_COORD_ARRAY, GL_EDGE_FLAG_ARRAY, GL_PRIMITIVE_RESTART_NV};
    static GLuint names[4];
    static GLfloat values[4];
    if (command < 8) {
        gl->EnableClientState(arrays[command]);
        gl->Enable(arrays[command]);
        return;
    }
    switch (command) {
    case 8:
        gl->ClientActiveTexture(GL_TEXTURE1);
        break;
    case 9:
        gl->PushClientAttrib(GL_CLIENT_ALL_ATTRIB_BITS);
        break;
    case 10:
        gl->PopClientAttrib();
        break;
    case 11:
        gl->InterleavedArrays(GL_V2F, 0, triangle);
        break;
    case 12:
        gl->InterleavedArrays(GL_TRIANGLES, -1, NULL);
        break;
    case 13:
        gl->VertexPointer(2, GL_FLOAT, 0, triangle);
        break;
    case 14:
        gl->Begin(GL_TRIANGLES);
        break;
    case 15:
        gl->ArrayElement(1);
        break;
    case 16:
        gl->End();
        break;
    case 17:
        gl->NewList(1, GL_COMPILE);
        break;
    case 18:
        gl->CallList(1);
        break;
    case 19:
        gl->EndList();
        break;
    case 20:
        gl->SelectBuffer(4, names);
        break;
    case 21:
        gl->FeedbackBuffer(4, GL_2D, values);
        break;
    case 22:
        gl->RenderMode(GL_FEEDBACK);
        break;
    case 23:
        gl->RenderMode(GL_RENDER);
        break;
    case 24:
        gl->PushAttrib(GL_ALL_ATTRIB_BITS);
        break;
    case 25:
        gl->PopAttrib();
        break;
    case 26:
        gl->GenLists(3);
        break;
    default:
        gl->Rectf(-1, -1, 1, 1);
        break;
    }
}

static void note_pointers(struct pair_side *side)
{
    static const GLenum pointers[] = {
        GL_VERTEX_ARRAY_POINTER,
        GL_NORMAL_ARRAY_POINTER,
        GL_COLOR_ARRAY_POINTER,
        GL_INDEX_ARRAY_POINTER,
        GL_TEXTURE_COORD_ARRAY_POINTER,
        GL_EDGE_FLAG_ARRAY_POINTER,
        GL_SECONDARY_COLOR_ARRAY_POINTER,
        GL_FOG_COORD_ARRAY_POINTER,
        GL_SELECTION_BUFFER_POINTER,
        GL_FEEDBACK_BUFFER_POINTER,
        GL_DEBUG_CALLBACK_FUNCTION,
        GL_DEBUG_CALLBACK_USER_PARAM,
        GL_TRIANGLES,
    };
    for (unsigned i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        void *pointer = (void *)-77;
        side->gl->GetPointerv(pointers[i], &pointer);
        note_number(side, (intptr_t)pointer);
        note_error(side);
    }
}

static void removed_body(struct pair_side *side)
{
    static const GLenum numbers[] = {
        GL_CLIENT_ACTIVE_TEXTURE,
        GL_CLIENT_ATTRIB_STACK_DEPTH,
        GL_VERTEX_ARRAY_STRIDE,
        GL_VERTEX_ARRAY_BUFFER_BINDING,
        GL_PACK_ALIGNMENT,
        GL_UNPACK_ROW_LENGTH,
        GL_RENDER_MODE,
        GL_MAX_TEXTURE_UNITS,
        GL_MATRIX_MODE,
        GL_ATTRIB_STACK_DEPTH,
        GL_LIST_BASE,
    };
    const struct pair_gl *gl = side->gl;
    GLuint vao, buffers[2], texture;
    uint8_t texels[9 * 4 * 4], out[256];
    for (unsigned i = 0; i < sizeof texels; i++)
        texels[i] = (uint8_t)(i * 7);
    gl->UseProgram(pair_program(gl, vertex_shader, fragment_shader));
    gl->GenVertexArrays(1, &vao);
    gl->BindVertexArray(vao);
    gl->GenBuffers(2, buffers);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[0]);
    gl->BufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof indices, indices, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[1]);
    gl->BufferData(GL_ARRAY_BUFFER, 6 * sizeof triangle[0], triangle, GL_STATIC_DRAW);
    gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
    gl->EnableVertexAttribArray(0);
    gl->GenTextures(1, &texture);
    gl->BindTexture(GL_TEXTURE_2D, texture);
    for (unsigned command = 0; command < 28; command++) {
        removed(gl, command);
        note_error(side);
        note_pointers(side);
        for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            note_integer(side, numbers[i]);
        /* glPopClientAttrib does not bring back what glPushClientAttrib did not save. */
        if (command == 9) {
            gl->PixelStorei(GL_UNPACK_ROW_LENGTH, 9);
            gl->PixelStorei(GL_PACK_ALIGNMENT, 8);
        }
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
        note_error(side);
        memset(out, 0, sizeof out);
        gl->GetTexImage(GL_TEXTURE_2D, 0, GL_RGB, GL_UNSIGNED_BYTE, out);
        pair_note(side, out, sizeof out);
        note_error(side);
        note_draws(side, NULL);
        note_array(side, 0, buffers[1]);
    }
    gl->DeleteVertexArrays(1, &vao);
    gl->DeleteBuffers(2, buffers);
    gl->DeleteTextures(1, &texture);
}

/* Draws while no vertex array object is bound are errors, which read nothing of what arrays and
 * indices name. */
static void no_vao_body(struct pair_side *side)
{
    const void *const wild = (const void *)16;
    const struct pair_gl *gl = side->gl;
    gl->UseProgram(pair_program(gl, vertex_shader, fragment_shader));
    for (GLuint index = 0; index < 2; index++) {
        gl->VertexAttribPointer(index, 2, GL_FLOAT, GL_FALSE, 0, wild);
        note_error(side);
        note_draws(side, wild);
        gl->EnableVertexAttribArray(index);
        note_error(side);
        note_draws(side, wild);
    }
}

Test(core, strange_buffers)
{
    pair_run_core(strange_buffers_body, 1000);
}

Test(core, strange_buffers_elsewhere)
{
    pair_run(strange_buffers_body, 1000);
}

Test(core, pixels)
{
    pair_run_core(pixels_body, 1000);
}

Test(core, arrays)
{
    pair_run_core(arrays_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(core, arrays_elsewhere)
{
    pair_run(arrays_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(core, strange_vertex_array_objects)
{
    pair_run_core(strange_vaos_body, 100);
}

Test(core, no_vertex_array_object)
{
    pair_run_core(no_vao_body, PAIR_SIZE * PAIR_SIZE * 4);
}

Test(core, removed)
{
    pair_run_core(removed_body, PAIR_SIZE * PAIR_SIZE * 4);
}
