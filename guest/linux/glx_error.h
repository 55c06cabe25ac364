/* SPDX-License-Identifier: MIT */
/*
 * Errors of GLX calls, raised as the X server would: through the program's Xlib error handler.
 */
#ifndef TRIREME_GLX_ERROR_H
#define TRIREME_GLX_ERROR_H

#include <X11/Xlib.h>
#include <X11/Xmd.h>

#include <GL/glxproto.h>
#include <stdbool.h>

/* `code` is one of GLX's (GLXBadContext ... of glxproto.h); `minor` the X_GLX... request that the
 * call stands for; `resource` what it was about. Not under the process lock. */
void glx_raise(Display *dpy, int code, int minor, XID resource);

/* The same for a core error code: BadMatch, BadValue, BadAlloc ... */
void glx_raise_core(Display *dpy, int code, int minor, XID resource);

#endif
