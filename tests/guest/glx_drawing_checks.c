/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures reach windows when they should. */
#include <string.h>
#include <unistd.h>

#include "glx_checks.h"

#define RED 0xff0000u
#define GREEN 0x00ff00u
#define BLUE 0x0000ffu

static GLXContext current(struct window *window)
{
    GLXContext context = create_context(window, NULL);
    CHECK(glXMakeCurrent(window->dpy, window->window, context));
    return context;
}

static void draw_once(void)
{
    struct window window = open_default_window();
    current(&window);
    GLint value = 77;
    glGetIntegerv(GL_DOUBLEBUFFER, &value);
    CHECK(value == 1);
    glGetIntegerv(GL_DRAW_BUFFER, &value);
    CHECK_SAYING(value == GL_BACK, "(%#x)", (unsigned)value);
    clear_to(RED);
    glXSwapBuffers(window.dpy, window.window);
    /* Not another call of GL or GLX: the picture comes by itself. */
    expect_colour(window.dpy, window.window, 50, 40, RED);
}

static void two_swaps(void)
{
    struct window window = open_default_window();
    current(&window);
    clear_to(RED);
    glXSwapBuffers(window.dpy, window.window);
    clear_to(BLUE);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, BLUE);
}

static void one_buffer_cleared(void)
{
    struct window window = open_default_window();
    const GLfloat red[4] = {1, 0, 0, 1}, blue[4] = {0, 0, 1, 1};
    current(&window);
    glClearBufferfv(GL_COLOR, 0, red);
    CHECK(read_colour(50, 40) == RED);
    glDrawBuffer(GL_FRONT);
    glReadBuffer(GL_FRONT);
    glClearBufferfv(GL_COLOR, 0, blue);
    CHECK(read_colour(50, 40) == BLUE);
    glDrawBuffers(1, (GLenum[]){GL_BACK});
    glReadBuffer(GL_BACK);
    glClearBufferfv(GL_COLOR, 0, red);
    CHECK(read_colour(50, 40) == RED);
    CHECK(glGetError() == GL_NO_ERROR);
    glDrawBuffers(1, (GLenum[]){GL_FRONT});
    CHECK(glGetError() == GL_INVALID_ENUM);
}

static void many_swaps(void)
{
    struct window window = open_default_window();
    current(&window);
    for (uint32_t i = 0; i < 200; i++) {
        clear_to(i << 8 | (255 - i));
        glXSwapBuffers(window.dpy, window.window);
    }
    clear_to(GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
}

static void right_way_up(void)
{
    struct window window = open_default_window();
    current(&window);
    clear_to(RED);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 0, 10, 20); /* the lower left corner */
    clear_to(GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 5, 70, GREEN);
    expect_colour(window.dpy, window.window, 5, 50, RED);
    expect_colour(window.dpy, window.window, 15, 70, RED);
    expect_colour(window.dpy, window.window, 5, 5, RED);
}

static void last_frame_of_a_context(void)
{
    struct window window = open_default_window();
    GLXContext context = current(&window);
    clear_to(BLUE);
    glXSwapBuffers(window.dpy, window.window);
    glXMakeCurrent(window.dpy, None, NULL);
    glXDestroyContext(window.dpy, context);
    expect_colour(window.dpy, window.window, 50, 40, BLUE);
}

static void single_buffered_shows_at_flush(void)
{
    struct window window = open_window((int[]){GLX_DOUBLEBUFFER, False, None});
    current(&window);
    GLint value = 77;
    glGetIntegerv(GL_DOUBLEBUFFER, &value);
    CHECK(value == 0);
    glGetIntegerv(GL_DRAW_BUFFER, &value);
    CHECK_SAYING(value == GL_FRONT, "(%#x)", (unsigned)value);
    clear_to(RED);
    glFlush();
    expect_colour(window.dpy, window.window, 50, 40, RED);
    clear_to(GREEN);
    glFinish();
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
    for (uint32_t i = 0; i < 50; i++) {
        clear_to(i);
        glFlush();
    }
    expect_colour(window.dpy, window.window, 50, 40, 49);
}

static void front_buffer_shows_at_flush(void)
{
    struct window window = open_default_window();
    current(&window);
    glDrawBuffer(GL_FRONT);
    clear_to(BLUE);
    glFlush();
    expect_colour(window.dpy, window.window, 50, 40, BLUE);
    /* Also if something else is drawn to by then. */
    clear_to(GREEN);
    glDrawBuffer(GL_BACK);
    clear_to(RED);
    glFlush();
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, RED);
}

