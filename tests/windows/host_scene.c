/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_scene FRAME FILE: the scene's frames up to that one, which is saved, drawn in an X window by
 * the GL that GLX finds. */
#include <stdlib.h>

#include "../programs/gl_window.h"
#include "scene.h"

int main(int argc, char **argv)
{
    struct gl_window window;
    int last = atoi(argv[1]), saved = 0;
    gl_window_open(&window, SCENE_WIDTH, SCENE_HEIGHT, NULL);
    scene_init();
    for (int frame = 0; frame <= last; frame++) {
        scene_draw(frame, SCENE_WIDTH, SCENE_HEIGHT);
        if (frame == last) {
            saved = scene_save(argv[2], SCENE_WIDTH, SCENE_HEIGHT);
        }
        glXSwapBuffers(window.display, window.window);
    }
    gl_window_close(&window);
    return saved ? 0 : 1;
}
