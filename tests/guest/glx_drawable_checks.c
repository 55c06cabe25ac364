/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GLXWindows, pbuffers, pixmaps, and what is not there. */
#include <sys/wait.h>
#include <unistd.h>

#include "glx_checks.h"

#define RED 0xff0000u
#define GREEN 0x00ff00u
#define BLUE 0x0000ffu

static void glx_window(void)
{
    struct window window = open_default_window();
    GLXWindow glx = glXCreateWindow(window.dpy, window.config, window.window, NULL);
    GLXContext context = create_context(&window, NULL);
    CHECK(glx != None);
    catch_errors();
    glXCreateWindow(window.dpy, window.config, window.window, NULL);
    CHECK(caught_error(window.dpy) == BadAlloc);
    CHECK(glXMakeContextCurrent(window.dpy, glx, glx, context));
    clear_to(RED);
    glXSwapBuffers(window.dpy, glx);
    expect_colour(window.dpy, window.window, 50, 40, RED);
    unsigned width = 0, height = 0;
    resize_window(&window, 210, 110);
    glXQueryDrawable(window.dpy, glx, GLX_WIDTH, &width);
    glXQueryDrawable(window.dpy, glx, GLX_HEIGHT, &height);
    CHECK_SAYING(width == 210 && height == 110, "(%u %u)", width, height);
    glXMakeContextCurrent(window.dpy, None, None, NULL);
    glXDestroyWindow(window.dpy, glx);
}

static void plain_window_has_its_visuals_configuration(void)
{
    struct window window = open_default_window();
    unsigned id = 0;
    int expected = 0;
    glXQueryDrawable(window.dpy, window.window, GLX_FBCONFIG_ID, &id);
    CHECK(glXGetConfig(window.dpy, window.visual, GLX_FBCONFIG_ID, &expected) == 0);
    CHECK_SAYING(id != 0 && id == (unsigned)expected, "(%u, not %d)", id, expected);
}

static void pbuffer(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    GLXPbuffer pbuffer = glXCreatePbuffer(
        window.dpy, window.config, (int[]){GLX_PBUFFER_WIDTH, 200, GLX_PBUFFER_HEIGHT, 50, None});
    unsigned width = 0;
    CHECK(pbuffer != None);
    glXQueryDrawable(window.dpy, pbuffer, GLX_WIDTH, &width);
    CHECK(width == 200);
    CHECK(glXMakeContextCurrent(window.dpy, pbuffer, pbuffer, context));
    clear_to(BLUE);
    CHECK(read_colour(199, 49) == BLUE);
    glXSwapBuffers(window.dpy, pbuffer);
    /* Draw to the window, read from the pbuffer. */
    CHECK(glXMakeContextCurrent(window.dpy, window.window, pbuffer, context));
    CHECK(glXGetCurrentReadDrawable() == pbuffer);
    clear_to(RED);
    CHECK(read_colour(150, 20) == BLUE);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, RED);
    glXMakeContextCurrent(window.dpy, None, None, NULL);
    glXDestroyPbuffer(window.dpy, pbuffer);
}

/* GLX 1.4, section 3.3.6: it goes when no context has it current any more. */
static void pbuffer_destroyed_while_current(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    GLXPbuffer pbuffer = glXCreatePbuffer(
        window.dpy, window.config, (int[]){GLX_PBUFFER_WIDTH, 64, GLX_PBUFFER_HEIGHT, 64, None});
    CHECK(glXMakeContextCurrent(window.dpy, pbuffer, pbuffer, context));
    clear_to(BLUE);
    glXDestroyPbuffer(window.dpy, pbuffer);
    CHECK(read_colour(9, 9) == BLUE);
    glReadBuffer(GL_FRONT);
    glDrawBuffer(GL_FRONT);
    clear_to(RED);
    CHECK(read_colour(9, 9) == RED);
    CHECK(glGetError() == GL_NO_ERROR);
}

