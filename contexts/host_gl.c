/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/host_gl.h"

#define EGL_NO_X11
#include <EGL/egl.h>
#include <string.h>

#define GL_EXTENSIONS 0x1F03
#define GL_NUM_EXTENSIONS 0x821D
#define GL_CONTEXT_PROFILE_MASK 0x9126
#define GL_CONTEXT_CORE_PROFILE_BIT 0x1
#define GL_MAJOR_VERSION 0x821B
#define GL_MINOR_VERSION 0x821C

static bool has_extension(const struct host_gl *gl, const char *name)
{
    const char *(*get_stringi)(unsigned, unsigned) =
        (const char *(*)(unsigned, unsigned))eglGetProcAddress("glGetStringi");
    int count = 0;
    gl->get_integerv(GL_NUM_EXTENSIONS, &count);
    for (int i = 0; get_stringi && i < count; i++) {
        if (strcmp(get_stringi(GL_EXTENSIONS, (unsigned)i), name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_core_profile(const struct host_gl *gl)
{
    int major = 0, minor = 0, mask = 0;
    gl->get_integerv(GL_MAJOR_VERSION, &major);
    gl->get_integerv(GL_MINOR_VERSION, &minor);
    if (major * 10 + minor >= 32) {
        gl->get_integerv(GL_CONTEXT_PROFILE_MASK, &mask);
        return mask & GL_CONTEXT_CORE_PROFILE_BIT;
    }
    return major * 10 + minor == 31 && !has_extension(gl, "GL_ARB_compatibility");
}

bool host_gl_load(struct host_gl *gl, bool robust)
{
    const struct {
        const char *name;
        void (**function)(void);
    } wanted[] = {
        {"glGetIntegerv", (void (**)(void)) & gl->get_integerv},
        {"glGetFloatv", (void (**)(void)) & gl->get_floatv},
        {"glViewport", (void (**)(void)) & gl->viewport},
        {"glScissor", (void (**)(void)) & gl->scissor},
        {"glDrawBuffer", (void (**)(void)) & gl->draw_buffer},
        {"glReadBuffer", (void (**)(void)) & gl->read_buffer},
        {"glBindFramebuffer", (void (**)(void)) & gl->bind_framebuffer},
        {"glBindBuffer", (void (**)(void)) & gl->bind_buffer},
        {"glPixelStorei", (void (**)(void)) & gl->pixel_storei},
        {"glPixelTransferf", (void (**)(void)) & gl->pixel_transferf},
        {"glReadPixels", (void (**)(void)) & gl->read_pixels},
    };
    memset(gl, 0, sizeof *gl);
    for (unsigned i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        *wanted[i].function = eglGetProcAddress(wanted[i].name);
        if (!*wanted[i].function) {
            return false;
        }
    }
    gl->compatibility = !is_core_profile(gl);
    gl->pack_invert = has_extension(gl, "GL_MESA_pack_invert");
    if (robust) {
        const char *name = has_extension(gl, "GL_KHR_robustness") ? "glGetGraphicsResetStatus"
                                                                  : "glGetGraphicsResetStatusARB";
        gl->get_graphics_reset_status = (unsigned (*)(void))eglGetProcAddress(name);
    }
    return true;
}
