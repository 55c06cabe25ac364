/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 100 MiB to the GL and back, three ways; the exit status is 0 if they are the same. */
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "gl_window.h"

#define SIDE 5120
#define PIXELS ((size_t)SIDE * SIDE)

static void fill(uint32_t *pixels, uint32_t state)
{
    for (size_t i = 0; i < PIXELS; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        pixels[i] = state;
    }
}

static int differs(const char *what, const uint32_t *sent, const uint32_t *got)
{
    for (size_t i = 0; i < PIXELS; i++) {
        if (sent[i] != got[i]) {
            printf("%s: pixel %zu of %zu\n", what, i, PIXELS);
            return 1;
        }
    }
    return 0;
}

int main(void)
{
    struct gl_window window;
    uint32_t *sent = malloc(PIXELS * 4), *got = calloc(PIXELS, 4);
    GLuint texture, framebuffer, buffer;
    int failures = 0;
    if (!sent || !got) {
        return 2;
    }
    gl_window_open(&window, 64, 64, NULL);
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    fill(sent, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, SIDE, SIDE, 0, GL_RGBA, GL_UNSIGNED_BYTE, sent);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, got);
    failures += differs("glTexImage2D, glGetTexImage", sent, got);

    /* In two halves, of which neither lies in one piece. */
    fill(sent, 2);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, SIDE);
    for (int half = 0; half < 2; half++) {
        glPixelStorei(GL_UNPACK_SKIP_PIXELS, half * SIDE / 2);
        glTexSubImage2D(GL_TEXTURE_2D, 0, half * SIDE / 2, 0, SIDE / 2, SIDE, GL_RGBA,
                        GL_UNSIGNED_BYTE, sent);
    }
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
    glReadPixels(0, 0, SIDE, SIDE, GL_RGBA, GL_UNSIGNED_BYTE, got);
    failures += differs("glTexSubImage2D, glReadPixels", sent, got);

    fill(sent, 3);
    glGenBuffers(1, &buffer);
    glBindBuffer(GL_ARRAY_BUFFER, buffer);
    glBufferData(GL_ARRAY_BUFFER, PIXELS * 4, sent, GL_STATIC_DRAW);
    glGetBufferSubData(GL_ARRAY_BUFFER, 0, PIXELS * 4, got);
    failures += differs("glBufferData, glGetBufferSubData", sent, got);
    failures += glGetError() != GL_NO_ERROR;
    gl_window_close(&window);
    free(sent);
    free(got);
    return failures;
}
