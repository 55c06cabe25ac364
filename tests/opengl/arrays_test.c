/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Client arrays and draws against the GL's own. Arrays and indices end where memory ends. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/opengl/pair.h"

struct corner {
    float position[3];
    uint8_t color[4];
    float texture[2];
};

/* A fan of triangles that is recognisably coloured; `n` corners. */
static void fill_corners(struct corner *corners, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        float x = (float)(i * 7 % 19) / 9.5f - 1, y = (float)(i * 5 % 17) / 8.5f - 1;
        corners[i] = (struct corner){{x, y, 0},
                                     {(uint8_t)(i * 40), (uint8_t)(255 - i * 13), (uint8_t)(i * 90),
                                      255},
                                     {x, y}};
    }
}

static struct corner *guarded_corners(unsigned n)
{
    struct corner *corners = guarded_alloc(n * sizeof *corners);
    fill_corners(corners, n);
    return corners;
}

static void point_at(const struct pair_gl *gl, const struct corner *corners)
{
    const uint8_t *at = (const uint8_t *)corners;
    gl->VertexPointer(3, GL_FLOAT, sizeof *corners, at + offsetof(struct corner, position));
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, sizeof *corners, at + offsetof(struct corner, color));
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_COLOR_ARRAY);
}

static void clear(const struct pair_gl *gl)
{
    gl->ClearColor(0.2f, 0.3f, 0.4f, 1);
    gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

static void interleaved(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(30);
    clear(gl);
    point_at(gl, corners);
    gl->DrawArrays(GL_TRIANGLES, 0, 30);
    pair_note_picture(side);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLE_STRIP, 24, 6);
    pair_note_picture(side);
    clear(gl);
    const GLint first[3] = {0, 9, 18};
    const GLsizei count[3] = {3, 6, 12};
    gl->MultiDrawArrays(GL_TRIANGLES, first, count, 3);
    gl->DrawArrays(GL_TRIANGLES, 0, -1);
    pair_note_picture(side);
    guarded_free(corners, 30 * sizeof *corners);
}

Test(arrays, interleaved_arrays_are_drawn)
{
    pair_run(interleaved, 3 * 16384);
}

static void separate(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const unsigned n = 12;
    /* Each at the end of its own page; one tightly packed, one with the last element's rest
     * missing. */
    short *positions = guarded_alloc(n * 2 * sizeof *positions);
    float *colors = guarded_alloc((n - 1) * 5 * sizeof *colors + 3 * sizeof *colors);
    for (unsigned i = 0; i < n; i++) {
        positions[i * 2] = (short)(i * 7 % 3 - 1);
        positions[i * 2 + 1] = (short)(i * 5 % 3 - 1);
        for (unsigned c = 0; c < 3; c++)
            colors[i * 5 + c] = (float)((i + c) % 5) / 4;
    }
    clear(gl);
    gl->VertexPointer(2, GL_SHORT, 0, positions);
    gl->ColorPointer(3, GL_FLOAT, 5 * sizeof *colors, colors);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_COLOR_ARRAY);
    gl->DrawArrays(GL_TRIANGLES, 0, (GLsizei)n);
    pair_note_picture(side);
    guarded_free(positions, n * 2 * sizeof *positions);
    guarded_free(colors, (n - 1) * 5 * sizeof *colors + 3 * sizeof *colors);
}

Test(arrays, separate_arrays_are_not_read_beyond_their_ends)
{
    pair_run(separate, 16384);
}

