/* SPDX-License-Identifier: MIT */
/* OpenGL calls that concern the window, too; trireme_hook_glFoo is exported as glFoo. */
#ifndef TRIREME_WGL_HOOKS_H
#define TRIREME_WGL_HOOKS_H

#include "gl_entry_points.h"

void GL_API_CALL trireme_hook_glDrawBuffer(GLenum buffer);
void GL_API_CALL trireme_hook_glFinish(void);
void GL_API_CALL trireme_hook_glFlush(void);
void GL_API_CALL trireme_hook_glViewport(GLint x, GLint y, GLsizei width, GLsizei height);

/* Another function for that name; NULL: there is none. */
void *wgl_hook(const char *name);

#endif
