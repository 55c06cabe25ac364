/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_spare_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "dispatch/gl_host_state.h"

/* A compatibility context that shares with the current one. */
static EGLContext create(EGLDisplay display, EGLContext current, bool lose_on_reset)
{
    EGLint id = 0, count = 0;
    EGLConfig config = NULL;
    const EGLint robust[] = {EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE,
                             EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY,
                             EGL_LOSE_CONTEXT_ON_RESET, EGL_NONE};
    eglQueryContext(display, current, EGL_CONFIG_ID, &id);
    const EGLint by_id[] = {EGL_CONFIG_ID, id, EGL_NONE};
    if (id == 0 || !eglChooseConfig(display, by_id, &config, 1, &count) || count == 0) {
        config = EGL_NO_CONFIG_KHR;
    }
    return eglCreateContext(display, config, current, lose_on_reset ? robust : NULL);
}

bool gl_spare_context_enter(struct gl_decoder *d)
{
    struct gl_spare_context *spare = &d->host->spare;
    spare->display = eglGetCurrentDisplay();
    spare->home = eglGetCurrentContext();
    spare->draw = eglGetCurrentSurface(EGL_DRAW);
    spare->read = eglGetCurrentSurface(EGL_READ);
    if (!spare->context) {
        spare->context = create(spare->display, spare->home, true);
    }
    if (!spare->context) {
        spare->context = create(spare->display, spare->home, false);
    }
    return spare->context &&
           eglMakeCurrent(spare->display, EGL_NO_SURFACE, EGL_NO_SURFACE, spare->context);
}

void gl_spare_context_leave(struct gl_decoder *d)
{
    struct gl_spare_context *spare = &d->host->spare;
    eglMakeCurrent(spare->display, spare->draw, spare->read, spare->home);
}

void gl_spare_context_destroy(struct gl_decoder *d)
{
    struct gl_spare_context *spare = &d->host->spare;
    if (spare->context) {
        eglDestroyContext(spare->display, spare->context);
        spare->context = NULL;
    }
}
