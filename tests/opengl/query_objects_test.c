/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query objects, conditional rendering and sync objects against the host's own. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/capture.h"
#include "tests/opengl/corners.h"

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* The result in every form, once it is there. */
static void note_result(struct pair_side *side, GLuint query)
{
    const struct pair_gl *gl = side->gl;
    GLuint available = 0;
    GLint number = -1;
    GLint64 wide = -1;
    GLuint64 unsigned_wide = 1;
    while (!available) {
        gl->GetQueryObjectuiv(query, GL_QUERY_RESULT_AVAILABLE, &available);
        gl->Flush();
    }
    gl->GetQueryObjectiv(query, GL_QUERY_RESULT, &number);
    gl->GetQueryObjectuiv(query, GL_QUERY_RESULT, &available);
    gl->GetQueryObjecti64v(query, GL_QUERY_RESULT, &wide);
    gl->GetQueryObjectui64v(query, GL_QUERY_RESULT, &unsigned_wide);
    pair_note(side, &number, sizeof number);
    pair_note(side, &available, sizeof available);
    pair_note(side, &wide, sizeof wide);
    pair_note(side, &unsigned_wide, sizeof unsigned_wide);
}

static void note_target(struct pair_side *side, GLenum target)
{
    GLint values[2] = {-1, -1};
    side->gl->GetQueryiv(target, GL_CURRENT_QUERY, &values[0]);
    side->gl->GetQueryiv(target, GL_QUERY_COUNTER_BITS, &values[1]);
    values[0] = values[0] > 0; /* names may differ */
    pair_note(side, values, sizeof values);
}

static void draw(const struct pair_gl *gl, float z)
{
    const float places[6][3] = {{-1, -1, z},   {1, -1, z}, {1, 1, z},
                                {-0.5f, 0, z}, {0, 0, z},  {0, 0.5f, z}};
    gl->VertexPointer(3, GL_FLOAT, 0, places);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->DrawArrays(GL_TRIANGLES, 0, 6);
}

static void counts(struct pair_side *side)
{
    static const GLenum targets[] = {GL_SAMPLES_PASSED, GL_ANY_SAMPLES_PASSED,
                                     GL_ANY_SAMPLES_PASSED_CONSERVATIVE, GL_PRIMITIVES_GENERATED,
                                     GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN};
    const struct pair_gl *gl = side->gl;
    GLuint queries[2];
    gl->GenQueries(2, queries);
    clear(gl);
    gl->Enable(GL_DEPTH_TEST);
    for (unsigned i = 0; i < G_N_ELEMENTS(targets); i++) {
        GLuint query[3];
        gl->GenQueries(3, query);
        pair_note(side, &(GLboolean){gl->IsQuery(query[0])}, 1);
        for (unsigned n = 0; n < 3; n++) {
            gl->BeginQuery(targets[i], query[n]);
            note_target(side, targets[i]);
            if (n < 2) /* the second time it is behind the first, the third there is nothing */
                draw(gl, 0.5f - (float)i * 0.1f + (float)n * 0.05f);
            gl->EndQuery(targets[i]);
            note_target(side, targets[i]);
        }
        for (unsigned n = 0; n < 3; n++)
            note_result(side, query[n]);
        pair_note(side, &(GLboolean){gl->IsQuery(query[0])}, 1);
        gl->BeginQuery(targets[(i + 1) % G_N_ELEMENTS(targets)],
                       query[0]); /* another kind's name */
        note_error(side);
        gl->EndQuery(targets[(i + 1) % G_N_ELEMENTS(targets)]);
        note_error(side);
        gl->DeleteQueries(3, query);
        gl->BeginQuery(targets[i], 0);
        note_error(side);
        gl->EndQuery(targets[i]);
        note_error(side);
    }
    gl->DeleteQueries(2, queries);
}

Test(query_objects, count_what_the_gl_counts)
{
    pair_run(counts, 500);
}

