/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/drawable.h"

#include "contexts/contexts_error.h"

/* GL_COLOR_BUFFER_BIT, GL_DEPTH_BUFFER_BIT, GL_STENCIL_BUFFER_BIT */
#define CLEAR_ALL (0x4000u | 0x0100u | 0x0400u)

uint64_t drawable_bytes(const struct display_config *config, uint32_t width, uint32_t height)
{
    uint64_t samples = config->config.samples > 1 ? config->config.samples : 1;
    uint64_t deep = config->config.depth > 0 || config->config.stencil > 0;
    return (uint64_t)width * height * 4 * (1 + (samples > 1 ? samples : 0) + samples * deep);
}

/*
 * Fresh pbuffers hold what the driver found in memory, which may be another guest's. A context of
 * their own clears them, so that no state of a guest's context has a say.
 */
static bool clear_surface(const struct display *display, const struct display_config *config,
                          EGLSurface surface)
{
    EGLContext before = eglGetCurrentContext();
    EGLSurface draw = eglGetCurrentSurface(EGL_DRAW), read = eglGetCurrentSurface(EGL_READ);
    void (*clear)(unsigned mask) = (void (*)(unsigned))eglGetProcAddress("glClear");
    void (*finish)(void) = (void (*)(void))eglGetProcAddress("glFinish");
    EGLContext own = eglCreateContext(display->egl, config->egl, EGL_NO_CONTEXT, NULL);
    bool cleared = clear && finish && own != EGL_NO_CONTEXT &&
                   eglMakeCurrent(display->egl, surface, surface, own);
    if (cleared) {
        clear(CLEAR_ALL);
        finish();
    }
    if (before != EGL_NO_CONTEXT) {
        cleared = eglMakeCurrent(display->egl, draw, read, before) && cleared;
    } else {
        eglMakeCurrent(display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    if (own != EGL_NO_CONTEXT) {
        eglDestroyContext(display->egl, own);
    }
    return cleared;
}

static EGLSurface create_surface(const struct display *display, const struct display_config *config,
                                 uint32_t width, uint32_t height, GError **error)
{
    EGLint attributes[] = {EGL_WIDTH, (EGLint)width, EGL_HEIGHT, (EGLint)height, EGL_NONE};
    EGLSurface surface = eglCreatePbufferSurface(display->egl, config->egl, attributes);
    if (surface == EGL_NO_SURFACE || !clear_surface(display, config, surface)) {
        g_autofree char *what = g_strdup_printf("no pbuffer of %u x %u pixels", width, height);
        contexts_set_egl_error(error, what);
        if (surface != EGL_NO_SURFACE) {
            eglDestroySurface(display->egl, surface);
        }
        return EGL_NO_SURFACE;
    }
    return surface;
}

struct drawable *drawable_create(const struct display *display, uint32_t id, uint32_t kind,
                                 const struct display_config *config, uint32_t width,
                                 uint32_t height, GError **error)
{
    EGLSurface surface = create_surface(display, config, width, height, error);
    if (surface == EGL_NO_SURFACE) {
        return NULL;
    }
    struct drawable *drawable = g_new0(struct drawable, 1);
    g_atomic_ref_count_init(&drawable->references);
    drawable->display = display;
    drawable->id = id;
    drawable->kind = kind;
    drawable->config = config;
    drawable->turn = gl_turn_create();
    drawable->surface = surface;
    drawable->front = EGL_NO_SURFACE;
    drawable->width = width;
    drawable->height = height;
    return drawable;
}

struct drawable *drawable_ref(struct drawable *drawable)
{
    g_atomic_ref_count_inc(&drawable->references);
    return drawable;
}

void drawable_unref(struct drawable *drawable)
{
    if (!drawable || !g_atomic_ref_count_dec(&drawable->references)) {
        return;
    }
    drawable_drop_front(drawable);
    g_free(drawable->accum);
    eglDestroySurface(drawable->display->egl, drawable->surface);
    gl_turn_destroy(drawable->turn);
    g_free(drawable);
}

bool drawable_is_shared(const struct drawable *drawable)
{
    return g_atomic_int_get(&drawable->users) > 1;
}

bool drawable_make_front(struct drawable *drawable, GError **error)
{
    drawable->front = create_surface(drawable->display, drawable->config, drawable->width,
                                     drawable->height, error);
    return drawable->front != EGL_NO_SURFACE;
}

void drawable_drop_front(struct drawable *drawable)
{
    if (drawable->front != EGL_NO_SURFACE) {
        eglDestroySurface(drawable->display->egl, drawable->front);
        drawable->front = EGL_NO_SURFACE;
        drawable->depth_in_front = false;
    }
}

bool drawable_resize(struct drawable *drawable, uint32_t width, uint32_t height, GError **error)
{
    EGLSurface surface = create_surface(drawable->display, drawable->config, width, height, error);
    if (surface == EGL_NO_SURFACE) {
        return false;
    }
    EGLSurface front = EGL_NO_SURFACE;
    if (drawable->front != EGL_NO_SURFACE) {
        front = create_surface(drawable->display, drawable->config, width, height, error);
        if (front == EGL_NO_SURFACE) {
            eglDestroySurface(drawable->display->egl, surface);
            return false;
        }
    }
    /* EGL keeps the old surfaces for as long as a context has them current. */
    drawable_drop_front(drawable);
    eglDestroySurface(drawable->display->egl, drawable->surface);
    drawable->front = front;
    g_clear_pointer(&drawable->accum, g_free);
    drawable->surface = surface;
    drawable->width = width;
    drawable->height = height;
    return true;
}
