/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A preloaded library that makes a GLX program's picture repeatable: the program's clock stands
 * still within a frame and moves on by 1/60 s at each swap, and at frame CAPTURE_FRAME the frame
 * can be written to a file and the program stopped.
 *
 *   LD_PRELOAD=libframe_capture.so CAPTURE_FRAME=N [CAPTURE_FILE=F.ppm] [CAPTURE_THEN=exit|hold]
 * PROGRAM
 *
 * With CAPTURE_ERRORS=F.txt the first GL error before each swap is appended to a file, and the
 * clock runs as it does.
 *
 * CAPTURE_FILE gets the back buffer just before swap N (counted from 1), as binary PPM.
 * CAPTURE_THEN=exit (the default) ends the program with status 0 there; hold shows the frame and
 * sleeps for ever; go lets it draw on.
 *
 * Programs load libGL in three ways: linked, by dlsym and by glXGetProcAddress; all are caught.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define GL_VIEWPORT 0x0BA2
#define GL_BACK 0x0405
#define GL_RGB 0x1907
#define GL_UNSIGNED_BYTE 0x1401
#define GL_PACK_ALIGNMENT 0x0D05

typedef void (*function)(void);

static int swaps;
static void *(*real_dlsym)(void *, const char *);

EXPORT void glXSwapBuffers(void *display, unsigned long drawable);
EXPORT function glXGetProcAddressARB(const unsigned char *name);
EXPORT function glXGetProcAddress(const unsigned char *name);
EXPORT void *dlsym(void *handle, const char *name);

/* glibc 2.34 moved dlsym into libc; its versioned name finds the real one past ours. */
static void *next(void *handle, const char *name)
{
    if (real_dlsym == NULL) {
        real_dlsym = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
        if (real_dlsym == NULL)
            real_dlsym = (void *(*)(void *, const char *))dlvsym(
                RTLD_NEXT, "dlsym", sizeof(void *) == 8 ? "GLIBC_2.2.5" : "GLIBC_2.0");
    }
    return real_dlsym(handle, name);
}

static void *gl_function(const char *name)
{
    static void *library;

    if (library == NULL)
        library = dlopen("libGL.so.1", RTLD_LAZY | RTLD_GLOBAL);
    return library != NULL ? next(library, name) : NULL;
}

static int number(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL ? atoi(value) : 0;
}

static void write_frame(const char *path, void *display, unsigned long drawable)
{
    void (*get)(unsigned, int *) = gl_function("glGetIntegerv");
    void (*read)(int, int, int, int, unsigned, unsigned, void *) = gl_function("glReadPixels");
    void (*store)(unsigned, int) = gl_function("glPixelStorei");
    void (*buffer)(unsigned) = gl_function("glReadBuffer");
    void (*query)(void *, unsigned long, int, unsigned *) = gl_function("glXQueryDrawable");
    unsigned width = 0, height = 0;
    int viewport[4];
    FILE *file;

    query(display, drawable, 0x801D, &width); /* GLX_WIDTH */
    query(display, drawable, 0x801E, &height);
    if (width == 0 || height == 0) {
        get(GL_VIEWPORT, viewport);
        width = viewport[2];
        height = viewport[3];
    }
    uint8_t *pixels = malloc((size_t)width * height * 3);
    store(GL_PACK_ALIGNMENT, 1);
    buffer(GL_BACK);
    read(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels);
    file = fopen(path, "wb");
    if (file == NULL || pixels == NULL) {
        perror(path);
        _exit(2);
    }
    fprintf(file, "P6\n%u %u\n255\n", width, height);
    for (unsigned y = height; y-- > 0;)
        fwrite(pixels + (size_t)y * width * 3, 3, width, file);
    fclose(file);
    free(pixels);
}

static void note_error(const char *path)
{
    static unsigned (*get_error)(void);
    unsigned error;

    if (get_error == NULL)
        get_error = gl_function("glGetError");
    error = get_error();
    if (error != 0) {
        FILE *file = fopen(path, "a");

        if (file == NULL || fprintf(file, "swap %d: 0x%04x\n", swaps, error) < 0 || fclose(file)) {
            perror(path);
            _exit(2);
        }
    }
}

EXPORT void glXSwapBuffers(void *display, unsigned long drawable)
{
    static void (*real)(void *, unsigned long);
    const char *path = getenv("CAPTURE_FILE"), *then = getenv("CAPTURE_THEN");
    const char *errors = getenv("CAPTURE_ERRORS");

    if (real == NULL)
        real = gl_function("glXSwapBuffers");
    swaps++;
    if (errors != NULL)
        note_error(errors);
    if (swaps != number("CAPTURE_FRAME")) {
        real(display, drawable);
        return;
    }
    if (path != NULL)
        write_frame(path, display, drawable);
    real(display, drawable);
    if (then != NULL && strcmp(then, "go") == 0)
        return;
    if (then != NULL && strcmp(then, "hold") == 0) {
        for (;;)
            pause();
    }
    _exit(0);
}

static function ours(const char *name)
{
    if (strcmp(name, "glXSwapBuffers") == 0)
        return (function)glXSwapBuffers;
    if (strcmp(name, "glXGetProcAddress") == 0)
        return (function)glXGetProcAddress;
    if (strcmp(name, "glXGetProcAddressARB") == 0)
        return (function)glXGetProcAddressARB;
    return NULL;
}

EXPORT function glXGetProcAddress(const unsigned char *name)
{
    function (*real)(const unsigned char *) = gl_function("glXGetProcAddressARB");
    function mine = ours((const char *)name);

    return mine != NULL ? mine : real(name);
}

EXPORT function glXGetProcAddressARB(const unsigned char *name)
{
    return glXGetProcAddress(name);
}

EXPORT void *dlsym(void *handle, const char *name)
{
    function mine = handle != RTLD_NEXT ? ours(name) : NULL;

    return mine != NULL ? (void *)mine : next(handle, name);
}

/* The clock: a fixed date plus 1/60 s a swap. */
static void frame_time(clockid_t clock, struct timespec *time)
{
    const uint64_t ns = UINT64_C(1000000000) * 1000000 + (uint64_t)swaps * 1000000000 / 60;

    if (getenv("CAPTURE_ERRORS") != NULL) {
        syscall(SYS_clock_gettime, clock, time);
        return;
    }
    time->tv_sec = ns / 1000000000;
    time->tv_nsec = ns % 1000000000;
}

EXPORT int clock_gettime(clockid_t clock, struct timespec *time)
{
    frame_time(clock, time);
    return 0;
}

EXPORT int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;

    frame_time(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

EXPORT time_t time(time_t *result)
{
    struct timespec now;

    frame_time(CLOCK_REALTIME, &now);
    if (result != NULL)
        *result = now.tv_sec;
    return now.tv_sec;
}
