/* SPDX-License-Identifier: MIT */
/*
 * guest/linux is libGLX_trireme.so.0, a vendor library for libglvnd's libGLX: it gives X11 programs
 * GLX, carries their OpenGL to the host (guest/common) and puts the frames that come back into
 * their windows.
 *
 * This file: what the process has one of. The lock, under which everything is found, made and
 * taken apart (drawing takes no lock); the session at the host, opened when something is first
 * asked of it and opened anew after the host's server died; the X servers. The child of a fork
 * starts with none of it.
 */
#ifndef TRIREME_GLX_PROCESS_H
#define TRIREME_GLX_PROCESS_H

#include <X11/Xlib.h>
#include <stdbool.h>

#include "guest/common/session.h"
#include "guest/linux/x_server.h"

void glx_lock(void);
void glx_unlock(void);

/* A session with the contexts that keep it. */
struct glx_session {
    struct session *session;
    unsigned references; /* the process's own, and one for each context */
    uint32_t number;     /* counts the process's sessions; drawables belong to one */
};

/* All below: under the lock. */

/* The session that new contexts belong to, with a reference for the caller; NULL: the host cannot
 * be reached, which was said on stderr. */
struct glx_session *glx_session_get(void);
/* The session of that number if it still works; no reference. */
struct glx_session *glx_session_find(uint32_t number);
struct glx_session *glx_session_ref(struct glx_session *session);
void glx_session_unref(struct glx_session *session);

/* The X server of a Display; NULL: no connection. */
struct x_server *glx_x_server(Display *dpy);

/* A screen with its configurations; NULL: there is none, or the host has none. */
struct x_screen *glx_screen(Display *dpy, int number);

/* Error codes of the X server's GLX extension start here; -1: it has none. */
int glx_first_error(Display *dpy);

/* What a fork does to the rest: called in the child, under the lock. */
void glx_contexts_forked(void);  /* glx_context.c */
void glx_drawables_forked(void); /* glx_drawable.c */

#endif
