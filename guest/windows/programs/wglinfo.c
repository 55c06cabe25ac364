/* SPDX-License-Identifier: MIT */
/* wglinfo.exe: the OpenGL, its extensions and its pixel formats. */
#include <stdio.h>
#include <string.h>

#include "guest/windows/programs/window.h"

#include <GL/gl.h>

typedef const char *WINAPI extensions_call(HDC dc);

static void print_words(const char *title, const char *words)
{
    printf("\n%s:\n", title);
    while (words && *words) {
        const char *end = strchr(words, ' ');
        int length = end ? (int)(end - words) : (int)strlen(words);
        if (length > 0) {
            printf("  %.*s\n", length, words);
        }
        words = end ? end + 1 : words + length;
    }
}

static const char *wgl_extensions(HDC dc)
{
    extensions_call *call =
        (extensions_call *)(void *)wglGetProcAddress("wglGetExtensionsStringARB");
    return call ? call(dc) : "";
}

static void print_formats(HDC dc)
{
    PIXELFORMATDESCRIPTOR format;
    int count = DescribePixelFormat(dc, 1, sizeof format, NULL);
    printf("\nPixel formats:\n   n  bits  r g b a  depth stencil  accum  buffers\n");
    for (int i = 1; i <= count; i++) {
        DescribePixelFormat(dc, i, sizeof format, &format);
        if (format.dwFlags & PFD_SUPPORT_OPENGL) {
            printf("%4d  %4d  %d %d %d %d  %5d %7d  %5d  %d%s\n", i, format.cColorBits,
                   format.cRedBits, format.cGreenBits, format.cBlueBits, format.cAlphaBits,
                   format.cDepthBits, format.cStencilBits, format.cAccumBits,
                   format.dwFlags & PFD_DOUBLEBUFFER ? 2 : 1,
                   format.dwFlags & PFD_GENERIC_FORMAT ? "  (not accelerated)" : "");
        }
    }
}

int main(int argc, char **argv)
{
    struct window window = {0};
    char path[MAX_PATH] = "";
    (void)argc;
    (void)argv;
    GetModuleFileNameA(GetModuleHandleA("opengl32.dll"), path, sizeof path - 1);
    printf("opengl32.dll: %s\n", path);
    bool opened = window_open(&window, "wglinfo", 64, 64, false);
    if (opened) {
        printf("vendor:   %s\n", (const char *)glGetString(GL_VENDOR));
        printf("renderer: %s\n", (const char *)glGetString(GL_RENDERER));
        printf("version:  %s\n", (const char *)glGetString(GL_VERSION));
        print_words("WGL extensions", wgl_extensions(window.dc));
        print_words("OpenGL extensions", (const char *)glGetString(GL_EXTENSIONS));
        print_formats(window.dc);
    }
    window_close(&window);
    return opened ? 0 : 1;
}
