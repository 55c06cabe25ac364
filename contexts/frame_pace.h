/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pace of a context's frames where its program is limited. Belongs to a render thread. */
#ifndef TRIREME_FRAME_PACE_H
#define TRIREME_FRAME_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct frame_pace {
    int64_t last_us; /* when the last frame was due, monotonic time */
};

/* Sleeps until this frame is due, `period` microseconds after the last one; less if
 * should_stop() says so. */
void frame_pace_wait(struct frame_pace *pace, int64_t period, bool (*should_stop)(void *data),
                     void *data);

#endif
