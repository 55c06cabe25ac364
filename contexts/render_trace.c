/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/render_trace.h"

#include "contexts/round_trips.h"
#include "ring/note.h"
#include "ring/records.h"

/* Longer is no wait, but a guest that makes it up. */
#define LONGEST_WAIT_NS (3600 * UINT64_C(1000000000))

void render_trace_begin(struct render_trace *trace, const struct render_slot *slot)
{
    g_autofree char *guest = g_strdup_printf("guest, slot %u", slot->number);
    g_autofree char *host = g_strdup_printf("render thread, slot %u", slot->number);
    trace->guest.process = trace->host.process = slot->process;
    trace->guest.line = trace_new_line();
    trace->host.line = trace_new_line();
    trace->notes_seen = __atomic_load_n(&slot->page->notes_written, __ATOMIC_RELAXED);
    trace_name(trace->guest, slot->program, guest);
    trace_name(trace->host, slot->program, host);
}

/* What the guest's side has noted since the last look. */
static void put_notes(struct render_trace *trace, const struct render_slot *slot)
{
    struct trireme_note note;
    for (unsigned i = 0; i < TRIREME_NOTES && note_read(slot->page, &trace->notes_seen, &note);
         i++) {
        if (note.kind == TRIREME_NOTE_DOORBELL) {
            trace_instant(trace->guest, "doorbell", note.begin);
        } else if (note.end - note.begin < LONGEST_WAIT_NS) {
            trace_slice(trace->guest, "wait", note.begin, note.end, NULL);
        }
    }
}

void render_trace_end(struct render_trace *trace, const struct render_slot *slot)
{
    put_notes(trace, slot);
    trace_flush();
}

static void put_batch(struct render_trace *trace, uint64_t begin, uint64_t end, uint32_t position)
{
    uint32_t bytes = position - trace->batch_position;
    g_autofree char *arguments = g_strdup_printf("\"bytes\":%u", bytes);
    trace->batch_position = position;
    if (bytes > 0) {
        trace_slice(trace->host, "batch", begin, end, arguments);
    }
}

void render_trace_state(struct render_trace *trace, const struct render_slot *slot,
                        enum thread_state state, uint64_t begin, uint64_t end, uint32_t position)
{
    put_notes(trace, slot);
    switch (state) {
    case THREAD_BUSY:
        put_batch(trace, begin, end, position);
        break;
    case THREAD_ASLEEP:
        trace_slice(trace->host, "asleep", begin, end, NULL);
        break;
    default:
        break;
    }
}

void render_trace_doorbell(struct render_trace *trace, uint64_t at)
{
    trace_instant(trace->guest, "doorbell", at);
}

void render_trace_reply(struct render_trace *trace, uint16_t opcode, uint64_t at)
{
    g_autofree char *name =
        g_strdup_printf("answer %s", round_trips_command(opcode & ~TRIREME_OPCODE_CHUNKED));
    trace_instant(trace->host, name, at);
}

void render_trace_present(struct render_trace *trace, uint32_t serial, uint64_t begin)
{
    g_autofree char *arguments = g_strdup_printf("\"frame\":%u", serial);
    trace_slice(trace->host, "present", begin, thread_times_now(), arguments);
}
