/* SPDX-License-Identifier: MIT */
/*
 * guest/linux is libGLX_trireme.so.0, a vendor library for libglvnd's libGLX: it gives X11 programs
 * GLX, carries their OpenGL to the host (guest/common) and puts the frames that come back into
 * their windows.
 *
 * This file: the X servers of the process, and what a fork does: the child starts with nothing.
 */
#ifndef TRIREME_GLX_PROCESS_H
#define TRIREME_GLX_PROCESS_H

#include <X11/Xlib.h>
#include <stdbool.h>

#include "guest/common/host_session.h"
#include "guest/linux/x_server.h"

/* All below: under the process lock. */

/* The X server of a Display; NULL: no connection. */
struct x_server *glx_x_server(Display *dpy);

/* A screen with its configurations; NULL: there is none, or the host has none. */
struct x_screen *glx_screen(Display *dpy, int number);

/* Error codes of the X server's GLX extension start here; -1: it has none. */
int glx_first_error(Display *dpy);

/* glx_drawable.c: in the child of a fork, whose windows are the parent's. */
void glx_drawables_forked(void);

#endif