static void elements(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(200);
    static const GLenum types[3] = {GL_UNSIGNED_BYTE, GL_UNSIGNED_SHORT, GL_UNSIGNED_INT};
    /* Only corners 100 to 199 may be read. */
    point_at(gl, corners - 0);
    for (int t = 0; t < 3; t++) {
        const unsigned n = 30, size = 1u << t;
        uint8_t *indices = guarded_alloc(n * size);
        for (unsigned i = 0; i < n; i++) {
            uint32_t index = 100 + i * 17 % 100;
            memcpy(indices + i * size, &index, size);
        }
        clear(gl);
        gl->DrawElements(GL_TRIANGLES, (GLsizei)n, types[t], indices);
        pair_note_picture(side);
        clear(gl);
        gl->DrawRangeElements(GL_LINES, 100, 199, (GLsizei)n, types[t], indices);
        gl->DrawElementsBaseVertex(GL_POINTS, (GLsizei)n, types[t], indices, -100);
        pair_note_picture(side);
        const GLsizei counts[2] = {6, 9};
        const void *lists[2] = {indices, indices + 6 * size};
        clear(gl);
        gl->MultiDrawElements(GL_TRIANGLES, counts, types[t], lists, 2);
        pair_note_picture(side);
        guarded_free(indices, n * size);
    }
    gl->DrawElements(GL_TRIANGLES, 3, GL_FLOAT, corners);
    gl->DrawElements(GL_TRIANGLES, -3, GL_UNSIGNED_BYTE, corners);
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    guarded_free(corners, 200 * sizeof *corners);
}

Test(arrays, indices_of_all_types_are_drawn)
{
    pair_run(elements, 9 * 16384);
}

static void index_buffer(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(30);
    GLushort indices[40] = {0};
    GLuint buffer;
    for (unsigned i = 0; i < 40; i++)
        indices[i] = (GLushort)(i * 11 % 30);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof indices, indices, GL_STATIC_DRAW);
    point_at(gl, corners);
    clear(gl);
    gl->DrawElements(GL_TRIANGLES, 21, GL_UNSIGNED_SHORT, (void *)8);
    pair_note_picture(side);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
    gl->DeleteBuffers(1, &buffer);
    clear(gl);
    gl->DrawElements(GL_TRIANGLES, 21, GL_UNSIGNED_SHORT, indices);
    pair_note_picture(side);
    guarded_free(corners, 30 * sizeof *corners);
}

Test(arrays, indices_may_lie_in_a_buffer_and_vertices_not)
{
    pair_run(index_buffer, 2 * 16384);
}

static void restart(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(20);
    GLushort indices[16] = {0, 1, 2, 3, 0xffff, 7, 8, 9, 10, 0xffff, 12, 13, 14, 15, 16, 17};
    point_at(gl, corners);
    clear(gl);
    gl->Enable(GL_PRIMITIVE_RESTART);
    gl->PrimitiveRestartIndex(0xffff);
    gl->DrawElements(GL_TRIANGLE_STRIP, 16, GL_UNSIGNED_SHORT, indices);
    pair_note_picture(side);
    gl->Disable(GL_PRIMITIVE_RESTART);
    gl->Enable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
    clear(gl);
    gl->DrawElements(GL_LINE_STRIP, 16, GL_UNSIGNED_SHORT, indices);
    pair_note_picture(side);
    guarded_free(corners, 20 * sizeof *corners);
}

Test(arrays, the_restart_index_names_no_vertex)
{
    pair_run(restart, 2 * 16384);
}

static const char vertex_shader[] = "#version 130\n"
                                    "in vec4 place; in vec4 tint; in vec2 shift; in ivec2 whole;"
                                    "out vec4 color;"
                                    "void main() { gl_Position = vec4(place.xy + shift, 0, 1);"
                                    " color = vec4(tint.rgb + vec3(whole, 0) * 0.1"
                                    " + float(gl_VertexID) * vec3(0, 0, 0.01), 1); }";
static const char fragment_shader[] = "#version 130\n"
                                      "in vec4 color; void main() { gl_FragColor = color; }";

