/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks that test_glx.py prepares trouble for: they run with Trireme only. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
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

const struct glx_check trouble_checks[] = {
    {"draw_for_ever", draw_for_ever},
    {"survive_the_server", survive_the_server},
    {"no_free_slot", no_free_slot},
    {"nothing_there", nothing_there},
    {0},
};
