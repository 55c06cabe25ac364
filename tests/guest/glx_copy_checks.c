/* SPDX-License-Identifier: GPL-2.0-or-later */
/* glXCopyContext. (Mesa's own does nothing between contexts that render directly.) */
#include <pthread.h>

#include "glx_checks.h"

static void make_current(const struct window *window, GLXContext context)
{
    CHECK(glXMakeCurrent(window->dpy, window->window, context));
}

static float line_width(void)
{
    float width = 0;
    glGetFloatv(GL_LINE_WIDTH, &width);
    return width;
}

/* From what is current to one that never was, and to one that has a state of its own. */
static void copied_state(void)
{
    struct window window = open_default_window();
    GLXContext first = create_context(&window, NULL), second = create_context(&window, first);
    int viewport[4];
    make_current(&window, first);
    glLineWidth(3);
    glEnable(GL_FOG);
    glViewport(1, 2, 3, 4);
    glXCopyContext(window.dpy, first, second, GL_LINE_BIT);
    glLineWidth(5);
    CHECK(glGetError() == GL_NO_ERROR && glXGetCurrentContext() == first);
    make_current(&window, second);
    CHECK(line_width() == 3 && !glIsEnabled(GL_FOG) && glGetError() == GL_NO_ERROR);
    /* As at the first make-current ever. */
    glGetIntegerv(GL_VIEWPORT, viewport);
    CHECK(viewport[2] == window.width && viewport[3] == window.height);

    make_current(&window, first);
    glXCopyContext(window.dpy, first, second, GL_VIEWPORT_BIT);
    glXCopyContext(window.dpy, first, second, GL_ENABLE_BIT);
    make_current(&window, second);
    glGetIntegerv(GL_VIEWPORT, viewport);
    CHECK(viewport[0] == 1 && viewport[3] == 4);
    CHECK(line_width() == 3 && glIsEnabled(GL_FOG) && glGetError() == GL_NO_ERROR);
    glXDestroyContext(window.dpy, first);
}

/* Through a context that has not been current meanwhile, and from one that is nobody's. */
static void copied_on(void)
{
    struct window window = open_default_window();
    GLXContext contexts[4];
    int viewport[4];
    for (int i = 0; i < 4; i++) {
        contexts[i] = create_context(&window, NULL);
    }
    make_current(&window, contexts[0]);
    glLineWidth(3);
    glDrawBuffer(GL_FRONT);
    glXMakeCurrent(window.dpy, None, NULL);
    glXCopyContext(window.dpy, contexts[0], contexts[1], GL_ALL_ATTRIB_BITS);
    CHECK(glXGetCurrentContext() == NULL);
    glXCopyContext(window.dpy, contexts[1], contexts[2], GL_ALL_ATTRIB_BITS);
    make_current(&window, contexts[2]);
    CHECK(line_width() == 3 && glGetError() == GL_NO_ERROR);
    clear_to(0x00ff00);
    glFlush();
    expect_colour(window.dpy, window.window, 3, 3, 0x00ff00);
    /* The initial state of one that never was current, which has no viewport yet. */
    glXCopyContext(window.dpy, contexts[3], contexts[1], GL_ALL_ATTRIB_BITS);
    make_current(&window, contexts[1]);
    CHECK(line_width() == 1 && glGetError() == GL_NO_ERROR);
    glGetIntegerv(GL_VIEWPORT, viewport);
    CHECK(viewport[2] == window.width && viewport[3] == window.height);
}

/* Names of textures mean something where objects are shared. */
static void copied_bindings(void)
{
    struct window window = open_default_window();
    GLXContext first = create_context(&window, NULL), sharer = create_context(&window, first);
    GLXContext stranger = create_context(&window, NULL), another = create_context(&window, NULL);
    unsigned texture;
    int bound;
    make_current(&window, first);
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glXCopyContext(window.dpy, first, sharer, GL_TEXTURE_BIT);
    glXCopyContext(window.dpy, first, stranger, GL_TEXTURE_BIT);
    /* What the sharer got and has not taken yet. */
    glXCopyContext(window.dpy, sharer, another, GL_TEXTURE_BIT);
    make_current(&window, sharer);
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    CHECK(bound == (int)texture);
    make_current(&window, stranger);
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    CHECK(bound == 0 && !glIsTexture(texture));
    make_current(&window, another);
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    CHECK(bound == 0 && !glIsTexture(texture));
}

/* What compiles a list takes the state when it has ended. */
static void copied_while_compiling(void)
{
    struct window window = open_default_window();
    GLXContext first = create_context(&window, NULL), second = create_context(&window, NULL);
    make_current(&window, second);
    unsigned list = glGenLists(1);
    glNewList(list, GL_COMPILE);
    make_current(&window, first);
    glLineWidth(3);
    glXCopyContext(window.dpy, first, second, GL_LINE_BIT);
    make_current(&window, second);
    glEndList();
    glCallList(list);
    CHECK(line_width() == 1);
    make_current(&window, first);
    make_current(&window, second);
    CHECK(line_width() == 3 && glGetError() == GL_NO_ERROR);
}

struct elsewhere {
    Display *dpy;
    GLXContext first, second;
};

static void *copy_elsewhere(void *data)
{
    struct elsewhere *elsewhere = data;
    glXCopyContext(elsewhere->dpy, elsewhere->first, elsewhere->second, GL_ALL_ATTRIB_BITS);
    return NULL;
}

static void refused_copies(void)
{
    struct window window = open_default_window();
    const int core_attributes[] = {GLX_CONTEXT_MAJOR_VERSION_ARB,
                                   3,
                                   GLX_CONTEXT_MINOR_VERSION_ARB,
                                   2,
                                   GLX_CONTEXT_PROFILE_MASK_ARB,
                                   GLX_CONTEXT_CORE_PROFILE_BIT_ARB,
                                   None};
    GLXContext first = create_context(&window, NULL), second = create_context(&window, NULL);
    GLXContext core =
        glXCreateContextAttribsARB(window.dpy, window.config, NULL, True, core_attributes);
    pthread_t thread;
    make_current(&window, first);
    catch_errors();
    glXCopyContext(window.dpy, second, first, GL_LINE_BIT);
    CHECK(caught_error(window.dpy) == BadAccess);
    glXCopyContext(window.dpy, first, core, GL_LINE_BIT);
    CHECK(caught_error(window.dpy) == BadMatch);
    glXCopyContext(window.dpy, core, second, GL_LINE_BIT);
    CHECK(caught_error(window.dpy) == BadMatch);
    struct elsewhere elsewhere = {window.dpy, first, second};
    CHECK(pthread_create(&thread, NULL, copy_elsewhere, &elsewhere) == 0);
    pthread_join(thread, NULL);
    CHECK(caught_error(window.dpy) == BadAccess);
    glLineWidth(3);
    glBegin(GL_POINTS);
    glXCopyContext(window.dpy, first, second, GL_LINE_BIT);
    glEnd();
    CHECK(caught_error(window.dpy) == 0 && glGetError() == GL_INVALID_OPERATION);
    make_current(&window, second);
    CHECK(line_width() == 1);
}

const struct glx_check copy_checks[] = {
    {"copied_state", copied_state},       {"copied_on", copied_on},
    {"copied_bindings", copied_bindings}, {"copied_while_compiling", copied_while_compiling},
    {"refused_copies", refused_copies},   {0},
};
