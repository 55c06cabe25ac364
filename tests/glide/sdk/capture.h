/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Put before each of the SDK's programs by the compiler: what is in front when the program closes
 * its screen, the last time, is saved to the file that SDK_FRAME names, as a PPM.
 */
#ifndef TRIREME_SDK_CAPTURE_H
#define TRIREME_SDK_CAPTURE_H

#include <stdio.h>
#include <stdlib.h>

#include <glide.h>

static void sdk_put_pixel(FILE *file, unsigned pixel)
{
    unsigned red = pixel >> 11, green = pixel >> 5 & 0x3f, blue = pixel & 0x1f;
    putc((int)(red << 3 | red >> 2), file);
    putc((int)(green << 2 | green >> 4), file);
    putc((int)(blue << 3 | blue >> 2), file);
}

static void sdk_capture(void)
{
    const char *path = getenv("SDK_FRAME");
    const unsigned width = 640, height = 480; /* the programs' screen */
    unsigned short *pixels = malloc((size_t)width * height * 2);
    FILE *file;
    if (!path || !pixels ||
        !grLfbReadRegion(GR_BUFFER_FRONTBUFFER, 0, 0, width, height, width * 2, pixels) ||
        !(file = fopen(path, "wb"))) {
        free(pixels);
        return;
    }
    fprintf(file, "P6\n%u %u\n255\n", width, height);
    for (size_t i = 0; i < (size_t)width * height; i++) {
        sdk_put_pixel(file, pixels[i]);
    }
    fclose(file);
    free(pixels);
}

#ifdef SDK_GLIDE3
static FxBool sdk_win_close(GrContext_t context)
{
    sdk_capture();
    return grSstWinClose(context);
}
#define grSstWinClose sdk_win_close
#else
static void sdk_win_close(void)
{
    sdk_capture();
    grSstWinClose();
}
#define grSstWinClose sdk_win_close
#endif

static void sdk_shutdown(void)
{
    sdk_capture();
    grGlideShutdown();
}
#define grGlideShutdown sdk_shutdown

#endif
