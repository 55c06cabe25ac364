/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "tests/ring/ring_checks.h"

#define RING_TEST(name)                                                                            \
    Test(ring, name)                                                                               \
    {                                                                                              \
        cr_assert(check_##name());                                                                 \
    }
RING_CHECKS(RING_TEST)
