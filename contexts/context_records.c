/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/context_records.h"

#include "contexts/context_sides.h"
#include "contexts/contexts_error.h"
#include "contexts/glide_board.h"
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/wrapper/glide_wrapper.h"
#include "ring/shared_memory.h"

void context_records_reply(struct render_thread *thread, uint16_t opcode, const void *bytes,
                           size_t n)
{
    if (!thread->stopping) {
        round_trips_add(&thread->stats.round_trips, opcode);
        uint64_t now = trace_is_on ? thread_times_now() : 0;
        reply_writer_send(&thread->replies, opcode, bytes, n);
        if (trace_is_on) {
            render_trace_reply(&thread->trace, opcode, now);
        }
    }
}

/* What became of the user's library. */
static void say_backend(const struct render_thread *thread)
{
    const struct render_slot *slot = &thread->slot;
    const struct context *context = thread->context;
    if (context->glide_wrapper) {
        render_slot_log(slot, G_LOG_LEVEL_MESSAGE, "Glide is drawn by %s", slot->glide_backend);
    } else if (context->no_wrapper) {
        render_slot_log(slot, G_LOG_LEVEL_WARNING, "Glide is drawn by Trireme's renderer: %s",
                        context->no_wrapper->message);
    }
}

static void create(struct render_thread *thread, const void *copy)
{
    const struct trireme_context_create *record = copy;
    const struct render_slot *slot = &thread->slot;
    struct {
        struct trireme_created created;
        struct trireme_glide_board board;
    } answer = {0};
    const bool glide = record->profile == TRIREME_PROFILE_GLIDE;
    g_autoptr(GError) error = NULL;

    if (thread->context) {
        render_thread_lose(thread, "CONTEXT_CREATE: a second time");
        return;
    }
    if (record->share_group == 0 || record->profile > TRIREME_PROFILE_GLIDE) {
        render_thread_lose(thread, "CONTEXT_CREATE: share group %u, profile %u",
                           record->share_group, record->profile);
        return;
    }
    const struct context_request request = {
        .slot_number = slot->number,
        .slot_serial = slot->serial,
        .objects = slot->objects,
        .create = *record,
        .decoder_ops = &render_thread_decoder_ops,
        .glide_reply = render_thread_glide_reply,
        .decoder_data = thread,
        .frames = &thread->frames,
        .payload_bytes = slot->limits.payload_bytes,
        .glide_backend = slot->glide_backend,
    };
    thread->context = context_create(&request, &error);
    if (thread->context) {
        context_table_add(slot->table, thread->context);
        answer.created.version = thread->context->version;
        if (glide) {
            answer.board = thread->context->board;
            say_backend(thread);
        }
    } else {
        render_slot_log(slot, G_LOG_LEVEL_MESSAGE, "no context: %s", error->message);
        answer.created.error = error->domain == CONTEXTS_ERROR && error->code > EGL_SUCCESS
                                   ? (uint32_t)error->code
                                   : EGL_BAD_ALLOC;
    }
    context_records_reply(thread, TRIREME_OP_CONTEXT_CREATE, &answer,
                          glide ? sizeof answer : sizeof answer.created);
}

static void make_current(struct render_thread *thread, const void *copy)
{
    const struct trireme_make_current *record = copy;
    const struct drawable_request draw = {
        .id = record->draw,
        .config = record->draw_config,
        .kind = record->draw_kind,
        .width = record->draw_width,
        .height = record->draw_height,
    };
    const struct drawable_request read = {
        .id = record->read,
        .config = record->read_config,
        .kind = record->read_kind,
        .width = record->read_width,
        .height = record->read_height,
    };
    const bool double_buffered = !(record->flags & TRIREME_MAKE_CURRENT_SINGLE_BUFFERED);
    g_autoptr(GError) error = NULL;

    if (record->draw_kind > TRIREME_DRAWABLE_PBUFFER ||
        record->read_kind > TRIREME_DRAWABLE_PBUFFER) {
        render_thread_lose(thread, "MAKE_CURRENT: drawable kinds %u, %u", record->draw_kind,
                           record->read_kind);
    } else if (!context_make_current(thread->context, &draw, &read, double_buffered, &error)) {
        render_slot_log(&thread->slot, G_LOG_LEVEL_WARNING, "draws to nothing: %s", error->message);
    }
}

static bool should_stop(void *data)
{
    return render_thread_should_stop(data);
}

static void read_wrapper_frame(void *data, uint32_t width, uint32_t height, void *to)
{
    glide_wrapper_read_frame(data, width, height, to);
}

static void swap(struct render_thread *thread, const void *copy)
{
    const struct trireme_swap *record = copy;
    struct context *context = thread->context;
    if (record->serial != thread->frames.done + 1) {
        render_thread_lose(thread, "SWAP: serial %u after %u", record->serial, thread->frames.done);
        return;
    }
    context_expect_outside(context);
    render_thread_wait_begin(thread, THREAD_WAITING);
    frame_pace_wait(
        &thread->pace,
        program_options_frame_us(context->options, record->flags >> TRIREME_SWAP_US_SHIFT),
        should_stop, thread);
    render_thread_wait_end(thread);
    uint64_t begin = trace_is_on ? thread_times_now() : 0;
    const bool visible = context->draw && context->draw->id == record->drawable;
    if (visible && context->glide_wrapper) {
        frame_writer_finish_filled(&thread->frames, read_wrapper_frame, context->glide_wrapper,
                                   record->serial, context->draw);
    } else if (visible) {
        bool front = record->flags & TRIREME_SWAP_FRONT && !context->glide;
        if (context->glide) {
            /* Glide's own buffers are the board's: the drawable has what is shown. */
            glide_host_present(context->glide_host, 0, context->draw->width, context->draw->height);
        } else if (!front) {
            context_swap(context);
        }
        context_begin_frame_read(context, front ? GL_SIDE_FRONT : GL_SIDE_BACK);
        frame_writer_finish(&thread->frames, &context->gl, record->serial, context->draw);
        context_end_frame_read(context);
    } else {
        frame_writer_skip(&thread->frames, record->serial, record->drawable);
    }
    if (trace_is_on) {
        render_trace_present(&thread->trace, record->serial, begin);
    }
}

