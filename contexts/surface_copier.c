/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/surface_copier.h"

enum {
    GL_DEPTH_BUFFER_BIT = 0x0100,
    GL_STENCIL_BUFFER_BIT = 0x0400,
    GL_COLOR_BUFFER_BIT = 0x4000,
    GL_NEAREST = 0x2600,
    GL_UNSIGNED_BYTE = 0x1401,
    GL_RGBA = 0x1908,
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

static void draw_pixels(const struct accum_box *box, unsigned format, unsigned type,
                        const void *pixels)
{
    void (*place)(int, int) = (void (*)(int, int))eglGetProcAddress("glWindowPos2i");
    void (*draw)(int, int, unsigned, unsigned, const void *) =
        (void (*)(int, int, unsigned, unsigned, const void *))eglGetProcAddress("glDrawPixels");
    if (place && draw) {
        place((int)box->x, (int)box->y);
        draw((int)box->width, (int)box->height, format, type, pixels);
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
        const struct accum_box all = {0, 0, width, height};
        draw_pixels(&all, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, pixels);
        eglWaitClient();
    }
}

void surface_copier_read(struct surface_copier *copier, EGLSurface from,
                         const struct accum_box *box, uint8_t *pixels)
{
    void (*read)(int, int, int, int, unsigned, unsigned, void *) =
        (void (*)(int, int, int, int, unsigned, unsigned, void *))eglGetProcAddress("glReadPixels");
    if (read && enter(copier, from, from)) {
        read((int)box->x, (int)box->y, (int)box->width, (int)box->height, GL_RGBA, GL_UNSIGNED_BYTE,
             pixels);
    }
}

void surface_copier_write(struct surface_copier *copier, EGLSurface to, const struct accum_box *box,
                          const uint8_t *pixels, const uint8_t mask[4])
{
    void (*set_mask)(uint8_t, uint8_t, uint8_t, uint8_t) =
        (void (*)(uint8_t, uint8_t, uint8_t, uint8_t))eglGetProcAddress("glColorMask");
    if (set_mask && enter(copier, to, to)) {
        set_mask(mask[0], mask[1], mask[2], mask[3]);
        draw_pixels(box, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
        set_mask(1, 1, 1, 1);
        eglWaitClient();
    }
}
