/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * WAIT: a virtual CPU sleeps until the server has completed something
 *
 * The sleeper has let go of the big lock. The device may be reset or unplugged
 * meanwhile: both change wait_epoch and wake it. The memory core's reference
 * keeps the device and its window (not what exit returns) until the access is
 * over; so exit waits until sleepers is zero, and nothing of the device is
 * touched between the decrement and taking the lock again.
 */
#include "qemu/osdep.h"
#include "trireme.h"
#include "trace.h"
#include "ring/completion.h"
#include "ring/note.h"

void trireme_wake_sleepers(TriremeState *s)
{
    uint32_t i;

    qatomic_inc(&s->wait_epoch);
    for (i = 0; i < s->slots; i++) {
        if (qatomic_read(&s->slot[i].sleepers)) {
            completion_wake(&trireme_slot_page(s, i)->completions);
        }
    }
}

void trireme_drain_sleepers(TriremeState *s)
{
    uint32_t i;

    trireme_wake_sleepers(s);
    for (i = 0; i < s->slots; i++) {
        /* Ends: TRIREME_WAIT_LIMIT_US is all that a sleeper has */
        while (qatomic_load_acquire(&s->slot[i].sleepers)) {
            g_usleep(10);
        }
    }
}

/* Nanoseconds since the sleep began; called and returns with the lock held */
static int64_t trireme_sleep(TriremeState *s, uint32_t slot, uint32_t wait_for)
{
    const uint32_t *completions = &trireme_slot_page(s, slot)->completions;
    struct trireme_doorbell_slot *shared = trireme_doorbell_slot(s, slot);
    TriremeSlot *private = &s->slot[slot];
    uint32_t epoch = qatomic_read(&s->wait_epoch);
    const int64_t limit = TRIREME_WAIT_LIMIT_US * SCALE_US;
    int64_t begin = get_clock();
    int64_t passed = 0;

    qatomic_inc(&private->sleepers);
    /* Pairs with completion_signal(), which counts up and then looks here */
    qatomic_inc(&shared->waiters);
    bql_unlock();

    /* Most answers are a few microseconds away; being woken takes longer */
    completion_spin(completions, wait_for, s->wait_spin);
    passed = get_clock() - begin;
    while (limit - passed >= SCALE_US &&
           qatomic_read(&s->wait_epoch) == epoch &&
           !completion_wait(completions, wait_for,
                            (limit - passed) / SCALE_US)) {
        passed = get_clock() - begin;
    }

    qatomic_dec(&shared->waiters);
    qatomic_dec(&private->sleepers);
    bql_lock();
    return get_clock() - begin;
}

uint32_t trireme_wait(TriremeState *s, uint32_t slot, bool may_block)
{
    struct trireme_slot_page *page = trireme_slot_page(s, slot);
    struct trireme_doorbell_slot *shared = trireme_doorbell_slot(s, slot);
    uint32_t wait_for = qatomic_read(&page->wait_for);
    uint32_t completions = qatomic_load_acquire(&page->completions);
    int64_t begin, ns;

    qatomic_set(&shared->waits, ++s->slot[slot].waits);
    trace_trireme_wait(trireme_id(s), slot, wait_for, completions);
    if (completions == wait_for && may_block) {
        begin = get_clock();
        ns = trireme_sleep(s, slot, wait_for);
        completions = qatomic_load_acquire(&page->completions);
        if (note_wanted(page)) {
            note_write(page, TRIREME_NOTE_WAIT, begin, begin + ns);
        }
        trace_trireme_wait_done(trireme_id(s), slot, completions, ns);
    }
    return completions;
}
