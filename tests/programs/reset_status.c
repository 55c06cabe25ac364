/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws frames in a context of GL_ARB_robustness until the context says that it was reset, then
 * prints the status and sees that calls still return: they are no-ops now.
 *
 *     reset_status READY-FILE
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "gl_window.h"

int main(int argc, char **argv)
{
    static const int attributes[] = {
        GLX_CONTEXT_FLAGS_ARB,
        GLX_CONTEXT_ROBUST_ACCESS_BIT_ARB,
        GLX_CONTEXT_RESET_NOTIFICATION_STRATEGY_ARB,
        GLX_LOSE_CONTEXT_ON_RESET_ARB,
        None,
    };
    struct gl_window window;
    GLubyte pixel[4];
    gl_window_open(&window, 100, 100, attributes);
    GLenum (*get_status)(void) =
        (GLenum(*)(void))glXGetProcAddress((const GLubyte *)"glGetGraphicsResetStatusARB");
    GLenum status = get_status();
    if (argc != 2 || status != GL_NO_ERROR) {
        fprintf(stderr, "the status is %#x from the start\n", status);
        return 1;
    }
    while (status == GL_NO_ERROR) {
        glClear(GL_COLOR_BUFFER_BIT);
        glXSwapBuffers(window.display, window.window);
        close(open(argv[1], O_CREAT | O_WRONLY, 0644));
        usleep(20000);
        status = get_status();
    }
    printf("reset status %#x\n", status);
    glClear(GL_COLOR_BUFFER_BIT);
    glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    glXSwapBuffers(window.display, window.window);
    gl_window_close(&window);
    return 0;
}