/* Two of one kind at a time, results that are asked for too early, names that are none. */
static void misuse(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint queries[2], value = 7;
    gl->GenQueries(2, queries);
    gl->BeginQuery(GL_SAMPLES_PASSED, queries[0]);
    gl->BeginQuery(GL_SAMPLES_PASSED, queries[1]);
    note_error(side);
    gl->BeginQuery(GL_ANY_SAMPLES_PASSED, queries[0]);
    note_error(side);
    gl->GetQueryObjectuiv(queries[0], GL_QUERY_RESULT, &value);
    note_error(side);
    gl->GetQueryObjectuiv(queries[1], GL_QUERY_RESULT, &value);
    note_error(side);
    pair_note(side, &value, sizeof value);
    gl->DeleteQueries(1, queries); /* ends it */
    gl->EndQuery(GL_SAMPLES_PASSED);
    note_error(side);
    gl->BeginQuery(GL_TEXTURE_2D, queries[1]);
    note_error(side);
    gl->EndQuery(GL_SAMPLES_PASSED);
    note_error(side);
    gl->BeginQueryIndexed(GL_PRIMITIVES_GENERATED, 100, queries[1]);
    note_error(side);
    gl->BeginQueryIndexed(GL_PRIMITIVES_GENERATED, 0, queries[1]);
    draw(gl, 0);
    gl->EndQueryIndexed(GL_PRIMITIVES_GENERATED, 0);
    note_result(side, queries[1]);
    note_error(side);
}

Test(query_objects, that_are_misused_are_errors)
{
    pair_run(misuse, 50);
}

static void streams(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint queries[2];
    gl->GenQueries(2, queries);
    capture_use(gl, "vec4", false);
    gl->BeginQuery(GL_PRIMITIVES_GENERATED, queries[0]);
    gl->BeginQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, queries[1]);
    capture_begin(gl, GL_TRIANGLES);
    /* More than there is room for: some are generated and not written. */
    for (unsigned i = 0; i < 60; i++)
        draw(gl, 0);
    capture_end(side, 6);
    gl->EndQuery(GL_PRIMITIVES_GENERATED);
    gl->EndQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN);
    note_result(side, queries[0]);
    note_result(side, queries[1]);
}

Test(query_objects, tell_what_transform_feedback_wrote)
{
    pair_run(streams, 500);
}

/* When is for each side to say; that there is a time, and that it does not run backwards, for all.
 */
static void times(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint queries[3];
    GLuint64 first = 0, last = 0, elapsed = 0;
    GLint64 now = 0;
    gl->GenQueries(3, queries);
    gl->QueryCounter(queries[0], GL_TIMESTAMP);
    gl->BeginQuery(GL_TIME_ELAPSED, queries[1]);
    draw(gl, 0);
    gl->EndQuery(GL_TIME_ELAPSED);
    gl->QueryCounter(queries[2], GL_TIMESTAMP);
    gl->Finish();
    gl->GetInteger64v(GL_TIMESTAMP, &now);
    gl->GetQueryObjectui64v(queries[0], GL_QUERY_RESULT, &first);
    gl->GetQueryObjectui64v(queries[1], GL_QUERY_RESULT, &elapsed);
    gl->GetQueryObjectui64v(queries[2], GL_QUERY_RESULT, &last);
    const uint8_t order[3] = {first > 0 && first <= last, elapsed > 0, last <= (GLuint64)now};
    pair_note(side, order, sizeof order);
    note_target(side, GL_TIME_ELAPSED);
    note_target(side, GL_TIMESTAMP);
    gl->QueryCounter(queries[1], GL_TIMESTAMP);
    note_error(side);
    gl->QueryCounter(queries[0], GL_TIME_ELAPSED);
    note_error(side);
    gl->BeginQuery(GL_TIMESTAMP, queries[0]);
    note_error(side);
}

Test(query_objects, of_times_are_there)
{
    pair_run(times, 20);
}

