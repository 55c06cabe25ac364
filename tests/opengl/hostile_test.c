/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records that the guest library never sends, on a real context. A test passes if the process
 * lives, and if what had to be refused was.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "dispatch/client_array_record.h"
#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

TestSuite(hostile, .init = one_loop_set_up, .fini = one_loop_tear_down);

Test(hostile, arrays_without_buffers_are_not_drawn)
{
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_null());
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 1000);
    gl_encode_DrawArraysInstanced(e, GL_TRIANGLES, 0, 1000, 10);
    gl_encode_DrawElements(e, GL_TRIANGLES, 30, GL_UNSIGNED_BYTE, zero_bytes(30));
    const GLint first[2] = {0, 100};
    const GLsizei count[2] = {30, 60};
    gl_encode_MultiDrawArrays(e, GL_TRIANGLES, first, count, 2);
    gl_encode_DrawTransformFeedback(e, GL_TRIANGLES, 0);
    gl_encode_ArrayElement(e, 5);
    gl_encode_Begin(e, GL_TRIANGLES);
    gl_encode_ArrayElement(e, 5);
    gl_encode_End(e);
    gl_encode_DisableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_EnableVertexAttribArray(e, 7);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 1000);
    gl_encode_DisableVertexAttribArray(e, 7);
    for (GLenum unit = GL_TEXTURE0; unit < GL_TEXTURE0 + 8; unit++) {
        gl_encode_ClientActiveTexture(e, unit);
        gl_encode_EnableClientState(e, GL_TEXTURE_COORD_ARRAY);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 1000);
        gl_encode_DisableClientState(e, GL_TEXTURE_COORD_ARRAY);
    }
    loop_error(loop);
}

Test(hostile, arrays_are_offsets_into_bound_buffers_only)
{
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0x123456));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_VertexAttribPointer(e, 2, 3, GL_FLOAT, GL_FALSE, 0, gl_payload_offset(8));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, zero_bytes(64));
    assert_broken("glVertexPointer");
}

Test(hostile, a_buffer_that_goes_away_takes_its_arrays_along)
{
    const GLuint name = 3;
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, name);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 1200, zeros, GL_STATIC_DRAW);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 99);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_DeleteBuffers(e, 1, &name);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 99);
    gl_encode_PushClientAttrib(e, GL_CLIENT_ALL_ATTRIB_BITS);
    gl_encode_DisableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 99);
    gl_encode_PopClientAttrib(e);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 99);
    loop_error(loop);
}

static void small_buffer(void)
{
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 5);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 64, zeros, GL_STATIC_DRAW);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
}

/* Mesa crashes on these if they reach it. */
Test(hostile, elements_beyond_a_buffer_are_not_fetched)
{
    small_buffer();
    gl_encode_Begin(e, GL_TRIANGLES);
    for (GLint i = 0; i < 40; i++)
        gl_encode_ArrayElement(e, i * 100000);
    gl_encode_End(e);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 12, zeros, GL_STATIC_DRAW);
    gl_encode_ArrayElement(e, 4000000);
    gl_encode_Begin(e, GL_POINTS);
    gl_encode_ArrayElement(e, 4000000);
    gl_encode_ArrayElement(e, -4000000);
    gl_encode_End(e);
    loop_error(loop);
}

/* As Mesa reads them: four packed numbers as four doubles. */
Test(hostile, packed_elements_beyond_a_buffer_are_not_fetched)
{
    GLfloat color[4] = {0};
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 5);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 64, zeros, GL_STATIC_DRAW);
    gl_encode_ColorPointer(e, 4, GL_INT_2_10_10_10_REV, 4, gl_payload_offset(0));
    gl_encode_EnableClientState(e, GL_COLOR_ARRAY);
    gl_encode_Color4f(e, 1, 1, 1, 1);
    gl_encode_ArrayElement(e, 9);
    gl_encode_GetFloatv(e, GL_CURRENT_COLOR, color);
    cr_assert_eq(color[0], 1);
    gl_encode_ArrayElement(e, 8);
    gl_encode_GetFloatv(e, GL_CURRENT_COLOR, color);
    cr_assert_eq(color[0], 0);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