static GLuint shaded(const struct pair_gl *gl)
{
    GLuint program = gl->CreateProgram();
    const GLenum types[2] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
    const char *halves[2][2] = {{"#version 130\n", vertex_shader + 13},
                                {"#version 130\n", fragment_shader + 13}};
    for (int i = 0; i < 2; i++) {
        const GLint lengths[2] = {13, -1};
        GLuint shader = gl->CreateShader(types[i]);
        gl->ShaderSource(shader, 2, halves[i], lengths);
        gl->CompileShader(shader);
        gl->AttachShader(program, shader);
    }
    gl->BindAttribLocation(program, 0, "place");
    gl->BindAttribLocation(program, 1, "tint");
    gl->BindAttribLocation(program, 2, "shift");
    gl->BindAttribLocation(program, 3, "whole");
    gl->LinkProgram(program);
    GLint linked = 0;
    gl->GetProgramiv(program, GL_LINK_STATUS, &linked);
    cr_assert(linked);
    gl->UseProgram(program);
    return program;
}

static void generic(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(24);
    float *shifts = guarded_alloc(3 * 2 * sizeof *shifts);
    GLbyte *wholes = guarded_alloc(24 * 2);
    const uint8_t *at = (const uint8_t *)corners;
    for (int i = 0; i < 6; i++)
        shifts[i] = (float)i * 0.15f - 0.3f;
    for (int i = 0; i < 48; i++)
        wholes[i] = (GLbyte)(i % 7 - 3);
    shaded(gl);
    gl->VertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof *corners, at);
    gl->VertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof *corners, at + 12);
    gl->VertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 0, shifts);
    gl->VertexAttribIPointer(3, 2, GL_BYTE, 0, wholes);
    gl->VertexAttribDivisor(2, 2);
    for (GLuint i = 0; i < 4; i++)
        gl->EnableVertexAttribArray(i);
    clear(gl);
    gl->DrawArraysInstanced(GL_TRIANGLES, 0, 24, 6);
    pair_note_picture(side);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 12, 12); /* gl_VertexID counts from 12 */
    pair_note_picture(side);
    const GLubyte indices[6] = {5, 7, 11, 13, 17, 23};
    clear(gl);
    gl->DrawElementsInstanced(GL_TRIANGLES, 6, GL_UNSIGNED_BYTE, indices, 5);
    pair_note_picture(side);
    gl->VertexAttribDivisor(2, 0);
    gl->DisableVertexAttribArray(2);
    gl->VertexAttrib4f(2, 0.1f, 0.1f, 0, 1);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLE_FAN, 0, 10);
    pair_note_picture(side);
    guarded_free(corners, 24 * sizeof *corners);
    guarded_free(shifts, 6 * sizeof *shifts);
    guarded_free(wholes, 48);
}

Test(arrays, generic_attributes_and_instances_are_drawn)
{
    pair_run(generic, 4 * 16384);
}

static void far_first(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    const struct corner *zero = corners - 5000; /* element 0: not to be touched */
    const struct corner *far = corners - 4000000;
    const GLuint indices[6] = {4000000, 4000003, 4000007, 4000008, 4000010, 4000011};
    clear(gl);
    point_at(gl, zero);
    gl->DrawArrays(GL_TRIANGLES, 5000, 12);
    pair_note_picture(side);
    clear(gl);
    point_at(gl, far);
    gl->DrawArrays(GL_TRIANGLES, 4000000, 9);
    pair_note_picture(side);
    clear(gl);
    gl->DrawElements(GL_TRIANGLES, 6, GL_UNSIGNED_INT, indices);
    pair_note_picture(side);
    guarded_free(corners, 12 * sizeof *corners);
}

Test(arrays, a_great_first_vertex_reads_nothing_before_it)
{
    pair_run(far_first, 3 * 16384);
}

static void sparse(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLsizei stride = 8192;
    uint8_t *places = calloc(6, (size_t)stride);
    for (int i = 0; i < 6; i++) {
        const float place[2] = {(float)(i % 3) - 1, (float)(i * 2 % 3) - 1};
        memcpy(places + i * stride, place, sizeof place);
    }
    clear(gl);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->VertexPointer(2, GL_FLOAT, stride, places);
    gl->DrawArrays(GL_TRIANGLES, 0, 6);
    pair_note_picture(side);
    free(places);
}

