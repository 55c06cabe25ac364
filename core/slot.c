/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/slot.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "contexts/render_thread.h"
#include "core/log.h"
#include "core/machine.h"
#include "core/session.h"
#include "core/stats.h"
#include "gl_opcodes.h"
#include "glide_opcodes.h"
#include "ring/completion.h"
#include "ring/shared_memory.h"

/* A control ring carries a few small records. */
#define SESSION_RING_SIZE TRIREME_RING_MIN

static void look(struct slot *slot);

static const uint32_t *waiters(const struct slot *slot)
{
    return slot->doorbell ? &slot->doorbell->waiters : NULL;
}

/*
 * Answers
 */

static void set_state(struct slot *slot, uint32_t state)
{
    __atomic_store_n(&slot->page->answer.state, state, __ATOMIC_RELEASE);
    completion_signal(slot->page, waiters(slot));
}

/* Fills in the answer to the request that was handled last; its serial comes last. */
static void answer(struct slot *slot, uint32_t state, const char *message)
{
    struct trireme_slot_answer *page = &slot->page->answer;
    page->ring_offset = slot->space.areas[TRIREME_AREA_RING].offset;
    page->ring_size = slot->ring_size;
    page->reply_offset = slot->space.areas[TRIREME_AREA_REPLIES].offset;
    page->reply_size = slot->reply_size;
    g_strlcpy(page->message, message ? message : "", sizeof page->message);
    page->state = state;
    __atomic_store_n(&page->serial, slot->handled, __ATOMIC_RELEASE);
    completion_signal(slot->page, waiters(slot));
}

static void refuse(struct slot *slot, enum trireme_refusal refusal, const char *message)
{
    g_message("%s: slot %u: %s (process %u) is refused: %s", slot->machine->name, slot->number,
              slot->program, slot->process, message);
    slot->page->answer.refusal = refusal;
    answer(slot, TRIREME_SLOT_REFUSED, message);
}

/*
 * Space
 */

/* A ring of that size, or as large as fits: the size, or 0. */
static uint32_t take_ring(struct slot *slot, enum trireme_area_use use, uint32_t size)
{
    while (size >= TRIREME_RING_MIN && !slot_space_take(&slot->space, use, size)) {
        size /= 2;
    }
    return size >= TRIREME_RING_MIN ? size : 0;
}

static bool take_rings(struct slot *slot, uint32_t ring_size, uint32_t reply_size)
{
    slot->reply_size = take_ring(slot, TRIREME_AREA_REPLIES, config_clamp_ring(reply_size));
    slot->ring_size = take_ring(slot, TRIREME_AREA_RING, config_clamp_ring(ring_size));
    if (slot->reply_size && slot->ring_size) {
        return true;
    }
    slot_space_give(&slot->space);
    return false;
}

static uint8_t *area(const struct slot *slot, enum trireme_area_use use)
{
    return slot->machine->window + slot->space.areas[use].offset;
}

/* render_frame_area, on the slot's render thread. */
static bool take_frame_area(void *data, unsigned index, uint64_t bytes, uint32_t *offset)
{
    struct slot *slot = data;
    enum trireme_area_use use = TRIREME_AREA_FRAMES + index;
    if (!slot_space_take(&slot->space, use, bytes)) {
        return false;
    }
    *offset = slot->space.areas[use].offset;
    return true;
}

/* The guest waits for its answer and touches none of these. */
static void start_words(struct trireme_slot_page *page)
{
    page->tail = page->head = 0;
    page->reply_tail = page->reply_head = 0;
    page->reader_status = TRIREME_READER_AWAKE;
    page->error = page->error_position = page->debug_messages = 0;
    page->frames_done = 0;
    memset(page->frames, 0, sizeof page->frames);
    page->noting = trace_is_on;
}

/*
 * Opening
 */

static bool check_versions(struct slot *slot, const struct trireme_slot_request *request)
{
    g_autofree char *message = NULL;
    if (request->version >> 16 != TRIREME_ABI_MAJOR) {
        message = g_strdup_printf("the guest library has version %u.%u of Trireme's interface, the "
                                  "server %u.%u; install the same Trireme on both sides",
                                  request->version >> 16, request->version & 0xffff,
                                  TRIREME_ABI_MAJOR, TRIREME_ABI_MINOR);
    } else if (request->gl_opcodes != GL_OPCODES_FINGERPRINT &&
               request->gl_opcodes != GLIDE_OPCODES_FINGERPRINT) {
        message = g_strdup_printf("the guest library has version %08x of its commands, the server "
                                  "%08x (OpenGL) and %08x (Glide); install the same Trireme on "
                                  "both sides",
                                  request->gl_opcodes, (unsigned)GL_OPCODES_FINGERPRINT,
                                  (unsigned)GLIDE_OPCODES_FINGERPRINT);
    }
    if (message) {
        refuse(slot, TRIREME_REFUSAL_VERSION, message);
    }
    return !message;
}

