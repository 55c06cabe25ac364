/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What suites have in common whose tests send through one loop, and never to the host's own GL. */
#ifndef TRIREME_TESTS_OPENGL_ONE_LOOP_H
#define TRIREME_TESTS_OPENGL_ONE_LOOP_H

#include "tests/opengl/pair.h"

/* The test's loop, and its encoder, which is the thread's current one. */
extern struct loop *loop;
extern struct gl_encoder *e;

void one_loop_set_up(void);
void one_loop_tear_down(void);
/* The same for tests that break no rule. */
void one_loop_tear_down_unbroken(void);

extern const uint8_t zeros[4096];
/* At most as many. */
struct gl_payload zero_bytes(uint64_t n);
/* The command that was sent last broke a rule. */
void assert_broken(const char *command);

#endif
