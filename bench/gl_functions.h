/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libGL does not export and the cases need, fetched as programs do it. */
#ifndef TRIREME_BENCH_GL_FUNCTIONS_H
#define TRIREME_BENCH_GL_FUNCTIONS_H

#include <GL/gl.h>
#include <GL/glext.h>

/* X(type, name) for each. */
#define GL_FUNCTIONS(X)                                                                            \
    X(PFNGLATTACHSHADERPROC, AttachShader)                                                         \
    X(PFNGLBINDBUFFERPROC, BindBuffer)                                                             \
    X(PFNGLBUFFERDATAPROC, BufferData)                                                             \
    X(PFNGLBUFFERSUBDATAPROC, BufferSubData)                                                       \
    X(PFNGLCOMPILESHADERPROC, CompileShader)                                                       \
    X(PFNGLCREATEPROGRAMPROC, CreateProgram)                                                       \
    X(PFNGLCREATESHADERPROC, CreateShader)                                                         \
    X(PFNGLGENBUFFERSPROC, GenBuffers)                                                             \
    X(PFNGLGETPROGRAMIVPROC, GetProgramiv)                                                         \
    X(PFNGLGETUNIFORMLOCATIONPROC, GetUniformLocation)                                             \
    X(PFNGLLINKPROGRAMPROC, LinkProgram)                                                           \
    X(PFNGLMAPBUFFERPROC, MapBuffer)                                                               \
    X(PFNGLSHADERSOURCEPROC, ShaderSource)                                                         \
    X(PFNGLUNIFORM4FPROC, Uniform4f)                                                               \
    X(PFNGLUNMAPBUFFERPROC, UnmapBuffer)                                                           \
    X(PFNGLUSEPROGRAMPROC, UseProgram)

#define GL_FUNCTION_MEMBER(type, name) type name;
struct gl_functions {
    GL_FUNCTIONS(GL_FUNCTION_MEMBER)
};
#undef GL_FUNCTION_MEMBER

extern struct gl_functions gl;

/* A context is current. False: one is missing, and a line on standard error names it. */
int gl_functions_load(void);

#endif
