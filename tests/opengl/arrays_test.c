/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Client arrays against the GL's own. They end where memory ends. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/opengl/corners.h"

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

/* Arrays in memory are hidden from the host's glArrayElement, and only from that. */
static void memory_and_buffer(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(12);
    uint8_t colors[48];
    GLuint buffer;
    for (int i = 0; i < 48; i++)
        colors[i] = (uint8_t)(i * 11);
    point_at(gl, corners);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof colors, colors, GL_STATIC_DRAW);
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, 0, NULL);
    for (GLenum mode = GL_TRIANGLES; mode <= GL_TRIANGLES + 100; mode += 100) {
        clear(gl);
        gl->Begin(mode); /* the second one is no mode */
        gl->ArrayElement(0);
        gl->ArrayElement(1);
        gl->ArrayElement(2);
        if (mode == GL_TRIANGLES)
            gl->End();
        gl->DrawArrays(GL_TRIANGLES, 3, 6);
        GLboolean enabled = gl->IsEnabled(GL_VERTEX_ARRAY);
        pair_note(side, &enabled, 1);
        pair_note_picture(side);
    }
    guarded_free(corners, 12 * sizeof *corners);
}

Test(arrays, elements_of_memory_and_buffers_leave_the_arrays_alone)
{
    pair_run(memory_and_buffer, 2 * 16384);
}

static void element_of_no_array(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    gl->Begin(GL_TRIANGLES);
    gl->ArrayElement(0);
    gl->End();
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
}

Test(arrays, an_element_of_no_array_is_no_error)
{
    pair_run(element_of_no_array, sizeof(GLenum));
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
