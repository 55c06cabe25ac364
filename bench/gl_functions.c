/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/gl_functions.h"

#include <GL/glx.h>
#include <stdio.h>

struct gl_functions gl;

static __GLXextFuncPtr load(const char *name)
{
    __GLXextFuncPtr function = glXGetProcAddressARB((const GLubyte *)name);
    if (!function) {
        fprintf(stderr, "the GL has no %s\n", name);
    }
    return function;
}

int gl_functions_load(void)
{
#define LOAD(type, name)                                                                           \
    gl.name = (type)load("gl" #name);                                                              \
    if (!gl.name) {                                                                                \
        return 0;                                                                                  \
    }
    GL_FUNCTIONS(LOAD)
#undef LOAD
    return 1;
}
