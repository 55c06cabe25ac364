/* SPDX-License-Identifier: MIT */
/*
 * OpenGL calls that have to do with the window system, too: what is drawn to the front buffer shows
 * at glFlush and glFinish, both are leave points of the context, glViewport tells that the program
 * knows of a new window size, and a lost context is known here before the host can say so.
 */
#ifndef TRIREME_GUEST_CONTEXT_HOOKS_H
#define TRIREME_GUEST_CONTEXT_HOOKS_H

#include "gl_entry_points.h"

void GL_API_CALL trireme_hook_glDrawBuffer(GLenum buffer);
void GL_API_CALL trireme_hook_glFinish(void);
void GL_API_CALL trireme_hook_glFlush(void);
void GL_API_CALL trireme_hook_glViewport(GLint x, GLint y, GLsizei width, GLsizei height);

/* What a program gets for the name of an OpenGL call: one of these, or the encoder's; NULL: there
 * is no such call. */
void *context_entry_point(const char *name);

#endif
