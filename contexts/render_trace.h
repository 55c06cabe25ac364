/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a render thread puts into the trace (trace.h): one line of the timeline for the thread, with
 * its batches, sleeps, answers and presents, and one for its guest, with waits and doorbells.
 * Called by the thread alone, and only while trace_is_on.
 */
#ifndef TRIREME_RENDER_TRACE_H
#define TRIREME_RENDER_TRACE_H

#include "contexts/render_slot.h"
#include "contexts/thread_times.h"
#include "contexts/trace.h"

struct render_trace {
    struct trace_track host, guest;
    uint32_t notes_seen;     /* of the slot page (ring/note.h) */
    uint32_t batch_position; /* of the command ring, where the batch began */
};

void render_trace_begin(struct render_trace *trace, const struct render_slot *slot);
/* The thread's last words; they are in the file afterwards. */
void render_trace_end(struct render_trace *trace, const struct render_slot *slot);

/* The thread was in `state` and is not any more; its command ring is executed up to `position`. */
void render_trace_state(struct render_trace *trace, const struct render_slot *slot,
                        enum thread_state state, uint64_t begin, uint64_t end, uint32_t position);

/* A doorbell that the device noted. */
void render_trace_doorbell(struct render_trace *trace, uint64_t at);
/* A command's answer was ready, before it was sent. */
void render_trace_reply(struct render_trace *trace, uint16_t opcode, uint64_t at);
/* A frame is read and handed to the guest. */
void render_trace_present(struct render_trace *trace, uint32_t serial, uint64_t begin);

#endif
