/* SPDX-License-Identifier: MIT */
/* glGetError, glFlush, glFinish and glGetGraphicsResetStatus: what concerns the stream itself.
 * dispatch/gl_calm.h says when glGetError is answered here. */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_known.h"
#include "guest/common/gl_state.h"

void gl_track_DeleteTextures(struct gl_encoder *e, GLsizei n, const GLuint *textures)
{
    if (e->state)
        texture_names_delete(&e->state->textures, n, textures);
}

static GLenum ask(struct gl_encoder *e)
{
    struct gl_calm_answer answer = {GL_CALM_NOT};
    GLenum error = gl_encode_TriremeGetError(e, &answer.calm);
    calm_state_answer(e, &answer);
    if (e->state)
        texture_names_answer(&e->state->textures,
                             error != GL_NO_ERROR || answer.calm == GL_CALM_NOT);
    return error;
}

/*
 * The host keeps the context's error beside the position that it is true for. If that position is
 * where this side is, and there is no error, nobody needs to be asked. The position is read before
 * and after the error: both lie in one cache line, but are two words.
 */
static bool known_to_be_clean(const struct gl_encoder *e)
{
    if (e->lost) {
        return false;
    }
    uint32_t here = ring_producer_position(&e->commands);
    uint32_t before = __atomic_load_n(&e->page->error_position, __ATOMIC_ACQUIRE);
    uint32_t error = __atomic_load_n(&e->page->error, __ATOMIC_ACQUIRE);
    uint32_t after = __atomic_load_n(&e->page->error_position, __ATOMIC_ACQUIRE);
    return before == here && after == here && error == GL_NO_ERROR;
}

GLenum GL_API_CALL trireme_glGetError(void)
{
    struct gl_encoder *e = gl_encoder_current();
    GLenum known;
    return gl_known_GetError(e, &known) || known_to_be_clean(e) ? GL_NO_ERROR : ask(e);
}

GLenum GL_API_CALL trireme_glGetGraphicsResetStatus(void)
{
    struct gl_encoder *e = gl_encoder_current();
    if (e != &gl_null_encoder && e->lost) {
        return GL_UNKNOWN_CONTEXT_RESET;
    }
    return gl_encode_GetGraphicsResetStatus(e);
}

void GL_API_CALL trireme_glFlush(void)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_Flush(e);
    gl_encoder_flush(e);
}

void GL_API_CALL trireme_glFinish(void)
{
    gl_encode_Finish(gl_encoder_current());
}
