/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug output through Trireme alone: what it costs, what a callback may do, what is bounded. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/opengl/one_loop.h"

static unsigned calls;

static void enable(const struct pair_gl *gl, bool synchronous)
{
    gl->Enable(GL_DEBUG_OUTPUT);
    if (synchronous)
        gl->Enable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
}

static void GL_API_CALL count_message(GLenum source, GLenum type, GLuint id, GLenum severity,
                                      GLsizei length, const GLchar *text, const void *parameter)
{
    calls++;
}

static const struct pair_gl *gl;

static void set_up(void)
{
    one_loop_set_up();
    gl = pair_trireme_gl();
    calls = 0;
}

TestSuite(debug_calls, .init = set_up, .fini = one_loop_tear_down);

Test(debug_calls, programs_wait_for_what_they_asked_for_only)
{
    uint64_t before = e->round_trips;
    enable(gl, true);
    gl->Clear(0xffffffff);
    gl->Flush();
    cr_assert_eq(e->round_trips, before, "without a callback nobody waits");
    gl->DebugMessageCallback(count_message, NULL);
    before = e->round_trips;
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->Clear(0xffffffff);
    cr_assert_eq(e->round_trips, before + 2, "two calls, one message: %llu",
                 (unsigned long long)(e->round_trips - before));
    cr_assert_eq(calls, 1);
    before = e->round_trips;
    gl->IsEnabled(GL_BLEND);
    cr_assert_eq(e->round_trips, before + 1, "who was answered need not wait again");
}

Test(debug_calls, later_messages_cost_one_question_at_the_next_answer)
{
    enable(gl, false);
    gl->DebugMessageCallback(count_message, NULL);
    uint64_t before = e->round_trips;
    for (int i = 0; i < 100; i++)
        gl->Clear(0xffffffff);
    cr_assert_eq(e->round_trips, before);
    cr_assert_eq(calls, 0);
    gl->Finish();
    cr_assert_eq(calls, 100);
    cr_assert_eq(e->round_trips, before + 2);
    gl->Finish();
    cr_assert_eq(e->round_trips, before + 3, "nothing new");
}

Test(debug_calls, errors_that_the_library_finds_are_messages)
{
    void *pointer;
    enable(gl, true);
    gl->DebugMessageCallback(count_message, NULL);
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 1);
    gl->DebugMessageControl(GL_DONT_CARE, GL_DEBUG_TYPE_ERROR, GL_DONT_CARE, 0, NULL, GL_FALSE);
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 1, "the program does not want errors");
    gl->PushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "group");
    calls = 0;
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 0, "nor in a group inside");
    gl->DebugMessageControl(GL_DONT_CARE, GL_DEBUG_TYPE_ERROR, GL_DONT_CARE, 0, NULL, GL_TRUE);
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 1, "in this group it does");
    gl->PopDebugGroup();
    calls = 0;
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 0);
    gl->DebugMessageControl(GL_DONT_CARE, GL_DEBUG_TYPE_ERROR, GL_DONT_CARE, 0, NULL, GL_TRUE);
    gl->Disable(GL_DEBUG_OUTPUT);
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    gl->Enable(GL_DEBUG_OUTPUT);
    cr_assert_eq(calls, 0);
    gl->GetPointerv(GL_TRIANGLES, &pointer);
    cr_assert_eq(calls, 1);
}

static void GL_API_CALL call_the_gl(GLenum source, GLenum type, GLuint id, GLenum severity,
                                    GLsizei length, const GLchar *text, const void *parameter)
{
    GLint viewport[4] = {0};
    calls++;
    gl->GetIntegerv(GL_VIEWPORT, viewport);
    cr_assert_eq(viewport[2], PAIR_SIZE);
    cr_assert_eq(gl->GetError(), calls == 1 ? GL_INVALID_VALUE : GL_NO_ERROR);
    gl->ClearColor(1, 0, 0, 1);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    if (calls < 3)
        gl->DebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, 1,
                               GL_DEBUG_SEVERITY_HIGH, -1, "from the callback");
    if (*(const bool *)parameter)
        gl->DebugMessageCallback(count_message, NULL);
}

Test(debug_calls, callbacks_may_call_the_gl)
{
    bool leave = false;
    uint8_t pixel[4] = {0};
    enable(gl, true);
    gl->DebugMessageCallback(call_the_gl, &leave);
    gl->Clear(0xffffffff);
    cr_assert_eq(calls, 1);
    gl->Finish();
    cr_assert_eq(calls, 2, "the callback's own come with the next call");
    gl->Finish();
    cr_assert_eq(calls, 3);
    gl->ReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    cr_assert_eq(pixel[0], 255);
    leave = true;
    calls = 10;
    gl->PushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "group");
    cr_assert_eq(calls, 11);
    gl->Clear(0xffffffff);
    cr_assert_eq(calls, 12, "the other callback's");
    cr_assert_eq(gl->GetError(), GL_INVALID_VALUE);
    cr_assert_null(loop_broken(loop));
}

/* What was the context's. */
static uint8_t *reused;

static void GL_API_CALL leave_the_context(GLenum source, GLenum type, GLuint id, GLenum severity,
                                          GLsizei length, const GLchar *text, const void *parameter)
{
    calls++;
    gl_state_destroy(e->state);
    e->state = NULL;
    gl_encoder_make_current(NULL);
    reused = malloc(sizeof(struct gl_state));
    memset(reused, 0x55, sizeof(struct gl_state));
}

Test(debug_calls, callbacks_may_destroy_their_context)
{
    enable(gl, false);
    gl->DebugMessageCallback(leave_the_context, NULL);
    gl->Clear(0xffffffff);
    gl->Clear(0xffffffff);
    gl->Finish();
    cr_assert_eq(calls, 1);
    for (size_t i = 0; i < sizeof(struct gl_state); i++)
        cr_assert_eq(reused[i], 0x55);
    free(reused);
}

Test(debug_calls, what_waits_for_a_callback_is_bounded)
{
    static char text[4000];
    memset(text, 'x', sizeof text - 1);
    enable(gl, false);
    gl->DebugMessageCallback(count_message, NULL);
    for (int i = 0; i < 10000; i++)
        gl->DebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, 1,
                               GL_DEBUG_SEVERITY_HIGH, i % 2 ? 1 : -1, i % 2 ? "x" : text);
    gl->Finish();
    cr_assert(calls > 500 && calls < 1000, "%u calls", calls);
    calls = 0;
    for (int i = 0; i < 10000; i++)
        gl->DebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, 1,
                               GL_DEBUG_SEVERITY_HIGH, 1, "x");
    gl->Finish();
    cr_assert_eq(calls, 4096);
    gl->Clear(0xffffffff);
    gl->Finish();
    cr_assert_eq(calls, 4097, "there is room again");
}
