/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks of GLX behaviour as any X11 program sees it; most pass on the host's own GLX too. Each
 * ends the process with a message where it fails.
 */
#ifndef TRIREME_GLX_CHECKS_H
#define TRIREME_GLX_CHECKS_H

#define GL_GLEXT_PROTOTYPES
#define GLX_GLXEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glx.h>
#include <stdbool.h>
#include <stdint.h>

/* Ends the process with a line about it unless `condition` holds. */
#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition, " ")
/* The same, with what was found instead. */
#define CHECK_SAYING(condition, ...) check((condition), __FILE__, __LINE__, #condition, __VA_ARGS__)
void check(bool condition, const char *file, int line, const char *text, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

struct window {
    Display *dpy;
    XVisualInfo *visual;
    GLXFBConfig config;
    Window window;
    int width, height;
};

/* A mapped window of 100 x 80 with the first configuration that matches. */
struct window open_window(const int *attributes);
struct window open_default_window(void); /* double-buffered with depth */
void close_window(struct window *window);
void resize_window(struct window *window, int width, int height);

GLXContext create_context(const struct window *window, GLXContext share);

/* Waits until the pixel of the window (or pixmap) has the colour, 0xRRGGBB, or fails. */
void expect_colour(Display *dpy, Drawable drawable, int x, int y, uint32_t colour);

/* What glReadPixels sees, 0xRRGGBB. */
uint32_t read_colour(int x, int y);

void clear_to(uint32_t colour);

/* The last X error since the call; the handler that keeps it is installed by it. */
void catch_errors(void);
int caught_error(Display *dpy);

struct glx_check {
    const char *name;
    void (*run)(void);
};

extern const struct glx_check drawing_checks[], context_checks[], thread_checks[],
    drawable_checks[], debug_checks[], copy_checks[], trouble_checks[];

#endif