static void swap_unseen(struct render_thread *thread, const void *copy)
{
    const struct trireme_swap_unseen *record = copy;
    struct context *context = thread->context;
    if (context->draw && context->draw->id == record->drawable && !context->glide) {
        context_swap_unseen(context);
    }
}

static void resize(struct render_thread *thread, const void *copy)
{
    const struct trireme_resize *record = copy;
    struct drawable *drawable = context_find_drawable(thread->context, record->drawable);
    g_autoptr(GError) error = NULL;
    /* One that is not current here gets its size from whoever draws to it. */
    if (drawable && !context_resize_drawable(thread->context, drawable, record->width,
                                             record->height, &error)) {
        render_slot_log(&thread->slot, G_LOG_LEVEL_WARNING, "keeps its old size: %s",
                        error->message);
    }
}

static void leave(struct render_thread *thread, const void *copy)
{
    const struct trireme_leave *record = copy;
    if (!leave_clock_publish(thread->context->clock, record->number)) {
        render_thread_lose(thread, "LEAVE: number %u is not the next one", record->number);
    }
    context_expect_outside(thread->context);
}

static void wait_for_leave(struct render_thread *thread, const void *copy)
{
    const struct trireme_wait *record = copy;
    struct context *context = thread->context;
    struct leave_clock *clock =
        context_table_find_clock(thread->slot.table, record->slot, record->serial);
    if (!clock) {
        /* It has ended, and everything it did is done. */
        return;
    }
    if (!leave_clock_is_of(clock, context->group)) {
        render_thread_lose(thread, "WAIT: slot %u is not of this share group", record->slot);
    } else {
        render_thread_wait_begin(thread, THREAD_WAITING);
        enum leave_wait result =
            leave_clock_wait(context->clock, clock, record->number, should_stop, thread);
        render_thread_wait_end(thread);
        switch (result) {
        case LEAVE_REACHED:
            leave_clock_follow(clock);
            break;
        case LEAVE_STOPPED:
            break;
        case LEAVE_CYCLE:
            render_thread_lose(thread, "WAIT: slot %u waits for this context", record->slot);
            break;
        case LEAVE_NEVER_GIVEN:
            render_thread_lose(thread, "WAIT: slot %u never gave out leave number %u", record->slot,
                               record->number);
            break;
        }
    }
    leave_clock_unref(clock);
}

static void set_error(struct render_thread *thread, const void *copy)
{
    const struct trireme_error *record = copy;
    if (!thread->context->decoder) {
        render_thread_lose(thread, "ERROR: Glide has none");
        return;
    }
    gl_decoder_set_error(thread->context->decoder, record->error);
}

static void answer_sync(struct render_thread *thread, const void *copy)
{
    context_records_reply(thread, TRIREME_OP_SYNC, NULL, 0);
}

union any_record {
    struct trireme_record header;
    struct trireme_context_create create;
    struct trireme_make_current make_current;
    struct trireme_swap swap;
    struct trireme_swap_unseen swap_unseen;
    struct trireme_resize resize;
    struct trireme_leave leave;
    struct trireme_wait wait;
    struct trireme_error error;
};

static const struct {
    const char *name;
    size_t bytes;
    void (*execute)(struct render_thread *thread, const void *copy);
} records[] = {
    {"CONTEXT_CREATE", sizeof(struct trireme_context_create), create},
    {"MAKE_CURRENT", sizeof(struct trireme_make_current), make_current},
    {"SWAP", sizeof(struct trireme_swap), swap},
    {"RESIZE", sizeof(struct trireme_resize), resize},
    {"LEAVE", sizeof(struct trireme_leave), leave},
    {"WAIT", sizeof(struct trireme_wait), wait_for_leave},
    {"ERROR", sizeof(struct trireme_error), set_error},
    {"SYNC", sizeof(struct trireme_record), answer_sync},
    {"SWAP_UNSEEN", sizeof(struct trireme_swap_unseen), swap_unseen},
};

void context_records_execute(struct render_thread *thread, struct trireme_record header,
                             const uint8_t *record)
{
    union any_record copy = {0};
    unsigned index = (unsigned)header.opcode - TRIREME_OP_CONTEXT_CREATE;
    if (index >= G_N_ELEMENTS(records)) {
        render_thread_lose(thread, "a record with opcode %u", header.opcode);
        return;
    }
    const size_t bytes = (records[index].bytes + 7) & ~(size_t)7;
    if (header.units * TRIREME_RECORD_UNIT != bytes) {
        render_thread_lose(thread, "%s: %u bytes instead of %zu", records[index].name,
                           header.units * TRIREME_RECORD_UNIT, bytes);
        return;
    }
    if (!thread->context && header.opcode != TRIREME_OP_CONTEXT_CREATE) {
        render_thread_lose(thread, "%s before CONTEXT_CREATE", records[index].name);
        return;
    }
    ring_copy_once(&copy, record, records[index].bytes);
    records[index].execute(thread, &copy);
}
