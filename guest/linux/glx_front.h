/* SPDX-License-Identifier: MIT */
/*
 * What OpenGL calls have to do with the window system: what is drawn to the front buffer shows at
 * glFlush and glFinish, both are leave points of the context, glViewport tells that the program
 * knows of a new window size, and a lost context is known here before the host can say so.
 */
#ifndef TRIREME_GLX_FRONT_H
#define TRIREME_GLX_FRONT_H

/* With a current context. */
void glx_front_flush(void);
void glx_front_finish(void);

#endif
