/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/render_thread.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "contexts/context_accum.h"
#include "contexts/context_records.h"
#include "contexts/context_sides.h"
#include "contexts/contexts_error.h"
#include "glide_opcodes.h"
#include "ring/completion.h"
#include "ring/doorbell_ring.h"
#include "ring/reader_sleep.h"

/* For guests that forget to ring; not what correctness rests on. A thread that nobody wants
 * anything of sleeps twice as long each time, so that idle programs cost nothing. */
#define IDLE_SLEEP_MS 100
#define MAX_IDLE_SLEEP_MS (IDLE_SLEEP_MS << 6)
/* A longer way from a doorbell to the thread is somebody's mistake, not a latency. */
#define MAX_LATENCY_NS (10 * UINT64_C(1000000000))
/* Looks at an empty ring between two looks at the clock. */
#define SPINS_PER_LOOK 32
/* Plain commands between two looks at whether somebody wants something else of the thread. */
#define PLAIN_COMMANDS 16

void contexts_start(void)
{
    thread_profile_setup();
    /* Readers of the table are render threads and, in passing, the main thread. */
    urcu_memb_register_thread();
}

void contexts_finish(void)
{
    urcu_memb_barrier();
    urcu_memb_unregister_thread();
}

/* The guest asks something else of the slot; what it published before is visible then. */
static bool slot_is_closed(const struct render_thread *thread)
{
    return __atomic_load_n(&thread->slot.page->request.serial, __ATOMIC_ACQUIRE) !=
           thread->slot.serial;
}

static bool is_told_to_stop(const struct render_thread *thread)
{
    return atomic_load_explicit(&thread->stop, memory_order_relaxed);
}

bool render_thread_should_stop(struct render_thread *thread)
{
    thread->stopping = thread->stopping || is_told_to_stop(thread) || slot_is_closed(thread);
    return thread->stopping;
}

void render_thread_lose(struct render_thread *thread, const char *format, ...)
{
    struct trireme_slot_page *page = thread->slot.page;
    va_list arguments;
    if (thread->lost) {
        return;
    }
    thread->lost = true;
    va_start(arguments, format);
    g_autofree char *reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    render_slot_log(&thread->slot, G_LOG_LEVEL_WARNING, "context ended: %s", reason);
    g_strlcpy(page->answer.message, reason, sizeof page->answer.message);
    __atomic_store_n(&page->answer.state, TRIREME_SLOT_LOST, __ATOMIC_RELEASE);
    completion_signal(page, render_slot_waiters(&thread->slot));
}

static void count(atomic_uint_fast64_t *counter, uint64_t value)
{
    atomic_store_explicit(counter, value, memory_order_relaxed);
}

static void count_up(atomic_uint_fast64_t *counter)
{
    count(counter, atomic_load_explicit(counter, memory_order_relaxed) + 1);
}

