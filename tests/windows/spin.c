/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spin.exe FRAME FILE SHOWN: draws the scene's frames up to that one, saves it as FILE before it is
 * swapped, and then what GDI says the window shows as SHOWN.
 */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"
#include "wgl_window.h"

#include <GL/gl.h>

static int save_window(HWND window, const char *path)
{
    FILE *file = fopen(path, "wb");
    HDC screen = GetDC(window);
    if (!file || !screen) {
        return 0;
    }
    fprintf(file, "P6\n%d %d\n255\n", SCENE_WIDTH, SCENE_HEIGHT);
    for (int y = 0; y < SCENE_HEIGHT; y++) {
        for (int x = 0; x < SCENE_WIDTH; x++) {
            COLORREF color = GetPixel(screen, x, y);
            fputc(GetRValue(color), file);
            fputc(GetGValue(color), file);
            fputc(GetBValue(color), file);
        }
    }
    ReleaseDC(window, screen);
    return fclose(file) == 0;
}

int main(int argc, char **argv)
{
    struct wgl_window window;
    int last = atoi(argv[1]);
    wgl_window_open(&window, 0, 0, SCENE_WIDTH, SCENE_HEIGHT);
    printf("%s\n", (const char *)glGetString(GL_VENDOR));
    scene_init();
    for (int frame = 0; frame <= last; frame++) {
        scene_draw(frame, SCENE_WIDTH, SCENE_HEIGHT);
        if (frame == last) {
            need(scene_save(argv[2], SCENE_WIDTH, SCENE_HEIGHT), "saving the frame");
        }
        need(SwapBuffers(window.dc), "SwapBuffers");
        wgl_window_messages();
    }
    glFinish();
    /* The presenter shows what no further swap does. */
    Sleep(500);
    need(save_window(window.window, argv[3]), "saving the window");
    need(glGetError() == GL_NO_ERROR, "glGetError");
    wgl_window_close(&window);
    return 0;
}