Test(arrays, elements_far_apart_are_gathered)
{
    pair_run(sparse, 16384);
}

static void array_element(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    const GLfloat secondary[3] = {0, 0, 0};
    clear(gl);
    point_at(gl, corners);
    gl->Begin(GL_TRIANGLES);
    for (int i = 0; i < 12; i++)
        gl->ArrayElement(i);
    gl->End();
    pair_note_picture(side);
    gl->InterleavedArrays(GL_C4UB_V3F, 0, corners);
    gl->SecondaryColorPointer(3, GL_FLOAT, 0, secondary);
    clear(gl);
    gl->Begin(GL_POINTS);
    gl->ArrayElement(3);
    gl->End();
    pair_note_picture(side);
    guarded_free(corners, 12 * sizeof *corners);
}

Test(arrays, array_elements_become_attributes)
{
    pair_run(array_element, 2 * 16384);
}

static void interleaved_formats(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    float *data = guarded_alloc(6 * 15 * sizeof *data);
    for (GLenum format = GL_V2F; format <= GL_T4F_C4F_N3F_V4F; format++) {
        for (int i = 0; i < 90; i++)
            data[i] = (float)(i * 31 % 23) / 11.5f - 1;
        clear(gl);
        gl->InterleavedArrays(format, 0, data);
        gl->DrawArrays(GL_TRIANGLES, 0, 6);
        pair_note_picture(side);
    }
    gl->InterleavedArrays(GL_FLOAT, 0, data);
    gl->InterleavedArrays(GL_V2F, -1, data);
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    guarded_free(data, 90 * sizeof *data);
}

Test(arrays, interleaved_formats_are_laid_out_as_specified)
{
    pair_run(interleaved_formats, 14 * 16384);
}

static void buffers_and_memory(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner corners[30];
    uint8_t *colors = guarded_alloc(30 * 4);
    GLuint buffer, vao;
    fill_corners(corners, 30);
    for (int i = 0; i < 120; i++)
        colors[i] = (uint8_t)(i * 9);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STATIC_DRAW);
    point_at(gl, NULL);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 30);
    pair_note_picture(side);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, 0, colors);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 3, 27);
    pair_note_picture(side);
    gl->GenVertexArrays(1, &vao);
    gl->BindVertexArray(vao);
    clear(gl);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    point_at(gl, NULL);
    gl->BindVertexArray(0);
    gl->DrawArrays(GL_TRIANGLES, 0, 9);
    gl->BindVertexArray(vao);
    gl->DrawArrays(GL_TRIANGLES, 15, 9);
    pair_note_picture(side);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, 0, colors); /* not in an object with a name */
    pair_note_picture(side);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 3, 27);
    pair_note_picture(side);
    gl->DeleteVertexArrays(1, &vao);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    pair_note_picture(side);
    guarded_free(colors, 120);
}

Test(arrays, buffers_memory_and_array_objects_mix)
{
    pair_run(buffers_and_memory, 6 * 16384);
}

static void pushed(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12), *others = guarded_corners(6);
    GLint value[3] = {0};
    point_at(gl, corners);
    gl->PixelStorei(GL_PACK_SKIP_ROWS, 3);
    gl->PushClientAttrib(GL_CLIENT_ALL_ATTRIB_BITS);
    gl->VertexPointer(2, GL_FLOAT, sizeof *others, others);
    gl->DisableClientState(GL_COLOR_ARRAY);
    gl->PixelStorei(GL_PACK_SKIP_ROWS, 0);
    gl->Color4f(1, 1, 0, 1);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 6);
    pair_note_picture(side);
    gl->PopClientAttrib();
    gl->GetIntegerv(GL_PACK_SKIP_ROWS, &value[0]);
    gl->GetIntegerv(GL_VERTEX_ARRAY_SIZE, &value[1]);
    gl->GetIntegerv(GL_VERTEX_ARRAY_STRIDE, &value[2]);
    pair_note(side, value, sizeof value);
    gl->PixelStorei(GL_PACK_SKIP_ROWS, 0);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    pair_note_picture(side);
    gl->PopClientAttrib();
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    guarded_free(corners, 12 * sizeof *corners);
    guarded_free(others, 6 * sizeof *others);
}

