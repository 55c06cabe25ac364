/* SPDX-License-Identifier: MIT */
/*
 * Between glBegin and glEnd. The guest cannot know for sure: a glBegin may fail, or go into a
 * display list, and a list may contain one.
 */
#include "gl_entry_points.h"
#include "guest/common/array_element.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

static void set_inside(struct gl_encoder *e, bool maybe, bool begun)
{
    if (!e->state)
        return;
    e->state->may_be_inside = maybe;
    e->state->begun = begun;
}

void gl_track_Begin(struct gl_encoder *e, GLenum mode)
{
    set_inside(e, true, true);
    if (e->state)
        array_elements_begin(e);
}

void gl_track_End(struct gl_encoder *e)
{
    set_inside(e, false, false);
    if (e->state && e->state->hidden_arrays)
        array_elements_end(e);
}

void gl_track_CallList(struct gl_encoder *e, GLuint list)
{
    set_inside(e, true, e->state && e->state->begun);
    debug_ask(e);
}

void gl_track_CallLists(struct gl_encoder *e, GLsizei n, GLenum type, const void *lists)
{
    set_inside(e, true, e->state && e->state->begun);
    debug_ask(e);
}