Test(hostile, display_lists_do_not_reach_beyond_buffers)
{
    const GLuint far[3] = {0, 1, 100000000};
    const GLushort near[3] = {0, 1, 2};
    small_buffer();
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 10000000);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 2000000000, 3);
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_data(far, sizeof far));
    gl_encode_DrawElementsBaseVertex(e, GL_TRIANGLES, 3, GL_UNSIGNED_SHORT,
                                     gl_payload_data(near, sizeof near), 100000000);
    gl_encode_DrawElementsBaseVertex(e, GL_TRIANGLES, 3, GL_UNSIGNED_SHORT,
                                     gl_payload_data(near, sizeof near), -100000000);
    gl_encode_Begin(e, GL_TRIANGLES);
    gl_encode_ArrayElement(e, 100000000);
    gl_encode_End(e);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 6);
    gl_encode_BufferData(e, GL_ELEMENT_ARRAY_BUFFER, 12, far, GL_STATIC_DRAW);
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_offset(0));
    gl_encode_DrawElements(e, GL_TRIANGLES, 30, GL_UNSIGNED_INT, gl_payload_offset(4));
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_offset(1ull << 40));
    gl_encode_EndList(e);
    gl_encode_CallList(e, 1);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    loop_error(loop);
}

Test(hostile, draws_beyond_buffers_are_the_robust_context_s)
{
    const GLuint far[3] = {0, 1, 4000000000u};
    small_buffer();
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3000000);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 2000000000, 30);
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_data(far, sizeof far));
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 6);
    gl_encode_BufferData(e, GL_ELEMENT_ARRAY_BUFFER, 12, far, GL_STATIC_DRAW);
    gl_encode_DrawElements(e, GL_TRIANGLES, 300000, GL_UNSIGNED_INT, gl_payload_offset(4));
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_offset(1ull << 40));
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(1ull << 40));
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_Finish(e);
    loop_error(loop);
}

Test(hostile, indices_are_all_there_or_in_a_buffer)
{
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_offset(64));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, gl_payload_null());
    cr_assert_eq(loop_error(loop), GL_NO_ERROR, "not read");
    gl_encode_DrawElements(e, GL_TEXTURE_2D, 3, GL_UNSIGNED_INT, gl_payload_null());
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 6);
    gl_encode_DrawElements(e, GL_TRIANGLES, 3, GL_UNSIGNED_INT, zero_bytes(12));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 0);
    gl_encode_DrawElements(e, GL_TRIANGLES, 1000, GL_UNSIGNED_INT, zero_bytes(3999));
    assert_broken("glDrawElements");
}

static void send_client_arrays(const struct client_array_record *arrays, GLsizei count,
                               uint64_t data)
{
    gl_encode_TriremeClientArrays(
        e, count, gl_payload_data(arrays, (uint64_t)count * sizeof *arrays), zero_bytes(data));
}

Test(hostile, client_arrays_point_into_their_data)
{
    const struct client_array_record arrays[] = {
        /* Each of these is taken, or changes nothing; none is read beyond the stream buffer. */
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 0, 0},
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, UINT32_MAX, 0},
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, INT32_MAX, 1, 0},
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 600000, 0},
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 99, GL_FLOAT, 12, 0, 0},
        {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_RGBA, 12, 0, 0},
        {ARRAY_GENERIC0 + 31, ARRAY_KIND_DOUBLE, 4, GL_DOUBLE, 32, 0, 48},
        {ARRAY_TEXCOORD0 + 7, ARRAY_KIND_FLOAT, 4, GL_FLOAT, 16, 0, 48},
        {7, ARRAY_KIND_FLOAT, 4, GL_FLOAT, 16, 0, 48},
    };
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++) {
        send_client_arrays(&arrays[i], 1, 48);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3000000);
        loop_error(loop);
    }
    gl_encode_Begin(e, GL_TRIANGLES);
    send_client_arrays(&arrays[0], 1, 48);
    gl_encode_End(e);
    loop_error(loop);
    const struct client_array_record beyond = {ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 0,
                                               1ull << 40};
    send_client_arrays(&beyond, 1, 48);
    assert_broken("TriremeClientArrays");
}

Test(hostile, client_arrays_have_numbers)
{
    const struct client_array_record array = {ARRAY_COUNT, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 0, 0};
    send_client_arrays(&array, 1, 48);
    assert_broken("TriremeClientArrays");
}

Test(hostile, a_guest_that_finds_the_stream_buffer_gains_nothing)
{
    const struct client_array_record array = {
        ARRAY_VERTEX, ARRAY_KIND_FLOAT, 3, GL_FLOAT, 12, 0, 0};
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    for (GLuint name = 1; name < 4; name++) {
        send_client_arrays(&array, 1, 480);
        gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, name);
        gl_encode_BufferData(e, GL_ARRAY_BUFFER, 4, zeros, GL_STATIC_DRAW);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 40);
        send_client_arrays(&array, 1, 480);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 40);
        gl_encode_DeleteBuffers(e, 1, &name);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 40);
        send_client_arrays(&array, 1, 480);
        gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 40);
    }
    loop_error(loop);
}

