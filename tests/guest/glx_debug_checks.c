/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug output: on which thread a callback comes, and when. */
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "glx_checks.h"

struct listener {
    pthread_t thread; /* whose calls these are */
    unsigned calls;
    unsigned errors; /* of the API */
    char last[200];
    bool leave; /* the callback gives the context up */
    struct window *window;
    GLXContext context;
};

static void APIENTRY listen(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
                            const GLchar *text, const void *parameter)
{
    struct listener *listener = (struct listener *)parameter;
    CHECK(pthread_equal(pthread_self(), listener->thread));
    CHECK_SAYING(strlen(text) == (size_t)length, "(%d: %s)", length, text);
    listener->calls++;
    listener->errors += source == GL_DEBUG_SOURCE_API && type == GL_DEBUG_TYPE_ERROR;
    strncpy(listener->last, text, sizeof listener->last - 1);
    if (listener->leave) {
        CHECK(glXMakeCurrent(listener->window->dpy, None, NULL));
        glXDestroyContext(listener->window->dpy, listener->context);
    }
}

static GLXContext debug_context(struct window *window)
{
    const int attributes[] = {GLX_CONTEXT_FLAGS_ARB, GLX_CONTEXT_DEBUG_BIT_ARB, None};
    GLXContext context =
        glXCreateContextAttribsARB(window->dpy, window->config, NULL, True, attributes);
    CHECK(context != NULL);
    CHECK(glXMakeCurrent(window->dpy, window->window, context));
    return context;
}

static void insert(GLuint id, const char *text)
{
    glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, id,
                         GL_DEBUG_SEVERITY_HIGH, -1, text);
}

static void debug_contexts(void)
{
    struct window window = open_default_window();
    GLXContext plain = create_context(&window, NULL), context = debug_context(&window);
    GLint flags = 0;
    const char *names = (const char *)glGetString(GL_EXTENSIONS);
    CHECK(strstr(names, "GL_KHR_debug") && strstr(names, "GL_ARB_debug_output"));
    CHECK(glXGetProcAddress((const GLubyte *)"glDebugMessageCallbackARB") != NULL);
    glGetIntegerv(GL_CONTEXT_FLAGS, &flags);
    CHECK_SAYING(flags == GL_CONTEXT_FLAG_DEBUG_BIT, "(%x)", (unsigned)flags);
    CHECK(glIsEnabled(GL_DEBUG_OUTPUT) && !glIsEnabled(GL_DEBUG_OUTPUT_SYNCHRONOUS));
    insert(1, "logged");
    GLint messages = 0;
    glGetIntegerv(GL_DEBUG_LOGGED_MESSAGES, &messages);
    CHECK_SAYING(messages == 1, "(%d)", messages);
    CHECK(glXMakeCurrent(window.dpy, window.window, plain));
    glGetIntegerv(GL_CONTEXT_FLAGS, &flags);
    CHECK(flags == 0 && !glIsEnabled(GL_DEBUG_OUTPUT));
    insert(1, "not logged");
    glGetIntegerv(GL_DEBUG_LOGGED_MESSAGES, &messages);
    CHECK(messages == 0);
    CHECK(glGetError() == GL_NO_ERROR);
    glXDestroyContext(window.dpy, plain);
    glXDestroyContext(window.dpy, context);
}

static void make_errors(struct listener *listener)
{
    GLint value;
    unsigned errors = listener->errors;
    listener->thread = pthread_self();
    for (int i = 0; i < 20; i++) {
        glClear(0xffffffff);
        CHECK(listener->errors == ++errors);
        glDrawArrays(0x5555, 0, 3);
        CHECK(listener->errors == ++errors);
        glGetIntegerv(GL_TRIANGLES, &value);
        CHECK(listener->errors == ++errors);
        insert((GLuint)i, "between");
        CHECK(strcmp(listener->last, "between") == 0);
    }
}

struct errand {
    struct window *window;
    GLXContext context;
    struct listener *listener;
};

static void *make_errors_there(void *data)
{
    struct errand *errand = data;
    CHECK(glXMakeCurrent(errand->window->dpy, errand->window->window, errand->context));
    make_errors(errand->listener);
    CHECK(glXMakeCurrent(errand->window->dpy, None, NULL));
    return NULL;
}

static void debug_synchronous(void)
{
    struct window window = open_default_window();
    struct listener listener = {.thread = pthread_self()};
    struct errand errand = {&window, debug_context(&window), &listener};
    pthread_t thread;
    glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    glDebugMessageCallback(listen, &listener);
    make_errors(&listener);
    CHECK(glXMakeCurrent(window.dpy, None, NULL));
    CHECK(pthread_create(&thread, NULL, make_errors_there, &errand) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(glXMakeCurrent(window.dpy, window.window, errand.context));
    make_errors(&listener);
    CHECK(listener.errors == 180);
}

/* Without GL_DEBUG_OUTPUT_SYNCHRONOUS: soon, and not at the price of an answer for each call. */
static void debug_with_frames(void)
{
    struct window window = open_default_window();
    struct listener listener = {.thread = pthread_self()};
    debug_context(&window);
    glDebugMessageCallback(listen, &listener);
    for (int i = 0; i < 10; i++) {
        glClear(0xffffffff);
        clear_to(0x336699);
        glXSwapBuffers(window.dpy, window.window);
    }
    CHECK_SAYING(listener.errors > 0, "(%u)", listener.errors);
    glFinish();
    CHECK_SAYING(listener.errors == 10, "(%u)", listener.errors);
    expect_colour(window.dpy, window.window, 50, 40, 0x336699);
    glClear(0xffffffff);
    for (int ms = 0; ms < 10000 && listener.errors < 11; ms++) {
        glFlush();
        usleep(1000);
    }
    CHECK_SAYING(listener.errors == 11, "(%u)", listener.errors);
}

static void debug_callback_leaves(void)
{
    struct window window = open_default_window();
    struct listener listener = {.thread = pthread_self(), .leave = true, .window = &window};
    listener.context = debug_context(&window);
    glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    glDebugMessageCallback(listen, &listener);
    glClear(0xffffffff);
    CHECK(listener.calls == 1 && !glXGetCurrentContext());
    listener.context = debug_context(&window);
    glDebugMessageCallback(listen, &listener);
    glClear(0xffffffff);
    glClear(0xffffffff);
    glFinish();
    CHECK_SAYING(listener.calls == 2 && !glXGetCurrentContext(), "(%u)", listener.calls);
    CHECK(glXMakeCurrent(window.dpy, window.window, create_context(&window, NULL)));
    clear_to(0x102030);
    CHECK(read_colour(5, 5) == 0x102030);
}

const struct glx_check debug_checks[] = {
    {"debug_contexts", debug_contexts},
    {"debug_synchronous", debug_synchronous},
    {"debug_with_frames", debug_with_frames},
    {"debug_callback_leaves", debug_callback_leaves},
    {0},
};
