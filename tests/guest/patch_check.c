/* SPDX-License-Identifier: MIT */
/*
 * What becomes of libglvnd's entry points (guest/linux/glx_patch.h): `patch_check patched` wants
 * them to jump once a context is current, `patch_check plain` wants them left alone. Either way a
 * call without a context does nothing, and one with a context draws.
 */
#include <GL/gl.h>
#include <GL/glx.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/programs/gl_window.h"

#define JUMP 0xe9

static int has_jump(const char *name)
{
    const uint8_t *code = (const uint8_t *)glXGetProcAddress((const GLubyte *)name);
    return code && *code == JUMP;
}

int main(int argc, char **argv)
{
    int wanted = argc == 2 && strcmp(argv[1], "patched") == 0;
    struct gl_window window;
    GLubyte pixel[4] = {0};
    int wrong = 0;
    glClearColor(1, 0, 0, 1);
    gl_window_open(&window, 16, 16, NULL);
    /* A regular command, a hand-written one, one that the library does itself, a new one. */
    static const char *const names[] = {"glColor4f", "glGetError", "glFinish", "glUniform4f"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (has_jump(names[i]) != wanted) {
            fprintf(stderr, "%s: %s\n", names[i], wanted ? "is not patched" : "is patched");
            wrong++;
        }
    }
    glClearColor(0, 1, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glReadPixels(3, 3, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    if (pixel[0] != 0 || pixel[1] != 255 || glGetError() != GL_NO_ERROR) {
        fprintf(stderr, "what was drawn is not there\n");
        wrong++;
    }
    glXMakeCurrent(window.display, None, NULL);
    glClearColor(1, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    return wrong > 0;
}
