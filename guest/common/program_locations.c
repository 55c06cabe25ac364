/* SPDX-License-Identifier: MIT */
#include "guest/common/program_locations.h"

#include <stdlib.h>
#include <string.h>

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_state.h"

/* More than that is asked for one by one. */
#define LOCATIONS_BYTES 65536u

/* Of a program: for each of both interfaces what the host sent, a GLint and a name with its NUL
 * each, one behind the other. */
struct locations {
    struct list {
        bool asked;
        char *bytes; /* NULL: it did not say */
        size_t length;
    } uniforms, attributes;
};

static void locations_destroy(void *data)
{
    struct locations *locations = data;
    free(locations->uniforms.bytes);
    free(locations->attributes.bytes);
    free(locations);
}

/* NULL: out of memory. */
static struct locations *locations_of(struct program_locations *locations, GLuint program)
{
    struct locations *known = name_table_get(&locations->programs, program);
    if (known) {
        return known;
    }
    known = calloc(1, sizeof *known);
    if (known && !name_table_set(&locations->programs, program, known)) {
        free(known);
        known = NULL;
    }
    return known;
}

void program_locations_forget(struct program_locations *locations, GLuint program)
{
    struct locations *known = program ? name_table_remove(&locations->programs, program) : NULL;
    if (known) {
        locations_destroy(known);
    }
}

void program_locations_delete(struct program_locations *locations, GLuint program)
{
    program_locations_forget(locations, program);
    struct locations *known = program ? locations_of(locations, program) : NULL;
    if (known) {
        known->uniforms.asked = known->attributes.asked = true;
    }
}

void program_locations_finish(struct program_locations *locations)
{
    name_table_finish(&locations->programs, locations_destroy);
}

static void ask(struct gl_encoder *e, GLuint program, GLenum kind, struct list *list)
{
    struct gl_result result = {.data = malloc(LOCATIONS_BYTES), .capacity = LOCATIONS_BYTES};
    list->asked = true;
    if (!result.data) {
        return;
    }
    gl_encode_TriremeGetLocations(e, program, kind, &result);
    if (result.bytes == 0) {
        free(result.data);
        return;
    }
    char *fitted = realloc(result.data, result.bytes);
    list->bytes = fitted ? fitted : result.data;
    list->length = result.bytes;
}

/* The name is that of the list, which says "a[0]" of arrays. */
static bool is_named(const char *listed, const char *name)
{
    size_t length = strlen(name);
    return strncmp(listed, name, length) == 0 &&
           (listed[length] == '\0' || strcmp(listed + length, "[0]") == 0);
}

/* False: it is not in the list. */
static bool look_up(const struct list *list, const char *name, GLint *location)
{
    const char *at = list->bytes, *end = list->bytes + list->length;
    while ((size_t)(end - at) > sizeof *location) {
        const char *listed = at + sizeof *location;
        const char *nul = memchr(listed, '\0', (size_t)(end - listed));
        if (!nul) {
            break;
        }
        if (is_named(listed, name)) {
            memcpy(location, at, sizeof *location);
            return true;
        }
        at = nul + 1;
    }
    return false;
}

/* What another context links need not be seen before its next leave point. */
static void forget_what_others_link(struct gl_state *state)
{
    uint32_t others_leaves = gl_state_others_leaves(state);
    if (state->locations.others_leaves != others_leaves) {
        program_locations_finish(&state->locations);
        state->locations.others_leaves = others_leaves;
    }
}

/* False: the host must be asked. -1 in `location`: there is none of that name. */
static bool find(struct gl_encoder *e, GLuint program, GLenum kind, const GLchar *name,
                 GLint *location)
{
    struct gl_state *state = e->state;
    if (!state || !name || program == 0 || gl_state_refuses_queries(e)) {
        return false;
    }
    forget_what_others_link(state);
    struct locations *known = locations_of(&state->locations, program);
    if (!known) {
        return false;
    }
    struct list *list = kind == GL_UNIFORM ? &known->uniforms : &known->attributes;
    if (!list->asked) {
        ask(e, program, kind, list);
    }
    if (!list->bytes) {
        return false;
    }
    if (look_up(list, name, location)) {
        return true;
    }
    /* Elements of arrays are not listed, and the language may write their names in more ways. */
    *location = -1;
    return !strpbrk(name, "[] ");
}

GLint GL_API_CALL trireme_glGetUniformLocation(GLuint program, const GLchar *name)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint location;
    return find(e, program, GL_UNIFORM, name, &location)
               ? location
               : gl_encode_GetUniformLocation(e, program, name ? name : "");
}

GLint GL_API_CALL trireme_glGetAttribLocation(GLuint program, const GLchar *name)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint location;
    return find(e, program, GL_PROGRAM_INPUT, name, &location)
               ? location
               : gl_encode_GetAttribLocation(e, program, name ? name : "");
}

GLint GL_API_CALL trireme_glGetUniformLocationARB(GLhandleARB program, const GLcharARB *name)
{
    return trireme_glGetUniformLocation(program, name);
}

GLint GL_API_CALL trireme_glGetAttribLocationARB(GLhandleARB program, const GLcharARB *name)
{
    return trireme_glGetAttribLocation(program, name);
}

void gl_track_LinkProgram(struct gl_encoder *e, GLuint program)
{
    if (e->state) {
        program_locations_forget(&e->state->locations, program);
    }
}

void gl_track_LinkProgramARB(struct gl_encoder *e, GLhandleARB program)
{
    gl_track_LinkProgram(e, program);
}

void gl_track_DeleteProgram(struct gl_encoder *e, GLuint program)
{
    if (e->state) {
        program_locations_delete(&e->state->locations, program);
    }
}

void gl_track_DeleteObjectARB(struct gl_encoder *e, GLhandleARB object)
{
    gl_track_DeleteProgram(e, object);
}