static bool check_display(struct slot *slot)
{
    const struct machine *machine = slot->machine;
    if (!machine->display) {
        refuse(slot, TRIREME_REFUSAL_OTHER,
               machine->display_error ? machine->display_error : "no OpenGL on the host");
    }
    return machine->display;
}

static void refuse_for_space(struct slot *slot)
{
    const struct machine *machine = slot->machine;
    g_autofree char *message = g_strdup_printf(
        "no room for another ring in the window of %u MiB; %s", machine->window_size >> 20,
        machine->local ? "raise window in [local] of the server's configuration"
                       : "give the device a larger window=");
    refuse(slot, TRIREME_REFUSAL_SPACE, message);
}

static void open_session(struct slot *slot)
{
    if (!take_rings(slot, SESSION_RING_SIZE, SESSION_RING_SIZE)) {
        refuse_for_space(slot);
        return;
    }
    const struct session_memory memory = {
        .page = slot->page,
        .device_waiters = waiters(slot),
        .ring = area(slot, TRIREME_AREA_RING),
        .ring_size = slot->ring_size,
        .reply_ring = area(slot, TRIREME_AREA_REPLIES),
        .reply_size = slot->reply_size,
    };
    start_words(slot->page);
    slot->session =
        session_create(&memory, slot->machine->display, slot->machine->config, slot->program);
    answer(slot, TRIREME_SLOT_OPEN, NULL);
}

/* The session that the request names, NULL: there is none. */
static struct session *find_session(const struct slot *slot,
                                    const struct trireme_slot_request *request)
{
    const struct machine *machine = slot->machine;
    if (request->session_slot >= machine->slot_count) {
        return NULL;
    }
    const struct slot *other = &machine->slots[request->session_slot];
    return other->handled == request->session_serial ? other->session : NULL;
}

static struct render_slot describe(struct slot *slot, struct session *session)
{
    struct machine *machine = slot->machine;
    struct render_slot render = {
        .number = slot->number,
        .serial = slot->handled,
        .process = slot->process,
        .window = machine->window,
        .page = slot->page,
        .ring = area(slot, TRIREME_AREA_RING),
        .ring_size = slot->ring_size,
        .reply_ring = area(slot, TRIREME_AREA_REPLIES),
        .reply_size = slot->reply_size,
        .doorbell = slot->doorbell,
        .doorbell_fd = slot->doorbell_fd,
        .objects = session_objects_ref(session_get_objects(session)),
        .table = machine->table,
        .events = &machine->events,
        .limits = {.payload_bytes = machine->config->payload_bytes,
                   .spin_us = machine->config->spin_us},
        .glide_backend = machine->config->glide_backend,
        .frame_area = take_frame_area,
        .frame_area_data = slot,
    };
    g_strlcpy(render.program, slot->program, sizeof render.program);
    return render;
}

static uint64_t device_count(const uint64_t *counter)
{
    return __atomic_load_n(counter, __ATOMIC_RELAXED);
}

static void open_context(struct slot *slot, const struct trireme_slot_request *request)
{
    struct machine *machine = slot->machine;
    struct session *session = find_session(slot, request);
    g_autoptr(GError) error = NULL;
    if (!session) {
        refuse(slot, TRIREME_REFUSAL_OTHER, "the context's session is not open");
        return;
    }
    if (!take_rings(slot, request->ring_size ? request->ring_size : machine->ring_size,
                    request->reply_size ? request->reply_size : machine->config->reply_size)) {
        refuse_for_space(slot);
        return;
    }
    start_words(slot->page);
    if (slot->doorbell) {
        slot->doorbells_before = device_count(&slot->doorbell->doorbells);
        slot->waits_before = device_count(&slot->doorbell->waits);
    }
    const struct render_slot render = describe(slot, session);
    slot->thread = render_thread_start(&render, slot, &error);
    if (!slot->thread) {
        slot_space_give(&slot->space);
        refuse(slot, TRIREME_REFUSAL_OTHER, error->message);
        return;
    }
    machine->threads++;
    answer(slot, TRIREME_SLOT_OPEN, NULL);
}

static void close_session(struct slot *slot)
{
    if (slot->session) {
        session_destroy(slot->session);
        slot->session = NULL;
        slot_space_give(&slot->space);
    }
}

/* No render thread runs for the slot. */
static void handle_request(struct slot *slot, uint32_t serial)
{
    struct trireme_slot_request request;
    ring_copy_once(&request, &slot->page->request, sizeof request);
    slot->handled = serial;
    log_copy_name(slot->program, sizeof slot->program, request.program, sizeof request.program);
    slot->process = request.process;
    close_session(slot);
    slot_space_settle(&slot->space);

    switch (request.role) {
    case TRIREME_ROLE_NONE:
        answer(slot, TRIREME_SLOT_FREE, NULL);
        break;
    case TRIREME_ROLE_SESSION:
        if (check_versions(slot, &request) && check_display(slot)) {
            open_session(slot);
        }
        break;
    case TRIREME_ROLE_CONTEXT:
        if (check_versions(slot, &request) && check_display(slot)) {
            open_context(slot, &request);
        }
        break;
    default:
        refuse(slot, TRIREME_REFUSAL_OTHER,
               "the guest library asks for a role that the server does not know");
    }
}

