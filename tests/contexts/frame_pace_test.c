/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/frame_pace.h"

#include <criterion/criterion.h>
#include <glib.h>

#define PERIOD 50000 /* microseconds */

static bool never(void *data)
{
    (void)data;
    return false;
}

static bool at_once(void *data)
{
    (void)data;
    return true;
}

/* Neither the first frames nor those after a pause come in quick succession. */
Test(frame_pace, a_period_lies_between_frames)
{
    struct frame_pace pace = {0};
    for (int i = 0; i < 2; i++) {
        const int64_t start = g_get_monotonic_time();
        frame_pace_wait(&pace, PERIOD, never, NULL);
        frame_pace_wait(&pace, PERIOD, never, NULL);
        frame_pace_wait(&pace, PERIOD, never, NULL);
        cr_expect_geq(g_get_monotonic_time() - start, 2 * PERIOD);
        g_usleep(3 * PERIOD);
    }
}

Test(frame_pace, who_should_stop_does_not_wait, .timeout = 60)
{
    struct frame_pace pace = {.last_us = g_get_monotonic_time()};
    frame_pace_wait(&pace, INT64_C(3600) * G_USEC_PER_SEC, at_once, NULL);
}
