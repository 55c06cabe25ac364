/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Contexts: made, refused, shared, destroyed. */
#include <X11/Xutil.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "glx_checks.h"

#define RED 0xff0000u
#define GREEN 0x00ff00u
#define BLUE 0x0000ffu

static GLuint make_texture(uint32_t colour)
{
    GLuint texture;
    uint8_t texel[4] = {(uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour, 255};
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, texel);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    return texture;
}

static void draw_texture(GLuint texture)
{
    glBindTexture(GL_TEXTURE_2D, texture);
    glEnable(GL_TEXTURE_2D);
    glBegin(GL_TRIANGLE_STRIP);
    glVertex2f(-1, -1);
    glVertex2f(1, -1);
    glVertex2f(-1, 1);
    glVertex2f(1, 1);
    glEnd();
}

static void shared_textures(void)
{
    struct window window = open_default_window();
    GLXContext first = create_context(&window, NULL), second = create_context(&window, first);
    GLXContext stranger = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, first));
    GLuint texture = make_texture(GREEN);
    CHECK(glXMakeCurrent(window.dpy, window.window, second));
    CHECK(glIsTexture(texture));
    clear_to(RED);
    draw_texture(texture);
    CHECK(read_colour(50, 40) == GREEN);
    CHECK(glXMakeCurrent(window.dpy, window.window, stranger));
    CHECK(!glIsTexture(texture));
    /* The first may go; its objects stay with the group. */
    glXDestroyContext(window.dpy, first);
    CHECK(glXMakeCurrent(window.dpy, window.window, second));
    clear_to(RED);
    draw_texture(texture);
    CHECK(read_colour(50, 40) == GREEN);
}

struct uploads {
    struct window *window;
    GLXContext context;
    pthread_barrier_t barrier;
    GLuint texture;
};

static void *upload(void *data)
{
    struct uploads *uploads = data;
    struct window own = open_default_window();
    CHECK(glXMakeCurrent(own.dpy, own.window, uploads->context));
    for (uint32_t i = 0; i < 50; i++) {
        uploads->texture = make_texture(i * 5);
        glFlush();
        pthread_barrier_wait(&uploads->barrier);
        pthread_barrier_wait(&uploads->barrier);
    }
    glXMakeCurrent(own.dpy, None, NULL);
    return NULL;
}

/* A loader thread as games have it: upload, flush, tell the other thread. */
static void uploads_of_another_thread(void)
{
    struct window window = open_default_window();
    GLXContext drawing = create_context(&window, NULL);
    struct uploads uploads = {.window = &window, .context = create_context(&window, drawing)};
    pthread_t thread;
    pthread_barrier_init(&uploads.barrier, NULL, 2);
    CHECK(glXMakeCurrent(window.dpy, window.window, drawing));
    pthread_create(&thread, NULL, upload, &uploads);
    for (uint32_t i = 0; i < 50; i++) {
        pthread_barrier_wait(&uploads.barrier);
        glFlush();
        draw_texture(uploads.texture);
        CHECK(read_colour(50, 40) == i * 5);
        pthread_barrier_wait(&uploads.barrier);
    }
    pthread_join(thread, NULL);
}

static void set_width(int width)
{
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
}

/* The other thread's: another size each time, known to be done in one of three ways. */
static void *change_size(void *data)
{
    struct uploads *uploads = data;
    struct window own = open_default_window();
    CHECK(glXMakeCurrent(own.dpy, own.window, uploads->context));
    glBindTexture(GL_TEXTURE_2D, uploads->texture);
    for (int i = 0; i < 30; i++) {
        set_width(2 + i);
        if (i % 3 == 0) {
            glFlush();
        } else if (i % 3 == 1) {
            glFinish();
        } else {
            GLsync fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
            glClientWaitSync(fence, GL_SYNC_FLUSH_COMMANDS_BIT, 1000000000);
            glDeleteSync(fence);
        }
        pthread_barrier_wait(&uploads->barrier);
        pthread_barrier_wait(&uploads->barrier);
    }
    glXMakeCurrent(own.dpy, None, NULL);
    return NULL;
}

