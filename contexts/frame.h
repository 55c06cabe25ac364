/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finished frames on their way to the guest: the pixels of the draw drawable are read into the
 * window, at most two frames at a time (frames[serial & 1] of the slot page).
 *
 * Belongs to a render thread, whose context is current.
 */
#ifndef TRIREME_FRAME_H
#define TRIREME_FRAME_H

#include "contexts/drawable.h"
#include "contexts/host_gl.h"
#include "contexts/render_slot.h"

struct frame_writer {
    const struct render_slot *slot;
    struct {
        uint32_t offset;
        uint64_t bytes;
        uint32_t drawable; /* whose frame it holds; 0: none */
        uint32_t width, height;
    } areas[2];
    uint32_t done;    /* SWAPs finished; the window's frames_done is a copy of it */
    uint64_t awaited; /* frames that the guest slept for, as far as its page told */
    bool said_no_room;
};

void frame_writer_init(struct frame_writer *writer, const struct render_slot *slot);

/* Finishes SWAP `serial` with what is in `drawable`, which is current for drawing and reading. */
void frame_writer_finish(struct frame_writer *writer, const struct host_gl *gl, uint32_t serial,
                         const struct drawable *drawable);
/* The same with rows that fill() writes, the lowest first; it only writes to `to`. */
typedef void frame_fill(void *data, uint32_t width, uint32_t height, void *to);
void frame_writer_finish_filled(struct frame_writer *writer, frame_fill *fill, void *data,
                                uint32_t serial, const struct drawable *drawable);
/* Finishes it with nothing to show. */
void frame_writer_skip(struct frame_writer *writer, uint32_t serial, uint32_t drawable_id);

/* The last frame of the drawable, in the window; NULL: it is not kept. */
const void *frame_writer_last(const struct frame_writer *writer, const struct drawable *drawable);

#endif
