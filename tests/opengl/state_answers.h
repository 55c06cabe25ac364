/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What queries tell of a context's own state, of which the guest keeps answers (kept_answers.h):
 * asked through the library, and past it. */
#ifndef TRIREME_TESTS_OPENGL_STATE_ANSWERS_H
#define TRIREME_TESTS_OPENGL_STATE_ANSWERS_H

#include "tests/opengl/pair.h"

#define STATE_CAPS 23
#define STATE_NAMES 37

struct state_answers {
    GLboolean enabled[STATE_CAPS];
    GLfloat values[STATE_NAMES][16];
};

void state_answers_ask_library(struct state_answers *answers);
/* The host, whatever the guest has kept. */
void state_answers_ask_host(struct state_answers *answers, struct gl_encoder *e);

/* The first name or capability whose answers differ; GL_NONE: all are the same. */
GLenum state_answers_differ(const struct state_answers *a, const struct state_answers *b);

#endif
