/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a context did, for people and for scripts: some lines on standard error, or one JSON object
 * a line appended to a file. */
#ifndef TRIREME_STATS_H
#define TRIREME_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "contexts/round_trips.h"
#include "core/config.h"

struct stats_entry {
    char program[64];
    uint32_t process, slot;
    uint64_t frames, commands, bytes; /* of the command ring */
    uint64_t doorbells, waits;        /* register accesses that left the guest */
    uint64_t wakes;                   /* of the render thread by doorbells */
    uint64_t round_trips;             /* synchronous records answered, frames waited for */
    const GArray *by_command;         /* struct round_trip_count, most first; NULL: none */
    double wake_us, worst_wake_us;    /* from a doorbell to the render thread; 0: not known */
    double seconds;
    bool lost;    /* the context broke a rule or was reset */
    bool running; /* a look in between */
};

/* Nothing where config->stats is off and no file is named. */
void stats_report(const struct config *config, const struct stats_entry *entry);

#endif