/* A size that was asked for before is asked for again when another context may have changed it. */
static void sizes_of_another_thread(void)
{
    struct window window = open_default_window();
    GLXContext asking = create_context(&window, NULL);
    struct uploads uploads = {.window = &window, .context = create_context(&window, asking)};
    pthread_t thread;
    pthread_barrier_init(&uploads.barrier, NULL, 2);
    CHECK(glXMakeCurrent(window.dpy, window.window, asking));
    uploads.texture = make_texture(GREEN);
    glFinish();
    pthread_create(&thread, NULL, change_size, &uploads);
    for (int i = 0; i < 30; i++) {
        GLint width = 0;
        pthread_barrier_wait(&uploads.barrier);
        if (i % 3 == 0) {
            glFlush();
        }
        for (int j = 0; j < 3; j++) {
            glBindTexture(GL_TEXTURE_2D, uploads.texture);
            glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, &width);
            CHECK(width == 2 + i);
            CHECK(glGetError() == GL_NO_ERROR);
        }
        pthread_barrier_wait(&uploads.barrier);
    }
    pthread_join(thread, NULL);
}

/* Contexts that share nothing take turns on one window. */
static void strangers_on_one_window(void)
{
    struct window window = open_default_window();
    GLXContext first = create_context(&window, NULL), second = create_context(&window, NULL);
    for (uint32_t i = 1; i < 40; i++) {
        CHECK(glXMakeCurrent(window.dpy, window.window, first));
        clear_to(i);
        CHECK(glXMakeCurrent(window.dpy, window.window, second));
        CHECK(read_colour(9, 9) == i);
        clear_to(i << 8);
        glXSwapBuffers(window.dpy, window.window);
    }
    expect_colour(window.dpy, window.window, 50, 40, 39 << 8);
}

static GLXContext with_attributes(const struct window *window, const int *attributes)
{
    return glXCreateContextAttribsARB(window->dpy, window->config, NULL, True, attributes);
}

