/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WGL_ARB_pbuffer and WGL_ARB_render_texture. */
#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <GL/wglext.h>

static struct {
    PFNWGLCREATEPBUFFERARBPROC create;
    PFNWGLGETPBUFFERDCARBPROC get_dc;
    PFNWGLRELEASEPBUFFERDCARBPROC release_dc;
    PFNWGLDESTROYPBUFFERARBPROC destroy;
    PFNWGLQUERYPBUFFERARBPROC query;
} pbuffer_calls;

static void find_calls(void)
{
    pbuffer_calls.create = (void *)wglGetProcAddress("wglCreatePbufferARB");
    pbuffer_calls.get_dc = (void *)wglGetProcAddress("wglGetPbufferDCARB");
    pbuffer_calls.release_dc = (void *)wglGetProcAddress("wglReleasePbufferDCARB");
    pbuffer_calls.destroy = (void *)wglGetProcAddress("wglDestroyPbufferARB");
    pbuffer_calls.query = (void *)wglGetProcAddress("wglQueryPbufferARB");
    need(pbuffer_calls.create && pbuffer_calls.get_dc && pbuffer_calls.release_dc &&
             pbuffer_calls.destroy && pbuffer_calls.query,
         "the calls");
}

static void need_size(HPBUFFERARB pbuffer, int width, int height)
{
    int value[3] = {0};
    need(pbuffer_calls.query(pbuffer, WGL_PBUFFER_WIDTH_ARB, &value[0]) &&
             pbuffer_calls.query(pbuffer, WGL_PBUFFER_HEIGHT_ARB, &value[1]) &&
             pbuffer_calls.query(pbuffer, WGL_PBUFFER_LOST_ARB, &value[2]),
         "asking the pbuffer");
    need(value[0] == width && value[1] == height && value[2] == FALSE, "its size");
}

/* How large the format's may be. */
static void greatest_size(HDC dc, int format, int size[2])
{
    PFNWGLGETPIXELFORMATATTRIBIVARBPROC get_attributes =
        (void *)wglGetProcAddress("wglGetPixelFormatAttribivARB");
    const int names[] = {WGL_DRAW_TO_PBUFFER_ARB, WGL_MAX_PBUFFER_WIDTH_ARB,
                         WGL_MAX_PBUFFER_HEIGHT_ARB, WGL_MAX_PBUFFER_PIXELS_ARB};
    int values[4];
    need(get_attributes(dc, format, 0, 4, names, values) && values[0], "a format for pbuffers");
    need(values[1] >= 2048 && values[2] >= 2048 && values[3] >= 2048 * 2048, "sizes");
    size[0] = values[1];
    size[1] = values[2];
}

static void check_errors(HDC dc, int format)
{
    const int largest[] = {WGL_PBUFFER_LARGEST_ARB, TRUE, 0}, unknown[] = {0x7777, 1, 0};
    int most[2], value;
    greatest_size(dc, format, most);
    need_error(!pbuffer_calls.create(dc, 0, 8, 8, NULL), ERROR_INVALID_PIXEL_FORMAT, "format 0");
    need_error(!pbuffer_calls.create(dc, format, 0, 8, NULL), ERROR_INVALID_DATA, "no width");
    need_error(!pbuffer_calls.create(dc, format, 8, 8, unknown), ERROR_INVALID_DATA,
               "an attribute");
    need_error(!pbuffer_calls.create(dc, format, most[0] + 1, 8, NULL), ERROR_NO_SYSTEM_RESOURCES,
               "too large a pbuffer");
    HPBUFFERARB pbuffer = pbuffer_calls.create(dc, format, most[0] + 1, 8, largest);
    need(pbuffer != NULL, "as large a pbuffer as can be had");
    need_size(pbuffer, most[0], 8);
    need_error(!pbuffer_calls.query(pbuffer, 0x7777, &value), ERROR_INVALID_DATA, "a question");
    need_error(!pbuffer_calls.release_dc(pbuffer, dc), ERROR_DC_NOT_FOUND, "another's context");
    need(pbuffer_calls.destroy(pbuffer), "wglDestroyPbufferARB");
    need_error(!pbuffer_calls.destroy(pbuffer), ERROR_INVALID_HANDLE, "destroying twice");
    need_error(!pbuffer_calls.get_dc(pbuffer), ERROR_INVALID_HANDLE, "what was destroyed");
}

