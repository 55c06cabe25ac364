/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/bad_calls.h"

#include <glib.h>
#include <string.h>

#include "gl_api.h"

#define MIXED_CASES 16
#define VALUES_MAX 4
#define MEMORY (1u << 20)

/* What pointers point at; enough for all counts that are not wild. */
static uint8_t memory[2][MEMORY];
static const char *const texts[16] = {"a", "a", "a", "a", "a", "a", "a", "a",
                                      "a", "a", "a", "a", "a", "a", "a", "a"};
static const void *const addresses[16];

static void GL_API_CALL ignore(GLenum source, GLenum type, GLuint id, GLenum severity,
                               GLsizei length, const GLchar *message, const void *data)
{
}

static bool is_pointer(const struct bad_argument *a)
{
    return a->kind >= BAD_IN;
}

/* A value that is not wrong by itself. */
static union bad_value good(const struct bad_argument *a)
{
    switch (a->kind) {
    case BAD_REAL:
        return (union bad_value){.real = 1};
    case BAD_SYNC:
        return (union bad_value){.pointer = NULL};
    case BAD_CALLBACK:
        return (union bad_value){.pointer = (void *)ignore};
    case BAD_IN:
    case BAD_OUT:
        return (union bad_value){.pointer = memory[a->kind == BAD_OUT]};
    case BAD_TEXTS:
        return (union bad_value){.pointer = texts};
    case BAD_ADDRESSES:
        return (union bad_value){.pointer = addresses};
    default:
        return (union bad_value){.bits = a->member_count > 0 ? a->members[0] : 1};
    }
}

/* Values that are wrong, and a few that may be; returns how many. */
static unsigned wrong(const struct bad_command *c, const struct bad_argument *a,
                      union bad_value *values)
{
#define WRONG(...)                                                                                 \
    do {                                                                                           \
        const uint64_t bits[] = {__VA_ARGS__};                                                     \
        memcpy(values, bits, sizeof bits);                                                         \
        return sizeof bits / sizeof bits[0];                                                       \
    } while (0)
    if (is_pointer(a))
        WRONG(0);
    if (a->member_count > 0 && a->kind != BAD_BITS)
        WRONG(0, UINT32_MAX, a->foreign);
    switch (a->kind) {
    case BAD_ENUM:
        WRONG(0, UINT32_MAX, a->foreign);
    case BAD_BITS:
        WRONG(0, UINT32_MAX);
    case BAD_TRUTH:
        WRONG(2);
    case BAD_SIZE:
        if (c->endless || a->counts)
            WRONG((uint64_t)-1, INT32_MIN, 0);
        WRONG((uint64_t)-1, INT32_MIN, 0, INT32_MAX);
    case BAD_LONG_SIZE:
        if (a->counts)
            WRONG((uint64_t)-1, INT64_MIN, 0);
        WRONG((uint64_t)-1, INT64_MIN, 0, INT64_MAX);
    case BAD_LONG:
        WRONG((uint64_t)-1, INT64_MAX, 0);
    case BAD_INT:
        if (a->counts)
            WRONG((uint64_t)-1, INT32_MIN, 0);
        WRONG((uint64_t)-1, 1000, 0);
    case BAD_NAME:
        if (c->endless || a->counts)
            WRONG(0, 100);
        WRONG(0, UINT32_MAX, 1000);
    case BAD_REAL:
        values[0].real = -1;
        values[1].real = 0;
        return 2;
    case BAD_SYNC:
        WRONG(16);
    default: /* BAD_CALLBACK */
        WRONG(0);
    }
#undef WRONG
}

static uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*state * limit >> 32);
}

/* Any mixture of right and wrong. */
static void mixed(const struct bad_command *c, unsigned number, union bad_value *values)
{
    uint32_t state = number * 7919 + (uint32_t)strlen(c->name);
    for (unsigned i = 0; i < c->argument_count; i++) {
        const struct bad_argument *a = &c->arguments[i];
        union bad_value bad[VALUES_MAX];
        unsigned count = wrong(c, a, bad);
        uint32_t chance = random_below(&state, 4);
        if (chance == 0)
            values[i] = bad[random_below(&state, count)];
        else if (chance < 3 && a->member_count > 0 && !is_pointer(a))
            values[i].bits = a->members[random_below(&state, a->member_count)];
    }
}

static void set_null(const struct bad_command *c, union bad_value *values)
{
    for (unsigned i = 0; i < c->argument_count; i++) {
        if (is_pointer(&c->arguments[i]))
            values[i].pointer = NULL;
    }
}

static bool has_pointers(const struct bad_command *c)
{
    for (unsigned i = 0; i < c->argument_count; i++) {
        if (is_pointer(&c->arguments[i]))
            return true;
    }
    return false;
}

/* Cases with one wrong argument; with `values`, sets it in the one of that number. */
static unsigned single(const struct bad_command *c, unsigned number, union bad_value *values)
{
    unsigned seen = 0;
    for (unsigned i = 0; i < c->argument_count; i++) {
        const struct bad_argument *a = &c->arguments[i];
        union bad_value bad[VALUES_MAX];
        unsigned count = a->read ? 0 : wrong(c, a, bad);
        if (values && number >= seen && number < seen + count)
            values[i] = bad[number - seen];
        seen += count;
    }
    return seen;
}

unsigned bad_case_count(const struct bad_command *command)
{
    unsigned singles = single(command, 0, NULL);
    if (command->argument_count == 0)
        return 1;
    return 1 + singles * (has_pointers(command) ? 2 : 1) + MIXED_CASES;
}

void bad_case(const struct bad_command *command, unsigned number, union bad_value *values)
{
    unsigned singles = single(command, 0, NULL);
    for (unsigned i = 0; i < command->argument_count; i++)
        values[i] = good(&command->arguments[i]);
    if (number == 0)
        return;
    number--;
    if (number < MIXED_CASES) {
        mixed(command, number, values);
        return;
    }
    number -= MIXED_CASES;
    if (number >= singles) {
        set_null(command, values);
        number -= singles;
    }
    single(command, number, values);
}

bool bad_case_has_null(const struct bad_command *command, unsigned number)
{
    union bad_value values[BAD_ARGUMENTS_MAX];
    bad_case(command, number, values);
    for (unsigned i = 0; i < command->argument_count; i++) {
        if (is_pointer(&command->arguments[i]) && !values[i].pointer)
            return true;
    }
    return false;
}

char *bad_case_text(const struct bad_command *command, unsigned number)
{
    union bad_value values[BAD_ARGUMENTS_MAX];
    g_autoptr(GString) text = g_string_new(command->name);
    bad_case(command, number, values);
    for (unsigned i = 0; i < command->argument_count; i++) {
        const struct bad_argument *a = &command->arguments[i];
        g_string_append(text, i == 0 ? "(" : ", ");
        if (a->kind == BAD_REAL)
            g_string_append_printf(text, "%g", values[i].real);
        else if (is_pointer(a))
            g_string_append(text, values[i].pointer ? "pointer" : "NULL");
        else
            g_string_append_printf(text, "0x%" G_GINT64_MODIFIER "x", values[i].bits);
    }
    g_string_append(text, command->argument_count == 0 ? "()" : ")");
    return g_strdup(text->str);
}
