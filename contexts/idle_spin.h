/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long a render thread looks at an empty ring before it sleeps. Waking a sleeping thread takes
 * as long as many a round trip; looking for a program that has nothing to do takes a core from
 * others. So the time follows the program: where commands come soon after the thread fell asleep,
 * it looks for as long as it may the next time; where they come late, as they also do on a host
 * without a free core, less each time, and at last not at all.
 */
#ifndef TRIREME_IDLE_SPIN_H
#define TRIREME_IDLE_SPIN_H

#include <stdint.h>

struct idle_spin {
    uint32_t us;      /* to look for, the next time */
    uint32_t most_us; /* the configuration's */
};

void idle_spin_init(struct idle_spin *spin, uint32_t most_us);

/* The thread looked in vain and slept; commands came so long after the last ones were done. */
void idle_spin_slept(struct idle_spin *spin, uint64_t idle_us);

#endif