static uint64_t value(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

/* `rung` is what the device says; nonsense does not count, nor do doorbells of who had the slot
 * before. */
static void count_latency(struct render_thread *thread, uint64_t rung)
{
    struct context_stats *stats = &thread->stats;
    uint64_t now = (uint64_t)g_get_monotonic_time() * 1000;
    uint64_t latency = now - rung;
    if (rung > now || rung < (uint64_t)thread->started * 1000 || latency > MAX_LATENCY_NS) {
        return;
    }
    if (trace_is_on) {
        render_trace_doorbell(&thread->trace, rung);
    }
    thread->rung_us = (gint64)(rung / 1000);
    count_up(&stats->latencies);
    count(&stats->latency_ns, value(&stats->latency_ns) + latency);
    count(&stats->worst_latency_ns, MAX(value(&stats->worst_latency_ns), latency));
}

/* Takes the doorbell and what the device noted about it. */
static void take_doorbell(struct render_thread *thread)
{
    eventfd_t rings;
    uint32_t position;
    uint64_t time;
    if (eventfd_read(thread->slot.doorbell_fd, &rings) == 0) {
        count_up(&thread->stats.wakes);
    }
    for (unsigned i = 0; thread->slot.doorbell && i < TRIREME_DOORBELL_ENTRIES; i++) {
        if (!doorbell_ring_pop(thread->slot.doorbell, &thread->doorbell_pop, &position, &time)) {
            break;
        }
        count_latency(thread, time);
    }
}

static void sleep_until_doorbell(struct render_thread *thread, int milliseconds)
{
    struct pollfd fds[] = {
        {.fd = thread->slot.doorbell_fd, .events = POLLIN},
        {.fd = thread->stop_fd, .events = POLLIN},
    };
    if (poll(fds, G_N_ELEMENTS(fds), milliseconds) > 0 && fds[0].revents) {
        take_doorbell(thread);
    }
}

/* Turns to something else. */
static void enter(struct render_thread *thread, enum thread_state state)
{
    const struct thread_period left = thread_times_enter(&thread->times, state);
    if (trace_is_on) {
        render_trace_state(&thread->trace, &thread->slot, left.state, left.begin, left.end,
                           ring_consumer_position(&thread->commands));
    }
}

void render_thread_wait_begin(struct render_thread *thread, enum thread_state state)
{
    if (thread->context) {
        context_lend_drawables(thread->context);
    }
    gl_turn_give(thread->turn);
    enter(thread, state);
}

void render_thread_wait_end(struct render_thread *thread)
{
    enter(thread, THREAD_WAITING);
    bool lent = thread->context && context_await_drawables(thread->context);
    gl_turn_take(thread->turn);
    if (lent) {
        context_bind_drawables(thread->context, NULL);
    }
    enter(thread, THREAD_BUSY);
}

/* For replies that find no room. False: the thread shall end. */
static bool sleep_for_replies(void *data, int milliseconds)
{
    struct render_thread *thread = data;
    if (milliseconds > 0) {
        render_thread_wait_begin(thread, THREAD_WAITING);
        sleep_until_doorbell(thread, milliseconds);
        render_thread_wait_end(thread);
    }
    return !render_thread_should_stop(thread);
}

static void send_gl_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    struct render_thread *thread = data;
    context_records_reply(thread, opcode, bytes, n);
}

static void select_sides(void *data, enum gl_side draw, enum gl_side read)
{
    struct render_thread *thread = data;
    g_autoptr(GError) error = NULL;
    if (!context_select_sides(thread->context, draw, read, &error)) {
        render_slot_log(&thread->slot, G_LOG_LEVEL_WARNING, "has no front buffer: %s",
                        error->message);
    }
}

static bool accumulate(void *data, const struct gl_accumulation *what)
{
    struct render_thread *thread = data;
    return context_accumulate(thread->context, what);
}

/* Between two calls, or two slices of a long one: others may want the GL. */
static void let_others(void *data)
{
    struct render_thread *thread = data;
    bool wanted = thread->context && context_is_wanted_elsewhere(thread->context);
    if (wanted || gl_turn_is_over(thread->turn)) {
        render_thread_wait_begin(thread, THREAD_WAITING);
        render_thread_wait_end(thread);
    }
}

/* From any thread. */
static void count_debug_messages(void *data, uint32_t number)
{
    struct render_thread *thread = data;
    __atomic_store_n(&thread->slot.page->debug_messages, number, __ATOMIC_RELEASE);
}

const struct gl_decoder_ops render_thread_decoder_ops = {
    .reply = send_gl_reply,
    .let_others = let_others,
    .select_sides = select_sides,
    .accumulate = accumulate,
    .debug_messages = count_debug_messages,
};

void render_thread_glide_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    struct render_thread *thread = data;
    context_records_reply(thread, opcode, bytes, n);
}

/* Gives space back to the guest, and counts. Once a batch. */
static void release(struct render_thread *thread)
{
    struct ring_consumer *commands = &thread->commands;
    uint64_t bytes = value(&thread->stats.bytes);
    uint32_t position = ring_consumer_position(commands);
    count(&thread->stats.bytes, bytes + (uint32_t)(position - thread->released));
    thread->released = position;
    if (thread->context) {
        count(&thread->stats.commands, context_commands(thread->context));
    }
    count(&thread->stats.frames, thread->frames.done);
    round_trips_set_frames(&thread->stats.round_trips, thread->frames.awaited);
    ring_consumer_release(commands);
    completion_signal_waiters(thread->slot.page, render_slot_waiters(&thread->slot));
}

/* With everything executed: tells the guest about errors, so that it need not ask (abi.h,
 * error_position), and looks whether the context still lives. Between glBegin and glEnd neither can
 * be asked without making an error of the program's. */
