/* SPDX-License-Identifier: MIT */
/*
 * Buffers that the GL refuses to bind: core profiles know only names that were generated. What is
 * bound stays, and what the guest knows of it must stay, too.
 */
#ifndef TRIREME_GUEST_BUFFER_REFUSAL_H
#define TRIREME_GUEST_BUFFER_REFUSAL_H

#include <stdbool.h>

#include "gl_api.h"

struct gl_encoder;

/* After a command that binds the buffer was sent. With a name that this context did not generate
 * the host is asked, until there is such a buffer. */
bool buffer_bind_refused(struct gl_encoder *e, GLuint name);

#endif
