/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A second context of the host's GL that shares with a decoder's, for what cannot be done in the
 * decoder's own because of its state: between glBegin and glEnd, while a display list is compiled.
 * Made at first use. On the decoder's thread with its context current.
 */
#ifndef TRIREME_DISPATCH_GL_SPARE_CONTEXT_H
#define TRIREME_DISPATCH_GL_SPARE_CONTEXT_H

#include <stdbool.h>

struct gl_decoder;

struct gl_spare_context {
    void *context; /* EGLContext; NULL: not made yet */
    /* While the spare one is current: the display, and what was current before. */
    void *display, *home, *draw, *read;
};

/* Makes it current. False: there is no memory, and nothing changed. */
bool gl_spare_context_enter(struct gl_decoder *d);
void gl_spare_context_leave(struct gl_decoder *d);
void gl_spare_context_destroy(struct gl_decoder *d);

#endif
