/* SPDX-License-Identifier: MIT */
/*
 * Entry points that hand the GL memory to use later. The GL does not get it: the host collects in
 * memory of its own, and what it collected comes back when the program asks.
 */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

void GL_API_CALL trireme_glSelectBuffer(GLsizei size, GLuint *buffer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TriremeSelectBuffer(e, size);
    if (e->state && size >= 0 && e->state->render_mode != GL_SELECT) {
        e->state->select_buffer = buffer;
        e->state->select_size = size;
    }
}

void GL_API_CALL trireme_glFeedbackBuffer(GLsizei size, GLenum type, GLfloat *buffer)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!buffer && size > 0)
        size = -1; /* the GL refuses both alike */
    gl_encode_TriremeFeedbackBuffer(e, size, type);
    if (e->state && size >= 0 && e->state->render_mode != GL_FEEDBACK) {
        e->state->feedback_buffer = buffer;
        e->state->feedback_size = size;
    }
}

GLint GL_API_CALL trireme_glRenderMode(GLenum mode)
{
    struct gl_encoder *e = gl_encoder_current();
    struct gl_state *state = e->state;
    struct gl_result result = {0};
    if (!state)
        return 0;
    if (state->render_mode == GL_SELECT) {
        result.data = state->select_buffer;
        result.capacity = (uint64_t)state->select_size * sizeof *state->select_buffer;
    } else if (state->render_mode == GL_FEEDBACK) {
        result.data = state->feedback_buffer;
        result.capacity = (uint64_t)state->feedback_size * sizeof *state->feedback_buffer;
    }
    GLenum now = state->render_mode;
    GLint count = gl_encode_TriremeRenderMode(e, mode, &now, &result);
    state->render_mode = now;
    return count;
}

/* The host waits for a slice at a time, so that its thread stays able to notice a dead guest. */
#define WAIT_SLICE_NS 50000000u

GLenum GL_API_CALL trireme_glClientWaitSync(GLsync sync, GLbitfield flags, GLuint64 timeout)
{
    struct gl_encoder *e = gl_encoder_current();
    for (;;) {
        GLuint64 slice = timeout < WAIT_SLICE_NS ? timeout : WAIT_SLICE_NS;
        GLenum result = gl_encode_ClientWaitSync(e, sync, flags, slice);
        timeout -= slice;
        if (result != GL_TIMEOUT_EXPIRED || !timeout)
            return result ? result : GL_WAIT_FAILED;
    }
}

/* Arrays are copied at each draw, locked or not. */
void GL_API_CALL trireme_glLockArraysEXT(GLint first, GLsizei count)
{
    if (first < 0 || count <= 0)
        gl_encoder_error(gl_encoder_current(), GL_INVALID_VALUE);
}

void GL_API_CALL trireme_glUnlockArraysEXT(void)
{
}
