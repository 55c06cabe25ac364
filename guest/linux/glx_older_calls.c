/* SPDX-License-Identifier: MIT */
/*
 * Calls of GLX_SGIX_fbconfig and GLX_SGIX_pbuffer that differ a little from what GLX 1.3 made of
 * them: they call libGLX's functions of GLX 1.3, so that libGLX learns whose the drawable is.
 */
#include <dlfcn.h>

#include "guest/linux/glx_calls.h"

#define PBUFFER_ATTRIBUTES 10

/* libGLX is loaded: it has called this library. */
void *glx_libglx_function(const char *name)
{
    static void *handle;
    if (!handle) {
        handle = dlopen("libGLX.so.0", RTLD_LAZY | RTLD_NOLOAD);
    }
    return handle ? dlsym(handle, name) : NULL;
}

GLXPixmap trireme_glXCreateGLXPixmapWithConfigSGIX(Display *dpy, GLXFBConfigSGIX config,
                                                   Pixmap pixmap)
{
    GLXPixmap (*call)(Display *, GLXFBConfig, Pixmap, const int *) =
        glx_libglx_function("glXCreatePixmap");
    return call ? call(dpy, config, pixmap, NULL) : None;
}

GLXPbuffer trireme_glXCreateGLXPbufferSGIX(Display *dpy, GLXFBConfigSGIX config, unsigned int width,
                                           unsigned int height, int *attributes)
{
    GLXPbuffer (*call)(Display *, GLXFBConfig, const int *) =
        glx_libglx_function("glXCreatePbuffer");
    int list[PBUFFER_ATTRIBUTES + 2] = {GLX_PBUFFER_WIDTH, (int)width, GLX_PBUFFER_HEIGHT,
                                        (int)height};
    unsigned length = 4;
    for (; attributes && attributes[0] != None && length < PBUFFER_ATTRIBUTES; attributes += 2) {
        list[length++] = attributes[0];
        list[length++] = attributes[1];
    }
    list[length] = None;
    return call ? call(dpy, config, list) : None;
}

void trireme_glXQueryGLXPbufferSGIX(Display *dpy, GLXPbufferSGIX pbuffer, int attribute,
                                    unsigned int *value)
{
    void (*call)(Display *, GLXDrawable, int, unsigned int *) =
        glx_libglx_function("glXQueryDrawable");
    if (call) {
        call(dpy, pbuffer, attribute, value);
    }
}
