/* SPDX-License-Identifier: MIT */
/* glGetError, glFlush, glFinish and glGetGraphicsResetStatus: what concerns the stream itself. */
#include "gl_encode.h"
#include "gl_entry_points.h"

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
    return known_to_be_clean(e) ? GL_NO_ERROR : gl_encode_GetError(e);
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
