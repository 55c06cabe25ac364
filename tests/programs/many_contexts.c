/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * many_contexts WARM COUNT: makes WARM contexts one after the other, each of which draws with
 * objects of every common kind, prints "warm" and waits for a line; then COUNT more and "done".
 */
#define GL_GLEXT_PROTOTYPES
#include "gl_window.h"

#include <GL/glext.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXTURE_SIDE 256

static void leave_objects(void)
{
    static unsigned char texels[TEXTURE_SIDE * TEXTURE_SIDE * 4];
    static const float corners[] = {-1, -1, 1, -1, 0, 1};
    static const char *source = "void main() { gl_FragColor = vec4(1.0); }";
    GLuint names[4];
    glGenTextures(4, names);
    for (int i = 0; i < 4; i++) {
        glBindTexture(GL_TEXTURE_2D, names[i]);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, TEXTURE_SIDE, TEXTURE_SIDE, 0, GL_RGBA,
                     GL_UNSIGNED_BYTE, texels);
    }
    glGenBuffers(1, names);
    glBindBuffer(GL_ARRAY_BUFFER, names[0]);
    glBufferData(GL_ARRAY_BUFFER, sizeof texels, texels, GL_STATIC_DRAW);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glVertexPointer(2, GL_FLOAT, 0, corners);
    glEnableClientState(GL_VERTEX_ARRAY);
    glNewList(glGenLists(1), GL_COMPILE_AND_EXECUTE);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glEndList();
    GLuint shader = glCreateShader(GL_FRAGMENT_SHADER), program = glCreateProgram();
    glShaderSource(shader, 1, &source, NULL);
    glCompileShader(shader);
    glAttachShader(program, shader);
    glLinkProgram(program);
    glUseProgram(program);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

static void make(int count)
{
    for (int i = 0; i < count; i++) {
        struct gl_window window;
        gl_window_open(&window, 64, 64, NULL);
        leave_objects();
        glXSwapBuffers(window.display, window.window);
        if (glGetError() != GL_NO_ERROR) {
            fprintf(stderr, "context %d has an error\n", i);
            exit(1);
        }
        gl_window_close(&window);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s WARM COUNT\n", argv[0]);
        return 2;
    }
    make(atoi(argv[1]));
    puts("warm");
    fflush(stdout);
    if (getchar() != '\n') {
        return 1;
    }
    make(atoi(argv[2]));
    puts("done");
    fflush(stdout);
    return getchar() == '\n' ? 0 : 1;
}
