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
    /* A program that fell behind does not catch up by frames in quick succession. */
    pace->last_us = MAX(due, now - period);
}
