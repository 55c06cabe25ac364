/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>
#include <string.h>

#include "core/slot_space.h"

#define SLOTS 3u
#define BYTES (64u * TRIREME_PAGE)
#define SPACE (BYTES - TRIREME_SPACE_OFFSET(SLOTS))

static struct window_space space;
static struct slot_space one, two;
static uint8_t *window;

static void start(void)
{
    window = calloc(1, BYTES);
    window_space_init(&space, TRIREME_SPACE_OFFSET(SLOTS), BYTES);
    slot_space_init(&one, &space, window, SLOTS, 1);
    slot_space_init(&two, &space, window, SLOTS, 2);
}

static void stop(void)
{
    slot_space_finish(&one);
    slot_space_finish(&two);
    window_space_finish(&space);
    free(window);
}

TestSuite(slot_space, .init = start, .fini = stop);

static void hold(struct slot_space *slot, uint32_t held)
{
    slot->table->held = held;
}

Test(slot_space, the_table_lies_between_slot_pages_and_space)
{
    for (uint32_t slots = 1; slots <= TRIREME_MAX_SLOTS; slots++) {
        cr_assert_geq(TRIREME_AREAS_OFFSET(slots, 0), TRIREME_SLOT_PAGE_OFFSET(slots));
        cr_assert_leq(TRIREME_AREAS_OFFSET(slots, slots), TRIREME_SPACE_OFFSET(slots));
    }
}

Test(slot_space, a_slot_that_nobody_holds_gives_to_others_at_once)
{
    cr_assert(slot_space_take(&one, TRIREME_AREA_RING, SPACE));
    cr_assert_eq(one.table->areas[TRIREME_AREA_RING].bytes, SPACE);
    slot_space_give(&one);
    cr_assert_eq(one.table->areas[TRIREME_AREA_RING].bytes, 0);
    cr_assert(slot_space_take(&two, TRIREME_AREA_RING, SPACE));
}

Test(slot_space, what_a_held_slot_had_goes_to_no_other_until_it_settles)
{
    hold(&one, 1);
    cr_assert(slot_space_take(&one, TRIREME_AREA_RING, SPACE));
    slot_space_give(&one);
    slot_space_settle(&one);
    cr_assert_not(slot_space_take(&two, TRIREME_AREA_RING, TRIREME_PAGE));
    hold(&one, 0);
    slot_space_settle(&one);
    cr_assert(slot_space_take(&two, TRIREME_AREA_RING, SPACE));
}

Test(slot_space, a_held_slot_is_served_from_what_it_had)
{
    hold(&one, 1);
    cr_assert(slot_space_take(&one, TRIREME_AREA_FRAMES, 3 * TRIREME_PAGE));
    uint32_t offset = one.areas[TRIREME_AREA_FRAMES].offset;
    slot_space_give(&one);
    cr_assert(slot_space_take(&one, TRIREME_AREA_RING, 4 * TRIREME_PAGE));
    cr_assert_eq(one.areas[TRIREME_AREA_RING].offset, offset);
}

Test(slot_space, what_a_held_slot_had_is_not_taken_where_it_is_too_small)
{
    hold(&one, 1);
    cr_assert(slot_space_take(&one, TRIREME_AREA_FRAMES, TRIREME_PAGE));
    slot_space_give(&one);
    cr_assert(slot_space_take(&one, TRIREME_AREA_FRAMES, 2 * TRIREME_PAGE));
    cr_assert_geq(one.areas[TRIREME_AREA_FRAMES].bytes, 2 * TRIREME_PAGE);
}

Test(slot_space, frames_that_grow_do_not_eat_the_window)
{
    hold(&one, 1);
    for (uint32_t pages = 1; pages <= 16; pages++) {
        cr_assert(slot_space_take(&one, TRIREME_AREA_FRAMES, pages * TRIREME_PAGE));
    }
    cr_assert_geq(window_space_free_bytes(&space), SPACE - 32 * TRIREME_PAGE);
}

Test(slot_space, a_held_slot_gets_nothing_that_others_wrote)
{
    memset(window + TRIREME_SPACE_OFFSET(SLOTS), 0xaa, SPACE);
    hold(&one, 1);
    cr_assert(slot_space_take(&one, TRIREME_AREA_RING, 2 * TRIREME_PAGE));
    const uint8_t *bytes = window + one.areas[TRIREME_AREA_RING].offset;
    for (uint32_t i = 0; i < 2 * TRIREME_PAGE; i++) {
        cr_assert_eq(bytes[i], 0);
    }
}

Test(slot_space, a_reset_lets_go)
{
    hold(&one, 1);
    slot_space_reset(&one);
    cr_assert_eq(one.table->held, 0);
}
