/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wglCopyContext */
#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <GL/wglext.h>

static float line_width(void)
{
    float width = 0;
    glGetFloatv(GL_LINE_WIDTH, &width);
    return width;
}

static DWORD WINAPI copy_elsewhere(void *data)
{
    HGLRC *contexts = data;
    need_error(!wglCopyContext(contexts[0], contexts[1], GL_LINE_BIT), ERROR_BUSY,
               "copying what is current elsewhere");
    need_error(!wglCopyContext(contexts[1], contexts[0], GL_LINE_BIT), ERROR_BUSY,
               "copying to what is current elsewhere");
    return 0;
}

static void check_refusals(const struct wgl_window *window, HGLRC other)
{
    const int core[] = {WGL_CONTEXT_MAJOR_VERSION_ARB,
                        3,
                        WGL_CONTEXT_MINOR_VERSION_ARB,
                        2,
                        WGL_CONTEXT_PROFILE_MASK_ARB,
                        WGL_CONTEXT_CORE_PROFILE_BIT_ARB,
                        0};
    PFNWGLCREATECONTEXTATTRIBSARBPROC create =
        (PFNWGLCREATECONTEXTATTRIBSARBPROC)(void *)wglGetProcAddress("wglCreateContextAttribsARB");
    HGLRC contexts[] = {window->context, other}, modern = create(window->dc, NULL, core);
    DWORD id;
    need(modern != NULL, "a core context");
    need_error(!wglCopyContext((HGLRC)12345, other, GL_LINE_BIT), ERROR_INVALID_HANDLE,
               "copying from no context");
    need_error(!wglCopyContext(window->context, NULL, GL_LINE_BIT), ERROR_INVALID_HANDLE,
               "copying to no context");
    need_error(!wglCopyContext(other, window->context, GL_LINE_BIT), ERROR_BUSY,
               "copying to what is current");
    need_error(!wglCopyContext(window->context, modern, GL_LINE_BIT), ERROR_INVALID_OPERATION,
               "copying to a context without groups of attributes");
    HANDLE thread = CreateThread(NULL, 0, copy_elsewhere, contexts, 0, &id);
    WaitForSingleObject(thread, INFINITE);
    glBegin(GL_POINTS);
    need_error(!wglCopyContext(window->context, other, GL_LINE_BIT), ERROR_INVALID_OPERATION,
               "copying between glBegin and glEnd");
    glEnd();
    need(glGetError() == GL_INVALID_OPERATION && glGetError() == GL_NO_ERROR, "its error");
    need(wglDeleteContext(modern), "wglDeleteContext");
}

/* To a context that the host does not know yet, and that shares objects only later. */
void check_copying(void)
{
    struct wgl_window window;
    GLint viewport[4];
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    HGLRC other = wglCreateContext(window.dc), third = wglCreateContext(window.dc);
    GLuint list = glGenLists(1);
    glNewList(list, GL_COMPILE);
    glEndList();
    glLineWidth(3.0f);
    glEnable(GL_FOG);
    need(wglCopyContext(window.context, other, GL_LINE_BIT), "wglCopyContext");
    need(wglShareLists(window.context, other), "sharing afterwards");
    need(wglCopyContext(other, third, GL_ALL_ATTRIB_BITS), "wglCopyContext of one never current");
    check_refusals(&window, other);
    need(wglMakeCurrent(window.dc, other), "wglMakeCurrent");
    need(line_width() == 3.0f && !glIsEnabled(GL_FOG) && glIsList(list), "the group of lines");
    glGetIntegerv(GL_VIEWPORT, viewport);
    need(viewport[2] == WIDTH && viewport[3] == HEIGHT, "the viewport of the first make-current");
    need(wglCopyContext(window.context, third, GL_ENABLE_BIT), "copying what is nobody's");
    need(wglMakeCurrent(window.dc, third), "wglMakeCurrent");
    need(line_width() == 3.0f && glIsEnabled(GL_FOG), "what came through another context");
    need(glGetError() == GL_NO_ERROR, "no error");
    /* What it got and never took goes with it. */
    need(wglCopyContext(third, other, GL_ALL_ATTRIB_BITS), "wglCopyContext");
    need(wglDeleteContext(other) && wglDeleteContext(third), "wglDeleteContext");
    wgl_window_close(&window);
}
