/* SPDX-License-Identifier: MIT */
/* Entry points that take arrays of strings: they travel as one block of characters. */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <string.h>

/* A name that is not there is an empty one; a source is not. */
static const GLchar *string_at(const GLchar *const *strings, GLsizei i, bool names)
{
    return !strings[i] && names ? "" : strings[i];
}

static size_t length_of(const GLchar *string, const GLint *lengths, GLsizei i)
{
    return lengths && lengths[i] >= 0 ? (size_t)lengths[i] : strlen(string);
}

/*
 * Puts the strings one behind the other; `names`: each with its NUL. An error is recorded, and NULL
 * returned, for a negative count or a source that is not there.
 */
static char *join(struct gl_encoder *e, GLsizei count, const GLchar *const *strings,
                  const GLint *lengths, bool names, GLsizei *bytes)
{
    size_t total = 0;
    if (!e->state || count < 0 || (count > 0 && !strings)) {
        gl_encoder_error(e, GL_INVALID_VALUE);
        return NULL;
    }
    for (GLsizei i = 0; i < count; i++) {
        const GLchar *string = string_at(strings, i, names);
        if (!string) {
            gl_encoder_error(e, GL_INVALID_OPERATION);
            return NULL;
        }
        total += length_of(string, lengths, i) + names;
    }
    char *joined = total > INT32_MAX ? NULL : gl_state_scratch(e->state, total + 1);
    if (!joined) {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        return NULL;
    }
    char *at = joined;
    for (GLsizei i = 0; i < count; i++) {
        const GLchar *string = string_at(strings, i, names);
        size_t length = length_of(string, lengths, i);
        memcpy(at, string, length);
        at += length;
        if (names)
            *at++ = '\0';
    }
    *bytes = (GLsizei)total;
    return joined;
}

void GL_API_CALL trireme_glShaderSource(GLuint shader, GLsizei count, const GLchar *const *strings,
                                        const GLint *lengths)
{
    struct gl_encoder *e = gl_encoder_current();
    GLsizei bytes;
    /* What is no shader is an error that comes before any look at the strings. */
    if (!gl_encode_IsShader(e, shader)) {
        gl_encode_TriremeShaderSource(e, shader, 0, "");
        return;
    }
    const char *source = join(e, count, strings, lengths, false, &bytes);
    if (source)
        gl_encode_TriremeShaderSource(e, shader, bytes, source);
}

void GL_API_CALL trireme_glShaderSourceARB(GLhandleARB shader, GLsizei count,
                                           const GLcharARB **strings, const GLint *lengths)
{
    trireme_glShaderSource(shader, count, strings, lengths);
}

GLuint GL_API_CALL trireme_glCreateShaderProgramv(GLenum type, GLsizei count,
                                                  const GLchar *const *strings)
{
    struct gl_encoder *e = gl_encoder_current();
    GLsizei bytes;
    const char *source = join(e, count, strings, NULL, false, &bytes);
    return source ? gl_encode_TriremeCreateShaderProgram(e, type, bytes, source) : 0;
}

void GL_API_CALL trireme_glTransformFeedbackVaryings(GLuint program, GLsizei count,
                                                     const GLchar *const *varyings,
                                                     GLenum buffer_mode)
{
    struct gl_encoder *e = gl_encoder_current();
    GLsizei bytes;
    const char *names = join(e, count, varyings, NULL, true, &bytes);
    if (names)
        gl_encode_TriremeTransformFeedbackVaryings(e, program, count, buffer_mode, bytes, names);
}

void GL_API_CALL trireme_glGetUniformIndices(GLuint program, GLsizei count,
                                             const GLchar *const *uniforms, GLuint *indices)
{
    struct gl_encoder *e = gl_encoder_current();
    GLsizei bytes;
    const char *names = join(e, count, uniforms, NULL, true, &bytes);
    if (names)
        gl_encode_TriremeGetUniformIndices(e, program, count, bytes, names, indices);
}
