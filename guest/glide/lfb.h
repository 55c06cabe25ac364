/* SPDX-License-Identifier: MIT */
/*
 * The frame buffer as memory: locks show a copy of a buffer, and what the program changed in it is
 * sent when it unlocks, or before anything else is drawn. Pixels that it wrote and that are as they
 * were are not sent; the host has them already.
 */
#ifndef TRIREME_GUEST_GLIDE_LFB_H
#define TRIREME_GUEST_GLIDE_LFB_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/glide/frame_buffer_modes.h"

struct glide_lfb_wish {
    int32_t buffer, mode, origin;
    bool write, pipeline;
};

/* What a lock shows. */
struct glide_lfb_view {
    void *pixels;
    uint32_t stride;
    int32_t mode, origin;
};

/* False: there is no such buffer or mode, or nothing is open. A lock that is held is given up
 * first. */
bool glide_lfb_lock(const struct glide_lfb_wish *wish, struct glide_lfb_view *view);
/* False: it was not locked. */
bool glide_lfb_unlock(int32_t buffer, bool write);

/* Before the host draws anything: what was written into locked buffers is sent. */
void glide_lfb_catch_up(void);
/* The board is closed: locks end. */
void glide_lfb_close(void);

/* Rows of 16-bit pixels, counted from the upper left; false: not within the screen. */
bool glide_lfb_read_region(int32_t buffer, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                           uint32_t stride, void *data);

struct glide_lfb_region {
    int32_t buffer, mode;
    bool pipeline;
    uint32_t x, y, width, height; /* from the upper left */
    int32_t stride;
    const void *data;
};
bool glide_lfb_write_region(const struct glide_lfb_region *region);
/* grLfbWriteRegion() of any version: `data` may be GLIDE_LFB_RLE16. Returns what it does. */
uint32_t glide_lfb_call_region(struct glide_lfb_region *region);

#endif
