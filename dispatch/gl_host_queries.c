/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queries whose results a guest can make as long as it likes, and that have no bound of their own:
 * the GL is asked for the length first.
 */
#include <string.h>

#include "dispatch/gl_decoder_private.h"
#include "gl_host.h"

/* `count` values of `bytes` each fit; otherwise the query is skipped with an error. */
static bool fits(struct gl_decoder *d, const struct gl_result *result, GLint count, size_t bytes)
{
    if (count >= 0 && (uint64_t)count * bytes <= result->capacity) {
        return true;
    }
    gl_decoder_set_error(d, GL_OUT_OF_MEMORY);
    return false;
}

void gl_host_GetActiveUniformBlockiv(struct gl_decoder *d, GLuint program, GLuint block,
                                     GLenum pname, struct gl_result *params)
{
    GLint count = 0;
    if (pname == GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES) {
        d->gl->GetActiveUniformBlockiv(program, block, GL_UNIFORM_BLOCK_ACTIVE_UNIFORMS, &count);
    }
    if (fits(d, params, count, sizeof(GLint))) {
        gl_default_GetActiveUniformBlockiv(d, program, block, pname, params);
    }
}

void gl_host_GetActiveAtomicCounterBufferiv(struct gl_decoder *d, GLuint program, GLuint index,
                                            GLenum pname, struct gl_result *params)
{
    GLint count = 0;
    if (pname == GL_ATOMIC_COUNTER_BUFFER_ACTIVE_ATOMIC_COUNTER_INDICES) {
        d->gl->GetActiveAtomicCounterBufferiv(
            program, index, GL_ATOMIC_COUNTER_BUFFER_ACTIVE_ATOMIC_COUNTERS, &count);
    }
    if (fits(d, params, count, sizeof(GLint))) {
        gl_default_GetActiveAtomicCounterBufferiv(d, program, index, pname, params);
    }
}

void gl_host_GetActiveSubroutineUniformiv(struct gl_decoder *d, GLuint program, GLenum type,
                                          GLuint index, GLenum pname, struct gl_result *values)
{
    GLint count = 0;
    if (pname == GL_COMPATIBLE_SUBROUTINES) {
        d->gl->GetActiveSubroutineUniformiv(program, type, index, GL_NUM_COMPATIBLE_SUBROUTINES,
                                            &count);
    }
    if (fits(d, values, count, sizeof(GLint))) {
        gl_default_GetActiveSubroutineUniformiv(d, program, type, index, pname, values);
    }
}

/* Values of a map's control points: at most 4 for each of order or order × order points. */
static GLint map_values(struct gl_decoder *d, GLenum target, GLenum query)
{
    GLint order[2] = {1, 1};
    if (query != GL_COEFF) {
        return 0;
    }
    d->gl->GetMapiv(target, GL_ORDER, order);
    if (order[0] < 0 || order[1] < 0 || order[0] > 4096 || order[1] > 4096) {
        return -1;
    }
    return 4 * order[0] * order[1];
}

void gl_host_GetMapdv(struct gl_decoder *d, GLenum target, GLenum query, struct gl_result *v)
{
    if (fits(d, v, map_values(d, target, query), sizeof(GLdouble))) {
        gl_default_GetMapdv(d, target, query, v);
    }
}

void gl_host_GetMapfv(struct gl_decoder *d, GLenum target, GLenum query, struct gl_result *v)
{
    if (fits(d, v, map_values(d, target, query), sizeof(GLfloat))) {
        gl_default_GetMapfv(d, target, query, v);
    }
}

void gl_host_GetMapiv(struct gl_decoder *d, GLenum target, GLenum query, struct gl_result *v)
{
    if (fits(d, v, map_values(d, target, query), sizeof(GLint))) {
        gl_default_GetMapiv(d, target, query, v);
    }
}

/* Where a buffer is bound to GL_QUERY_BUFFER, the GL takes the pointer for an offset into it. The
 * extension is not advertised. */
static bool results_go_to_memory(struct gl_decoder *d)
{
    GLint buffer = 0;
    if (d->version >= (4u << 8 | 4) || gl_decoder_has_extension(d, "GL_ARB_query_buffer_object") ||
        gl_decoder_has_extension(d, "GL_AMD_query_buffer_object")) {
        d->gl->GetIntegerv(GL_QUERY_BUFFER_BINDING, &buffer);
    }
    if (buffer != 0) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
    }
    return buffer == 0;
}

void gl_host_GetQueryObjectiv(struct gl_decoder *d, GLuint id, GLenum pname,
                              struct gl_result *params)
{
    if (results_go_to_memory(d)) {
        gl_default_GetQueryObjectiv(d, id, pname, params);
    }
}