static void look_at_gl(struct render_thread *thread)
{
    struct trireme_slot_page *page = thread->slot.page;
    struct context *context = thread->context;
    GLenum error = 0;
    if (!context || (context->decoder && !gl_decoder_peek_error(context->decoder, &error))) {
        return;
    }
    if (context->decoder) {
        __atomic_store_n(&page->error, error, __ATOMIC_RELAXED);
        __atomic_store_n(&page->error_position, ring_consumer_position(&thread->commands),
                         __ATOMIC_RELEASE);
    }
    if (context_is_lost(context)) {
        render_thread_lose(thread, "the host's GL was reset");
    }
}

static void feed_chunk(struct render_thread *thread, struct trireme_record header,
                       const uint8_t *record)
{
    const char *wrong = chunk_assembler_feed(&thread->chunks, header, record);
    if (wrong) {
        render_thread_lose(thread, "CHUNK: %s", wrong);
    }
}

static void execute_gl(struct render_thread *thread, struct trireme_record header,
                       const uint8_t *record)
{
    g_autoptr(GError) error = NULL;
    if (!thread->context) {
        render_thread_lose(thread, "a GL command before CONTEXT_CREATE");
    } else if (!thread->context->decoder) {
        render_thread_lose(thread, "a GL command in a context of Glide");
    } else if (!gl_decoder_execute(thread->context->decoder, header, record, &thread->chunks,
                                   &error)) {
        render_thread_lose(thread, "%s", error->message);
    }
}

static void execute_glide(struct render_thread *thread, struct trireme_record header,
                          const uint8_t *record)
{
    g_autoptr(GError) error = NULL;
    if (!thread->context) {
        render_thread_lose(thread, "a Glide command before CONTEXT_CREATE");
    } else if (!thread->context->glide) {
        render_thread_lose(thread, "a Glide command in a context of OpenGL");
    } else if (!glide_decoder_execute(thread->context->glide, header, record, &thread->chunks,
                                      &error)) {
        render_thread_lose(thread, "%s", error->message);
    }
}

static void execute(struct render_thread *thread, struct trireme_record header,
                    const uint8_t *record)
{
    unsigned opcode = header.opcode & ~TRIREME_OPCODE_CHUNKED;
    if (header.opcode == TRIREME_OP_CHUNK) {
        feed_chunk(thread, header, record);
    } else if (opcode >= GLIDE_FIRST_OPCODE) {
        execute_glide(thread, header, record);
    } else if (opcode >= 256) {
        execute_gl(thread, header, record);
    } else {
        context_records_execute(thread, header, record);
    }
}

/* Executes until the ring is empty or the thread is done. Gives space back in batches. */
static void drain(struct render_thread *thread)
{
    const uint32_t batch = thread->slot.ring_size / 8;
    while (!thread->lost && !thread->stopping && !is_told_to_stop(thread)) {
        struct trireme_record header;
        const uint8_t *record;
        if (thread->context && thread->context->decoder && thread->chunks.total == 0) {
            gl_decoder_execute_plain(thread->context->decoder, &thread->commands, PLAIN_COMMANDS);
        }
        switch (ring_consumer_next(&thread->commands, &header, &record)) {
        case RING_EMPTY:
            return;
        case RING_CORRUPT:
            render_thread_lose(thread, "the command ring's positions or sizes make no sense");
            return;
        case RING_RECORD:
            execute(thread, header, record);
            ring_consumer_advance(&thread->commands, header.units * TRIREME_RECORD_UNIT);
        }
        if (ring_consumer_position(&thread->commands) - thread->released >= batch) {
            release(thread);
        }
        let_others(thread);
    }
}

static bool tail_has_moved(const struct render_thread *thread)
{
    return __atomic_load_n(&thread->slot.page->tail, __ATOMIC_RELAXED) !=
           thread->commands.seen_tail;
}

/* Commands often come a moment later; a look is cheaper than the guest's doorbell. */
static bool spin(struct render_thread *thread)
{
    gint64 end = g_get_monotonic_time() + thread->idle_spin.us;
    do {
        for (unsigned i = 0; i < SPINS_PER_LOOK; i++) {
            if (tail_has_moved(thread)) {
                return true;
            }
            caa_cpu_relax();
        }
    } while (g_get_monotonic_time() < end && !is_told_to_stop(thread) && !slot_is_closed(thread));
    return false;
}

