/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>

#include "core/window_space.h"
#include "ring/abi.h"

#define BEGIN (3 * TRIREME_PAGE)
#define PAGES 16u

static struct window_space space;

static void start(void)
{
    window_space_init(&space, BEGIN, BEGIN + PAGES * TRIREME_PAGE);
}

static void stop(void)
{
    window_space_finish(&space);
}

TestSuite(window_space, .init = start, .fini = stop);

Test(window_space, pieces_are_whole_pages_and_do_not_overlap)
{
    struct window_area first, second;
    cr_assert(window_space_take(&space, 1, &first));
    cr_assert(window_space_take(&space, TRIREME_PAGE + 1, &second));
    cr_assert_eq(first.offset, BEGIN);
    cr_assert_eq(first.bytes, TRIREME_PAGE);
    cr_assert_eq(second.offset, BEGIN + TRIREME_PAGE);
    cr_assert_eq(second.bytes, 2 * TRIREME_PAGE);
}

Test(window_space, all_of_it_can_be_taken_and_no_more)
{
    struct window_area all, more;
    cr_assert_not(window_space_take(&space, PAGES * TRIREME_PAGE + 1, &all));
    cr_assert(window_space_take(&space, PAGES * TRIREME_PAGE, &all));
    cr_assert_not(window_space_take(&space, 1, &more));
    cr_assert_eq(window_space_free_bytes(&space), 0);
}

Test(window_space, nothing_and_absurd_sizes_are_refused)
{
    struct window_area area;
    cr_assert_not(window_space_take(&space, 0, &area));
    cr_assert_not(window_space_take(&space, UINT64_MAX, &area));
    cr_assert_not(window_space_take(&space, UINT64_C(1) << 32, &area));
}

Test(window_space, what_is_given_back_joins_its_neighbours)
{
    struct window_area areas[PAGES], all;
    for (unsigned i = 0; i < PAGES; i++) {
        cr_assert(window_space_take(&space, TRIREME_PAGE, &areas[i]));
    }
    /* Every order of neighbours: the odd ones first, then the even ones between them. */
    for (unsigned i = 1; i < PAGES; i += 2) {
        window_space_give(&space, &areas[i]);
    }
    cr_assert_not(window_space_take(&space, 2 * TRIREME_PAGE, &all));
    for (unsigned i = PAGES; i > 0; i -= 2) {
        window_space_give(&space, &areas[i - 2]);
        cr_assert_eq(areas[i - 2].bytes, 0);
    }
    cr_assert(window_space_take(&space, PAGES * TRIREME_PAGE, &all));
    cr_assert_eq(all.offset, BEGIN);
}

Test(window_space, giving_back_nothing_is_harmless)
{
    struct window_area nothing = {0};
    window_space_give(&space, &nothing);
    cr_assert_eq(window_space_free_bytes(&space), PAGES * TRIREME_PAGE);
}
