/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two frames in flight, who shows which, and hosts that lie. The window is left out. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake_host.h"
#include "guest/common/encoder_link.h"
#include "guest/common/present.h"
#include "ring/completion.h"

#define PIXELS (TRIREME_SPACE_OFFSET(FAKE_SLOTS) + 8 * FAKE_RING)

static struct fake_host host;
static struct slot slot;
static struct gl_encoder encoder;
static struct present *present;
static struct present_target window, other_window;

/* What reached the window; atomic. */
static unsigned shown;
static uint32_t shown_pixel;

/* What the present sees as the time while it is not 0. */
static uint64_t clock_us;

uint64_t __real_system_now_us(void);
uint64_t __wrap_system_now_us(void);

uint64_t __wrap_system_now_us(void)
{
    return clock_us ? clock_us : __real_system_now_us();
}

/* While it is held the presenter sleeps: whatever is shown then a swap has shown. */
static bool presenter_held;

void __real_system_sleep_us(uint32_t us);
void __wrap_system_sleep_us(uint32_t us);

void __wrap_system_sleep_us(uint32_t us)
{
    do {
        __real_system_sleep_us(us);
    } while (__atomic_load_n(&presenter_held, __ATOMIC_SEQ_CST));
}

static void hold_presenter(bool held)
{
    __atomic_store_n(&presenter_held, held, __ATOMIC_SEQ_CST);
}

_Thread_local struct gl_encoder *trireme_current_encoder = &gl_null_encoder;

static void show(struct present_target *target, const struct frame *frame)
{
    memcpy(&shown_pixel, frame->pixels, sizeof shown_pixel);
    __atomic_fetch_add(&shown, 1, __ATOMIC_SEQ_CST);
}

static void destroy(struct present_target *target)
{
    cr_expect_fail("the window is destroyed while its owner has it");
}

static void start(void)
{
    const struct slot_wanted wanted = {.role = TRIREME_ROLE_CONTEXT};
    struct port_error error;
    fake_host_start(&host);
    cr_assert(slot_open(&slot, &host.port, &wanted, &error), "%s", error.text);
    encoder_link_init(&encoder, &slot);
    present = present_create(&slot);
    window = (struct present_target){.references = 1, .show = show, .destroy = destroy};
    other_window = window;
}

static void stop(void)
{
    present_destroy(present);
    cr_expect_eq(window.references, 1, "%u references are left", window.references);
    cr_expect_eq(other_window.references, 1);
    fake_host_stop(&host);
}

TestSuite(present, .init = start, .fini = stop, .timeout = 30);

static void swap(void)
{
    present_swap(present, &encoder, &window, 3);
}

/* The host has finished `serial`, whose pixels all have that value. */
static void finish(uint32_t serial)
{
    uint32_t offset = PIXELS + (serial & 1) * 4096;
    slot.page->frames[serial & 1] = (struct trireme_frame){
        .serial = serial, .offset = offset, .width = 1, .height = 1, .drawable = 3};
    memcpy(host.port.window + offset, &serial, sizeof serial);
    __atomic_store_n(&slot.page->frames_done, serial, __ATOMIC_RELEASE);
    completion_signal(slot.page, NULL);
}

static unsigned shown_so_far(void)
{
    return __atomic_load_n(&shown, __ATOMIC_SEQ_CST);
}

static void wait_until_shown(unsigned count)
{
    while (shown_so_far() < count) {
        usleep(500);
    }
}

Test(present, presenter_shows_a_lone_frame)
{
    swap();
    finish(1);
    wait_until_shown(1);
    cr_expect_eq(shown_pixel, 1);
}

Test(present, two_swaps_do_not_wait)
{
    swap();
    swap();
    cr_expect_eq(encoder.round_trips, 0);
    finish(1);
    finish(2);
}

static void *finish_first_later(void *unused)
{
    usleep(30000);
    cr_expect_eq(present_swaps(present), 2, "the third swap waits for the first frame");
    finish(1);
    return NULL;
}

