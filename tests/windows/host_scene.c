/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_scene FRAME FILE: that frame of the scene, drawn in an X window by the GL that GLX finds. */
#include <stdlib.h>

#include "../programs/gl_window.h"
#include "scene.h"

int main(int argc, char **argv)
{
    struct gl_window window;
    gl_window_open(&window, SCENE_WIDTH, SCENE_HEIGHT, NULL);
    scene_init();
    scene_draw(atoi(argv[1]), SCENE_WIDTH, SCENE_HEIGHT);
    int saved = scene_save(argv[2], SCENE_WIDTH, SCENE_HEIGHT);
    gl_window_close(&window);
    return saved ? 0 : 1;
}