Test(arrays, client_attributes_are_pushed_and_popped)
{
    pair_run(pushed, 2 * 16384);
}

static void texture_units(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    const uint8_t texels[2][16] = {
        {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 0, 255},
        {255, 255, 255, 255, 80, 80, 80, 255, 160, 160, 160, 255, 10, 10, 10, 255}};
    const uint8_t *at = (const uint8_t *)corners;
    float *second = guarded_alloc(12 * 2 * sizeof *second);
    for (int i = 0; i < 24; i++)
        second[i] = (float)(i * 7 % 5) / 5;
    for (GLuint unit = 0; unit < 2; unit++) {
        GLuint name;
        gl->ActiveTexture(GL_TEXTURE0 + unit);
        gl->GenTextures(1, &name);
        gl->BindTexture(GL_TEXTURE_2D, name);
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                       texels[unit]);
        gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        gl->TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        gl->Enable(GL_TEXTURE_2D);
        gl->ClientActiveTexture(GL_TEXTURE0 + unit);
        gl->EnableClientState(GL_TEXTURE_COORD_ARRAY);
        if (unit == 0)
            gl->TexCoordPointer(2, GL_FLOAT, sizeof *corners, at + 16);
        else
            gl->TexCoordPointer(2, GL_FLOAT, 0, second);
    }
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->VertexPointer(3, GL_FLOAT, sizeof *corners, at);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    pair_note_picture(side);
    gl->ClientActiveTexture(GL_TEXTURE1);
    gl->DisableClientState(GL_TEXTURE_COORD_ARRAY);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    pair_note_picture(side);
    guarded_free(corners, 12 * sizeof *corners);
    guarded_free(second, 24 * sizeof *second);
}

Test(arrays, texture_coordinates_of_several_units_are_drawn)
{
    pair_run(texture_units, 2 * 16384);
}

static void listed(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    GLuint list = gl->GenLists(1);
    const GLubyte indices[6] = {0, 3, 6, 9, 10, 11};
    point_at(gl, corners);
    gl->NewList(list, GL_COMPILE);
    gl->DrawArrays(GL_TRIANGLES, 0, 6);
    gl->DrawElements(GL_TRIANGLES, 6, GL_UNSIGNED_BYTE, indices);
    gl->Begin(GL_TRIANGLES);
    for (int i = 6; i < 9; i++)
        gl->ArrayElement(i);
    gl->End();
    gl->EndList();
    guarded_free(corners, 12 * sizeof *corners);
    gl->DisableClientState(GL_VERTEX_ARRAY);
    gl->DisableClientState(GL_COLOR_ARRAY);
    clear(gl);
    gl->CallList(list);
    pair_note_picture(side);
}

Test(arrays, display_lists_keep_what_arrays_held)
{
    pair_run(listed, 16384);
}

