/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gl_window.h"

#include <stdio.h>
#include <stdlib.h>

static const int framebuffer[] = {
    GLX_DOUBLEBUFFER, True, GLX_RED_SIZE, 8, GLX_GREEN_SIZE, 8, GLX_BLUE_SIZE, 8, None,
};

typedef GLXContext (*create_context)(Display *, GLXFBConfig, GLXContext, Bool, const int *);

static void need(int fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

static Bool is_mapped(Display *display, XEvent *event, XPointer window)
{
    return event->type == MapNotify && event->xmap.window == *(Window *)window;
}

static Window create_window(Display *display, const XVisualInfo *visual, int width, int height)
{
    Window root = RootWindow(display, visual->screen), window;
    XSetWindowAttributes attributes = {
        .colormap = XCreateColormap(display, root, visual->visual, AllocNone),
        .event_mask = StructureNotifyMask,
    };
    XEvent event;
    window = XCreateWindow(display, root, 0, 0, width, height, 0, visual->depth, InputOutput,
                           visual->visual, CWBorderPixel | CWColormap | CWEventMask, &attributes);
    XMapWindow(display, window);
    XIfEvent(display, &event, is_mapped, (XPointer)&window);
    return window;
}

void gl_window_open(struct gl_window *window, int width, int height, const int *context_attributes)
{
    Display *display = window->display = XOpenDisplay(NULL);
    need(display != NULL, "XOpenDisplay");
    int count = 0;
    GLXFBConfig *configs = glXChooseFBConfig(display, DefaultScreen(display), framebuffer, &count);
    need(count > 0, "glXChooseFBConfig");
    XVisualInfo *visual = glXGetVisualFromFBConfig(display, configs[0]);
    need(visual != NULL, "glXGetVisualFromFBConfig");
    window->window = create_window(display, visual, width, height);
    if (context_attributes) {
        create_context create =
            (create_context)glXGetProcAddress((const GLubyte *)"glXCreateContextAttribsARB");
        window->context = create(display, configs[0], NULL, True, context_attributes);
    } else {
        window->context = glXCreateNewContext(display, configs[0], GLX_RGBA_TYPE, NULL, True);
    }
    need(window->context != NULL, "creating a context");
    need(glXMakeCurrent(display, window->window, window->context), "glXMakeCurrent");
    XFree(visual);
    XFree(configs);
}

void gl_window_close(struct gl_window *window)
{
    glXMakeCurrent(window->display, None, NULL);
    glXDestroyContext(window->display, window->context);
    XCloseDisplay(window->display);
}
