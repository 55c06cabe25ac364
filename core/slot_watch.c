/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/slot_watch.h"

#include "contexts/render_thread.h"
#include "core/machine.h"

static uint64_t value(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

/* What a guest that plays with its tail makes of it is its own affair, but no more than all. */
static uint32_t ring_used(const struct render_slot *slot)
{
    uint32_t tail = __atomic_load_n(&slot->page->tail, __ATOMIC_RELAXED);
    uint32_t head = __atomic_load_n(&slot->page->head, __ATOMIC_RELAXED);
    return MIN(tail - head, slot->ring_size);
}

void slot_look(struct slot *slot, watch_each *each, void *each_data)
{
    struct render_thread *thread = slot->thread;
    if (!thread) {
        return;
    }
    const struct context_stats *stats = &thread->stats;
    struct watch_context context = {
        .packet = {.type = WATCH_CONTEXT, .version = WATCH_VERSION},
        .process = slot->process,
        .slot = slot->number,
        .serial = slot->handled,
        .ring_size = thread->slot.ring_size,
        .ring_used = ring_used(&thread->slot),
        .now = thread_times_now(),
        .age = (uint64_t)(g_get_monotonic_time() - thread->started) * 1000,
        .frames = value(&stats->frames),
        .commands = value(&stats->commands),
        .bytes = value(&stats->bytes),
        .round_trips = round_trips_total(&stats->round_trips),
        .doorbells = slot_doorbells(slot),
        .waits = slot_waits(slot),
        .wakes = value(&stats->wakes),
        .decoding_ns = value(&thread->times.decoding_ns),
    };
    g_strlcpy(context.machine, slot->machine->name, sizeof context.machine);
    g_strlcpy(context.program, slot->program, sizeof context.program);
    thread_times_read(&thread->times, context.ns);
    thread_profile_start(&thread->profile);
    each(each_data, &context);
}

void slot_look_away(struct slot *slot)
{
    if (slot->thread) {
        thread_profile_stop(&slot->thread->profile);
    }
}
