/* SPDX-License-Identifier: MIT */
/*
 * Whether the GL took what a command says about a vertex array. What it refuses changes nothing,
 * and what the guest knows of the arrays must not change either.
 */
#ifndef TRIREME_GUEST_ARRAY_REFUSAL_H
#define TRIREME_GUEST_ARRAY_REFUSAL_H

#include "guest/common/vertex_arrays.h"

struct gl_encoder;

/*
 * After a command with the array's place or format (a gl*Pointer, or with stride -1 one of
 * glVertexAttrib*Format) was sent. The host is asked about types and sizes that not every GL takes,
 * once about each; for the texture coordinates, of the client active unit.
 */
bool array_command_refused(struct gl_encoder *e, unsigned array, enum array_kind kind, GLint size,
                           GLenum type, GLsizei stride);

/* After a glBindVertexBuffer with the stride was sent. */
bool array_stride_refused(struct gl_encoder *e, GLuint binding, GLsizei stride);

#endif
