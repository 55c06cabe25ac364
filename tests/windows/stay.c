/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stay.exe FRAME X Y: draws the scene's frames up to that one in a window there, says "drew", and
 * stays until somebody ends it. */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"
#include "wgl_window.h"

#include <GL/gl.h>

int main(int argc, char **argv)
{
    struct wgl_window window;
    if (argc < 4) {
        return 2;
    }
    wgl_window_open(&window, atoi(argv[2]), atoi(argv[3]), SCENE_WIDTH, SCENE_HEIGHT);
    scene_init();
    for (int frame = 0; frame <= atoi(argv[1]); frame++) {
        scene_draw(frame, SCENE_WIDTH, SCENE_HEIGHT);
        need(SwapBuffers(window.dc), "SwapBuffers");
        wgl_window_messages();
    }
    glFinish();
    printf("drew\n");
    fflush(stdout);
    for (;;) {
        wgl_window_messages();
        Sleep(10);
    }
}