Test(hostile, hits_are_collected_in_memory_of_the_host)
{
    uint32_t words[64];
    GLenum now = 0;
    struct gl_result result = {.data = words, .capacity = sizeof words};
    gl_encode_TriremeRenderMode(e, GL_SELECT, &now, &result);
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_TriremeSelectBuffer(e, 4);
    gl_encode_TriremeRenderMode(e, GL_SELECT, &now, &result);
    gl_encode_TriremeSelectBuffer(e, 4000);
    gl_encode_TriremeSelectBuffer(e, -4);
    gl_encode_TriremeSelectBuffer(e, INT32_MAX);
    gl_encode_InitNames(e);
    for (GLuint i = 0; i < 40; i++) {
        gl_encode_PushName(e, i);
        gl_encode_Begin(e, GL_POINTS);
        gl_encode_Vertex2f(e, 0, 0);
        gl_encode_End(e);
    }
    GLint hits = gl_encode_TriremeRenderMode(e, GL_RENDER, &now, &result);
    cr_assert_lt(hits, 0);
    cr_assert_leq(result.bytes, 16);
    gl_encode_TriremeFeedbackBuffer(e, 2, GL_4D_COLOR_TEXTURE);
    gl_encode_TriremeRenderMode(e, GL_FEEDBACK, &now, &result);
    gl_encode_Begin(e, GL_POINTS);
    gl_encode_Vertex2f(e, 0, 0);
    gl_encode_End(e);
    gl_encode_TriremeRenderMode(e, GL_RENDER, &now, &result);
    loop_error(loop);
}

/* Mesa adds offset and size before it looks whether the buffer reaches so far. */
Test(hostile, offsets_that_overflow_are_errors)
{
    const GLintptr far = INT64_MAX - 8, farther = 0x7149f2ca3f000000;
    const GLsizeiptr most = 0x3f000000fffffff0;
    uint8_t byte[16];
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 5);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 64, zeros, GL_STATIC_DRAW);
    gl_encode_BindBuffer(e, GL_COPY_WRITE_BUFFER, 6);
    gl_encode_BufferData(e, GL_COPY_WRITE_BUFFER, 64, zeros, GL_STATIC_DRAW);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_BufferSubData(e, GL_ARRAY_BUFFER, far, 16, byte);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_GetBufferSubData(e, GL_ARRAY_BUFFER, far, 16,
                               &(struct gl_result){.data = byte, .capacity = 16});
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_CopyBufferSubData(e, GL_ARRAY_BUFFER, GL_COPY_WRITE_BUFFER, far, farther, most);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_NamedCopyBufferSubDataEXT(e, 5, 6, farther, far, most);
    cr_assert_neq(loop_error(loop), GL_NO_ERROR);
    gl_encode_ClearBufferSubData(e, GL_ARRAY_BUFFER, GL_R8, farther, most, GL_RED, GL_UNSIGNED_BYTE,
                                 byte);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_BindBufferRange(e, GL_UNIFORM_BUFFER, 0, 5, farther, most);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
}

Test(hostile, sources_are_all_there)
{
    GLuint shader = gl_encode_CreateShader(e, GL_VERTEX_SHADER);
    gl_encode_TriremeShaderSource(e, shader, 100, NULL);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    GLint length = -1;
    gl_encode_GetShaderiv(e, shader, GL_SHADER_SOURCE_LENGTH, &length);
    cr_assert_leq(length, 1);
    gl_encode_TriremeCreateShaderProgram(e, GL_VERTEX_SHADER, 3, NULL);
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
}

Test(hostile, names_in_lists_have_ends)
{
    gl_encode_TriremeTransformFeedbackVaryings(e, 1, 3, GL_SEPARATE_ATTRIBS, 5, "a\0bcd");
    assert_broken("TriremeTransformFeedbackVaryings");
}

Test(hostile, commands_between_begin_and_end_are_errors)
{
    small_buffer();
    gl_encode_Begin(e, GL_TRIANGLES);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_DisableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_DeleteBuffers(e, 1, &(GLuint){5});
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         zero_bytes(64));
    gl_encode_End(e);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_Begin(e, GL_TRIANGLES);
    gl_encode_EndList(e);
    gl_encode_CallList(e, 1); /* now inside, though no glBegin came */
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 300000);
    gl_encode_ArrayElement(e, 300000000);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         zero_bytes(64));
    gl_encode_End(e);
    loop_error(loop);
}