void check_pbuffers(void)
{
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    find_calls();
    int format = GetPixelFormat(window.dc);
    PFNWGLMAKECONTEXTCURRENTARBPROC make_current =
        (void *)wglGetProcAddress("wglMakeContextCurrentARB");
    check_errors(window.dc, format);

    HPBUFFERARB pbuffer = pbuffer_calls.create(window.dc, format, 100, 60, NULL);
    HDC dc = pbuffer_calls.get_dc(pbuffer);
    need(dc != NULL && GetPixelFormat(dc) == format, "the pbuffer's format");
    need_size(pbuffer, 100, 60);
    HGLRC context = wglCreateContext(dc);
    need(context && wglShareLists(window.context, context), "a context for it");
    need(wglMakeCurrent(dc, context) && wglGetCurrentDC() == dc, "drawing to it");
    GLint viewport[4];
    glGetIntegerv(GL_VIEWPORT, viewport);
    need(viewport[2] == 100 && viewport[3] == 60, "the viewport");
    glClearColor(0.0f, 1.0f, 0.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(SwapBuffers(dc), "SwapBuffers");
    need(read_pixel(99, 59) == RGB(0, 255, 0), "its contents");
    glReadBuffer(GL_FRONT);
    need(read_pixel(99, 59) == RGB(0, 255, 0), "what was swapped to the front");
    glReadBuffer(GL_BACK);

    need(make_current(window.dc, dc, window.context), "reading from it");
    fill(window.dc, 1.0f, 0.0f, 0.0f);
    need(read_pixel(99, 59) == RGB(0, 255, 0), "the window is no part of it");
    glRasterPos2f(-1.0f, -1.0f);
    glCopyPixels(0, 0, WIDTH, HEIGHT, GL_COLOR);
    need(SwapBuffers(window.dc), "SwapBuffers");
    need_shown(&window, 5, 5, RGB(0, 255, 0));

    need(wglMakeCurrent(dc, context), "drawing to it again");
    need(pbuffer_calls.release_dc(pbuffer, dc) == 1, "wglReleasePbufferDCARB");
    need(pbuffer_calls.destroy(pbuffer), "wglDestroyPbufferARB");
    glClearColor(0.0f, 0.0f, 1.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    need(read_pixel(99, 59) == RGB(0, 0, 255), "a context keeps what it draws to");
    need(wglMakeCurrent(window.dc, window.context) && wglDeleteContext(context), "letting go");
    wgl_window_close(&window);
}

/*
 * WGL_ARB_render_texture
 */

#define SIZE 32

static struct {
    PFNWGLBINDTEXIMAGEARBPROC bind;
    PFNWGLRELEASETEXIMAGEARBPROC release;
    PFNWGLSETPBUFFERATTRIBARBPROC set;
} texture_calls;

/* A pbuffer for textures, of another format than the window, and a context that draws to it. */
struct render_texture {
    HPBUFFERARB pbuffer;
    HDC dc;
    HGLRC context;
};

static void open_texture(struct render_texture *texture, HDC window, int target, int mipmap)
{
    PFNWGLCHOOSEPIXELFORMATARBPROC choose = (void *)wglGetProcAddress("wglChoosePixelFormatARB");
    const int wishes[] = {WGL_DRAW_TO_PBUFFER_ARB,
                          TRUE,
                          WGL_BIND_TO_TEXTURE_RGBA_ARB,
                          TRUE,
                          WGL_DOUBLE_BUFFER_ARB,
                          FALSE,
                          WGL_DEPTH_BITS_ARB,
                          16,
                          WGL_SAMPLE_BUFFERS_ARB,
                          0,
                          0};
    const int attributes[] = {WGL_TEXTURE_FORMAT_ARB,
                              WGL_TEXTURE_RGBA_ARB,
                              WGL_TEXTURE_TARGET_ARB,
                              target,
                              WGL_MIPMAP_TEXTURE_ARB,
                              mipmap,
                              0};
    int format, value;
    UINT count;
    need(choose(window, wishes, NULL, 1, &format, &count) && count == 1, "a format for textures");
    need(format != GetPixelFormat(window), "another than the window's");
    texture->pbuffer = pbuffer_calls.create(window, format, SIZE, SIZE, attributes);
    need(texture->pbuffer != NULL, "a pbuffer for a texture");
    need(pbuffer_calls.query(texture->pbuffer, WGL_TEXTURE_TARGET_ARB, &value) && value == target &&
             pbuffer_calls.query(texture->pbuffer, WGL_TEXTURE_FORMAT_ARB, &value) &&
             value == WGL_TEXTURE_RGBA_ARB &&
             pbuffer_calls.query(texture->pbuffer, WGL_MIPMAP_TEXTURE_ARB, &value) &&
             value == mipmap,
         "what it was asked to be");
    texture->dc = pbuffer_calls.get_dc(texture->pbuffer);
    texture->context = wglCreateContext(texture->dc);
    need(texture->context && wglMakeCurrent(texture->dc, texture->context), "drawing to it");
}

static void close_texture(struct render_texture *texture)
{
    need(pbuffer_calls.destroy(texture->pbuffer) && wglDeleteContext(texture->context), "the end");
}

/* Clears what is drawn to, as far as `width` and `height`. */
static void paint(int x, int y, int width, int height, COLORREF color)
{
    glEnable(GL_SCISSOR_TEST);
    glScissor(x, y, width, height);
    glClearColor((float)GetRValue(color) / 255, (float)GetGValue(color) / 255,
                 (float)GetBValue(color) / 255, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
}

/* The image of the bound texture has the colour there. */
static void need_texel(GLenum target, int level, int x, int y, COLORREF color)
{
    static GLubyte texels[SIZE * SIZE][4];
    GLint width = 0;
    glGetTexLevelParameteriv(target, level, GL_TEXTURE_WIDTH, &width);
    need(width == SIZE >> level, "the image's size");
    glGetTexImage(target, level, GL_RGBA, GL_UNSIGNED_BYTE, texels);
    const GLubyte *texel = texels[y * width + x];
    need(RGB(texel[0], texel[1], texel[2]) == color && texel[3] == 255, "a texel");
}

/* What the context has set for copies, and gets back. */
static void check_texture_2d(struct wgl_window *window)
{
    struct render_texture texture;
    PFNGLGENFRAMEBUFFERSPROC generate = (void *)wglGetProcAddress("glGenFramebuffers");
    PFNGLBINDFRAMEBUFFERPROC bind = (void *)wglGetProcAddress("glBindFramebuffer");
    GLuint names[2], framebuffer;
    GLint got;
    GLfloat bias;
    open_texture(&texture, window->dc, WGL_TEXTURE_2D_ARB, FALSE);
    paint(0, 0, SIZE, SIZE, RGB(255, 0, 0));
    paint(SIZE / 2, SIZE / 2, SIZE / 2, SIZE / 2, RGB(0, 51, 255));
    need(wglMakeCurrent(window->dc, window->context), "wglMakeCurrent");
    fill(window->dc, 0.0f, 1.0f, 0.0f);
    glGenTextures(2, names);
    glBindTexture(GL_TEXTURE_2D, names[0]);
    generate(1, &framebuffer);
    bind(GL_READ_FRAMEBUFFER, framebuffer);
    glPixelTransferf(GL_RED_BIAS, 0.25f);
    need(texture_calls.bind(texture.pbuffer, WGL_FRONT_LEFT_ARB), "wglBindTexImageARB");
    glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &got);
    glGetFloatv(GL_RED_BIAS, &bias);
    need(got == (GLint)framebuffer && bias == 0.25f, "the context's state");
    glPixelTransferf(GL_RED_BIAS, 0.0f);
    bind(GL_READ_FRAMEBUFFER, 0);
    glGetIntegerv(GL_READ_BUFFER, &got);
    need(got == GL_BACK, "the buffer it reads from");
    need_texel(GL_TEXTURE_2D, 0, 3, 3, RGB(255, 0, 0));
    need_texel(GL_TEXTURE_2D, 0, SIZE - 1, SIZE - 1, RGB(0, 51, 255));
    need(read_pixel(2, 2) == RGB(0, 255, 0), "reading from the window again");
    need(texture_calls.release(texture.pbuffer, WGL_FRONT_LEFT_ARB), "wglReleaseTexImageARB");
    need(glGetError() == GL_NO_ERROR, "no error");

    /* A second time, and into another texture. */
    need(wglMakeCurrent(texture.dc, texture.context), "wglMakeCurrent");
    paint(0, 0, SIZE, SIZE, RGB(255, 255, 0));
    need(wglMakeCurrent(window->dc, window->context), "wglMakeCurrent");
    glBindTexture(GL_TEXTURE_2D, names[1]);
    need(texture_calls.bind(texture.pbuffer, WGL_FRONT_LEFT_ARB), "wglBindTexImageARB");
    need_texel(GL_TEXTURE_2D, 0, SIZE - 1, SIZE - 1, RGB(255, 255, 0));
    need_error(!texture_calls.bind(texture.pbuffer, WGL_AUX0_ARB), ERROR_INVALID_DATA, "no buffer");
    need_error(!texture_calls.bind(texture.pbuffer, WGL_BACK_LEFT_ARB), ERROR_INVALID_DATA,
               "no back buffer");
    close_texture(&texture);
    need_error(!texture_calls.bind(texture.pbuffer, WGL_FRONT_LEFT_ARB), ERROR_INVALID_HANDLE,
               "no pbuffer");
}

/* Levels and faces are drawn each for itself, while the pbuffer is current. */
static void check_texture_images(struct wgl_window *window, int target)
{
    struct render_texture texture;
    GLenum bound = target == WGL_TEXTURE_2D_ARB ? GL_TEXTURE_2D : GL_TEXTURE_CUBE_MAP;
    int faces = target == WGL_TEXTURE_2D_ARB ? 1 : 6, value;
    GLuint name;
    open_texture(&texture, window->dc, target, TRUE);
    for (int face = 0; face < faces; face++) {
        for (int level = 0; level < 6; level++) {
            const int attributes[] = {WGL_CUBE_MAP_FACE_ARB,
                                      WGL_TEXTURE_CUBE_MAP_POSITIVE_X_ARB + face,
                                      WGL_MIPMAP_LEVEL_ARB, level, 0};
            need(texture_calls.set(texture.pbuffer, attributes), "wglSetPbufferAttribARB");
            paint(0, 0, SIZE, SIZE, RGB(face * 51, level * 51, 255));
        }
    }
    const int beyond[] = {WGL_MIPMAP_LEVEL_ARB, 99, 0}, bad[] = {WGL_CUBE_MAP_FACE_ARB, 7, 0};
    need(texture_calls.set(texture.pbuffer, beyond) &&
             pbuffer_calls.query(texture.pbuffer, WGL_MIPMAP_LEVEL_ARB, &value) && value == 5,
         "the last level");
    need_error(!texture_calls.set(texture.pbuffer, bad), ERROR_INVALID_DATA, "no face");
    need(wglMakeCurrent(window->dc, window->context), "wglMakeCurrent");
    glGenTextures(1, &name);
    glBindTexture(bound, name);
    need(texture_calls.bind(texture.pbuffer, WGL_FRONT_LEFT_ARB), "wglBindTexImageARB");
    for (int face = 0; face < faces; face++) {
        for (int level = 0; level < 6; level++) {
            need_texel(faces == 1 ? GL_TEXTURE_2D : (GLenum)GL_TEXTURE_CUBE_MAP_POSITIVE_X + face,
                       level, 0, 0, RGB(face * 51, level * 51, 255));
        }
    }
    close_texture(&texture);
}

void check_render_texture(void)
{
    const int no_target[] = {WGL_TEXTURE_FORMAT_ARB, WGL_TEXTURE_RGB_ARB, 0};
    const int cube[] = {WGL_TEXTURE_FORMAT_ARB, WGL_TEXTURE_RGB_ARB, WGL_TEXTURE_TARGET_ARB,
                        WGL_TEXTURE_CUBE_MAP_ARB, 0};
    struct wgl_window window;
    wgl_window_open(&window, 0, 0, WIDTH, HEIGHT);
    find_calls();
    texture_calls.bind = (void *)wglGetProcAddress("wglBindTexImageARB");
    texture_calls.release = (void *)wglGetProcAddress("wglReleaseTexImageARB");
    texture_calls.set = (void *)wglGetProcAddress("wglSetPbufferAttribARB");
    need(texture_calls.bind && texture_calls.release && texture_calls.set, "the calls");
    int format = GetPixelFormat(window.dc);
    need_error(!pbuffer_calls.create(window.dc, format, 8, 8, no_target), ERROR_INVALID_DATA,
               "a texture without a target");
    need_error(!pbuffer_calls.create(window.dc, format, 8, 4, cube), ERROR_INVALID_DATA,
               "a cube that is none");
    HPBUFFERARB plain = pbuffer_calls.create(window.dc, format, 8, 8, NULL);
    need_error(!texture_calls.bind(plain, WGL_FRONT_LEFT_ARB), ERROR_INVALID_OPERATION,
               "a pbuffer that is for no texture");
    need(pbuffer_calls.destroy(plain), "wglDestroyPbufferARB");
    check_texture_2d(&window);
    check_texture_images(&window, WGL_TEXTURE_2D_ARB);
    check_texture_images(&window, WGL_TEXTURE_CUBE_MAP_ARB);
    wgl_window_close(&window);
}
