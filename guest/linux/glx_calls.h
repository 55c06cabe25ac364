/* SPDX-License-Identifier: MIT */
/* The GLX calls as libGLX asks for them, and what their files share. */
#ifndef TRIREME_GLX_CALLS_H
#define TRIREME_GLX_CALLS_H

#include <GL/glx.h>
#include <stdbool.h>

#include "glx_entry_points.h"

/* libGLX's own function of that name; NULL: it has none. */
void *glx_libglx_function(const char *name);

#endif
