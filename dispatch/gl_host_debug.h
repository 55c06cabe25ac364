/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug output of a context: when its GL is asked for messages, and those that the decoder itself
 * has to give (gl_debug_output.h keeps them). */
#ifndef TRIREME_DISPATCH_GL_HOST_DEBUG_H
#define TRIREME_DISPATCH_GL_HOST_DEBUG_H

#include "dispatch/gl_host_state.h"

/* With the context current, before its first command, and after its last. */
void gl_host_debug_start(struct gl_decoder *d);
void gl_host_debug_end(struct gl_decoder *d);

/* After glEnable. */
void gl_host_debug_enabled(struct gl_decoder *d, GLenum cap);

/* The guest's value of GL_DEBUG_LOGGED_MESSAGES and the like; false: the GL's is right. */
bool gl_host_debug_value(struct gl_decoder *d, GLenum pname, GLint *value);

#endif
