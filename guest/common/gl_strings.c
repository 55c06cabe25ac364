/* SPDX-License-Identifier: MIT */
#include "guest/common/gl_strings.h"

#include <stdlib.h>
#include <string.h>

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#define STRINGS_BYTES 65536u

/* The next string in [*at, end), which ends with a NUL. */
static const char *next_string(const char **at, const char *end)
{
    const char *string = *at;
    if (string == end)
        return "";
    *at = string + strlen(string) + 1;
    return string;
}

/* Splits a copy of the list of extensions. */
static bool split_extensions(struct gl_strings *strings)
{
    size_t bytes = strlen(strings->extensions) + 1;
    unsigned count = 0;
    for (const char *at = strings->extensions; *at; at++)
        count += *at == ' ';
    /* The copy lies behind the pointers. */
    strings->extension = malloc((count + 1) * sizeof *strings->extension + bytes);
    if (!strings->extension)
        return false;
    char *copy = (char *)(strings->extension + count + 1);
    memcpy(copy, strings->extensions, bytes);
    while (*copy) {
        size_t length = strcspn(copy, " ");
        bool last = !copy[length];
        copy[length] = '\0';
        if (length)
            strings->extension[strings->extension_count++] = copy;
        copy += length + !last;
    }
    return true;
}

bool gl_strings_fetch(struct gl_strings *strings, struct gl_encoder *e)
{
    if (strings->memory)
        return true;
    char *memory = malloc(STRINGS_BYTES + 1);
    if (!memory)
        return false;
    struct gl_result result = {.data = memory, .capacity = STRINGS_BYTES};
    gl_encode_TriremeGetStrings(e, &result);
    const char *at = memory, *end = memory + result.bytes;
    memory[result.bytes] = '\0';
    strings->memory = memory;
    next_string(&at, end); /* the profile, which gl_state knows */
    strings->vendor = next_string(&at, end);
    strings->renderer = next_string(&at, end);
    strings->version = next_string(&at, end);
    strings->shading_language = next_string(&at, end);
    strings->extensions = next_string(&at, end);
    if (!split_extensions(strings)) {
        gl_strings_finish(strings);
        return false;
    }
    return true;
}

bool gl_strings_have(const struct gl_strings *strings, const char *extension)
{
    for (unsigned i = 0; i < strings->extension_count; i++) {
        if (strcmp(strings->extension[i], extension) == 0) {
            return true;
        }
    }
    return false;
}

void gl_strings_finish(struct gl_strings *strings)
{
    free(strings->memory);
    free(strings->extension);
    free(strings->other);
    *strings = (struct gl_strings){0};
}

/* A string that the host is asked for each time. */
static const GLubyte *other_string(struct gl_encoder *e, GLenum name, GLuint index)
{
    struct gl_strings *strings = &e->state->strings;
    const size_t capacity = 4096;
    if (!strings->other)
        strings->other = malloc(capacity);
    if (!strings->other)
        return NULL;
    struct gl_result result = {.data = strings->other, .capacity = capacity - 1};
    gl_encode_TriremeGetStringi(e, name, index, &result);
    if (!result.bytes)
        return NULL;
    strings->other[result.bytes] = '\0';
    return (const GLubyte *)strings->other;
}

const GLubyte *GL_API_CALL trireme_glGetString(GLenum name)
{
    struct gl_encoder *e = gl_encoder_current();
    if (gl_state_refuses_queries(e) || !e->state || !gl_strings_fetch(&e->state->strings, e))
        return NULL;
    const struct gl_strings *strings = &e->state->strings;
    switch (name) {
    case GL_VENDOR:
        return (const GLubyte *)strings->vendor;
    case GL_RENDERER:
        return (const GLubyte *)strings->renderer;
    case GL_VERSION:
        return (const GLubyte *)strings->version;
    case GL_SHADING_LANGUAGE_VERSION:
        return (const GLubyte *)strings->shading_language;
    case GL_EXTENSIONS:
        if (!e->state->core_profile)
            return (const GLubyte *)strings->extensions;
        break;
    case GL_PROGRAM_ERROR_STRING_ARB:
        return other_string(e, name, 0);
    }
    gl_encoder_error(e, GL_INVALID_ENUM);
    return NULL;
}

const GLubyte *GL_API_CALL trireme_glGetStringi(GLenum name, GLuint index)
{
    struct gl_encoder *e = gl_encoder_current();
    if (gl_state_refuses_queries(e) || !e->state || !gl_strings_fetch(&e->state->strings, e))
        return NULL;
    const struct gl_strings *strings = &e->state->strings;
    if (name == GL_SHADING_LANGUAGE_VERSION)
        return other_string(e, name, index);
    if (name != GL_EXTENSIONS) {
        gl_encoder_error(e, GL_INVALID_ENUM);
        return NULL;
    }
    if (index >= strings->extension_count) {
        gl_encoder_error(e, GL_INVALID_VALUE);
        return NULL;
    }
    return (const GLubyte *)strings->extension[index];
}
