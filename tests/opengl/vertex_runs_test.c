/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws one after the other with the same arrays in the program's memory. */
#include <criterion/criterion.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/opengl/corners.h"
#include "tests/opengl/one_loop.h"

#define CORNERS 40
#define DRAWS 90

/* Like fill_corners(), but other ones for each draw. */
static void fill_for_draw(struct corner *corners, unsigned draw)
{
    fill_corners(corners, CORNERS);
    for (unsigned i = 0; i < CORNERS; i++) {
        corners[i].position[0] *= (float)(draw % 10) / 10;
        corners[i].color[0] = (uint8_t)(draw * 2);
    }
}

/* Draws of all kinds, which count vertices from places of their own. */
static void draw_somehow(const struct pair_gl *gl, unsigned draw)
{
    static const GLushort indices[6] = {7, 20, 9, 33, 12, 30};
    const GLint first[2] = {3, 20};
    const GLsizei count[2] = {6, 9};
    switch (draw % 9) {
    case 0:
        gl->DrawArraysInstanced(GL_TRIANGLES, 3, 9, 2);
        break;
    case 1:
        gl->MultiDrawArrays(GL_TRIANGLES, first, count, 2);
        break;
    case 2:
        gl->DrawElementsBaseVertex(GL_TRIANGLES, 6, GL_UNSIGNED_SHORT, indices, -5);
        break;
    case 3:
    case 4:
        gl->DrawElements(GL_TRIANGLES, 6, GL_UNSIGNED_SHORT, indices);
        break;
    case 5:
        gl->DrawArrays(GL_TRIANGLES, 0, -1);
        gl->DrawArrays(GL_TRIANGLES, 0, 0);
        break;
    default:
        gl->DrawArrays(GL_TRIANGLES, (GLint)draw % 11, 24);
        break;
    }
}

static void interleaved(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(CORNERS);
    clear(gl);
    point_at(gl, corners);
    for (unsigned draw = 1; draw <= DRAWS; draw++) {
        fill_for_draw(corners, draw);
        draw_somehow(gl, draw);
        if (draw % 10 == 0) {
            pair_note_picture(side);
            clear(gl);
        }
    }
    guarded_free(corners, CORNERS * sizeof *corners);
}

Test(vertex_runs, each_draw_has_its_own_vertices)
{
    pair_run(interleaved, DRAWS / 10 * 16384);
}

/* Of three lengths, so that in bytes no draw lies as far behind the one before for all of them. */
static void separate(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner corners[CORNERS];
    short *places = guarded_alloc(CORNERS * 2 * sizeof *places);
    uint8_t *colors = guarded_alloc(CORNERS * 3);
    clear(gl);
    gl->VertexPointer(2, GL_SHORT, 0, places);
    gl->ColorPointer(3, GL_UNSIGNED_BYTE, 0, colors);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_COLOR_ARRAY);
    gl->PushMatrix();
    for (unsigned draw = 1; draw <= DRAWS; draw++) {
        fill_for_draw(corners, draw);
        for (unsigned i = 0; i < CORNERS; i++) {
            places[2 * i] = (short)(corners[i].position[0] * 2);
            places[2 * i + 1] = (short)(corners[i].position[1] * 2);
            memcpy(&colors[3 * i], corners[i].color, 3);
        }
        draw_somehow(gl, draw);
        if (draw % 10 == 0) {
            pair_note_picture(side);
            clear(gl);
        }
    }
    guarded_free(places, CORNERS * 2 * sizeof *places);
    guarded_free(colors, CORNERS * 3);
}

Test(vertex_runs, arrays_of_different_lengths_go_on_together)
{
    pair_run(separate, DRAWS / 10 * 16384);
}

/* What comes between two draws of a run and points the arrays elsewhere, or reads them otherwise.
 */
static void interrupted(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(CORNERS), *others = guarded_corners(CORNERS);
    GLuint buffer, object, list = gl->GenLists(1);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, CORNERS * sizeof *corners, corners, GL_STATIC_DRAW);
    gl->GenVertexArrays(1, &object);
    gl->BindVertexArray(object);
    point_at(gl, NULL);
    gl->DrawArrays(GL_TRIANGLES, 0, 3);
    gl->BindVertexArray(0);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    for (unsigned turn = 0; turn < 7; turn++) {
        fill_for_draw(corners, turn + 3);
        fill_for_draw(others, turn + 4);
        clear(gl);
        point_at(gl, corners);
        gl->DrawArrays(GL_TRIANGLES, 0, 12);
        gl->DrawArrays(GL_TRIANGLES, 4, 12);
        switch (turn) {
        case 0:
            gl->NewList(list, GL_COMPILE_AND_EXECUTE);
            gl->DrawArrays(GL_TRIANGLES, 6, 12);
            gl->EndList();
            break;
        case 1:
            gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
            point_at(gl, NULL);
            gl->BindBuffer(GL_ARRAY_BUFFER, 0);
            gl->DrawArrays(GL_TRIANGLES, 6, 12);
            break;
        case 2:
            gl->PushClientAttrib(GL_CLIENT_VERTEX_ARRAY_BIT);
            point_at(gl, others);
            gl->DrawArrays(GL_TRIANGLES, 6, 12);
            gl->PopClientAttrib();
            break;
        case 3:
            gl->Begin(GL_TRIANGLES);
            for (GLint i = 6; i < 18; i++)
                gl->ArrayElement(i);
            gl->End();
            break;
        case 4:
            gl->DisableClientState(GL_COLOR_ARRAY);
            gl->DrawArrays(GL_TRIANGLES, 6, 12);
            break;
        case 5:
            gl->BindVertexArray(object);
            gl->DrawArrays(GL_TRIANGLES, 6, 12);
            gl->BindVertexArray(0);
            break;
        default:
            gl->CallList(list);
            break;
        }
        gl->DrawArrays(GL_TRIANGLES, 20, 12);
        pair_note_picture(side);
    }
    guarded_free(corners, CORNERS * sizeof *corners);
    guarded_free(others, CORNERS * sizeof *corners);
}