static void indirect(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner corners[30];
    const GLuint command[9] = {9, 1, 3, 0, 6, 1, 2, 1, 0};
    const GLushort indices[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    GLuint buffers[3];
    fill_corners(corners, 30);
    gl->GenBuffers(3, buffers);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STATIC_DRAW);
    point_at(gl, NULL);
    gl->BindBuffer(GL_DRAW_INDIRECT_BUFFER, buffers[1]);
    gl->BufferData(GL_DRAW_INDIRECT_BUFFER, sizeof command, command, GL_STATIC_DRAW);
    gl->BindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[2]);
    gl->BufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof indices, indices, GL_STATIC_DRAW);
    clear(gl);
    gl->DrawArraysIndirect(GL_TRIANGLES, NULL);
    gl->DrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)16);
    pair_note_picture(side);
    gl->BindBuffer(GL_DRAW_INDIRECT_BUFFER, 0);
    clear(gl);
    gl->DrawArraysIndirect(GL_TRIANGLES, command);
    gl->DrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, command + 4);
    pair_note_picture(side);
    const GLsizei counts[2] = {3, 6};
    const void *offsets[2] = {(void *)0, (void *)6};
    clear(gl);
    gl->MultiDrawElements(GL_TRIANGLES, counts, GL_UNSIGNED_SHORT, offsets, 2);
    pair_note_picture(side);
}

Test(arrays, arguments_and_indices_come_from_buffers)
{
    pair_run(indirect, 3 * 16384);
}

static void attrib_bindings(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner corners[30];
    GLuint buffer;
    GLint value[4] = {0};
    fill_corners(corners, 30);
    shaded(gl);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STATIC_DRAW);
    gl->BindVertexBuffer(5, buffer, 0, sizeof corners[0]);
    gl->VertexAttribFormat(0, 3, GL_FLOAT, GL_FALSE, 0);
    gl->VertexAttribFormat(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 12);
    gl->VertexAttribBinding(0, 5);
    gl->VertexAttribBinding(1, 5);
    gl->EnableVertexAttribArray(0);
    gl->EnableVertexAttribArray(1);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 30);
    gl->GetVertexAttribiv(0, GL_VERTEX_ATTRIB_BINDING, &value[0]);
    gl->GetVertexAttribiv(1, GL_VERTEX_ATTRIB_RELATIVE_OFFSET, &value[1]);
    gl->GetIntegeri_v(GL_VERTEX_BINDING_STRIDE, 5, &value[2]);
    gl->GetIntegeri_v(GL_VERTEX_BINDING_BUFFER, 5, &value[3]);
    pair_note(side, value, sizeof value);
    pair_note_picture(side);
}

Test(arrays, attributes_share_a_binding)
{
    pair_run(attrib_bindings, 16384);
}

static void many_draws(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner corners[600];
    fill_corners(corners, 600);
    clear(gl);
    /* 14 kB each: round the stream buffer of 4 MiB several times. */
    for (int i = 0; i < 1000; i++) {
        corners[i % 600].color[1] = (uint8_t)i;
        point_at(gl, corners);
        gl->DrawArrays(GL_POINTS, 0, 600);
    }
    pair_note_picture(side);
}

Test(arrays, many_draws_use_the_stream_buffer_again)
{
    pair_run(many_draws, 16384);
}

static void own_name(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    struct corner others[12];
    fill_corners(others, 12);
    others[3].position[0] = 0.9f;
    clear(gl);
    point_at(gl, corners);
    gl->DrawArrays(GL_TRIANGLES, 0, 6);
    /* Nobody generated these names. The host's buffer for client arrays has one of them. */
    for (GLuint name = 1; name < 5; name++) {
        gl->BindBuffer(GL_ARRAY_BUFFER, name);
        gl->BufferData(GL_ARRAY_BUFFER, sizeof others, others, GL_STATIC_DRAW);
        gl->BindBuffer(GL_ARRAY_BUFFER, 0);
        gl->DrawArrays(GL_TRIANGLES, 6, 6);
    }
    pair_note_picture(side);
    gl->BindBuffer(GL_ARRAY_BUFFER, 1);
    clear(gl);
    point_at(gl, NULL);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    pair_note_picture(side);
    guarded_free(corners, 12 * sizeof *corners);
}

Test(arrays, a_name_that_the_program_made_up_is_its_own)
{
    pair_run(own_name, 2 * 16384);
}