static void conditional(struct pair_side *side)
{
    static const GLenum modes[] = {GL_QUERY_WAIT, GL_QUERY_NO_WAIT, GL_QUERY_BY_REGION_WAIT,
                                   GL_QUERY_WAIT_INVERTED, GL_RGBA};
    const struct pair_gl *gl = side->gl;
    GLuint queries[2];
    gl->GenQueries(2, queries);
    gl->Enable(GL_DEPTH_TEST);
    for (unsigned visible = 0; visible < 2; visible++)
        for (unsigned m = 0; m < G_N_ELEMENTS(modes); m++) {
            clear(gl);
            gl->BeginQuery(GL_SAMPLES_PASSED, queries[0]);
            if (visible)
                draw(gl, 0.9f);
            gl->EndQuery(GL_SAMPLES_PASSED);
            gl->Finish(); /* so that it does not matter whether the GL waits */
            gl->BeginConditionalRender(queries[0], modes[m]);
            note_error(side);
            gl->Color4f(1, 1, 0, 1);
            draw(gl, 0.1f);
            gl->Clear(GL_DEPTH_BUFFER_BIT);
            gl->EndConditionalRender();
            note_error(side);
            pair_note_picture(side);
        }
    gl->BeginConditionalRender(queries[1], GL_QUERY_WAIT); /* not a query yet */
    note_error(side);
    gl->EndConditionalRender();
    note_error(side);
}

Test(query_objects, rendering_depends_on_their_results)
{
    pair_run(conditional, 10 * 16384);
}

static void fences(struct pair_side *side)
{
    static const GLuint64 times[] = {0, 1, 1000000, GL_TIMEOUT_IGNORED};
    const struct pair_gl *gl = side->gl;
    for (unsigned i = 0; i < G_N_ELEMENTS(times); i++) {
        GLsync sync = gl->FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
        draw(gl, 0);
        pair_note(side, &(GLboolean){gl->IsSync(sync)}, 1);
        gl->WaitSync(sync, 0, GL_TIMEOUT_IGNORED);
        note_error(side);
        GLenum result = gl->ClientWaitSync(sync, GL_SYNC_FLUSH_COMMANDS_BIT, times[i]);
        /* With little time it may come or not; then it is asked again. */
        const bool sane = result == GL_ALREADY_SIGNALED || result == GL_CONDITION_SATISFIED ||
                          (result == GL_TIMEOUT_EXPIRED && times[i] != GL_TIMEOUT_IGNORED);
        pair_note(side, &sane, 1);
        gl->Finish();
        result = gl->ClientWaitSync(sync, 0, times[i]);
        pair_note(side, &result, sizeof result);
        static const GLenum names[] = {GL_OBJECT_TYPE, GL_SYNC_STATUS, GL_SYNC_CONDITION,
                                       GL_SYNC_FLAGS, GL_RGBA};
        for (unsigned n = 0; n < G_N_ELEMENTS(names); n++) {
            GLint value = -1;
            GLsizei length = -1;
            gl->GetSynciv(sync, names[n], 1, &length, &value);
            pair_note(side, &value, sizeof value);
            pair_note(side, &length, sizeof length);
            note_error(side);
        }
        gl->DeleteSync(sync);
        pair_note(side, &(GLboolean){gl->IsSync(sync)}, 1);
        gl->WaitSync(sync, 0, GL_TIMEOUT_IGNORED);
        note_error(side);
    }
    GLsync sync = gl->FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl->ClientWaitSync(sync, 8, 0);
    note_error(side);
    gl->WaitSync(sync, 1, GL_TIMEOUT_IGNORED);
    note_error(side);
    gl->WaitSync(sync, 0, 5);
    note_error(side);
    pair_note(side, &(uint8_t){gl->FenceSync(GL_RGBA, 0) == NULL}, 1);
    note_error(side);
    pair_note(side, &(uint8_t){gl->FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 1) == NULL}, 1);
    note_error(side);
    gl->DeleteSync(sync);
}

Test(query_objects, fences_are_waited_for)
{
    pair_run(fences, 100);
}
