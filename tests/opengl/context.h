/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A context of the host's GL with a small surface, current to this thread. */
#ifndef TRIREME_TESTS_OPENGL_CONTEXT_H
#define TRIREME_TESTS_OPENGL_CONTEXT_H

#include <EGL/egl.h>
#include <stdbool.h>

struct test_context {
    EGLDisplay display;
    EGLContext context;
    EGLSurface surface;
};

void test_context_create(struct test_context *context, bool core);
/* Makes it current again: in the copy of a process (fork) none is. */
void test_context_current(const struct test_context *context);
void test_context_destroy(struct test_context *context);

#endif