static void pixmap(void)
{
    struct window window =
        open_window((int[]){GLX_DRAWABLE_TYPE, GLX_PIXMAP_BIT, GLX_DOUBLEBUFFER, False, None});
    Pixmap pixmap =
        XCreatePixmap(window.dpy, window.window, 64, 32, (unsigned)window.visual->depth);
    GLXPixmap glx = glXCreateGLXPixmap(window.dpy, window.visual, pixmap);
    CHECK(glx != None);
    CHECK(glXMakeCurrent(window.dpy, glx, create_context(&window, NULL)));
    clear_to(GREEN);
    glXWaitGL();
    expect_colour(window.dpy, pixmap, 60, 30, GREEN);
    glXMakeCurrent(window.dpy, None, NULL);
    catch_errors();
    GLXPixmap second = glXCreateGLXPixmap(window.dpy, window.visual, pixmap);
    CHECK(second != None && caught_error(window.dpy) == 0);
    glXDestroyGLXPixmap(window.dpy, second);
    glXDestroyGLXPixmap(window.dpy, glx);
}

static void no_such_drawable(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    catch_errors();
    CHECK(!glXMakeCurrent(window.dpy, 0x1234567, context));
    CHECK(caught_error(window.dpy) != 0);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    clear_to(GREEN);
    CHECK(read_colour(1, 1) == GREEN);
}

static void window_destroyed_while_current(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    struct window other = open_default_window();
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    for (int i = 0; i < 10; i++) {
        clear_to(GREEN);
        glXSwapBuffers(window.dpy, window.window);
    }
    XDestroyWindow(window.dpy, window.window);
    XSync(window.dpy, False);
    for (int i = 0; i < 10; i++) {
        clear_to(RED);
        glXSwapBuffers(window.dpy, window.window);
        usleep(1000);
    }
    CHECK(glXMakeCurrent(other.dpy, other.window, context));
    clear_to(BLUE);
    glXSwapBuffers(other.dpy, other.window);
    expect_colour(other.dpy, other.window, 50, 40, BLUE);
}

static void many_windows(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    for (uint32_t i = 1; i < 60; i++) {
        struct window next = open_default_window();
        CHECK(glXMakeCurrent(next.dpy, next.window, context));
        clear_to(i);
        glXSwapBuffers(next.dpy, next.window);
        expect_colour(next.dpy, next.window, 50, 40, i);
        glXMakeCurrent(next.dpy, None, NULL);
        close_window(&next);
    }
}

/* The child starts anew; the parent does not notice. */
static void fork_and_draw_in_both(void)
{
    struct window window = open_default_window();
    GLXContext context = create_context(&window, NULL);
    CHECK(glXMakeCurrent(window.dpy, window.window, context));
    clear_to(RED);
    glXSwapBuffers(window.dpy, window.window);
    pid_t child = fork();
    if (child == 0) {
        struct window own = open_default_window();
        CHECK(glXMakeCurrent(own.dpy, own.window, create_context(&own, NULL)));
        clear_to(BLUE);
        glXSwapBuffers(own.dpy, own.window);
        expect_colour(own.dpy, own.window, 50, 40, BLUE);
        _exit(0);
    }
    for (int i = 0; i < 30; i++) {
        clear_to(GREEN);
        glXSwapBuffers(window.dpy, window.window);
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK_SAYING(status == 0, "(%#x)", (unsigned)status);
    clear_to(GREEN);
    CHECK(read_colour(5, 5) == GREEN);
    expect_colour(window.dpy, window.window, 99, 79, GREEN);
}

const struct glx_check drawable_checks[] = {
    {"glx_window", glx_window},
    {"plain_window_has_its_visuals_configuration", plain_window_has_its_visuals_configuration},
    {"pbuffer", pbuffer},
    {"pbuffer_destroyed_while_current", pbuffer_destroyed_while_current},
    {"pixmap", pixmap},
    {"no_such_drawable", no_such_drawable},
    {"window_destroyed_while_current", window_destroyed_while_current},
    {"many_windows", many_windows},
    {"fork_and_draw_in_both", fork_and_draw_in_both},
    {0},
};