/*
 * The doorbell, while the main loop looks at it
 */

static gboolean doorbell_rang(gint fd, GIOCondition condition, gpointer data)
{
    struct slot *slot = data;
    eventfd_t rings;
    eventfd_read(fd, &rings);
    look(slot);
    return G_SOURCE_CONTINUE;
}

static void watch(struct slot *slot)
{
    if (slot->watch == 0) {
        slot->watch = g_unix_fd_add(slot->doorbell_fd, G_IO_IN, doorbell_rang, slot);
    }
}

static void unwatch(struct slot *slot)
{
    if (slot->watch != 0) {
        g_source_remove(slot->watch);
        slot->watch = 0;
    }
}

static void execute_session(struct slot *slot)
{
    const char *reason;
    switch (session_execute(slot->session, &reason)) {
    case SESSION_ASLEEP:
        break;
    case SESSION_BUSY:
        eventfd_write(slot->doorbell_fd, 1);
        break;
    case SESSION_BROKEN:
        g_warning("%s: slot %u: session of %s (process %u) ended: %s", slot->machine->name,
                  slot->number, slot->program, slot->process, reason);
        close_session(slot);
        set_state(slot, TRIREME_SLOT_LOST);
        break;
    }
}

static void look(struct slot *slot)
{
    uint32_t serial = __atomic_load_n(&slot->page->request.serial, __ATOMIC_ACQUIRE);
    if (serial != slot->handled) {
        handle_request(slot, serial);
    } else if (slot->session) {
        execute_session(slot);
    }
    if (slot->thread) {
        unwatch(slot);
    } else {
        watch(slot);
    }
}

/*
 * Life
 */

void slot_init(struct slot *slot, struct machine *machine, uint32_t number, int doorbell_fd)
{
    slot->machine = machine;
    slot->number = number;
    slot->page = (struct trireme_slot_page *)(machine->window + TRIREME_SLOT_PAGE_OFFSET(number));
    if (machine->shared) {
        slot->doorbell = (struct trireme_doorbell_slot *)(machine->shared + 1) + number;
    }
    slot->doorbell_fd = doorbell_fd;
    slot_space_init(&slot->space, &machine->space, machine->window, machine->slot_count, number);
    /* Requests and answers of an earlier server are nobody's any more. */
    slot->handled = __atomic_load_n(&slot->page->request.serial, __ATOMIC_ACQUIRE);
    answer(slot, TRIREME_SLOT_FREE, NULL);
    watch(slot);
}

void slot_finish(struct slot *slot)
{
    unwatch(slot);
    close_session(slot);
    slot_space_finish(&slot->space);
    close(slot->doorbell_fd);
}

void slot_stop(struct slot *slot)
{
    if (slot->thread) {
        render_thread_stop(slot->thread);
    } else if (slot->session) {
        close_session(slot);
        set_state(slot, TRIREME_SLOT_LOST);
    }
}

static uint64_t value(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

uint64_t slot_doorbells(const struct slot *slot)
{
    uint64_t wakes = value(&slot->thread->stats.wakes);
    return slot->doorbell
               ? MAX(device_count(&slot->doorbell->doorbells) - slot->doorbells_before, wakes)
               : wakes;
}

uint64_t slot_waits(const struct slot *slot)
{
    return slot->doorbell ? device_count(&slot->doorbell->waits) - slot->waits_before : 0;
}

static void report(struct slot *slot, bool running)
{
    const struct context_stats *stats = &slot->thread->stats;
    g_autoptr(GArray) by_command = round_trips_list(&stats->round_trips);
    struct stats_entry entry = {
        .process = slot->process,
        .slot = slot->number,
        .frames = value(&stats->frames),
        .commands = value(&stats->commands),
        .bytes = value(&stats->bytes),
        .doorbells = slot_doorbells(slot),
        .waits = slot_waits(slot),
        .wakes = value(&stats->wakes),
        .round_trips = round_trips_total(&stats->round_trips),
        .by_command = by_command,
        .seconds = (double)(g_get_monotonic_time() - slot->thread->started) / G_TIME_SPAN_SECOND,
        .lost = !running && slot->thread->lost,
        .running = running,
    };
    g_strlcpy(entry.program, slot->program, sizeof entry.program);
    if (value(&stats->latencies) > 0) {
        entry.wake_us = (double)value(&stats->latency_ns) / (double)value(&stats->latencies) / 1e3;
        entry.worst_wake_us = (double)value(&stats->worst_latency_ns) / 1e3;
    }
    stats_report(slot->machine->config, &entry);
}

void slot_report(struct slot *slot)
{
    if (slot->thread) {
        report(slot, true);
    }
}

void slot_thread_ended(struct slot *slot)
{
    struct render_thread *thread = slot->thread;
    report(slot, false);
    slot->thread = NULL;
    render_thread_join(thread);
    slot_space_give(&slot->space);
    set_state(slot, TRIREME_SLOT_LOST);
    if (!slot->machine->closing) {
        look(slot);
    }
}
