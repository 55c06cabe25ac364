/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/idle_spin.h"

/* From nothing. Less would hardly ever find anything. */
#define FIRST_US 20u

void idle_spin_init(struct idle_spin *spin, uint32_t most_us)
{
    spin->us = spin->most_us = most_us;
}

void idle_spin_slept(struct idle_spin *spin, uint64_t idle_us)
{
    if (idle_us > spin->most_us) {
        spin->us = spin->us < FIRST_US ? 0 : spin->us / 2;
    } else if (spin->us < FIRST_US) {
        spin->us = FIRST_US < spin->most_us ? FIRST_US : spin->most_us;
    } else {
        spin->us = spin->us < spin->most_us / 2 ? spin->us * 2 : spin->most_us;
    }
}
