/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/surface_copier.h"

enum {
    GL_DEPTH_BUFFER_BIT = 0x0100,
    GL_STENCIL_BUFFER_BIT = 0x0400,
    GL_COLOR_BUFFER_BIT = 0x4000,
    GL_NEAREST = 0x2600,
    GL_BGRA = 0x80E1,
    GL_UNSIGNED_INT_8_8_8_8_REV = 0x8367,
};

/* Any GL that this was built for has these: display_open() wants 3.0, compatibility contexts. */
static void blit(unsigned width, unsigned height, unsigned mask)
{
    int w = (int)width, h = (int)height;
    void (*function)(int, int, int, int, int, int, int, int, unsigned, unsigned) =
        (void (*)(int, int, int, int, int, int, int, int, unsigned, unsigned))eglGetProcAddress(
            "glBlitFramebuffer");
    if (function) {
        function(0, 0, w, h, 0, 0, w, h, mask, GL_NEAREST);
    }
}

static void draw_pixels(unsigned width, unsigned height, const void *pixels)
{
    void (*place)(int, int) = (void (*)(int, int))eglGetProcAddress("glWindowPos2i");
    void (*draw)(int, int, unsigned, unsigned, const void *) =
        (void (*)(int, int, unsigned, unsigned, const void *))eglGetProcAddress("glDrawPixels");
    if (place && draw) {
        place(0, 0);
        draw((int)width, (int)height, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, pixels);
    }
}

void surface_copier_init(struct surface_copier *copier, const struct display *display)
{
    copier->display = display;
    copier->egl = EGL_NO_CONTEXT;
}

void surface_copier_finish(struct surface_copier *copier)
{
    if (copier->egl != EGL_NO_CONTEXT) {
        eglDestroyContext(copier->display->egl, copier->egl);
        copier->egl = EGL_NO_CONTEXT;
    }
}

/* What the current context has drawn is seen by others once it is done. */
static bool enter(struct surface_copier *copier, EGLSurface draw, EGLSurface read)
{
    eglWaitClient();
    if (copier->egl == EGL_NO_CONTEXT) {
        const struct trireme_context_create any = {0};
        EGLint egl_error;
        copier->egl = display_create_context(copier->display, EGL_NO_CONTEXT, &any, &egl_error);
    }
    return copier->egl != EGL_NO_CONTEXT &&
           eglMakeCurrent(copier->display->egl, draw, read, copier->egl);
}

void surface_copier_copy(struct surface_copier *copier, EGLSurface from, EGLSurface to,
                         enum surface_part part, uint32_t width, uint32_t height)
{
    if (enter(copier, to, from)) {
        blit(width, height,
             part == SURFACE_COLOR ? GL_COLOR_BUFFER_BIT
                                   : GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
        eglWaitClient();
    }
}

void surface_copier_put(struct surface_copier *copier, EGLSurface to, const void *pixels,
                        uint32_t width, uint32_t height)
{
    if (enter(copier, to, to)) {
        draw_pixels(width, height, pixels);
        eglWaitClient();
    }
}
