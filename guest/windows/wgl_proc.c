/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "guest/common/context_hooks.h"
#include "guest/windows/wgl.h"

#define EXTENSIONS                                                                                 \
    "WGL_3DFX_gamma_control "                                                                      \
    "WGL_ARB_create_context "                                                                      \
    "WGL_ARB_create_context_no_error "                                                             \
    "WGL_ARB_create_context_profile "                                                              \
    "WGL_ARB_extensions_string "                                                                   \
    "WGL_ARB_framebuffer_sRGB "                                                                    \
    "WGL_ARB_make_current_read "                                                                   \
    "WGL_ARB_multisample "                                                                         \
    "WGL_ARB_pbuffer "                                                                             \
    "WGL_ARB_pixel_format "                                                                        \
    "WGL_ARB_render_texture "                                                                      \
    "WGL_EXT_extensions_string "                                                                   \
    "WGL_EXT_framebuffer_sRGB "                                                                    \
    "WGL_EXT_swap_control "                                                                        \
    "WGL_EXT_swap_control_tear "                                                                   \
    "WGL_I3D_gamma"

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
    return has_robustness(context_current()) ? EXTENSIONS " WGL_ARB_create_context_robustness"
                                             : EXTENSIONS;
}

const char *WINAPI trireme_wglGetExtensionsStringARB(HDC dc)
{
    if (!dc) {
        SetLastError(ERROR_INVALID_HANDLE);
        return NULL;
    }
    return trireme_wglGetExtensionsStringEXT();
}

static const struct {
    const char *name;
    void *function;
} calls[] = {
    {"wglBindTexImageARB", trireme_wglBindTexImageARB},
    {"wglChoosePixelFormatARB", trireme_wglChoosePixelFormatARB},
    {"wglCreateContextAttribsARB", trireme_wglCreateContextAttribsARB},
    {"wglCreatePbufferARB", trireme_wglCreatePbufferARB},
    {"wglDestroyPbufferARB", trireme_wglDestroyPbufferARB},
    {"wglGetCurrentReadDCARB", trireme_wglGetCurrentReadDCARB},
    {"wglGetDeviceGammaRamp3DFX", trireme_wglGetDeviceGammaRamp3DFX},
    {"wglGetExtensionsStringARB", trireme_wglGetExtensionsStringARB},
    {"wglGetExtensionsStringEXT", trireme_wglGetExtensionsStringEXT},
    {"wglGetGammaTableI3D", trireme_wglGetGammaTableI3D},
    {"wglGetGammaTableParametersI3D", trireme_wglGetGammaTableParametersI3D},
    {"wglGetPbufferDCARB", trireme_wglGetPbufferDCARB},
    {"wglGetPixelFormatAttribfvARB", trireme_wglGetPixelFormatAttribfvARB},
    {"wglGetPixelFormatAttribivARB", trireme_wglGetPixelFormatAttribivARB},
    {"wglGetSwapIntervalEXT", trireme_wglGetSwapIntervalEXT},
    {"wglMakeContextCurrentARB", trireme_wglMakeContextCurrentARB},
    {"wglQueryPbufferARB", trireme_wglQueryPbufferARB},
    {"wglReleasePbufferDCARB", trireme_wglReleasePbufferDCARB},
    {"wglReleaseTexImageARB", trireme_wglReleaseTexImageARB},
    {"wglSetDeviceGammaRamp3DFX", trireme_wglSetDeviceGammaRamp3DFX},
    {"wglSetGammaTableI3D", trireme_wglSetGammaTableI3D},
    {"wglSetGammaTableParametersI3D", trireme_wglSetGammaTableParametersI3D},
    {"wglSetPbufferAttribARB", trireme_wglSetPbufferAttribARB},
    {"wglSwapIntervalEXT", trireme_wglSwapIntervalEXT},
};

static void *find_call(const char *name)
{
    for (unsigned i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(calls[i].name, name) == 0) {
            return calls[i].function;
        }
    }
    return context_entry_point(name);
}

PROC WINAPI trireme_wglGetProcAddress(LPCSTR name)
{
    void *function = name ? find_call(name) : NULL;
    if (!function) {
        SetLastError(ERROR_PROC_NOT_FOUND);
    }
    return (PROC)function;
}

PROC WINAPI trireme_wglGetDefaultProcAddress(LPCSTR name)
{
    return trireme_wglGetProcAddress(name);
}
