/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws of every kind against the GL's own. Arrays and indices end where memory ends. */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/mman.h>

#include "tests/opengl/corners.h"

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

Test(draws, indices_of_all_types_are_drawn)
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

Test(draws, indices_may_lie_in_a_buffer_and_vertices_not)
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

Test(draws, the_restart_index_names_no_vertex)
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

Test(draws, generic_attributes_and_instances_are_drawn)
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

Test(draws, a_great_first_vertex_reads_nothing_before_it)
{
    pair_run(far_first, 3 * 16384);
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
    /* The arguments from a buffer, the vertices from memory. */
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    point_at(gl, corners);
    clear(gl);
    gl->DrawArraysIndirect(GL_TRIANGLES, NULL);
    gl->DrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)16);
    pair_note_picture(side);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
    point_at(gl, NULL);
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

Test(draws, arguments_and_indices_come_from_buffers)
{
    pair_run(indirect, 4 * 16384);
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

Test(draws, attributes_share_a_binding)
{
    pair_run(attrib_bindings, 16384);
}

static const char counting_shader[] =
    "#version 130\n"
    "#extension GL_ARB_shader_draw_parameters : require\n"
    "in vec2 place; out vec4 color; void main() {"
    " gl_Position = vec4(place + vec2(0.05 * float(gl_DrawIDARB)), 0.0, 1.0);"
    " color = vec4(float(gl_DrawIDARB) / 4.0, float(gl_VertexID) / 64.0, 1.0, 1.0); }";

static void use_counting_shader(const struct pair_gl *gl)
{
    const char *halves[2] = {counting_shader, fragment_shader};
    const GLenum types[2] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
    GLuint program = gl->CreateProgram();
    GLint linked = 0;
    for (int i = 0; i < 2; i++) {
        GLuint shader = gl->CreateShader(types[i]);
        gl->ShaderSource(shader, 1, &halves[i], NULL);
        gl->CompileShader(shader);
        gl->AttachShader(program, shader);
    }
    gl->BindAttribLocation(program, 0, "place");
    gl->LinkProgram(program);
    gl->GetProgramiv(program, GL_LINK_STATUS, &linked);
    cr_assert(linked);
    gl->UseProgram(program);
}

/* Draws out of order, an empty one, a gap between two. */
static void draw_ids(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    struct corner *corners = guarded_corners(40);
    GLushort *indices = guarded_alloc(40 * sizeof *indices);
    const GLint first[4] = {6, 0, 0, 25}, base[4] = {0, 1, 0, 2};
    const GLsizei count[4] = {6, 0, 6, 12};
    const void *lists[4];
    for (unsigned i = 0; i < 40; i++)
        indices[i] = (GLushort)(i < 6 ? i : i - 3);
    for (unsigned i = 0; i < 4; i++)
        lists[i] = indices + first[i];
    use_counting_shader(gl);
    gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof *corners, corners);
    gl->EnableVertexAttribArray(0);
    clear(gl);
    gl->MultiDrawArrays(GL_TRIANGLES, first, count, 4);
    pair_note_picture(side);
    clear(gl);
    gl->MultiDrawElements(GL_TRIANGLES, count, GL_UNSIGNED_SHORT, lists, 4);
    pair_note_picture(side);
    clear(gl);
    gl->MultiDrawElementsBaseVertex(GL_TRIANGLES, count, GL_UNSIGNED_SHORT, lists, 4, base);
    pair_note_picture(side);
    /* Vertices from a buffer, indices from memory. */
    GLuint buffer;
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, 40 * sizeof *corners, corners, GL_STATIC_DRAW);
    gl->VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof *corners, NULL);
    clear(gl);
    gl->MultiDrawElements(GL_TRIANGLES, count, GL_UNSIGNED_SHORT, lists, 4);
    pair_note_picture(side);
    guarded_free(corners, 40 * sizeof *corners);
    guarded_free(indices, 40 * sizeof *indices);
}

Test(draws, shaders_know_the_draw_of_a_multi_draw)
{
    pair_run(draw_ids, 4 * 16384);
}

/* The vertices of two draws, with a page between them that nobody may read. */
static void torn(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const size_t page = 4096, each = 6 * sizeof(struct corner);
    uint8_t *pages =
        mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(pages, MAP_FAILED);
    /* The page's size is no multiple of a corner's. */
    struct corner *low = (struct corner *)(pages + page - each);
    struct corner *high = low + (page + each + sizeof *low - 1) / sizeof *low;
    fill_corners(low, 6);
    fill_corners(high, 6);
    cr_assert_geq((uint8_t *)high, pages + 2 * page);
    mprotect(pages + page, page, PROT_NONE);
    const GLint first[2] = {0, (GLint)(high - low)};
    const GLsizei count[2] = {6, 6};
    point_at(gl, low);
    clear(gl);
    gl->MultiDrawArrays(GL_TRIANGLES, first, count, 2);
    pair_note_picture(side);
    const GLushort indices[12] = {0,
                                  1,
                                  2,
                                  3,
                                  4,
                                  5,
                                  (GLushort)first[1],
                                  (GLushort)(first[1] + 1),
                                  (GLushort)(first[1] + 2),
                                  (GLushort)first[1],
                                  (GLushort)(first[1] + 4),
                                  (GLushort)(first[1] + 5)};
    const void *lists[2] = {indices, indices + 6};
    clear(gl);
    gl->MultiDrawElements(GL_TRIANGLES, count, GL_UNSIGNED_SHORT, lists, 2);
    pair_note_picture(side);
    munmap(pages, 3 * page);
}

Test(draws, nothing_is_read_between_the_draws_of_a_multi_draw)
{
    pair_run(torn, 2 * 16384);
}