Test(present, third_swap_waits_for_the_first_frame)
{
    pthread_t thread;
    hold_presenter(true);
    swap();
    swap();
    pthread_create(&thread, NULL, finish_first_later, NULL);
    swap();
    pthread_join(thread, NULL);
    cr_expect_eq(encoder.round_trips, 1);
    cr_expect_eq(present_swaps(present), 3);
    cr_expect_eq(shown_pixel, 1, "shown before its place is written again");
    finish(2);
    finish(3);
}

Test(present, only_the_newest_is_shown)
{
    hold_presenter(true);
    swap();
    swap();
    finish(1);
    finish(2);
    swap();
    cr_expect_eq(shown_so_far(), 1);
    cr_expect_eq(shown_pixel, 2);
    finish(3);
    hold_presenter(false);
    wait_until_shown(2);
}

/* The first frame was shown at the swap of the second, at 1 s by the clock. */
static void show_first(void)
{
    clock_us = 1000000;
    hold_presenter(true);
    swap();
    swap();
    finish(1);
    swap();
    cr_expect_eq(shown_so_far(), 1);
    finish(2);
}

Test(present, a_frame_that_a_newer_one_replaces_in_a_moment_is_left_out)
{
    show_first();
    clock_us += 3999;
    swap();
    cr_expect_eq(shown_so_far(), 1);
    finish(3);
    finish(4);
    hold_presenter(false);
    wait_until_shown(2);
    cr_expect_eq(shown_pixel, 4, "the last one is shown, however soon");
}

Test(present, a_frame_is_shown_if_the_last_was_shown_long_ago)
{
    show_first();
    clock_us += 4000;
    swap();
    cr_expect_eq(shown_so_far(), 2);
    cr_expect_eq(shown_pixel, 2);
    finish(3);
    finish(4);
}

Test(present, a_frame_is_shown_if_the_next_is_for_another_window)
{
    show_first();
    present_swap(present, &encoder, &other_window, 4);
    cr_expect_eq(shown_so_far(), 2);
    cr_expect_eq(shown_pixel, 2);
    finish(3);
    finish(4);
}

Test(present, that_another_window_was_shown_lately_leaves_nothing_out)
{
    clock_us = 1000000;
    hold_presenter(true);
    swap();
    present_swap(present, &encoder, &other_window, 4);
    finish(1);
    present_swap(present, &encoder, &other_window, 4);
    finish(2);
    present_swap(present, &encoder, &other_window, 4);
    cr_expect_eq(shown_so_far(), 2);
    cr_expect_eq(shown_pixel, 2);
    finish(3);
    finish(4);
}

Test(present, frames_of_two_windows_are_both_shown)
{
    hold_presenter(true);
    swap();
    present_swap(present, &encoder, &other_window, 4);
    finish(1);
    finish(2);
    hold_presenter(false);
    wait_until_shown(2);
    cr_expect_eq(shown_pixel, 2);
}

Test(present, last_frame_is_shown_before_the_end)
{
    swap();
    finish(1);
    present_destroy(present);
    cr_expect_eq(shown_so_far(), 1);
    present = NULL;
}

Test(present, lost_context_waits_for_nothing)
{
    swap();
    swap();
    slot.page->answer.state = TRIREME_SLOT_LOST;
    completion_signal(slot.page, NULL);
    swap();
    cr_expect(encoder.lost);
    cr_expect_eq(shown_so_far(), 0);
}

Test(present, dead_server_is_noticed)
{
    swap();
    swap();
    fake_host_die(&host);
    swap();
    cr_expect(encoder.lost);
}

Test(present, lies_are_not_shown)
{
    swap();
    slot.page->frames[1] = (struct trireme_frame){
        .serial = 1, .offset = FAKE_WINDOW - 4, .width = 1000, .height = 1000};
    slot.page->frames_done = 1;
    swap();
    slot.page->frames_done = 0xfffffff0;
    usleep(20000);
    cr_expect_eq(shown_so_far(), 0);
    finish(2);
    wait_until_shown(1);
    cr_expect_eq(shown_pixel, 2);
}
