/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glx_checks.h"

#include <X11/Xutil.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 10000

void check(bool condition, const char *file, int line, const char *text, const char *format, ...)
{
    if (condition) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: %s ", file, line, text);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    _exit(1);
}

/* Windows must not hide each other: what is hidden has no pixels. */
static void next_place(int *x, int *y)
{
    static unsigned windows;
    unsigned place = __atomic_fetch_add(&windows, 1, __ATOMIC_RELAXED);
    *x = (int)(place % 3) * 320;
    *y = (int)(place / 3 % 3) * 220;
}

struct window open_window(const int *attributes)
{
    struct window window = {.width = 100, .height = 80};
    int x, y;
    next_place(&x, &y);
    int count;
    window.dpy = XOpenDisplay(NULL);
    CHECK(window.dpy != NULL);
    GLXFBConfig *configs =
        glXChooseFBConfig(window.dpy, DefaultScreen(window.dpy), attributes, &count);
    CHECK(configs && count > 0);
    window.config = configs[0];
    XFree(configs);
    window.visual = glXGetVisualFromFBConfig(window.dpy, window.config);
    CHECK(window.visual != NULL);
    Window root = DefaultRootWindow(window.dpy);
    XSetWindowAttributes settings = {
        .colormap = XCreateColormap(window.dpy, root, window.visual->visual, AllocNone),
        .event_mask = StructureNotifyMask,
    };
    window.window =
        XCreateWindow(window.dpy, root, x, y, 100, 80, 0, window.visual->depth, InputOutput,
                      window.visual->visual, CWBorderPixel | CWColormap | CWEventMask, &settings);
    XMapWindow(window.dpy, window.window);
    XEvent event;
    do {
        XNextEvent(window.dpy, &event);
    } while (event.type != MapNotify);
    return window;
}

struct window open_default_window(void)
{
    return open_window((int[]){GLX_DOUBLEBUFFER, True, GLX_RED_SIZE, 8, GLX_GREEN_SIZE, 8,
                               GLX_BLUE_SIZE, 8, GLX_DEPTH_SIZE, 16, None});
}

void close_window(struct window *window)
{
    XDestroyWindow(window->dpy, window->window);
    XFree(window->visual);
    XCloseDisplay(window->dpy);
}

void resize_window(struct window *window, int width, int height)
{
    XEvent event;
    XResizeWindow(window->dpy, window->window, (unsigned)width, (unsigned)height);
    do {
        XNextEvent(window->dpy, &event);
    } while (event.type != ConfigureNotify || event.xconfigure.width != width);
    window->width = width;
    window->height = height;
}

GLXContext create_context(const struct window *window, GLXContext share)
{
    GLXContext context =
        glXCreateNewContext(window->dpy, window->config, GLX_RGBA_TYPE, share, True);
    CHECK(context != NULL);
    return context;
}

static uint32_t colour_at(Display *dpy, Drawable drawable, int x, int y)
{
    XImage *image = XGetImage(dpy, drawable, x, y, 1, 1, AllPlanes, ZPixmap);
    CHECK(image != NULL);
    uint32_t colour = (uint32_t)XGetPixel(image, 0, 0) & 0xffffff;
    XDestroyImage(image);
    return colour;
}

void expect_colour(Display *dpy, Drawable drawable, int x, int y, uint32_t colour)
{
    uint32_t found = 0;
    for (int ms = 0; ms < PATIENCE_MS; ms += 5) {
        found = colour_at(dpy, drawable, x, y);
        if (found == colour) {
            return;
        }
        usleep(5000);
    }
    CHECK_SAYING(found == colour, "at %d,%d: %06x instead of %06x", x, y, found, colour);
}

uint32_t read_colour(int x, int y)
{
    uint8_t rgba[4] = {1, 2, 3, 4};
    glReadPixels(x, y, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    return (uint32_t)rgba[0] << 16 | (uint32_t)rgba[1] << 8 | rgba[2];
}

void clear_to(uint32_t colour)
{
    glClearColor((float)(colour >> 16 & 0xff) / 255.0f, (float)(colour >> 8 & 0xff) / 255.0f,
                 (float)(colour & 0xff) / 255.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

static int last_error;

static int keep_error(Display *dpy, XErrorEvent *event)
{
    last_error = event->error_code;
    return 0;
}

void catch_errors(void)
{
    last_error = 0;
    XSetErrorHandler(keep_error);
}

int caught_error(Display *dpy)
{
    XSync(dpy, False);
    int error = last_error;
    last_error = 0;
    return error;
}

static const struct glx_check *const all_checks[] = {drawing_checks,  context_checks, thread_checks,
                                                     drawable_checks, debug_checks,   copy_checks,
                                                     trouble_checks};

int main(int argc, char **argv)
{
    for (unsigned i = 0; i < sizeof all_checks / sizeof all_checks[0]; i++) {
        for (const struct glx_check *one = all_checks[i]; one->name; one++) {
            if (argc < 2 && all_checks[i] != trouble_checks) {
                puts(one->name);
            } else if (argc >= 2 && strcmp(one->name, argv[1]) == 0) {
                one->run();
                return 0;
            }
        }
    }
    if (argc < 2) {
        return 0;
    }
    fprintf(stderr, "usage: %s [CHECK]; without one: lists those that need nothing special\n",
            argv[0]);
    return 2;
}
