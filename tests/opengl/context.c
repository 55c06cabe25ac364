/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/context.h"

#include <EGL/eglext.h>
#include <glib.h>

#include "tests/opengl/pair.h"

void test_context_create(struct test_context *c, bool core)
{
    static const EGLint config_attribs[] = {EGL_SURFACE_TYPE,
                                            EGL_PBUFFER_BIT,
                                            EGL_RENDERABLE_TYPE,
                                            EGL_OPENGL_BIT,
                                            EGL_RED_SIZE,
                                            8,
                                            EGL_GREEN_SIZE,
                                            8,
                                            EGL_BLUE_SIZE,
                                            8,
                                            EGL_ALPHA_SIZE,
                                            8,
                                            EGL_DEPTH_SIZE,
                                            24,
                                            EGL_STENCIL_SIZE,
                                            8,
                                            EGL_NONE};
    static const EGLint surface_attribs[] = {EGL_WIDTH, PAIR_SIZE, EGL_HEIGHT, PAIR_SIZE, EGL_NONE};
    const EGLint context_attribs[] = {EGL_CONTEXT_MAJOR_VERSION,
                                      4,
                                      EGL_CONTEXT_MINOR_VERSION,
                                      core ? 3 : 0,
                                      EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                      core ? EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT
                                           : EGL_CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT,
                                      EGL_CONTEXT_OPENGL_ROBUST_ACCESS,
                                      EGL_TRUE,
                                      EGL_NONE};
    EGLConfig config;
    EGLint count = 0;
    c->display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    g_assert_true(eglInitialize(c->display, NULL, NULL));
    g_assert_true(eglBindAPI(EGL_OPENGL_API));
    eglChooseConfig(c->display, config_attribs, &config, 1, &count);
    g_assert_cmpint(count, ==, 1);
    c->surface = eglCreatePbufferSurface(c->display, config, surface_attribs);
    c->context = eglCreateContext(c->display, config, EGL_NO_CONTEXT, context_attribs);
    g_assert_true(c->context != EGL_NO_CONTEXT);
    test_context_current(c);
}

void test_context_current(const struct test_context *c)
{
    g_assert_true(eglMakeCurrent(c->display, c->surface, c->surface, c->context));
}

void test_context_destroy(struct test_context *c)
{
    eglMakeCurrent(c->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(c->display, c->context);
    eglDestroySurface(c->display, c->surface);
}