static void resized_by_the_program(void)
{
    struct window window = open_default_window();
    current(&window);
    clear_to(RED);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, RED);
    /* As programs do: the event, glViewport, one drawing, one swap. */
    resize_window(&window, 300, 200);
    glViewport(0, 0, 300, 200);
    clear_to(GREEN);
    CHECK(read_colour(299, 199) == GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 299, 0, GREEN);
    expect_colour(window.dpy, window.window, 299, 199, GREEN);
    resize_window(&window, 60, 40);
    glViewport(0, 0, 60, 40);
    glEnable(GL_SCISSOR_TEST);
    clear_to(RED);
    glScissor(0, 0, 60, 10);
    clear_to(BLUE);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 30, 35, BLUE);
    expect_colour(window.dpy, window.window, 30, 20, RED);
}

/* glViewport at the start only: the new size is noticed at a swap. */
static void resized_behind_its_back(void)
{
    struct window window = open_default_window();
    current(&window);
    resize_window(&window, 200, 150);
    for (int i = 0; i < 20; i++) {
        clear_to(GREEN);
        glXSwapBuffers(window.dpy, window.window);
        usleep(2000);
    }
    expect_colour(window.dpy, window.window, 199, 149, GREEN);
}

static void deep_window(void)
{
    struct window window = open_window((int[]){GLX_DOUBLEBUFFER, True, GLX_ALPHA_SIZE, 8, None});
    current(&window);
    clear_to(RED);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, RED);
}

static void multisampled(void)
{
    struct window window =
        open_window((int[]){GLX_DOUBLEBUFFER, True, GLX_SAMPLE_BUFFERS, 1, GLX_SAMPLES, 4, None});
    current(&window);
    GLint samples = 0;
    glGetIntegerv(GL_SAMPLES, &samples);
    CHECK_SAYING(samples == 4, "(%d)", samples);
    clear_to(GREEN);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 50, 40, GREEN);
}

static void font(void)
{
    struct window window = open_default_window();
    current(&window);
    XFontStruct *fixed = XLoadQueryFont(window.dpy, "fixed");
    CHECK(fixed != NULL);
    GLuint lists = glGenLists(256);
    glXUseXFont(fixed->fid, 0, 256, (int)lists);
    clear_to(0);
    glMatrixMode(GL_PROJECTION);
    glLoadIdentity();
    glOrtho(0, 100, 0, 80, -1, 1);
    glColor3f(1, 1, 1);
    glRasterPos2i(10, 10);
    glListBase(lists);
    glCallLists(3, GL_UNSIGNED_BYTE, "HHH");
    GLfloat position[4];
    glGetFloatv(GL_CURRENT_RASTER_POSITION, position);
    int advance = XTextWidth(fixed, "HHH", 3);
    CHECK_SAYING(position[0] == 10.0f + (float)advance, "(%f)", (double)position[0]);
    uint8_t pixels[80 * 100];
    unsigned white = 0;
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, 100, 80, GL_RED, GL_UNSIGNED_BYTE, pixels);
    for (unsigned i = 0; i < sizeof pixels; i++) {
        white += pixels[i] == 255;
    }
    CHECK_SAYING(white >= 30 && white < 300, "(%u)", white);
}

/* 0.5, encoded, is 188. */
static void srgb_window(void)
{
    struct window window =
        open_window((int[]){GLX_DOUBLEBUFFER, True, GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB, True, None});
    int capable = 0;
    CHECK(glXGetFBConfigAttrib(window.dpy, window.config, GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB,
                               &capable) == 0);
    CHECK(capable == True);
    current(&window);
    glClearColor(0.5f, 0.5f, 0.5f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    CHECK(read_colour(1, 1) == 0x808080);
    glEnable(GL_FRAMEBUFFER_SRGB);
    glClear(GL_COLOR_BUFFER_BIT);
    CHECK(read_colour(1, 1) == 0xbcbcbc);
    glXSwapBuffers(window.dpy, window.window);
    expect_colour(window.dpy, window.window, 1, 1, 0xbcbcbc);
}

const struct glx_check drawing_checks[] = {
    {"draw_once", draw_once},
    {"two_swaps", two_swaps},
    {"one_buffer_cleared", one_buffer_cleared},
    {"many_swaps", many_swaps},
    {"right_way_up", right_way_up},
    {"last_frame_of_a_context", last_frame_of_a_context},
    {"single_buffered_shows_at_flush", single_buffered_shows_at_flush},
    {"front_buffer_shows_at_flush", front_buffer_shows_at_flush},
    {"resized_by_the_program", resized_by_the_program},
    {"resized_behind_its_back", resized_behind_its_back},
    {"deep_window", deep_window},
    {"multisampled", multisampled},
    {"font", font},
    {"srgb_window", srgb_window},
    {0},
};
