/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window with an OpenGL context that is current, for the small programs that the tests in the VM
 * run. What fails ends the program with a line and status 1.
 */
#ifndef TRIREME_TESTS_GL_WINDOW_H
#define TRIREME_TESTS_GL_WINDOW_H

#include <GL/gl.h>
#include <GL/glx.h>
#include <X11/Xlib.h>

struct gl_window {
    Display *display;
    Window window;
    GLXContext context;
};

/* At the screen's upper left corner, double-buffered. `context_attributes` is for
 * glXCreateContextAttribsARB; NULL: an old-style context. */
void gl_window_open(struct gl_window *window, int width, int height, const int *context_attributes);
void gl_window_close(struct gl_window *window);

#endif
