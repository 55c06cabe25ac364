/* SPDX-License-Identifier: MIT */
/*
 * Answers of the host to queries of a context's state, kept until a command of the context may have
 * changed them (gl_change.h): nobody else changes a context's own state. For the context's thread.
 */
#ifndef TRIREME_GUEST_KEPT_ANSWERS_H
#define TRIREME_GUEST_KEPT_ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

#include "gl_api.h"

/* As in gl_encoder.h. */
#ifndef _WIN32
#pragma GCC visibility push(hidden)
#endif

#define KEPT_ANSWERS 80u
#define KEPT_VALUES 16u /* of one answer, at most */

/* The command that asks. */
enum kept_query {
    KEPT_NONE,
    KEPT_IsEnabled,
    KEPT_GetBooleanv,
    KEPT_GetDoublev,
    KEPT_GetFloatv,
    KEPT_GetInteger64v,
    KEPT_GetIntegerv,
};

struct kept_answers {
    struct kept_answer {
        enum kept_query query; /* the last that asked */
        uint32_t changes;      /* counted when it was given */
        double values[KEPT_VALUES];
    } answers[KEPT_ANSWERS];
};

struct gl_encoder;

/* The answer's values, as the query's type has them; false: the host must be asked. */
bool kept_answers_get(struct gl_encoder *e, enum kept_query query, GLenum pname, void *values);
/* The host has answered that. */
void kept_answers_keep(struct gl_encoder *e, enum kept_query query, GLenum pname,
                       const void *values);

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif
