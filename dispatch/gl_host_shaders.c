/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that take arrays of strings, which come as one block. */
#include <string.h>

#include "dispatch/gl_host_state.h"
#include "gl_host.h"

void gl_host_TriremeShaderSource(struct gl_decoder *d, GLuint shader, GLsizei bytes,
                                 struct gl_payload source)
{
    const GLchar *string = source.bytes > 0 ? source.data : "";
    const GLint length = source.bytes > 0 ? bytes : MIN(bytes, 0);
    if (d->gl->ShaderSource) {
        d->gl->ShaderSource(shader, 1, &string, &length);
    } else {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
    }
}

GLuint gl_host_TriremeCreateShaderProgram(struct gl_decoder *d, GLenum type, GLsizei bytes,
                                          struct gl_payload source)
{
    /* This one takes no length: its end must be marked. */
    if (!d->gl->CreateShaderProgramv || bytes < 0 || (bytes > 0 && !source.data)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return 0;
    }
    GLchar *copy = gl_decoder_scratch(d, (uint64_t)bytes + 1);
    if (!copy) {
        return 0;
    }
    if (bytes > 0) {
        memcpy(copy, source.data, (size_t)bytes);
    }
    const GLchar *string = copy;
    return d->gl->CreateShaderProgramv(type, 1, &string);
}

/* Pointers to `count` strings, each with its NUL, one behind the other; NULL: there are fewer. */
static const GLchar **split(struct gl_decoder *d, GLsizei count, const struct gl_payload *names)
{
    if (count < 0 || (uint64_t)count > names->bytes) {
        gl_decoder_break(d, "%d strings in %" G_GUINT64_FORMAT " bytes", count, names->bytes);
        return NULL;
    }
    const GLchar **strings = gl_decoder_scratch(d, ((uint64_t)count + 1) * sizeof *strings);
    const GLchar *at = names->data, *end = at + names->bytes;
    for (GLsizei i = 0; strings && i < count; i++) {
        const GLchar *nul = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
        if (!nul) {
            gl_decoder_break(d, "string %d has no end", i);
            return NULL;
        }
        strings[i] = at;
        at = nul + 1;
    }
    return strings;
}

void gl_host_TriremeTransformFeedbackVaryings(struct gl_decoder *d, GLuint program, GLsizei count,
                                              GLenum buffer_mode, GLsizei bytes,
                                              struct gl_payload names)
{
    if (!d->gl->TransformFeedbackVaryings) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return;
    }
    const GLchar **strings = split(d, count, &names);
    if (strings) {
        d->gl->TransformFeedbackVaryings(program, count, strings, buffer_mode);
    }
}

void gl_host_TriremeGetUniformIndices(struct gl_decoder *d, GLuint program, GLsizei count,
                                      GLsizei bytes, struct gl_payload names,
                                      struct gl_result *indices)
{
    if (!d->gl->GetUniformIndices) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return;
    }
    const GLchar **strings = split(d, count, &names);
    if (!strings || !indices->data || indices->capacity < (uint64_t)count * sizeof(GLuint)) {
        return;
    }
    gl_host_attempt(d);
    d->gl->GetUniformIndices(program, count, strings, indices->data);
    indices->bytes = gl_host_succeeded(d) ? (uint64_t)count * sizeof(GLuint) : 0;
}
