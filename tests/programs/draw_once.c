/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws one picture, 200x100 at the screen's corner, red on the left and blue on the right, swaps
 * and sleeps. It makes no call afterwards that could help the picture to the screen. */
#include <unistd.h>

#include "gl_window.h"

int main(void)
{
    struct gl_window window;
    gl_window_open(&window, 200, 100, NULL);
    glClearColor(1, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
    glScissor(100, 0, 100, 100);
    glClearColor(0, 0, 1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glXSwapBuffers(window.display, window.window);
    for (;;) {
        pause();
    }
}
