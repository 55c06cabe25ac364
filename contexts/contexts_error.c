/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/contexts_error.h"

#define EGL_NO_X11
#include <EGL/egl.h>

G_DEFINE_QUARK(trireme_contexts_error, contexts_error)

const char *egl_error_name(int error)
{
    static const char *const names[] = {
        "EGL_SUCCESS",       "EGL_NOT_INITIALIZED",     "EGL_BAD_ACCESS",
        "EGL_BAD_ALLOC",     "EGL_BAD_ATTRIBUTE",       "EGL_BAD_CONFIG",
        "EGL_BAD_CONTEXT",   "EGL_BAD_CURRENT_SURFACE", "EGL_BAD_DISPLAY",
        "EGL_BAD_MATCH",     "EGL_BAD_NATIVE_PIXMAP",   "EGL_BAD_NATIVE_WINDOW",
        "EGL_BAD_PARAMETER", "EGL_BAD_SURFACE",         "EGL_CONTEXT_LOST",
    };
    if (error < EGL_SUCCESS || error >= EGL_SUCCESS + (int)G_N_ELEMENTS(names)) {
        return "an unknown EGL error";
    }
    return names[error - EGL_SUCCESS];
}

bool contexts_set_egl_error(GError **error, const char *what)
{
    EGLint code = eglGetError();
    g_set_error(error, CONTEXTS_ERROR, code, "%s: %s", what, egl_error_name(code));
    return false;
}
