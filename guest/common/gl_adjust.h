/* SPDX-License-Identifier: MIT */
/* Arguments as entry points change them before they encode a command (`adjust` in
 * overrides.toml). */
#ifndef TRIREME_GUEST_GL_ADJUST_H
#define TRIREME_GUEST_GL_ADJUST_H

#include "gl_api.h"
#include "guest/common/gl_encoder.h"

/* So many elements are read of a program's memory without a question whether the uniform has them:
 * what one has is 4 bytes at least, and few GLs have room for more than 64 KiB. */
#define GL_UNIFORMS_UNASKED 1024

/* uniform_calls.c: how many elements the GL reads; records the error if the count is one. */
GLsizei gl_uniforms_read(struct gl_encoder *e, GLuint program, GLint location, GLsizei count);

/* `program` 0: the current one. */
static inline GLsizei gl_adjust_uniforms(struct gl_encoder *e, GLuint program, GLint location,
                                         GLsizei count)
{
    return count <= GL_UNIFORMS_UNASKED ? count : gl_uniforms_read(e, program, location, count);
}

#endif
