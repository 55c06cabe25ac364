/* SPDX-License-Identifier: MIT */
#include "guest/common/context_hooks.h"
#include "guest/common/message.h"
#include "guest/windows/wgl.h"
#include "guest/windows/wgl_statistics.h"

/* Robust contexts are worth nothing to a program without the OpenGL commands that go with them. */
static bool has_robustness(const struct context *context)
{
    struct gl_strings *strings = context ? &context->encoder.state->strings : NULL;
    return strings && gl_strings_fetch(strings, gl_encoder_current()) &&
           (gl_strings_have(strings, "GL_ARB_robustness") ||
            gl_strings_have(strings, "GL_KHR_robustness"));
}

const char *WINAPI trireme_wglGetExtensionsStringEXT(void)
{
    return has_robustness(context_current()) ? WGL_EXTENSIONS " WGL_ARB_create_context_robustness"
                                             : WGL_EXTENSIONS;
}

const char *WINAPI trireme_wglGetExtensionsStringARB(HDC dc)
{
    if (!dc) {
        SetLastError(ERROR_INVALID_HANDLE);
        return NULL;
    }
    return trireme_wglGetExtensionsStringEXT();
}

static void *find_call(const char *name)
{
    if (strcmp(name, WGL_GET_STATISTICS) == 0) {
        return (void *)wgl_get_statistics;
    }
    void *call = wgl_extension_call(name);
    return call ? call : context_entry_point(name);
}

PROC WINAPI trireme_wglGetProcAddress(LPCSTR name)
{
    void *function = name ? find_call(name) : NULL;
    if (!function) {
        message_debug("wglGetProcAddress: no %s", name ? name : "name");
        SetLastError(ERROR_PROC_NOT_FOUND);
    }
    return (PROC)function;
}

PROC WINAPI trireme_wglGetDefaultProcAddress(LPCSTR name)
{
    return trireme_wglGetProcAddress(name);
}