static void versions_and_profiles(void)
{
    struct window window = open_default_window();
    const char *version;
    GLXContext context = with_attributes(
        &window, (int[]){GLX_CONTEXT_MAJOR_VERSION_ARB, 3, GLX_CONTEXT_MINOR_VERSION_ARB, 3,
                         GLX_CONTEXT_PROFILE_MASK_ARB, GLX_CONTEXT_CORE_PROFILE_BIT_ARB, None});
    CHECK(context != NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    GLint profile = 0;
    glGetIntegerv(GL_CONTEXT_PROFILE_MASK, &profile);
    CHECK(profile == GL_CONTEXT_CORE_PROFILE_BIT);
    version = (const char *)glGetString(GL_VERSION);
    CHECK_SAYING(version && strncmp(version, "3.3", 3) >= 0, "(%s)", version);

    /* 3.1 has no profiles; what 3.0 deprecated is missing where it shall be. */
    for (int flags = 0; flags <= GLX_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB;
         flags += GLX_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB) {
        context = with_attributes(&window, (int[]){GLX_CONTEXT_MAJOR_VERSION_ARB, 3,
                                                   GLX_CONTEXT_MINOR_VERSION_ARB, 1,
                                                   GLX_CONTEXT_FLAGS_ARB, flags, None});
        CHECK(context != NULL);
        CHECK(glXMakeCurrent(window.dpy, window.window, context));
        glEnableClientState(GL_VERTEX_ARRAY);
        CHECK(glGetError() == (flags ? GL_INVALID_OPERATION : GL_NO_ERROR));
        void *pointer = &window;
        glGetPointerv(GL_VERTEX_ARRAY_POINTER, &pointer);
        CHECK(glGetError() == (flags ? GL_INVALID_ENUM : GL_NO_ERROR));
        CHECK(pointer == (flags ? &window : NULL));
    }

    context = with_attributes(&window, (int[]){None});
    CHECK(context != NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    version = (const char *)glGetString(GL_VERSION);
    CHECK_SAYING(version && version[0] >= '1', "(%s)", version);

    catch_errors();
    context = with_attributes(&window, (int[]){GLX_CONTEXT_MAJOR_VERSION_ARB, 9, None});
    CHECK(context == NULL);
    CHECK(caught_error(window.dpy) == BadMatch);
    context = with_attributes(&window, (int[]){0x7777, 1, None});
    CHECK(context == NULL);
    CHECK(caught_error(window.dpy) != 0);
    context = with_attributes(&window, (int[]){GLX_CONTEXT_MAJOR_VERSION_ARB, 3,
                                               GLX_CONTEXT_MINOR_VERSION_ARB, 2,
                                               GLX_CONTEXT_PROFILE_MASK_ARB, 0x40, None});
    CHECK(context == NULL);
    CHECK(caught_error(window.dpy) != 0);
}

/* GLX_ARB_create_context_robustness and _no_error: contexts of different kinds share nothing. */
static void kinds_that_do_not_share(void)
{
    struct window window = open_default_window();
    GLXContext plain = with_attributes(&window, (int[]){None});
    CHECK(plain != NULL);
    catch_errors();
    int robust[] = {GLX_CONTEXT_RESET_NOTIFICATION_STRATEGY_ARB, GLX_LOSE_CONTEXT_ON_RESET_ARB,
                    None};
    CHECK(!glXCreateContextAttribsARB(window.dpy, window.config, plain, True, robust));
    CHECK(caught_error(window.dpy) == BadMatch);
    int careless[] = {GLX_CONTEXT_OPENGL_NO_ERROR_ARB, True, GLX_CONTEXT_FLAGS_ARB, 0, None};
    CHECK(!glXCreateContextAttribsARB(window.dpy, window.config, plain, True, careless));
    CHECK(caught_error(window.dpy) == BadMatch);
    careless[3] = GLX_CONTEXT_DEBUG_BIT_ARB;
    CHECK(!with_attributes(&window, careless));
    CHECK(caught_error(window.dpy) == BadMatch);
    careless[3] = 0;
    GLXContext other = with_attributes(&window, careless);
    CHECK(other != NULL);
    CHECK(glXCreateContextAttribsARB(window.dpy, window.config, other, True, careless) != NULL);
    CHECK(with_attributes(&window, robust) != NULL);
    CHECK(caught_error(window.dpy) == 0);
}

/* The host's contexts may be robust whether or not the program's shall be. */
static void robustness_as_asked_for(void)
{
    struct window window = open_default_window();
    for (int i = 0; i < 4; i++) {
        const int flags = i & 1 ? GLX_CONTEXT_ROBUST_ACCESS_BIT_ARB : 0;
        const GLint strategy =
            i & 2 ? GLX_LOSE_CONTEXT_ON_RESET_ARB : GLX_NO_RESET_NOTIFICATION_ARB;
        GLint found = -1;
        GLXContext context = with_attributes(
            &window, (int[]){GLX_CONTEXT_FLAGS_ARB, flags,
                             GLX_CONTEXT_RESET_NOTIFICATION_STRATEGY_ARB, strategy, None});
        CHECK(context != NULL);
        CHECK(glXMakeCurrent(window.dpy, window.window, context));
        glGetIntegerv(GL_CONTEXT_FLAGS, &found);
        CHECK(found == (flags ? GL_CONTEXT_FLAG_ROBUST_ACCESS_BIT : 0));
        glGetIntegerv(GL_CONTEXT_ROBUST_ACCESS, &found);
        CHECK(found == (flags != 0));
        glGetIntegerv(GL_RESET_NOTIFICATION_STRATEGY, &found);
        CHECK(found == strategy);
        CHECK(glGetError() == GL_NO_ERROR);
        glXMakeCurrent(window.dpy, None, NULL);
        glXDestroyContext(window.dpy, context);
    }
}

static void without_a_drawable(void)
{
    struct window window = open_default_window();
    GLXContext context = with_attributes(
        &window, (int[]){GLX_CONTEXT_MAJOR_VERSION_ARB, 3, GLX_CONTEXT_MINOR_VERSION_ARB, 3, None});
    CHECK(context != NULL);
    CHECK(glXMakeContextCurrent(window.dpy, None, None, context));
    GLuint texture = make_texture(RED), framebuffer;
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    clear_to(BLUE);
    CHECK(read_colour(0, 0) == BLUE);
}

static void old_style(void)
{
    Display *dpy = XOpenDisplay(NULL);
    int major, minor, error_base, event_base, value;
    CHECK(glXQueryExtension(dpy, &error_base, &event_base));
    CHECK(glXQueryVersion(dpy, &major, &minor) && major == 1 && minor >= 4);
    int attributes[] = {GLX_RGBA, GLX_DOUBLEBUFFER, GLX_DEPTH_SIZE, 1, None};
    XVisualInfo *visual = glXChooseVisual(dpy, DefaultScreen(dpy), attributes);
    CHECK(visual != NULL);
    CHECK(glXGetConfig(dpy, visual, GLX_DOUBLEBUFFER, &value) == 0 && value == 1);
    CHECK(glXGetConfig(dpy, visual, GLX_DEPTH_SIZE, &value) == 0 && value >= 1);
    CHECK(glXGetConfig(dpy, visual, 0x7777, &value) == GLX_BAD_ATTRIBUTE);
    GLXContext context = glXCreateContext(dpy, visual, NULL, True);
    CHECK(context != NULL);
    CHECK(glXIsDirect(dpy, context));
    CHECK(glXQueryContext(dpy, context, GLX_RENDER_TYPE, &value) == 0 && value == GLX_RGBA_TYPE);
    glXDestroyContext(dpy, context);
    CHECK(strstr(glXQueryExtensionsString(dpy, 0), "GLX_ARB_create_context"));
    CHECK(glXGetProcAddress((const GLubyte *)"glXSwapIntervalEXT") != NULL);
    CHECK(glXGetProcAddress((const GLubyte *)"glXMakeCurrentReadSGI") != NULL);
}

static void destroyed_while_current(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    glXDestroyContext(window.dpy, context);
    clear_to(GREEN);
    CHECK(read_colour(1, 1) == GREEN);
    glXSwapBuffers(window.dpy, window.window);
    glXMakeCurrent(window.dpy, None, NULL);
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
}

struct artist {
    struct window window;
    GLXContext context;
    pthread_barrier_t drawing;
};

static void *draw_until_told(void *data)
{
    struct artist *artist = data;
    CHECK(glXMakeCurrent(artist->window.dpy, artist->window.window, artist->context));
    clear_to(RED);
    pthread_barrier_wait(&artist->drawing);
    for (int i = 0; i < 50; i++) {
        clear_to(GREEN + (uint32_t)i);
        CHECK(read_colour(1, 1) == GREEN + (uint32_t)i);
        glXSwapBuffers(artist->window.dpy, artist->window.window);
    }
    pthread_barrier_wait(&artist->drawing);
    CHECK(read_colour(1, 1) == GREEN + 49);
    glXMakeCurrent(artist->window.dpy, None, NULL);
    return NULL;
}

/* It goes on as long as it is current, also if the other thread makes contexts meanwhile. */
static void destroyed_while_current_elsewhere(void)
{
    struct artist artist = {.window = open_default_window()};
    struct window other = open_default_window();
    pthread_barrier_init(&artist.drawing, NULL, 2);
    for (int i = 0; i < 10; i++) {
        pthread_t thread;
        artist.context = create_context(&artist.window, NULL);
        pthread_create(&thread, NULL, draw_until_told, &artist);
        pthread_barrier_wait(&artist.drawing);
        glXDestroyContext(artist.window.dpy, artist.context);
        GLXContext next = create_context(&other, NULL);
        CHECK(glXMakeCurrent(other.dpy, other.window, next));
        clear_to(BLUE);
        CHECK(read_colour(1, 1) == BLUE);
        pthread_barrier_wait(&artist.drawing);
        pthread_join(thread, NULL);
        CHECK(read_colour(1, 1) == BLUE);
        glXMakeCurrent(other.dpy, None, NULL);
        glXDestroyContext(other.dpy, next);
    }
}

static void calls_without_a_context(void)
{
    struct window window = open_default_window();
    glClear(GL_COLOR_BUFFER_BIT);
    glFlush();
    glXSwapBuffers(window.dpy, window.window);
    GLXContext context = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    glXMakeCurrent(window.dpy, None, NULL);
    glViewport(0, 0, 10, 10);
    clear_to(GREEN);
    CHECK(glXGetCurrentContext() == NULL);
    CHECK(glGetError() == GL_NO_ERROR);
}

static void swap_intervals(void)
{
    struct window window = open_default_window();
    unsigned value;
    CHECK(glXMakeCurrent(window.dpy, window.window, create_context(&window, NULL)));
    glXSwapIntervalEXT(window.dpy, window.window, 3);
    glXQueryDrawable(window.dpy, window.window, GLX_SWAP_INTERVAL_EXT, &value);
    CHECK_SAYING(value == 3, "(%u)", value);
    int (*set_mesa)(unsigned) = (void *)glXGetProcAddress((const GLubyte *)"glXSwapIntervalMESA");
    int (*get_mesa)(void) = (void *)glXGetProcAddress((const GLubyte *)"glXGetSwapIntervalMESA");
    CHECK(set_mesa(0) == 0 && get_mesa() == 0);
    CHECK(glXSwapIntervalSGI(2) == 0 && get_mesa() == 2);
    CHECK(glXSwapIntervalSGI(-1) == GLX_BAD_VALUE);
}

/* A picture of the context's own: a texture of its colour on a quad over one half, and what was
 * cleared beside it. */
static void draw_own_picture(uint32_t colour)
{
    const uint8_t texel[3] = {(uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour};
    glClearColor(1, 1, 1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glBindTexture(GL_TEXTURE_2D, 1);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, 1, 1, 0, GL_RGB, GL_UNSIGNED_BYTE, texel);
    glEnable(GL_TEXTURE_2D);
    glTexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_REPLACE);
    glRectf(-1, -1, 0, 1);
    glDisable(GL_TEXTURE_2D);
}

/* Two contexts that share nothing, in turn; test_glx.py runs eight of these at once. */
static void two_strangers(void)
{
    struct window windows[2] = {open_default_window(), open_default_window()};
    GLXContext contexts[2];
    for (int i = 0; i < 2; i++) {
        contexts[i] = create_context(&windows[i], NULL);
    }
    for (uint32_t frame = 0; frame < 40; frame++) {
        struct window *window = &windows[frame % 2];
        uint32_t colour = ((uint32_t)getpid() * 2654435761u + frame * 0x010307u) & 0xffffff;
        CHECK(glXMakeCurrent(window->dpy, window->window, contexts[frame % 2]));
        draw_own_picture(colour);
        CHECK_SAYING(read_colour(10, 40) == colour, "(%06x)", read_colour(10, 40));
        CHECK_SAYING(read_colour(90, 40) == 0xffffff, "(%06x)", read_colour(90, 40));
        glXSwapBuffers(window->dpy, window->window);
    }
    CHECK(glGetError() == GL_NO_ERROR);
}

const struct glx_check context_checks[] = {
    {"two_strangers", two_strangers},
    {"shared_textures", shared_textures},
    {"sizes_of_another_thread", sizes_of_another_thread},
    {"uploads_of_another_thread", uploads_of_another_thread},
    {"strangers_on_one_window", strangers_on_one_window},
    {"versions_and_profiles", versions_and_profiles},
    {"kinds_that_do_not_share", kinds_that_do_not_share},
    {"robustness_as_asked_for", robustness_as_asked_for},
    {"without_a_drawable", without_a_drawable},
    {"old_style", old_style},
    {"destroyed_while_current", destroyed_while_current},
    {"destroyed_while_current_elsewhere", destroyed_while_current_elsewhere},
    {"calls_without_a_context", calls_without_a_context},
    {"swap_intervals", swap_intervals},
    {0},
};