void gl_host_GetQueryObjectuiv(struct gl_decoder *d, GLuint id, GLenum pname,
                               struct gl_result *params)
{
    if (results_go_to_memory(d)) {
        gl_default_GetQueryObjectuiv(d, id, pname, params);
    }
}

void gl_host_GetQueryObjecti64v(struct gl_decoder *d, GLuint id, GLenum pname,
                                struct gl_result *params)
{
    if (results_go_to_memory(d)) {
        gl_default_GetQueryObjecti64v(d, id, pname, params);
    }
}

void gl_host_GetQueryObjectui64v(struct gl_decoder *d, GLuint id, GLenum pname,
                                 struct gl_result *params)
{
    if (results_go_to_memory(d)) {
        gl_default_GetQueryObjectui64v(d, id, pname, params);
    }
}

/* Assembly programs of ARB_vertex_program and ARB_fragment_program. */
void gl_host_GetProgramStringARB(struct gl_decoder *d, GLenum target, GLenum pname,
                                 struct gl_result *string)
{
    GLint length = 0;
    d->gl->GetProgramivARB(target, GL_PROGRAM_LENGTH_ARB, &length);
    void *text = length >= 0 ? gl_decoder_scratch(d, (uint64_t)length + 1) : NULL;
    if (!text || !string->data) {
        return;
    }
    d->gl->GetProgramStringARB(target, pname, text);
    string->bytes = (uint64_t)length < string->capacity ? (uint64_t)length : string->capacity;
    memcpy(string->data, text, string->bytes);
}

void gl_host_GetNamedProgramStringEXT(struct gl_decoder *d, GLuint program, GLenum target,
                                      GLenum pname, struct gl_result *string)
{
    GLint length = 0;
    d->gl->GetNamedProgramivEXT(program, target, GL_PROGRAM_LENGTH_ARB, &length);
    void *text = length >= 0 ? gl_decoder_scratch(d, (uint64_t)length + 1) : NULL;
    if (!text || !string->data) {
        return;
    }
    d->gl->GetNamedProgramStringEXT(program, target, pname, text);
    string->bytes = (uint64_t)length < string->capacity ? (uint64_t)length : string->capacity;
    memcpy(string->data, text, string->bytes);
}

/*
 * Binaries are formats of the driver's own, which it reads back with little suspicion: a context
 * has none (GL_NUM_PROGRAM_BINARY_FORMATS and GL_NUM_SHADER_BINARY_FORMATS are 0).
 */
void gl_host_ProgramBinary(struct gl_decoder *d, GLuint program, GLenum format,
                           struct gl_payload binary, GLsizei length)
{
    (void)program;
    (void)format;
    (void)binary;
    gl_decoder_set_error(d, length < 0 ? GL_INVALID_VALUE : GL_INVALID_ENUM);
}

void gl_host_ShaderBinary(struct gl_decoder *d, GLsizei count, struct gl_payload shaders,
                          GLenum format, struct gl_payload binary, GLsizei length)
{
    (void)shaders;
    (void)format;
    (void)binary;
    gl_decoder_set_error(d, count < 0 || length < 0 ? GL_INVALID_VALUE : GL_INVALID_ENUM);
}

void gl_host_GetProgramBinary(struct gl_decoder *d, GLuint program, GLsizei size,
                              struct gl_result *length, struct gl_result *format,
                              struct gl_result *binary)
{
    const GLsizei none = 0;
    (void)program;
    (void)format;
    (void)binary;
    if (length->data && length->capacity >= sizeof none) {
        memcpy(length->data, &none, sizeof none);
        length->bytes = sizeof none;
    }
    gl_decoder_set_error(d, size < 0 ? GL_INVALID_VALUE : GL_INVALID_OPERATION);
}

/* Only a hint, with which Mesa 22.3 crashes where there is no such texture or level: not passed on.
 */
void gl_host_InvalidateTexSubImage(struct gl_decoder *d, GLuint texture, GLint level, GLint x,
                                   GLint y, GLint z, GLsizei width, GLsizei height, GLsizei depth)
{
    (void)x;
    (void)y;
    (void)z;
    if (!d->gl->IsTexture(texture) || level < 0 || width < 0 || height < 0 || depth < 0) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
    }
}

/* EXT_direct_state_access makes buffers of names that were only generated; Mesa 22.3 crashes. Such
 * a buffer is empty, so that there is nothing to copy either way. */
void gl_host_NamedCopyBufferSubDataEXT(struct gl_decoder *d, GLuint from, GLuint to,
                                       GLintptr from_offset, GLintptr to_offset, GLsizeiptr size)
{
    if (d->gl->IsBuffer(from) && d->gl->IsBuffer(to)) {
        d->gl->NamedCopyBufferSubDataEXT(from, to, from_offset, to_offset, size);
    } else {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
    }
}
