/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/idle_spin.h"

/* Less hardly ever finds anything. */
#define LEAST_US 10u

void idle_spin_init(struct idle_spin *spin, uint32_t most_us)
{
    spin->us = spin->most_us = most_us;
}

void idle_spin_slept(struct idle_spin *spin, uint64_t idle_us)
{
    if (idle_us <= spin->most_us) {
        spin->us = spin->most_us;
    } else {
        spin->us = spin->us / 2 < LEAST_US ? 0 : spin->us / 2;
    }
}
