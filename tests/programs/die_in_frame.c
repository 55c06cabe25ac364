/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *     die_in_frame TIMES
 *
 * Processes, one after the other, each of which draws a frame, sees that its colour is there, and
 * is killed in the middle of the next frame. Prints how many were; status 0: all of them.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gl_window.h"

static void draw_and_die(int colour)
{
    struct gl_window window;
    GLubyte pixel[4] = {0};
    gl_window_open(&window, 100, 100, NULL);
    glClearColor((float)colour / 255, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glReadPixels(50, 50, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
    glXSwapBuffers(window.display, window.window);
    if (pixel[0] != colour) {
        fprintf(stderr, "process %d drew %d\n", colour, pixel[0]);
        exit(1);
    }
    glBegin(GL_TRIANGLES);
    for (int i = 0; i < 3000; i++) {
        glVertex3f(0, 1, 0);
    }
    kill(getpid(), SIGKILL);
}

int main(int argc, char **argv)
{
    int times = argc == 2 ? atoi(argv[1]) : 0, killed = 0;
    for (int i = 1; i <= times; i++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            draw_and_die(i % 256);
        }
        if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) ||
            WTERMSIG(status) != SIGKILL) {
            break;
        }
        killed++;
    }
    printf("%d killed\n", killed);
    return killed == times ? 0 : 1;
}
