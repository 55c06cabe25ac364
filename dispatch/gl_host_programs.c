/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What there is in a program: uniforms, and what goes by a name. */
#include <string.h>

#include "dispatch/gl_host_state.h"
#include "gl_host.h"

/* Of a number with a bracket and a NUL. */
#define ELEMENT_DIGITS 12

/* Elements of a uniform from a location on. */
struct room {
    GLint elements; /* 0: no uniform has the location */
    bool is_array;
};

static struct room room_at(struct gl_decoder *d, GLuint program, GLint location)
{
    GLint count = 0, longest = 0;
    d->gl->GetProgramiv(program, GL_ACTIVE_UNIFORMS, &count);
    d->gl->GetProgramiv(program, GL_ACTIVE_UNIFORM_MAX_LENGTH, &longest);
    GLchar *name = longest > 0 ? gl_decoder_scratch(d, (uint64_t)longest + 1) : NULL;
    for (GLint i = 0; name && i < count; i++) {
        GLint size = 0;
        GLsizei length = 0;
        GLenum type;
        d->gl->GetActiveUniform(program, (GLuint)i, longest, &length, &size, &type, name);
        GLint first = d->gl->GetUniformLocation(program, name);
        if (first >= 0 && location >= first && location - first < size) {
            return (struct room){size - (location - first), length > 0 && name[length - 1] == ']'};
        }
    }
    return (struct room){0};
}

/* The program that glUniform* sets uniforms of; 0: there is none. */
static GLuint active_program(struct gl_decoder *d)
{
    GLint pipeline, program = gl_host_integer(d, GL_CURRENT_PROGRAM, 0);
    if (program == 0 && d->gl->GetProgramPipelineiv &&
        (pipeline = gl_host_integer(d, GL_PROGRAM_PIPELINE_BINDING, 0)) != 0) {
        d->gl->GetProgramPipelineiv((GLuint)pipeline, GL_ACTIVE_PROGRAM, &program);
    }
    return (GLuint)program;
}

/*
 * How many of `count` elements the GL reads for a command that sets uniforms from `location` on;
 * -1: none, since such a count is an error. A display list takes them all. Where the command is
 * another error or does nothing the answer is 0. (Types are not compared: where that is the error,
 * the guest reads what an array of the command's type would have.)
 */
GLsizei gl_host_TriremeUniformCount(struct gl_decoder *d, GLuint program, GLint location,
                                    GLsizei count)
{
    if (!gl_host_outside(d) || !d->gl->GetActiveUniform || !d->gl->GetProgramiv) {
        return 0;
    }
    if (d->host->lists.compiling != 0) {
        return count;
    }
    gl_host_attempt(d);
    program = program ? program : active_program(d);
    if (program == 0 || location < 0) {
        return 0;
    }
    struct room room = room_at(d, program, location);
    /* What is no program is an error of the command that follows. */
    d->gl->GetError();
    return room.elements > 0 && !room.is_array && count > 1 ? -1 : MIN(count, room.elements);
}

static bool put(struct gl_result *result, const void *data, uint64_t bytes)
{
    if (bytes > result->capacity - result->bytes) {
        return false;
    }
    memcpy((char *)result->data + result->bytes, data, bytes);
    result->bytes += bytes;
    return true;
}

/* How many elements, the name and their locations; false: there is no room. `name` has room for any
 * number in place of the 0 that an array's ends in. */
static bool put_uniform(const struct gl_functions *gl, GLuint program, GLchar *name, GLint size,
                        struct gl_result *result)
{
    const size_t length = strlen(name);
    const bool is_array = length > 3 && strcmp(name + length - 3, "[0]") == 0;
    const GLint elements = is_array ? MAX(size, 1) : 1;
    bool all = put(result, &elements, sizeof elements) && put(result, name, length + 1);
    for (GLint i = 0; all && i < elements; i++) {
        if (i > 0) {
            g_snprintf(name + length - 2, ELEMENT_DIGITS, "%d]", i);
        }
        GLint location = gl->GetUniformLocation(program, name);
        all = put(result, &location, sizeof location);
    }
    return all;
}

static bool put_attribute(const struct gl_functions *gl, GLuint program, const GLchar *name,
                          struct gl_result *result)
{
    const GLint elements = 1, location = gl->GetAttribLocation(program, name);
    return put(result, &elements, sizeof elements) && put(result, name, strlen(name) + 1) &&
           put(result, &location, sizeof location);
}

/* False: not all of them, or there are none to be had. */
static bool put_locations(struct gl_decoder *d, GLuint program, bool uniforms,
                          struct gl_result *result)
{
    const struct gl_functions *gl = d->gl;
    const GLint none = 0;
    GLint linked = GL_FALSE, count = 0, longest = 0;
    gl->GetProgramiv(program, GL_LINK_STATUS, &linked);
    if (!linked) {
        return false;
    }
    gl->GetProgramiv(program, uniforms ? GL_ACTIVE_UNIFORMS : GL_ACTIVE_ATTRIBUTES, &count);
    gl->GetProgramiv(program,
                     uniforms ? GL_ACTIVE_UNIFORM_MAX_LENGTH : GL_ACTIVE_ATTRIBUTE_MAX_LENGTH,
                     &longest);
    GLchar *name = gl_decoder_scratch(d, (uint64_t)MAX(longest, 0) + ELEMENT_DIGITS);
    bool all = name && put(result, &none, sizeof none);
    for (GLint i = 0; all && i < count; i++) {
        GLint size = 0;
        GLenum type;
        name[0] = '\0';
        (uniforms ? gl->GetActiveUniform : gl->GetActiveAttrib)(program, (GLuint)i, longest, NULL,
                                                                &size, &type, name);
        all = uniforms ? put_uniform(gl, program, name, size, result)
                       : put_attribute(gl, program, name, result);
    }
    return all;
}

/* Nothing for what is no program, or is not linked: the command itself will be the error. */
void gl_host_TriremeGetElementLocations(struct gl_decoder *d, GLuint program, GLenum interface,
                                        struct gl_result *locations)
{
    if (!gl_host_outside(d) || !d->gl->GetActiveUniform || !d->gl->GetProgramiv ||
        !locations->data) {
        return;
    }
    gl_host_attempt(d);
    if (!put_locations(d, program, interface == GL_UNIFORM, locations)) {
        locations->bytes = 0;
    }
    d->gl->GetError();
}

/* Mesa looks behind the end of names that may be those of arrays. What it finds there must not look
 * like more of a name, nor be zeros. */
static const GLchar *closed_name(struct gl_decoder *d, const struct gl_payload *name)
{
    const size_t behind = 8;
    GLchar *copy = gl_decoder_scratch(d, name->bytes + behind);
    if (copy) {
        memcpy(copy, name->data, name->bytes);
        memset(copy + name->bytes, '.', behind);
    }
    return copy;
}

GLuint gl_host_GetProgramResourceIndex(struct gl_decoder *d, GLuint program, GLenum interface,
                                       struct gl_payload name)
{
    const GLchar *closed = closed_name(d, &name);
    return closed ? d->gl->GetProgramResourceIndex(program, interface, closed) : GL_INVALID_INDEX;
}

GLint gl_host_GetProgramResourceLocation(struct gl_decoder *d, GLuint program, GLenum interface,
                                         struct gl_payload name)
{
    const GLchar *closed = closed_name(d, &name);
    return closed ? d->gl->GetProgramResourceLocation(program, interface, closed) : -1;
}
