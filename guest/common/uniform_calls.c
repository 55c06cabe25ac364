/* SPDX-License-Identifier: MIT */
/* Uniforms of programs: what the guest must know of them to read no more than the GL would. */
#include "gl_encode.h"
#include "guest/common/gl_adjust.h"
#include "guest/common/gl_state.h"

GLsizei gl_uniforms_read(struct gl_encoder *e, GLuint program, GLint location, GLsizei count)
{
    GLsizei read = gl_encode_TriremeUniformCount(e, program, location, count);
    if (read >= 0)
        return read;
    gl_encoder_error(e, GL_INVALID_OPERATION);
    return 0;
}
