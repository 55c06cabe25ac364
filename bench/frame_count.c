/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A preloaded library that counts the frames a second of a GLX program which does not say them:
 *
 *     LD_PRELOAD=libframe_count.so FRAME_COUNT_SKIP=N FRAME_COUNT_SECONDS=S
 *         [FRAME_COUNT_KEYS=KEY:EVERY] PROGRAM
 *
 * From the swap N on it counts for S seconds, prints "FPS: …" on standard error and ends the
 * program. Before that it presses a key at every EVERYth frame, with xdotool, which leads through
 * menus alike wherever the program runs, as that is not by time.
 *
 * Programs load libGL in three ways: linked, by dlsym and by glXGetProcAddress; all are caught.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

typedef void (*function)(void);

EXPORT void glXSwapBuffers(void *display, unsigned long drawable);
EXPORT function glXGetProcAddressARB(const unsigned char *name);
EXPORT function glXGetProcAddress(const unsigned char *name);
EXPORT void *dlsym(void *handle, const char *name);

/* dlsym moved into libc with glibc 2.34; its versioned name finds the real one past ours. */
static void *next(void *handle, const char *name)
{
    static void *(*real)(void *, const char *);
    if (!real) {
        real = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    }
    if (!real) {
        real = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    }
    return real(handle, name);
}

static void *gl_function(const char *name)
{
    static void *library;
    if (!library) {
        library = dlopen("libGL.so.1", RTLD_LAZY | RTLD_GLOBAL);
    }
    return library ? next(library, name) : NULL;
}

static unsigned number(const char *variable)
{
    const char *value = getenv(variable);
    return value ? (unsigned)strtoul(value, NULL, 10) : 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void press_key(unsigned frame)
{
    char command[96];
    const char *keys = getenv("FRAME_COUNT_KEYS");
    const char *colon = keys ? strchr(keys, ':') : NULL;
    unsigned every = colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;
    if (every == 0 || frame % every != 0) {
        return;
    }
    snprintf(command, sizeof command, "LD_PRELOAD= xdotool key %.*s >&2", (int)(colon - keys),
             keys);
    if (system(command) != 0) {
        fprintf(stderr, "frame_count: %s failed\n", command);
        _exit(1);
    }
}

static void count_frame(void)
{
    static unsigned frames;
    static double begin;
    unsigned skip = number("FRAME_COUNT_SKIP");
    frames++;
    if (frames < skip) {
        press_key(frames);
    } else if (frames == skip) {
        begin = now();
    } else if (now() - begin >= number("FRAME_COUNT_SECONDS")) {
        fprintf(stderr, "FPS: %.2f\n", (frames - skip) / (now() - begin));
        _exit(0);
    }
}

EXPORT void glXSwapBuffers(void *display, unsigned long drawable)
{
    static void (*real)(void *, unsigned long);
    if (!real) {
        real = (void (*)(void *, unsigned long))gl_function("glXSwapBuffers");
    }
    real(display, drawable);
    count_frame();
}

static function ours(const char *name)
{
    if (strcmp(name, "glXSwapBuffers") == 0) {
        return (function)glXSwapBuffers;
    }
    if (strcmp(name, "glXGetProcAddress") == 0 || strcmp(name, "glXGetProcAddressARB") == 0) {
        return (function)glXGetProcAddress;
    }
    return NULL;
}

EXPORT function glXGetProcAddress(const unsigned char *name)
{
    function (*real)(const unsigned char *) =
        (function(*)(const unsigned char *))gl_function("glXGetProcAddressARB");
    function mine = ours((const char *)name);
    return mine ? mine : real(name);
}

EXPORT function glXGetProcAddressARB(const unsigned char *name)
{
    return glXGetProcAddress(name);
}

EXPORT void *dlsym(void *handle, const char *name)
{
    function mine = handle != RTLD_NEXT ? ours(name) : NULL;
    return mine ? (void *)mine : next(handle, name);
}
