/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes 10,000 asynchronous calls in a row when it is told to, for a test that counts exits.
 *
 *     async_calls awake|asleep FOLDER
 *
 * In FOLDER it makes the file "ready", waits for "go", makes the calls, makes "done", and ends
 * when there is "end". With "awake" it has something to do for the render thread every 20 ms
 * meanwhile, with "asleep" nothing. Status 0: the GL drew what the calls say.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gl_window.h"

#define CALLS 10000
#define SIZE 100

static void make_file(const char *name)
{
    close(open(name, O_CREAT | O_WRONLY, 0644));
}

static void await_file(const char *name, bool awake)
{
    while (access(name, F_OK) != 0) {
        if (awake) {
            glColor3f(0, 0, 0);
            glFlush();
        }
        usleep(20000);
    }
}

/* Fills the window with points, twice as many calls as points. */
static void draw_points(void)
{
    glBegin(GL_POINTS);
    for (int i = 0; i < (CALLS - 2) / 2; i++) {
        glColor3f(0, 1, 0);
        glVertex2f((float)(i % SIZE) + 0.5f, (float)(i / SIZE) + 0.5f);
    }
    glEnd();
}

int main(int argc, char **argv)
{
    struct gl_window window;
    GLubyte first[4], last[4];
    if (argc != 3 || chdir(argv[2]) != 0) {
        return 2;
    }
    bool awake = strcmp(argv[1], "awake") == 0;
    gl_window_open(&window, SIZE, SIZE, NULL);
    glMatrixMode(GL_PROJECTION);
    glOrtho(0, SIZE, 0, SIZE, -1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glFinish();
    make_file("ready");
    await_file("go", awake);
    draw_points();
    glFlush();
    make_file("done");
    await_file("end", awake);
    glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, first);
    glReadPixels((CALLS - 4) / 2 % SIZE, (CALLS - 4) / 2 / SIZE, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE,
                 last);
    gl_window_close(&window);
    if (first[1] != 255 || last[1] != 255) {
        fprintf(stderr, "the points are not there\n");
        return 1;
    }
    return 0;
}
