/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vertices a draw has, exactly: transform feedback of every attribute. */
#ifndef TRIREME_TESTS_OPENGL_CAPTURE_H
#define TRIREME_TESTS_OPENGL_CAPTURE_H

#include "tests/opengl/pair.h"

/* Generic attributes 5 and 6 of the programs. */
#define CAPTURE_ATTRIB 5
#define CAPTURE_OTHER 6
/* Bytes that a vertex leaves; the program of dvec4 needs them all. */
#define CAPTURE_VERTEX_BYTES 176

/* Uses a program that takes generic attribute 5 as "vec4", "ivec4", "uvec4", "double" … "dvec4",
 * and hands on it and what the fixed pipeline's attributes are. */
void capture_use(const struct pair_gl *gl, const char *type, bool vertex_ids);

/* Between the two, draws of `mode` (GL_POINTS, GL_LINES, GL_TRIANGLES or what falls into these)
 * leave their vertices. Notes room for `vertices` of them, and the error. */
void capture_begin(const struct pair_gl *gl, GLenum mode);
void capture_end(struct pair_side *side, unsigned vertices);

#endif
