/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Display lists: what programs put into them arrives, what crashes drivers does not. */
#include <criterion/criterion.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

static void triangle(const struct pair_gl *gl, float x)
{
    gl->Vertex2f(x, 0);
    gl->Vertex2f(x + 0.5f, 0);
    gl->Vertex2f(x, 0.5f);
}

static void nested_lists(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const GLubyte names[2] = {1, 2};
    gl->Clear(GL_COLOR_BUFFER_BIT);
    /* 11: vertices alone, 12: a whole triangle, 13: calls them and 14, which is not there. */
    gl->NewList(11, GL_COMPILE);
    triangle(gl, -0.75f);
    gl->EndList();
    gl->NewList(12, GL_COMPILE);
    gl->Begin(GL_TRIANGLES);
    triangle(gl, 0);
    gl->End();
    gl->EndList();
    gl->NewList(13, GL_COMPILE);
    gl->Begin(GL_TRIANGLES);
    gl->Color4f(0, 1, 0, 1);
    gl->CallList(11);
    gl->End();
    gl->CallList(12);
    gl->EndList();
    gl->NewList(15, GL_COMPILE);
    gl->CallList(14);
    gl->CallList(13);
    gl->Begin(GL_TRIANGLES);
    triangle(gl, -0.25f);
    gl->End();
    gl->EndList();
    gl->CallList(15);
    pair_note_picture(side);
    /* Deleted and made again while another list is compiled and after. */
    gl->NewList(16, GL_COMPILE);
    gl->CallList(12);
    gl->DeleteLists(12, 1);
    gl->ListBase(10);
    gl->CallLists(2, GL_UNSIGNED_BYTE, names);
    gl->EndList();
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->CallList(16);
    pair_note_picture(side);
    GLboolean is = gl->IsList(12);
    pair_note(side, &is, 1);
    /* Begun in one list, ended in another. */
    gl->NewList(17, GL_COMPILE);
    gl->Begin(GL_TRIANGLES);
    gl->CallList(11);
    gl->EndList();
    gl->NewList(18, GL_COMPILE);
    gl->End();
    gl->EndList();
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->CallList(17);
    triangle(gl, 0.25f);
    gl->CallList(18);
    pair_note_picture(side);
    gl->EndList();
    pair_note_picture(side);
}

Test(lists, call_each_other)
{
    pair_run(nested_lists, 1000);
}

TestSuite(hostile_lists, .init = one_loop_set_up, .fini = one_loop_tear_down);

/* b, e: glBegin, glEnd; v, n: a vertex, a normal; m: a map's point; c: calls a list that is not
 * there, t: one that calls such a one, p: one of vertices; d: deletes that. */
static const char steps[] = "bevnmctpd";

static void step(char what)
{
    switch (what) {
    case 'b':
        gl_encode_Begin(e, GL_TRIANGLES);
        break;
    case 'e':
        gl_encode_End(e);
        break;
    case 'v':
        gl_encode_Vertex2f(e, 0, 0);
        break;
    case 'n':
        gl_encode_Normal3f(e, 0, 0, 1);
        break;
    case 'm':
        gl_encode_EvalCoord1f(e, 0.5f);
        break;
    case 'd':
        gl_encode_DeleteLists(e, 'p', 1);
        break;
    default:
        gl_encode_CallList(e, (GLuint)what);
        break;
    }
}

static void make_lists(void)
{
    gl_encode_NewList(e, 'p', GL_COMPILE);
    gl_encode_Vertex2f(e, 0, 1);
    gl_encode_EndList(e);
    gl_encode_NewList(e, 't', GL_COMPILE);
    gl_encode_CallList(e, 'c');
    gl_encode_EndList(e);
}

/* Mesa crashes on many of these if they reach it as they are. */
Test(hostile_lists, of_all_short_kinds_are_compiled, .timeout = 120)
{
    enum { STEPS = sizeof steps - 1, LENGTH = 4, KINDS = STEPS * STEPS * STEPS * STEPS };
    for (unsigned kind = 0; kind < KINDS; kind++) {
        make_lists();
        gl_encode_NewList(e, 1, kind % 2 ? GL_COMPILE : GL_COMPILE_AND_EXECUTE);
        for (unsigned i = 0, rest = kind; i < LENGTH; i++, rest /= STEPS) {
            step(steps[rest % STEPS]);
        }
        gl_encode_EndList(e);
        gl_encode_End(e);
        gl_encode_CallList(e, 1);
        gl_encode_End(e);
    }
    loop_error(loop);
    gl_encode_NewList(e, 1, GL_COMPILE);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR, "the last list did not end");
}

Test(hostile_lists, have_uniforms_of_negative_counts)
{
    static const GLfloat values[16];
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_Uniform4fv(e, 0, -257634866, values);
    gl_encode_EndList(e);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
}

static void small_buffer(GLuint divisor)
{
    static const uint8_t zeros[64];
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, 5);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, sizeof zeros, zeros, GL_STATIC_DRAW);
    gl_encode_VertexAttribPointer(e, 0, 4, GL_FLOAT, GL_FALSE, 16, gl_payload_offset(0));
    gl_encode_VertexAttribDivisor(e, 0, divisor);
    gl_encode_EnableVertexAttribArray(e, 0);
}

/* Elements are taken one by one there, whatever the divisor. */
Test(hostile_lists, do_not_reach_beyond_instanced_arrays)
{
    small_buffer(3);
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_DrawArrays(e, GL_POINTS, 0, 30000000);
    gl_encode_ArrayElement(e, 300000000);
    gl_encode_EndList(e);
    gl_encode_ArrayElement(e, 300000000);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

Test(hostile_lists, draw_nothing_from_buffers_without_storage)
{
    gl_encode_EnableVertexAttribArray(e, 0);
    gl_encode_BindVertexBuffer(e, 0, 11, 64, 16);
    gl_encode_NewList(e, 1, GL_COMPILE_AND_EXECUTE);
    gl_encode_DrawArrays(e, GL_POINTS, 8, 0);
    gl_encode_EndList(e);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

/* Mesa tells 32 bits of an offset. */
Test(hostile_lists, do_not_reach_beyond_4_GiB)
{
    const GLintptr far = (GLintptr)0xd9700000000;
    small_buffer(0);
    gl_encode_BindVertexBuffer(e, 0, 5, far, 16);
    gl_encode_ArrayElement(e, 1);
    gl_encode_VertexAttribPointer(e, 0, 4, GL_FLOAT, GL_FALSE, 16, gl_payload_offset(far));
    gl_encode_ArrayElement(e, 1);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

/* What another context of the share group would do between two draws of this one. */
Test(hostile_lists, notice_buffers_that_others_made_smaller)
{
    struct gl_decoder *d = loop_decoder(loop);
    struct gl_storage_guard *guard = &d->share->storage;
    small_buffer(0);
    gl_encode_BufferData(e, GL_ARRAY_BUFFER, 64 << 20, NULL, GL_STATIC_DRAW);
    gl_encode_NewList(e, 1, GL_COMPILE);
    gl_encode_DrawArrays(e, GL_POINTS, 0, 4);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_storage_change_begin(guard);
    d->gl->BufferData(GL_ARRAY_BUFFER, 64, NULL, GL_STATIC_DRAW);
    gl_storage_change_end(guard);
    gl_encode_DrawArrays(e, GL_POINTS, 4000000, 4);
    gl_encode_ArrayElement(e, 4000000);
    gl_encode_EndList(e);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}