static void idle(struct render_thread *thread)
{
    struct trireme_slot_page *page = thread->slot.page;
    if (thread->context) {
        leave_clock_idle(thread->context->clock);
    }
    gint64 begin = g_get_monotonic_time();
    if (slot_is_closed(thread) || spin(thread)) {
        return;
    }
    if (reader_sleep_begin(&page->reader_status, TRIREME_READER_IDLE, &page->tail,
                           thread->commands.seen_tail)) {
        thread->rung_us = 0;
        enter(thread, THREAD_ASLEEP);
        sleep_until_doorbell(thread, thread->idle_sleep_ms);
        reader_sleep_end(&page->reader_status);
        thread->idle_sleep_ms = tail_has_moved(thread)
                                    ? IDLE_SLEEP_MS
                                    : MIN(2 * thread->idle_sleep_ms, MAX_IDLE_SLEEP_MS);
        /* Where that is known, without the time that it took to wake. */
        gint64 end = thread->rung_us ? MAX(thread->rung_us, begin) : g_get_monotonic_time();
        idle_spin_slept(&thread->idle_spin, (uint64_t)(end - begin));
    }
}

static void *run(void *data)
{
    struct render_thread *thread = data;
    thread_profile_init(&thread->profile, &thread->times);
    if (trace_is_on) {
        render_trace_begin(&thread->trace, &thread->slot);
    }
    urcu_memb_register_thread();
    gl_turn_take(thread->turn);
    for (;;) {
        /* Asked first: what was published before the slot was closed is still executed. */
        bool closed = slot_is_closed(thread);
        drain(thread);
        look_at_gl(thread);
        release(thread);
        if (closed || thread->lost || thread->stopping || is_told_to_stop(thread)) {
            break;
        }
        render_thread_wait_begin(thread, THREAD_LOOKING);
        idle(thread);
        render_thread_wait_end(thread);
    }
    if (thread->context) {
        context_table_remove(thread->slot.table, thread->context);
        context_destroy(thread->context);
        thread->context = NULL;
    }
    eglReleaseThread();
    gl_turn_give(thread->turn);
    if (trace_is_on) {
        enter(thread, THREAD_WAITING);
        render_trace_end(&thread->trace, &thread->slot);
    }
    urcu_memb_unregister_thread();
    render_events_post(thread->slot.events, &thread->ended, thread->ended.data);
    return NULL;
}

/* Signals are for the main thread's loop. */
static int create_thread(struct render_thread *thread)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&thread->thread, NULL, run, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

static void free_thread(struct render_thread *thread)
{
    chunk_assembler_finish(&thread->chunks);
    session_objects_unref(thread->slot.objects);
    if (thread->stop_fd >= 0) {
        close(thread->stop_fd);
    }
    g_free(thread);
}

struct render_thread *render_thread_start(const struct render_slot *slot, void *data,
                                          GError **error)
{
    struct render_thread *thread = g_new0(struct render_thread, 1);
    thread->slot = *slot;
    thread->started = g_get_monotonic_time();
    thread_times_init(&thread->times);
    /* The ring of doorbells goes on where the slot's last owner left it. */
    thread->doorbell_pop =
        slot->doorbell ? __atomic_load_n(&slot->doorbell->pop, __ATOMIC_RELAXED) : 0;
    thread->ended.data = data;
    thread->turn = session_objects_display(slot->objects)->turn;
    ring_consumer_init(&thread->commands, slot->ring, slot->ring_size, &slot->page->tail,
                       &slot->page->head);
    reply_writer_init(&thread->replies, &thread->slot, sleep_for_replies, thread);
    frame_writer_init(&thread->frames, &thread->slot);
    chunk_assembler_init(&thread->chunks, slot->limits.payload_bytes);
    idle_spin_init(&thread->idle_spin, slot->limits.spin_us);
    thread->idle_sleep_ms = IDLE_SLEEP_MS;
    thread->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int result = thread->stop_fd < 0 ? errno : create_thread(thread);
    if (result != 0) {
        g_set_error(error, CONTEXTS_ERROR, 0, "cannot start a render thread: %s",
                    g_strerror(result));
        free_thread(thread);
        return NULL;
    }
    return thread;
}

void render_thread_stop(struct render_thread *thread)
{
    atomic_store(&thread->stop, true);
    eventfd_write(thread->stop_fd, 1);
}

void render_thread_join(struct render_thread *thread)
{
    thread_profile_stop(&thread->profile);
    pthread_join(thread->thread, NULL);
    free_thread(thread);
}
