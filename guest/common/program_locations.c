/* SPDX-License-Identifier: MIT */
#include "guest/common/program_locations.h"

#include <stdlib.h>
#include <string.h>

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_state.h"

/* More than that is asked for one by one. */
#define LOCATIONS_BYTES 65536u
/* Of an element's number; no array has more elements. */
#define MOST_DIGITS 8

/* Of a program: for each of both interfaces what the host sent. Behind a zero comes for each
 * variable a GLint, how many elements it has, its name with its NUL, which ends in "[0]" if it is
 * an array, and a GLint for each element, its location; nothing is aligned. */
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
    gl_encode_TriremeGetElementLocations(e, program, kind, &result);
    if (result.bytes < sizeof(GLint)) {
        free(result.data);
        return;
    }
    char *fitted = realloc(result.data, result.bytes);
    list->bytes = fitted ? fitted : result.data;
    list->length = result.bytes;
}

/* A name without what follows the variable in "variable[3]", and the 3. */
struct element {
    size_t length;
    unsigned n;
};

/* Digits without a zero in front, and the bracket behind them; NULL: something else. */
static const char *read_index(const char *text, unsigned *n)
{
    const char *at = text;
    for (*n = 0; *at >= '0' && *at <= '9' && at - text < MOST_DIGITS; at++) {
        *n = *n * 10 + (unsigned)(*at - '0');
    }
    bool plain = at - text == 1 || (at > text && *text != '0');
    return plain && *at == ']' ? at + 1 : NULL;
}

/* False: the name is written in a way that this file does not understand. */
static bool read_element(const char *name, struct element *element)
{
    *element = (struct element){strlen(name), 0};
    for (const char *at = strpbrk(name, "[] "); at; at = strpbrk(at, "[] ")) {
        const size_t length = (size_t)(at - name);
        unsigned n;
        at = *at == '[' ? read_index(at + 1, &n) : NULL;
        if (!at) {
            return false;
        }
        if (*at == '\0') {
            *element = (struct element){length, n};
        }
    }
    return true;
}

/* What the listed name has more than the first `length` characters of the other; NULL: it begins
 * otherwise. */
static const char *rest_of(const char *listed, const char *name, size_t length)
{
    return strncmp(listed, name, length) == 0 ? listed + length : NULL;
}

/* The list says "a[0]" of arrays. The number of the element that the name means of a variable; -1:
 * it means none of it; -2: one of what is no array, of which the host knows what it means. */
static int element_in(const char *listed, const char *name, const struct element *element)
{
    const char *rest = rest_of(listed, name, strlen(name));
    if (rest && (*rest == '\0' || strcmp(rest, "[0]") == 0)) {
        return 0;
    }
    rest = name[element->length] ? rest_of(listed, name, element->length) : NULL;
    if (rest && *rest == '\0') {
        return -2;
    }
    return rest && strcmp(rest, "[0]") == 0 ? (int)element->n : -1;
}

/* False: the host must be asked. -1 in `location`: the name is not in the list. */
static bool look_up(const struct list *list, const char *name, const struct element *element,
                    GLint *location)
{
    const char *at = list->bytes + sizeof(GLint), *end = list->bytes + list->length;
    uint32_t count;
    *location = -1;
    while ((size_t)(end - at) > sizeof count) {
        memcpy(&count, at, sizeof count);
        const char *listed = at + sizeof count;
        const char *nul = memchr(listed, '\0', (size_t)(end - listed));
        if (!nul || count > (size_t)(end - nul - 1) / sizeof *location) {
            break;
        }
        int n = element_in(listed, name, element);
        if (n >= 0 && (uint32_t)n < count) {
            memcpy(location, nul + 1 + (size_t)n * sizeof *location, sizeof *location);
        }
        if (n != -1) {
            return n >= 0;
        }
        at = nul + 1 + count * sizeof *location;
    }
    return true;
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
    struct element element;
    /* Elements of attributes are not listed. */
    if (!list->bytes || !read_element(name, &element) ||
        (kind != GL_UNIFORM && strchr(name, '['))) {
        return false;
    }
    return look_up(list, name, &element, location);
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
