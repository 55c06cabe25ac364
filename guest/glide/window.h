/* SPDX-License-Identifier: MIT */
/*
 * The window that a board draws into: the program's, or one of our own of the screen's size.
 * Implemented by guest/windows/glide_window.c and guest/linux/glide_window.c.
 */
#ifndef TRIREME_GUEST_GLIDE_WINDOW_H
#define TRIREME_GUEST_GLIDE_WINDOW_H

#include <stdint.h>

#include "guest/common/present.h"

struct glide_window;

/* `handle`: the program's window, which becomes as large as the screen; 0: a new one. NULL: there
 * can be none. A handle that is no window is as 0. */
struct glide_window *glide_window_open(uintptr_t handle, uint32_t width, uint32_t height);
/* Frames that are still on their way go nowhere. NULL is fine. */
void glide_window_close(struct glide_window *window);

/* Where frames go; belongs to the window. */
struct present_target *glide_window_target(struct glide_window *window);

#endif
