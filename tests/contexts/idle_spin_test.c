/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>

#include "contexts/idle_spin.h"

Test(idle_spin, ends_for_a_program_that_rests_and_comes_back_for_a_busy_one)
{
    struct idle_spin spin;
    idle_spin_init(&spin, 200);
    cr_assert_eq(spin.us, 200);
    idle_spin_slept(&spin, 201);
    cr_assert_eq(spin.us, 100);
    for (unsigned i = 0; i < 4; i++) {
        idle_spin_slept(&spin, 16000);
    }
    cr_assert_eq(spin.us, 0);
    idle_spin_slept(&spin, 200);
    cr_assert_eq(spin.us, 200);
}

Test(idle_spin, is_never_longer_than_configured)
{
    struct idle_spin spin;
    for (uint32_t most = 0; most < 50; most++) {
        idle_spin_init(&spin, most);
        for (uint64_t idle = 0; idle < 200; idle += 7) {
            idle_spin_slept(&spin, idle % 100);
            cr_assert_leq(spin.us, most);
        }
    }
    /* A second, for a reader that is to be held awake. */
    idle_spin_init(&spin, 1000000);
    idle_spin_slept(&spin, 999999);
    cr_assert_eq(spin.us, 1000000);
}
