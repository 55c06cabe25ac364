/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Space of a window behind its slot pages, for rings and frames: first fit, in pages. What is
 * given out is noted in the server's own memory alone, so that guests cannot confuse it. All
 * functions from any thread.
 */
#ifndef TRIREME_WINDOW_SPACE_H
#define TRIREME_WINDOW_SPACE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct window_area {
    uint32_t offset; /* bytes from the window's start */
    uint32_t bytes;  /* a multiple of pages; 0: nothing */
};

struct window_space {
    GMutex lock;
    GArray *free; /* of struct window_area, by offset, never adjacent */
};

/* The space is [begin, end) of the window, both multiples of pages. */
void window_space_init(struct window_space *space, uint32_t begin, uint32_t end);
void window_space_finish(struct window_space *space);

/* False: no such piece is free. */
bool window_space_take(struct window_space *space, uint64_t bytes, struct window_area *area);

/* Gives back what take gave, or nothing; *area is nothing afterwards. */
void window_space_give(struct window_space *space, struct window_area *area);

/* Bytes free in all, for messages and tests. */
uint64_t window_space_free_bytes(struct window_space *space);

#endif
