/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WGL_3DFX_gamma_control and WGL_I3D_gamma: what windows show goes through the ramp. */
#include <string.h>

#include "wgl_checks.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <GL/wglext.h>

static void need_read(COLORREF color)
{
    need(read_pixel(3, 3) == color, "the frame itself is as it was drawn");
}

/* Frames of many rows go through in strips. */
static void check_picture(struct wgl_window *window, int height)
{
    glDisable(GL_SCISSOR_TEST);
    fill(window->dc, 1.0f, 0.0f, 0.2f);
    need_read(RGB(255, 0, 51));
    need_shown(window, 5, 5, RGB(0, 255, 51));
    need_shown(window, WIDTH - 1, height - 1, RGB(0, 255, 51));
    glEnable(GL_SCISSOR_TEST);
    for (int row = 0; row < height; row++) {
        glScissor(0, row, WIDTH, 1);
        glClearColor(1.0f, 1.0f, (float)(row % 256) / 255, 1.0f);
        glClear(GL_COLOR_BUFFER_BIT);
    }
    need(SwapBuffers(window->dc), "SwapBuffers");
    for (int row = 0; row < height; row += 37) {
        need_shown(window, 5, height - 1 - row, RGB(0, 0, row % 256));
    }
}

void check_gamma(void)
{
    static WORD ramp[3][256], got[3][256], straight[3][256];
    struct wgl_window window;
    const int height = 600;
    int value = 0;
    wgl_window_open(&window, 0, 0, WIDTH, height);
    BOOL(WINAPI * get)(HDC, void *) = (void *)wglGetProcAddress("wglGetDeviceGammaRamp3DFX");
    BOOL(WINAPI * set)(HDC, void *) = (void *)wglGetProcAddress("wglSetDeviceGammaRamp3DFX");
    PFNWGLGETGAMMATABLEI3DPROC get_table = (void *)wglGetProcAddress("wglGetGammaTableI3D");
    PFNWGLSETGAMMATABLEI3DPROC set_table = (void *)wglGetProcAddress("wglSetGammaTableI3D");
    PFNWGLGETGAMMATABLEPARAMETERSI3DPROC get_parameter =
        (void *)wglGetProcAddress("wglGetGammaTableParametersI3D");
    PFNWGLSETGAMMATABLEPARAMETERSI3DPROC set_parameter =
        (void *)wglGetProcAddress("wglSetGammaTableParametersI3D");
    need(get && set && get_table && set_table && get_parameter && set_parameter, "the calls");

    need(get(window.dc, straight) && straight[1][0] == 0 && straight[2][128] == 128 * 257 &&
             straight[0][255] == 65535,
         "a straight ramp");
    /* Red and green are turned round, blue stays. */
    for (int i = 0; i < 256; i++) {
        ramp[0][i] = ramp[1][i] = (WORD)((255 - i) * 257);
        ramp[2][i] = (WORD)(i * 257);
    }
    need(set(window.dc, ramp) && get(window.dc, got) && memcmp(ramp, got, sizeof got) == 0,
         "the ramp");
    check_picture(&window, height);
    need(set(window.dc, straight), "a straight ramp again");
    glDisable(GL_SCISSOR_TEST);
    fill(window.dc, 1.0f, 0.0f, 0.2f);
    need_shown(&window, 5, 5, RGB(255, 0, 51));

    need(set_table(window.dc, 256, ramp[0], ramp[1], ramp[2]) &&
             get_table(window.dc, 256, got[0], got[1], got[2]) &&
             memcmp(ramp, got, sizeof got) == 0,
         "the table");
    fill(window.dc, 0.0f, 1.0f, 0.2f);
    need_shown(&window, 5, 5, RGB(255, 0, 51));
    need(get_parameter(window.dc, WGL_GAMMA_TABLE_SIZE_I3D, &value) && value == 256, "its size");
    need(get_parameter(window.dc, WGL_GAMMA_EXCLUDE_DESKTOP_I3D, &value) && value == TRUE &&
             set_parameter(window.dc, WGL_GAMMA_EXCLUDE_DESKTOP_I3D, &value),
         "the desktop is left out");
    value = FALSE;
    need_error(!set_parameter(window.dc, WGL_GAMMA_EXCLUDE_DESKTOP_I3D, &value), ERROR_INVALID_DATA,
               "taking the desktop in");
    need_error(!set_table(window.dc, 17, ramp[0], ramp[1], ramp[2]), ERROR_INVALID_DATA,
               "a table of another size");
    need_error(!get_table(NULL, 256, got[0], got[1], got[2]), ERROR_DC_NOT_FOUND, "no device");
    need_error(!set(window.dc, NULL), ERROR_INVALID_PARAMETER, "no ramp");
    wgl_window_close(&window);
}
