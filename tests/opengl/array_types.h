/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types that some vertex array or other takes. */
#ifndef TRIREME_TESTS_OPENGL_ARRAY_TYPES_H
#define TRIREME_TESTS_OPENGL_ARRAY_TYPES_H

#include "gl_api.h"

static const GLenum array_types[] = {
    GL_BYTE,
    GL_UNSIGNED_BYTE,
    GL_SHORT,
    GL_UNSIGNED_SHORT,
    GL_INT,
    GL_UNSIGNED_INT,
    GL_FLOAT,
    GL_DOUBLE,
    GL_HALF_FLOAT,
    GL_FIXED,
    GL_INT_2_10_10_10_REV,
    GL_UNSIGNED_INT_2_10_10_10_REV,
    GL_UNSIGNED_INT_10F_11F_11F_REV,
};

#define ARRAY_TYPES (sizeof array_types / sizeof array_types[0])

#endif
