/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wgl_checks.exe CHECK: WGL as Windows programs see it. Ends with 0, or with a line that says what
 * was wrong. test_wine.py runs each of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <GL/wglext.h>

void need_error(int failed, DWORD error, const char *what)
{
    DWORD got = GetLastError();
    if (!failed || got != error) {
        printf("%s: %s, error %lu instead of %lu\n", what, failed ? "failed" : "worked", got,
               error);
        fflush(stdout);
        exit(1);
    }
}

COLORREF read_pixel(int x, int y)
{
    GLubyte pixel[4] = {0};
    glReadPixels(x, y, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    return RGB(pixel[0], pixel[1], pixel[2]);
}

void fill(HDC dc, float red, float green, float blue)
{
    glClearColor(red, green, blue, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(SwapBuffers(dc), "SwapBuffers");
}

void need_shown(const struct wgl_window *window, int x, int y, COLORREF color)
{
    for (int i = 0; i < 200; i++) {
        wgl_window_messages();
        if (GetPixel(window->dc, x, y) == color) {
            return;
        }
        Sleep(10);
    }
    printf("the window shows %06lx at %d, %d instead of %06lx\n", GetPixel(window->dc, x, y), x, y,
           color);
    fflush(stdout);
    exit(1);
}

static void check_formats(void)
{
    struct wgl_window window;
    PIXELFORMATDESCRIPTOR format;
    wgl_window_show(&window, 0, 0, WIDTH, HEIGHT);
    int count = DescribePixelFormat(window.dc, 1, sizeof format, NULL);
    need(count > 1, "the count of formats");
    for (int number = 1; number <= count; number++) {
        need(DescribePixelFormat(window.dc, number, sizeof format, &format) == count, "describing");
        need(format.dwFlags & PFD_SUPPORT_OPENGL && format.iPixelType == PFD_TYPE_RGBA &&
                 format.cRedBits == 8 && format.cRedShift == 16,
             "a format's description");
    }
    need_error(!DescribePixelFormat(window.dc, count + 1, sizeof format, &format),
               ERROR_INVALID_PIXEL_FORMAT, "describing a format too many");
    int own = GetPixelFormat(window.dc);
    DescribePixelFormat(window.dc, own, sizeof format, &format);
    need(format.dwFlags & PFD_DOUBLEBUFFER && format.cDepthBits >= 24, "the format asked for");
    need(SetPixelFormat(window.dc, own, &format), "the same format again");
    need_error(!SetPixelFormat(window.dc, own == 1 ? 2 : 1, &format), ERROR_INVALID_PIXEL_FORMAT,
               "a second format");
    format.dwFlags &= ~(DWORD)PFD_DOUBLEBUFFER;
    int single = ChoosePixelFormat(window.dc, &format);
    DescribePixelFormat(window.dc, single, sizeof format, &format);
    need(!(format.dwFlags & PFD_DOUBLEBUFFER), "a format with one buffer");
    wgl_window_close(&window);
}

static DWORD WINAPI use_elsewhere(void *data)
{
    struct wgl_window *window = data;
    need_error(!wglMakeCurrent(window->dc, window->context), ERROR_BUSY, "current elsewhere");
    need_error(!wglDeleteContext(window->context), ERROR_BUSY,
               "deleting what is current elsewhere");
    need(wglGetCurrentContext() == NULL, "no current context in a new thread");
    /* Left current by a thread that ends. */
    HGLRC own = wglCreateContext(window[1].dc);
    need(wglMakeCurrent(window[1].dc, own), "a context of another thread");
    window[1].context = own;
    return 0;
}

static void check_current(void)
{
    struct wgl_window windows[2];
    HWND plain = CreateWindowA("static", "", WS_POPUP, 0, 0, 8, 8, NULL, NULL, NULL, NULL);
    DWORD id;
    wgl_window_open(&windows[0], 0, 0, WIDTH, HEIGHT);
    wgl_window_show(&windows[1], 100, 0, WIDTH, HEIGHT);
    HGLRC context = windows[0].context;
    need(wglGetCurrentContext() == context && wglGetCurrentDC() == windows[0].dc,
         "what is current");
    need_error(wglCreateContext(GetDC(plain)) == NULL, ERROR_INVALID_PIXEL_FORMAT,
               "a context of a window without a format");
    need_error(wglCreateContext(NULL) == NULL, ERROR_INVALID_HANDLE, "a context of no window");
    need_error(!wglMakeCurrent(GetDC(plain), context), ERROR_INVALID_PIXEL_FORMAT,
               "a window without a format");
    need_error(!wglMakeCurrent(windows[0].dc, (HGLRC)12345), ERROR_INVALID_HANDLE, "no context");
    need_error(!wglMakeCurrent((HDC)12345, context), ERROR_INVALID_HANDLE, "no device context");
    need(wglGetCurrentContext() == context, "failures change nothing");
    HANDLE thread = CreateThread(NULL, 0, use_elsewhere, windows, 0, &id);
    WaitForSingleObject(thread, INFINITE);
    need(wglMakeCurrent(windows[1].dc, windows[1].context), "taking over what a thread has left");
    need(wglMakeCurrent(NULL, NULL) && wglGetCurrentContext() == NULL, "letting go");
    need(wglMakeCurrent(windows[0].dc, context), "current again");
    need(wglDeleteContext(context) && wglGetCurrentContext() == NULL, "deleting what is current");
    need_error(!wglDeleteContext(context), ERROR_INVALID_HANDLE, "deleting twice");
}

static void check_sharing(void)
{
    struct wgl_window window;
    GLuint texture, other_texture;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    HGLRC shares = wglCreateContext(window.dc), alone = wglCreateContext(window.dc);
    need(wglShareLists(window.context, shares), "wglShareLists");
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    GLuint list = glGenLists(1);
    glNewList(list, GL_COMPILE);
    glEndList();
    need(wglMakeCurrent(window.dc, shares), "wglMakeCurrent");
    need(glIsTexture(texture) && glIsList(list), "shared objects");
    need(wglMakeCurrent(window.dc, alone), "wglMakeCurrent");
    need(!glIsTexture(texture) && !glIsList(list), "objects of one's own");
    glGenTextures(1, &other_texture);
    need_error(!wglShareLists(window.context, alone), ERROR_INVALID_OPERATION,
               "sharing with one that was used");
    need(wglMakeCurrent(window.dc, window.context), "wglMakeCurrent");
    need(wglDeleteContext(shares) && wglDeleteContext(alone), "wglDeleteContext");
    need(glIsTexture(texture), "objects outlive the other context");
    wgl_window_close(&window);
}

/* Two windows with a context each, in turns; then one context for both. */
static void check_windows(void)
{
    struct wgl_window left, right;
    wgl_window_open(&left, 0, 0, WIDTH, HEIGHT);
    fill(left.dc, 1.0f, 0.0f, 0.0f);
    wgl_window_open(&right, 100, 0, WIDTH, HEIGHT);
    fill(right.dc, 0.0f, 1.0f, 0.0f);
    need_shown(&left, 5, 5, RGB(255, 0, 0));
    need_shown(&right, 5, 5, RGB(0, 255, 0));
    need(wglMakeCurrent(right.dc, left.context), "a context in the other window");
    fill(right.dc, 0.0f, 0.0f, 1.0f);
    need_shown(&right, 5, 5, RGB(0, 0, 255));
    need_shown(&left, 5, 5, RGB(255, 0, 0));
    /* What was drawn before another window's turn is swapped by itself. */
    need(wglMakeCurrent(left.dc, left.context), "the first window again");
    glClearColor(1.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(wglMakeCurrent(right.dc, right.context), "the other window");
    glClearColor(1.0f, 0.0f, 1.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(SwapBuffers(left.dc) && wglGetCurrentContext() == right.context &&
             wglGetCurrentDC() == right.dc,
         "swapping a window that is not current");
    need_shown(&left, 5, 5, RGB(255, 255, 0));
    need(read_pixel(5, 5) == RGB(255, 0, 255), "what the current window has");
    need(wglMakeCurrent(NULL, NULL), "letting go");
    need(SwapBuffers(right.dc) && wglGetCurrentContext() == NULL, "swapping without a context");
    need_shown(&right, 5, 5, RGB(255, 0, 255));
    wgl_window_close(&left);
    wgl_window_close(&right);
}

static void check_size(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    need_shown(&window, WIDTH - 1, HEIGHT - 1, RGB(255, 0, 0));
    SetWindowPos(window.window, NULL, 0, 0, WIDTH * 2, HEIGHT * 2, SWP_NOZORDER | SWP_NOMOVE);
    wgl_window_messages();
    glViewport(0, 0, WIDTH * 2, HEIGHT * 2);
    glClearColor(0.0f, 1.0f, 1.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(read_pixel(WIDTH * 2 - 1, HEIGHT * 2 - 1) == RGB(0, 255, 255), "the new corner");
    need(SwapBuffers(window.dc), "SwapBuffers");
    need_shown(&window, WIDTH * 2 - 1, HEIGHT * 2 - 1, RGB(0, 255, 255));
    wgl_window_close(&window);
}

/* A minimised window has no client area; what is drawn meanwhile keeps its size. */
static void check_minimised(void)
{
    struct wgl_window window;
    RECT client;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    ShowWindow(window.window, SW_MINIMIZE);
    wgl_window_messages();
    need(IsIconic(window.window) && GetClientRect(window.window, &client) && client.right == 0,
         "minimising");
    fill(window.dc, 1.0f, 0.0f, 1.0f);
    glViewport(0, 0, WIDTH, HEIGHT);
    fill(window.dc, 0.0f, 0.0f, 1.0f);
    need(read_pixel(WIDTH - 1, HEIGHT - 1) == RGB(0, 0, 255), "the corner");
    ShowWindow(window.window, SW_RESTORE);
    wgl_window_messages();
    need(!IsIconic(window.window), "restoring");
    fill(window.dc, 0.0f, 1.0f, 0.0f);
    need_shown(&window, WIDTH - 1, HEIGHT - 1, RGB(0, 255, 0));
    wgl_window_close(&window);
}

/* Drawing to the front buffer shows at glFlush. */
static void check_front(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    glDrawBuffer(GL_FRONT);
    glClearColor(1.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    glFlush();
    need_shown(&window, 3, 3, RGB(255, 255, 0));
    wgl_window_close(&window);
}

static void check_extensions(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    PFNWGLGETEXTENSIONSSTRINGARBPROC get_string =
        (PFNWGLGETEXTENSIONSSTRINGARBPROC)(void *)wglGetProcAddress("wglGetExtensionsStringARB");
    need(get_string != NULL, "wglGetExtensionsStringARB");
    need(strstr(get_string(window.dc), "WGL_ARB_create_context_profile") != NULL, "the string");
    need(wglGetProcAddress("wglMakeContextCurrentEXT") ==
             wglGetProcAddress("wglMakeContextCurrentARB"),
         "an older name");
    need_error(wglGetProcAddress("wglCreateBufferRegionARB") == NULL, ERROR_PROC_NOT_FOUND,
               "a call that is refused");
    need_error(wglGetProcAddress("glNoSuchCall") == NULL, ERROR_PROC_NOT_FOUND, "no such call");
    PFNWGLCHOOSEPIXELFORMATARBPROC choose =
        (PFNWGLCHOOSEPIXELFORMATARBPROC)(void *)wglGetProcAddress("wglChoosePixelFormatARB");
    PFNWGLGETPIXELFORMATATTRIBIVARBPROC get_attributes =
        (PFNWGLGETPIXELFORMATATTRIBIVARBPROC)(void *)wglGetProcAddress(
            "wglGetPixelFormatAttribivARB");
    const int wishes[] = {WGL_DRAW_TO_WINDOW_ARB,
                          TRUE,
                          WGL_DOUBLE_BUFFER_ARB,
                          FALSE,
                          WGL_STENCIL_BITS_ARB,
                          8,
                          WGL_FRAMEBUFFER_SRGB_CAPABLE_ARB,
                          TRUE,
                          0};
    const int names[] = {WGL_STENCIL_BITS_ARB, WGL_DOUBLE_BUFFER_ARB, WGL_NUMBER_PIXEL_FORMATS_ARB,
                         WGL_FRAMEBUFFER_SRGB_CAPABLE_ARB};
    int format, values[4];
    UINT count;
    need(choose(window.dc, wishes, NULL, 1, &format, &count) && count == 1, "choosing a format");
    need(get_attributes(window.dc, format, 0, 4, names, values), "a format's attributes");
    need(values[0] >= 8 && !values[1] && values[3] &&
             values[2] == DescribePixelFormat(window.dc, 1, 0, NULL),
         "the attributes' values");
    wgl_window_close(&window);
}

static void check_versions(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    PFNWGLCREATECONTEXTATTRIBSARBPROC create =
        (PFNWGLCREATECONTEXTATTRIBSARBPROC)(void *)wglGetProcAddress("wglCreateContextAttribsARB");
    int attributes[] = {WGL_CONTEXT_MAJOR_VERSION_ARB,
                        3,
                        WGL_CONTEXT_MINOR_VERSION_ARB,
                        3,
                        WGL_CONTEXT_PROFILE_MASK_ARB,
                        WGL_CONTEXT_CORE_PROFILE_BIT_ARB,
                        0};
    GLint profile = 0;
    HGLRC core = create(window.dc, window.context, attributes);
    need(core != NULL && wglMakeCurrent(window.dc, core), "a core context");
    glGetIntegerv(GL_CONTEXT_PROFILE_MASK, &profile);
    need(profile == GL_CONTEXT_CORE_PROFILE_BIT, "the profile");
    need(strncmp((const char *)glGetString(GL_VERSION), "3.3", 3) >= 0, "the version");
    need(wglDeleteContext(core), "wglDeleteContext");
    attributes[1] = 9;
    need_error(!create(window.dc, NULL, attributes), 0x2095 /* ERROR_INVALID_VERSION_ARB */,
               "OpenGL 9.3");
    attributes[1] = 3;
    attributes[5] = 4;
    need_error(!create(window.dc, NULL, attributes), 0x2096 /* ERROR_INVALID_PROFILE_ARB */,
               "no such profile");
    wgl_window_close(&window);
}

/* WGL_ARB_create_context_robustness and _no_error: the host has such contexts, and shares none of
 * different kinds. */
static void check_robust(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    PFNWGLCREATECONTEXTATTRIBSARBPROC create =
        (PFNWGLCREATECONTEXTATTRIBSARBPROC)(void *)wglGetProcAddress("wglCreateContextAttribsARB");
    int robust[] = {WGL_CONTEXT_FLAGS_ARB, WGL_CONTEXT_ROBUST_ACCESS_BIT_ARB,
                    WGL_CONTEXT_RESET_NOTIFICATION_STRATEGY_ARB, WGL_LOSE_CONTEXT_ON_RESET_ARB, 0};
    int careless[] = {WGL_CONTEXT_OPENGL_NO_ERROR_ARB, TRUE, WGL_CONTEXT_FLAGS_ARB, 0, 0};
    GLint strategy = 0;
    HGLRC context = create(window.dc, NULL, robust);
    need(context != NULL && wglMakeCurrent(window.dc, context), "a robust context");
    glGetIntegerv(GL_RESET_NOTIFICATION_STRATEGY_ARB, &strategy);
    need(strategy == GL_LOSE_CONTEXT_ON_RESET_ARB, "its strategy");
    PFNWGLGETEXTENSIONSSTRINGARBPROC get_string =
        (PFNWGLGETEXTENSIONSSTRINGARBPROC)(void *)wglGetProcAddress("wglGetExtensionsStringARB");
    int said = strstr(get_string(window.dc), "WGL_ARB_create_context_robustness") != NULL;
    int has = strstr((const char *)glGetString(GL_EXTENSIONS), "_robustness") != NULL;
    need(said == has, "the extension is there where OpenGL has the commands");
    need_error(!create(window.dc, window.context, robust), ERROR_INVALID_OPERATION,
               "sharing with another strategy");
    robust[3] = 1;
    need_error(!create(window.dc, NULL, robust), ERROR_INVALID_PARAMETER, "no such strategy");
    need_error(!create(window.dc, window.context, careless),
               0x2054 /* ERROR_INCOMPATIBLE_DEVICE_CONTEXTS_ARB */, "sharing without errors");
    HGLRC other = create(window.dc, NULL, careless);
    need(other != NULL && wglMakeCurrent(window.dc, other), "a context without errors");
    careless[3] = WGL_CONTEXT_DEBUG_BIT_ARB;
    need_error(!create(window.dc, NULL, careless),
               0x2054 /* ERROR_INCOMPATIBLE_DEVICE_CONTEXTS_ARB */, "debugging without errors");
    need(wglDeleteContext(other) && wglDeleteContext(context), "wglDeleteContext");
    wgl_window_close(&window);
}

static void check_interval(void)
{
    struct wgl_window window;
    PFNWGLSWAPINTERVALEXTPROC set =
        (PFNWGLSWAPINTERVALEXTPROC)(void *)wglGetProcAddress("wglSwapIntervalEXT");
    PFNWGLGETSWAPINTERVALEXTPROC get =
        (PFNWGLGETSWAPINTERVALEXTPROC)(void *)wglGetProcAddress("wglGetSwapIntervalEXT");
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    need(get() == 1 && set(0) && get() == 0, "the interval");
    need(set(-1) && get() == -1, "an interval whose late swaps do not wait");
    wgl_window_close(&window);
}

/* Ends in mid-frame with a context that is current. */
static void check_death(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    fill(window.dc, 0.0f, 1.0f, 0.0f);
    glBegin(GL_TRIANGLES);
    printf("drew\n");
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), 0);
}

/* Another of these programs, for one check. */
static HANDLE start(const char *check)
{
    char path[MAX_PATH], command[MAX_PATH + 32];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    need(GetModuleFileNameA(NULL, path, sizeof path) > 0, "the program's path");
    snprintf(command, sizeof command, "\"%s\" %s", path, check);
    need(CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process),
         "CreateProcess");
    CloseHandle(process.hThread);
    return process.hProcess;
}

static void need_success(HANDLE process, const char *what)
{
    DWORD status = 1;
    WaitForSingleObject(process, INFINITE);
    GetExitCodeProcess(process, &status);
    need(status == 0, what);
    CloseHandle(process);
}

/* A hundred programs that are ended in mid-frame, one after the other, and then one that is not. */
static void check_deaths(void)
{
    for (int i = 0; i < 100; i++) {
        need_success(start("death"), "drawing after others have died");
    }
    need_success(start("front"), "drawing to the end after others have died");
}

/* Programs that draw at the same time, to several windows. */
static void check_together(void)
{
    HANDLE programs[] = {start("windows"), start("size"), start("sharing"), start("windows")};
    for (unsigned i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        need_success(programs[i], "drawing beside others");
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*check)(void);
    } checks[] = {
        {"bad_handles", check_bad_handles},
        {"copying", check_copying},
        {"current", check_current},
        {"debugger", check_debugger},
        {"death", check_death},
        {"deaths", check_deaths},
        {"exports", check_exports},
        {"extensions", check_extensions},
        {"foreign_window", check_foreign_window},
        {"font_a", check_font_a},
        {"font_w", check_font_w},
        {"formats", check_formats},
        {"front", check_front},
        {"outlines_a", check_outlines_a},
        {"outlines_w", check_outlines_w},
        {"gamma", check_gamma},
        {"interval", check_interval},
        {"layers", check_layers},
        {"minimised", check_minimised},
        {"no_host", check_no_host},
        {"no_slot", check_no_slot},
        {"pbuffers", check_pbuffers},
        {"render_texture", check_render_texture},
        {"robust", check_robust},
        {"sharing", check_sharing},
        {"size", check_size},
        {"together", check_together},
        {"versions", check_versions},
        {"windows", check_windows},
    };
    for (unsigned i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (argc > 1 && strcmp(checks[i].name, argv[1]) == 0) {
            checks[i].check();
            return 0;
        }
    }
    printf("no such check\n");
    return 2;
}
