/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A current OpenGL context without a surface, for tests on the host's GL. */
#ifndef TRIREME_TESTS_DISPATCH_EGL_CONTEXT_H
#define TRIREME_TESTS_DISPATCH_EGL_CONTEXT_H

#include <stdbool.h>

/* False: this machine has none. major 0: the default version, compatibility profile. */
bool egl_context_make(int major, int minor, bool core);
void egl_context_unmake(void);

#endif
