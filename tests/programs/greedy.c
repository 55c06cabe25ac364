/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes textures of 64 MiB until the GL is out of memory; the exit status is 0 if that happens
 * within 16 GiB, and a square that is drawn with a small texture afterwards is what it should be.
 */
#include "gl_window.h"

#include <stdio.h>

#define MOST 256
#define SIDE 4096

int main(void)
{
    static const unsigned char texel[] = {10, 200, 30};
    struct gl_window window;
    GLuint names[MOST];
    int count = 0;
    gl_window_open(&window, 64, 64, NULL);
    glGenTextures(MOST, names);
    while (count < MOST && glGetError() == GL_NO_ERROR) {
        glBindTexture(GL_TEXTURE_2D, names[count++]);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, SIDE, SIDE, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    }
    printf("%d textures\n", count);
    glDeleteTextures(MOST, names);
    glBindTexture(GL_TEXTURE_2D, names[0]);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, 1, 1, 0, GL_RGB, GL_UNSIGNED_BYTE, texel);
    glEnable(GL_TEXTURE_2D);
    glRectf(-1, -1, 1, 1);
    unsigned char pixel[3] = {0};
    glReadPixels(32, 32, 1, 1, GL_RGB, GL_UNSIGNED_BYTE, pixel);
    printf("%d %d %d\n", pixel[0], pixel[1], pixel[2]);
    gl_window_close(&window);
    return count < MOST && pixel[0] == 10 && pixel[1] == 200 && pixel[2] == 30 ? 0 : 1;
}
