/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef _WIN32
#include <windows.h>
#endif

#include <GL/gl.h>

#define TEXELS 16

void scene_init(void)
{
    static GLubyte texels[TEXELS][TEXELS][3];
    GLuint texture;
    for (int y = 0; y < TEXELS; y++) {
        for (int x = 0; x < TEXELS; x++) {
            texels[y][x][0] = (GLubyte)(x * 16);
            texels[y][x][1] = (GLubyte)(y * 16);
            texels[y][x][2] = (x ^ y) & 4 ? 255 : 0;
        }
    }
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, TEXELS, TEXELS, 0, GL_RGB, GL_UNSIGNED_BYTE, texels);
}

static void draw_arrays(void)
{
    static const GLfloat corners[][2] = {{-0.9f, -0.8f}, {0.9f, -0.8f}, {0.0f, 0.9f}};
    static const GLfloat coordinates[][2] = {{0.0f, 0.0f}, {3.0f, 0.0f}, {1.5f, 3.0f}};
    glEnable(GL_TEXTURE_2D);
    glEnableClientState(GL_VERTEX_ARRAY);
    glEnableClientState(GL_TEXTURE_COORD_ARRAY);
    glVertexPointer(2, GL_FLOAT, 0, corners);
    glTexCoordPointer(2, GL_FLOAT, 0, coordinates);
    glColor3f(1.0f, 1.0f, 1.0f);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glDisableClientState(GL_VERTEX_ARRAY);
    glDisableClientState(GL_TEXTURE_COORD_ARRAY);
    glDisable(GL_TEXTURE_2D);
}

void scene_draw(int number, int width, int height)
{
    glViewport(0, 0, width, height);
    glClearColor(0.1f, 0.2f, 0.3f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    glLoadIdentity();
    draw_arrays();
    glRotatef((GLfloat)(number * 7), 0.0f, 0.0f, 1.0f);
    glBegin(GL_TRIANGLES);
    glColor3f(1.0f, 0.0f, 0.0f);
    glVertex2f(-0.5f, -0.5f);
    glColor3f(0.0f, 1.0f, 0.0f);
    glVertex2f(0.5f, -0.5f);
    glColor3f(0.0f, 0.0f, 1.0f);
    glVertex2f(0.0f, 0.6f);
    glEnd();
}

int scene_save(const char *path, int width, int height)
{
    size_t bytes = (size_t)width * (size_t)height * 3, row = (size_t)width * 3;
    GLubyte *pixels = malloc(bytes);
    FILE *file = fopen(path, "wb");
    int done = pixels && file;
    if (done) {
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels);
        fprintf(file, "P6\n%d %d\n255\n", width, height);
        for (int y = height; y-- > 0;) {
            done = fwrite(pixels + (size_t)y * row, 1, row, file) == row && done;
        }
    }
    if (file) {
        done = fclose(file) == 0 && done;
    }
    free(pixels);
    return done;
}