Test(hostile, what_is_kept_of_array_objects_is_true)
{
    const GLuint objects[2] = {1, 2};
    GLuint names[2];
    gl_encode_GenVertexArrays(e, 2, names);
    small_buffer();
    gl_encode_BindVertexArray(e, names[0]);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_BindVertexArray(e, names[1]);
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY); /* without a buffer */
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_BindVertexArray(e, names[0]);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_BindVertexArray(e, names[1]);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_BindVertexArray(e, 77777); /* refused */
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_PushClientAttrib(e, GL_CLIENT_ALL_ATTRIB_BITS);
    gl_encode_BindVertexArray(e, names[0]);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_PopClientAttrib(e);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_DeleteVertexArrays(e, 2, names);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    gl_encode_DeleteBuffers(e, 2, objects);
    gl_encode_DeleteBuffers(e, 1, &(GLuint){5});
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 3);
    loop_error(loop);
}

/* glEnable takes names of arrays in Mesa, also out of display lists. */
Test(hostile, arrays_enabled_by_other_means_are_noticed)
{
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_null());
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 300);
    gl_encode_Enable(e, GL_VERTEX_ARRAY);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 300);
    gl_encode_Disable(e, GL_VERTEX_ARRAY);
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_Enable(e, GL_VERTEX_ARRAY);
    gl_encode_EndList(e);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 300);
    gl_encode_CallList(e, 1);
    gl_encode_DrawArrays(e, GL_TRIANGLES, 0, 300);
    loop_error(loop);
}

/* Mesa takes a binding between glBegin and glEnd, and a glBegin that fails begins nothing. */
Test(hostile, what_is_bound_after_a_begin_is_noticed)
{
    GLuint names[2], pipeline;
    gl_encode_GenVertexArrays(e, 2, names);
    gl_encode_BindVertexArray(e, names[0]);
    gl_encode_EnableVertexAttribArray(e, 4);
    gl_encode_GenProgramPipelines(e, 1, &pipeline);
    gl_encode_BindProgramPipeline(e, pipeline);
    gl_encode_Begin(e, GL_LINES);
    gl_encode_BindVertexArray(e, names[1]);
    gl_encode_Begin(e, 99);
    gl_encode_DrawArrays(e, GL_POINTS, 0, 4);
    gl_encode_BindVertexArray(e, names[0]);
    gl_encode_ArrayElement(e, 36008);
    gl_encode_End(e);
    cr_assert_neq(loop_error(loop), GL_NO_ERROR);
}

/* Mesa reads buffers with the CPU for these, and does not look how large they are. */
Test(hostile, selection_and_feedback_do_not_reach_beyond_buffers)
{
    GLenum now;
    struct gl_result none = {0};
    gl_encode_TriremeSelectBuffer(e, 64);
    gl_encode_TriremeRenderMode(e, GL_SELECT, &now, &none);
    small_buffer();
    gl_encode_DrawArrays(e, GL_POINTS, 100000000, 4);
    gl_encode_DrawArrays(e, GL_POINTS, 0, 100000000);
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 9); /* without storage */
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    gl_encode_EnableVertexAttribArray(e, 3);
    gl_encode_BindVertexBuffer(e, 3, 11, 64, 16);
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    small_buffer();
    gl_encode_DisableVertexAttribArray(e, 3);
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 10);
    gl_encode_DrawElements(e, GL_POINTS, 4, GL_UNSIGNED_INT, gl_payload_offset(1 << 20));
    loop_error(loop);
    gl_encode_DrawArrays(e, GL_POINTS, -100000000, 4);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    const GLint first[2] = {0, -100000000};
    const GLsizei count[2] = {1, 1};
    gl_encode_MultiDrawArrays(e, GL_POINTS, first, count, 2);
    loop_error(loop);
}

Test(hostile, buffers_without_storage_hold_no_vertices)
{
    gl_encode_EnableClientState(e, GL_VERTEX_ARRAY);
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 9);
    gl_encode_VertexPointer(e, 3, GL_FLOAT, 0, gl_payload_offset(0));
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 0, NULL, GL_STATIC_DRAW);
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 10);
    gl_encode_DrawElements(e, GL_POINTS, 4, GL_UNSIGNED_INT, gl_payload_offset(0));
    gl_encode_EnableVertexAttribArray(e, 3);
    gl_encode_BindVertexBuffer(e, 3, 11, 64, 16);
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_DrawArrays(e, GL_POINTS, 4, 4);
    gl_encode_EndList(e);
    loop_error(loop);
}
