/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every command with arguments that are wrong. gl_bad_calls.c is generated: what the commands'
 * arguments are; bad_calls.c makes up values for them, the same ones each time.
 */
#ifndef TRIREME_TESTS_OPENGL_BAD_CALLS_H
#define TRIREME_TESTS_OPENGL_BAD_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#define BAD_ARGUMENTS_MAX 24

union bad_value {
    uint64_t bits;
    double real;
    const void *pointer;
};

enum bad_kind {
    BAD_ENUM,
    BAD_BITS,
    BAD_TRUTH,
    BAD_SIZE,
    BAD_LONG_SIZE,
    BAD_INT,
    BAD_NAME,
    BAD_LONG,
    BAD_REAL,
    BAD_SYNC,
    BAD_CALLBACK,
    BAD_IN,
    BAD_OUT,
    BAD_TEXTS,
    BAD_ADDRESSES,
};

struct bad_argument {
    enum bad_kind kind;
    bool counts; /* what a pointer points at gets longer with it */
    bool read;   /* a pointer that is always followed */
    const unsigned *members;
    unsigned member_count; /* values of its kind of enum; 0: no enum, or one of no known group */
    unsigned foreign;      /* a value of another kind of enum */
};

struct bad_command {
    const char *name;
    unsigned opcode; /* 0: answered in the guest */
    bool endless;    /* great counts take for ever */
    unsigned argument_count;
    const struct bad_argument *arguments;
    void (*call)(void *function, const union bad_value *values);
};

extern const unsigned bad_command_count;
extern const struct bad_command bad_commands[];

/* How many calls there are of the command. */
unsigned bad_case_count(const struct bad_command *command);
/* The arguments of one of them. */
void bad_case(const struct bad_command *command, unsigned number, union bad_value *values);
/* The same for people; to be freed. */
char *bad_case_text(const struct bad_command *command, unsigned number);
/* Whether an argument is a NULL that the GL might follow. */
bool bad_case_has_null(const struct bad_command *command, unsigned number);

#endif
