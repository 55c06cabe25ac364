/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TRIREME_DISPATCH_GL_HOST_CALM_H
#define TRIREME_DISPATCH_GL_HOST_CALM_H

#include "dispatch/gl_calm.h"
#include "dispatch/gl_decoder_private.h"

/* What is certain now that no error waits: asked from the GL. Not between glBegin and glEnd. */
struct gl_calm_answer gl_host_calm(struct gl_decoder *d);

#endif
