/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <stddef.h>

static EGLDisplay display;
static EGLContext context;

static bool make_current(const EGLint *attributes)
{
    static const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE,
                                    EGL_PBUFFER_BIT, EGL_NONE};
    EGLConfig config;
    EGLint count;
    if (!eglBindAPI(EGL_OPENGL_API) || !eglChooseConfig(display, wanted, &config, 1, &count) ||
        count < 1) {
        return false;
    }
    context = eglCreateContext(display, config, EGL_NO_CONTEXT, attributes);
    return context && eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context);
}

bool egl_context_make(int major, int minor, bool core)
{
    const EGLint attributes[] = {
        EGL_CONTEXT_MAJOR_VERSION,
        major > 0 ? major : 1,
        EGL_CONTEXT_MINOR_VERSION,
        minor,
        EGL_CONTEXT_OPENGL_PROFILE_MASK,
        core ? EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT : EGL_CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT,
        EGL_NONE,
    };
    display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    return display && eglInitialize(display, NULL, NULL) && make_current(attributes);
}

void egl_context_unmake(void)
{
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display, context);
    eglTerminate(display);
}
