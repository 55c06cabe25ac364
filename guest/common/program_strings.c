/* SPDX-License-Identifier: MIT */
/* The text of an assembly program, which is as long as the GL says. */
#include "gl_encode.h"
#include "gl_entry_points.h"

static struct gl_result text_result(void *string, GLint length)
{
    return (struct gl_result){.data = string, .capacity = length > 0 ? (uint64_t)length : 0};
}

void GL_API_CALL trireme_glGetProgramStringARB(GLenum target, GLenum pname, void *string)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint length = 0;
    gl_encode_GetProgramivARB(e, target, GL_PROGRAM_LENGTH_ARB, &length);
    struct gl_result result = text_result(string, length);
    gl_encode_GetProgramStringARB(e, target, pname, &result);
}

void GL_API_CALL trireme_glGetNamedProgramStringEXT(GLuint program, GLenum target, GLenum pname,
                                                    void *string)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint length = 0;
    gl_encode_GetNamedProgramivEXT(e, program, target, GL_PROGRAM_LENGTH_ARB, &length);
    struct gl_result result = text_result(string, length);
    gl_encode_GetNamedProgramStringEXT(e, program, target, pname, &result);
}