Test(vertex_runs, what_comes_between_sees_the_arrays_as_they_are)
{
    pair_run(interrupted, 7 * 16384);
}

/* With pointers for the second draw's own numbers, the arrays must not begin before the buffer. */
static void rising(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(CORNERS);
    clear(gl);
    point_at(gl, corners);
    gl->DrawArrays(GL_POINTS, 0, 1);
    gl->DrawArraysInstanced(GL_TRIANGLES, 28, 12, 2);
    pair_note_picture(side);
    guarded_free(corners, CORNERS * sizeof *corners);
}

Test(vertex_runs, numbers_may_rise_by_more_than_were_drawn)
{
    pair_run(rising, 16384);
}

static const char vertex_shader[] =
    "#version 130\n"
    "out vec4 color; void main() { gl_Position = gl_Vertex;"
    " color = vec4(float(gl_VertexID) / 40.0, float(gl_VertexID & 3) / 3.0, 1.0, 1.0); }";
static const char fragment_shader[] = "#version 130\n"
                                      "in vec4 color; void main() { gl_FragColor = color; }";

static void shaded(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLenum types[2] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
    const char *sources[2] = {vertex_shader, fragment_shader};
    struct corner *corners = guarded_corners(CORNERS);
    GLuint program = gl->CreateProgram();
    for (int i = 0; i < 2; i++) {
        GLuint shader = gl->CreateShader(types[i]);
        gl->ShaderSource(shader, 1, &sources[i], NULL);
        gl->CompileShader(shader);
        gl->AttachShader(program, shader);
    }
    gl->LinkProgram(program);
    point_at(gl, corners);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    gl->UseProgram(program);
    clear(gl);
    gl->DrawArrays(GL_TRIANGLES, 0, 12);
    gl->DrawArrays(GL_TRIANGLES, 12, 12);
    gl->DrawArrays(GL_TRIANGLES, 3, 12);
    pair_note_picture(side);
    guarded_free(corners, CORNERS * sizeof *corners);
}

Test(vertex_runs, a_program_sees_the_vertices_numbers)
{
    pair_run(shaded, 16384);
}

/* How often the GL was told where the vertices are. */
static unsigned pointed;
static const struct gl_functions *real;

static void count_pointer(GLint size, GLenum type, GLsizei stride, const void *pointer)
{
    pointed++;
    real->VertexPointer(size, type, stride, pointer);
}

static void draw_points(const struct client_array_record *array, unsigned draws, GLint points)
{
    for (unsigned draw = 0; draw < draws; draw++) {
        gl_encode_TriremeClientArrays(e, 1, gl_payload_data(array, sizeof *array),
                                      zero_bytes((uint64_t)points * array->stride));
        gl_encode_DrawArrays(e, GL_POINTS, 0, points);
        loop_drain(loop);
    }
}

Test(vertex_runs, arrays_are_pointed_once_for_many_draws, .init = one_loop_set_up,
     .fini = one_loop_tear_down)
{
    const struct client_array_record narrow = {
        ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 0, 0};
    const struct client_array_record wide = {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 4, GL_FLOAT, 16, 0, 0};
    struct gl_decoder *d = loop_decoder(loop);
    struct gl_functions counting = *d->gl;
    real = d->gl;
    counting.VertexPointer = count_pointer;
    d->gl = &counting;
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    /* 16 KiB at first, then 64 and 256. */
    draw_points(&narrow, 13, 100);
    cr_expect_eq(pointed, 1);
    draw_points(&narrow, 54, 100);
    cr_expect_eq(pointed, 2);
    draw_points(&narrow, 200, 100);
    cr_expect_eq(pointed, 3);
    /* Others begin another run, and a small one. */
    draw_points(&wide, 10, 100);
    cr_expect_eq(pointed, 4);
    draw_points(&wide, 1, 100);
    cr_expect_eq(pointed, 5);
    cr_expect_eq(loop_error(loop), GL_NO_ERROR);
    d->gl = real;
}
