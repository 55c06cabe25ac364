/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a window that nobody drew to; the exit status is 0 if every pixel is black. */
#include "gl_window.h"

#define SIDE 128

int main(void)
{
    static unsigned char pixels[SIDE * SIDE * 3];
    struct gl_window window;
    gl_window_open(&window, SIDE, SIDE, NULL);
    glReadPixels(0, 0, SIDE, SIDE, GL_RGB, GL_UNSIGNED_BYTE, pixels);
    gl_window_close(&window);
    for (unsigned i = 0; i < sizeof pixels; i++) {
        if (pixels[i] != 0) {
            return 1;
        }
    }
    return 0;
}
