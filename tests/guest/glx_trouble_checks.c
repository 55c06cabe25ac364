/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks that test_glx.py prepares trouble for: they run with Trireme only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "glx_checks.h"

#define GREEN 0x00ff00u
#define GREATEST_CONTEXTS 300

/* Draws until it is killed. Says so once it does. */
static void draw_for_ever(void)
{
    struct window window = open_default_window();
    CHECK(glXMakeCurrent(window.dpy, window.window, create_context(&window, NULL)));
    for (uint32_t i = 0;; i++) {
        clear_to(i & 0xffffff);
        glXSwapBuffers(window.dpy, window.window);
        if (i == 3) {
            puts("drawing");
            fflush(stdout);
        }
    }
}

/* Draws until the context is lost, goes on calling for a while, then starts anew. */
static void survive_the_server(void)
{
    struct window window = open_default_window();
    CHECK(glXMakeCurrent(window.dpy, window.window, create_context(&window, NULL)));
    GLenum (*reset_status)(void) =
        (void *)glXGetProcAddress((const GLubyte *)"glGetGraphicsResetStatusARB");
    CHECK(reset_status() == GL_NO_ERROR);
    puts("drawing");
    fflush(stdout);
    GLenum status;
    while ((status = reset_status()) == GL_NO_ERROR) {
        clear_to(GREEN);
        glXSwapBuffers(window.dpy, window.window);
    }
    CHECK(status == GL_UNKNOWN_CONTEXT_RESET);
    for (int i = 0; i < 1000; i++) {
        clear_to(GREEN);
        read_colour(0, 0);
        CHECK(glGetError() == GL_NO_ERROR);
        glFinish();
        glXSwapBuffers(window.dpy, window.window);
    }
    puts("lost");
    fflush(stdout);
    getchar();
    GLXContext fresh = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, fresh));
    clear_to(GREEN);
    CHECK(read_colour(0, 0) == GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
    CHECK(reset_status() == GL_NO_ERROR);
}

/* Until there is none left: NULL, and room again after one was destroyed. */
static void no_free_slot(void)
{
    struct window window = open_default_window();
    GLXContext contexts[GREATEST_CONTEXTS];
    int count = 0;
    while (count < GREATEST_CONTEXTS &&
           (contexts[count] =
                glXCreateNewContext(window.dpy, window.config, GLX_RGBA_TYPE, NULL, True))) {
        count++;
    }
    CHECK_SAYING(count > 5 && count < GREATEST_CONTEXTS, "(%d)", count);
    glXDestroyContext(window.dpy, contexts[2]);
    GLXContext again = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, again));
    clear_to(GREEN);
    CHECK(read_colour(0, 0) == GREEN);
}

/* No server: no configurations, no context, no crash. */
static void nothing_there(void)
{
    Display *dpy = XOpenDisplay(NULL);
    int count = -1;
    CHECK(glXGetFBConfigs(dpy, DefaultScreen(dpy), &count) == NULL);
    CHECK(glXChooseFBConfig(dpy, DefaultScreen(dpy), NULL, &count) == NULL);
    int attributes[] = {GLX_RGBA, None};
    CHECK(glXChooseVisual(dpy, DefaultScreen(dpy), attributes) == NULL);
    CHECK(glXQueryExtensionsString(dpy, DefaultScreen(dpy)) != NULL);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* With gl-version=1.4, extensions-year=1998, extensions-bytes=200, hide-extensions=GL_EXT_abgr
 * GL_ARB_*, samples=4 and frame-rate=20. */
static void limited_by_options(void)
{
    struct window window = open_default_window();
    catch_errors();
    int too_new[] = {GLX_CONTEXT_MAJOR_VERSION_ARB, 2, GLX_CONTEXT_MINOR_VERSION_ARB, 1, None};
    CHECK(!glXCreateContextAttribsARB(window.dpy, window.config, NULL, True, too_new));
    CHECK(glXMakeCurrent(window.dpy, window.window, create_context(&window, NULL)));
    const char *version = (const char *)glGetString(GL_VERSION);
    CHECK_SAYING(strncmp(version, "1.4", 3) == 0, "(%s)", version);
    const char *extensions = (const char *)glGetString(GL_EXTENSIONS);
    CHECK_SAYING(strlen(extensions) > 100 && strlen(extensions) <= 200, "(%s)", extensions);
    CHECK(!strstr(extensions, "GL_EXT_abgr") && !strstr(extensions, "GL_ARB_"));
    CHECK(strstr(extensions, "GL_EXT_blend_color"));
    CHECK(!strstr(extensions, "GL_EXT_fog_coord"));
    GLint samples = 0;
    glGetIntegerv(GL_SAMPLES, &samples);
    CHECK_SAYING(samples == 4, "(%d)", samples);
    clear_to(GREEN);
    int64_t start = now_ms();
    for (int i = 0; i < 8; i++) {
        glXSwapBuffers(window.dpy, window.window);
    }
    glFinish();
    /* The first frame comes at once, 7 periods lie between the others. */
    CHECK_SAYING(now_ms() - start >= 7 * 50 - 10, "(%d ms)", (int)(now_ms() - start));
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
}

const struct glx_check trouble_checks[] = {
    {"draw_for_ever", draw_for_ever},
    {"survive_the_server", survive_the_server},
    {"no_free_slot", no_free_slot},
    {"nothing_there", nothing_there},
    {"limited_by_options", limited_by_options},
    {0},
};
