/* SPDX-License-Identifier: MIT */
/*
 * What the current context costs, for programs that show it. wglGetProcAddress() finds the call by
 * its name in Trireme's opengl32.dll, and in no other.
 */
#ifndef TRIREME_WGL_STATISTICS_H
#define TRIREME_WGL_STATISTICS_H

#include <windows.h>

#define WGL_GET_STATISTICS "wglGetStatisticsTRIREME"

struct wgl_statistics {
    DWORD size;        /* of this structure, by the caller */
    DWORD exits;       /* doorbells and waits that left the virtual processor, of the process */
    DWORD round_trips; /* times that the context waited for the host */
    DWORD frames;      /* that it swapped */
};

/* FALSE: no context is current, or the size is another. */
typedef BOOL WINAPI wgl_get_statistics_call(struct wgl_statistics *statistics);

wgl_get_statistics_call wgl_get_statistics;

#endif
