/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/frame_pace.h"

#include <glib.h>

/* How soon the thread notices that it should stop. */
#define STEP_US 10000

void frame_pace_wait(struct frame_pace *pace, int64_t period, bool (*should_stop)(void *data),
                     void *data)
{
    const int64_t due = pace->last_us + period;
    int64_t now = g_get_monotonic_time();
    while (now < due && !should_stop(data)) {
        g_usleep((gulong)MIN(due - now, STEP_US));
        now = g_get_monotonic_time();
    }
    /* A frame that is a little late does not delay those that follow; one after a pause, as the
     * first one, begins anew. */
    pace->last_us = now - due < period ? due : now;
}
