/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The default framebuffer: double-buffered for the guest, where the host's surfaces have one colour
 * buffer each. Which sides the guest draws to and reads from is told to whoever has the surfaces
 * (gl_decoder_ops.select_sides).
 */
#ifndef TRIREME_DISPATCH_GL_HOST_DEFAULT_H
#define TRIREME_DISPATCH_GL_HOST_DEFAULT_H

#include "dispatch/gl_host_state.h"

/* It is bound to the target whose binding that is, and the GL may be asked. */
bool gl_host_default_bound(struct gl_decoder *d, GLenum binding);

/* The guest's value of GL_DRAW_BUFFER and the like; false: the GL's is right. */
bool gl_host_default_value(struct gl_decoder *d, GLenum pname, GLint *value);

/* After commands that may bring back what buffers were chosen earlier, or choose some: glPopAttrib
 * and calls of display lists. */
void gl_host_default_follow(struct gl_decoder *d);

#endif
