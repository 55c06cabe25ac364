/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/session.h"

#include <string.h>

#include "ring/command_ring.h"
#include "ring/completion.h"
#include "ring/reader_sleep.h"
#include "ring/shared_memory.h"

/* Records in a row before the main loop serves others. */
#define SESSION_RECORDS_PER_TURN 64
/* Of the host GL's vendor and renderer strings each. */
#define SESSION_STRING_BYTES 256u
/* The first OpenGL that has profiles. */
#define FIRST_CORE_VERSION (3u << 8 | 2u)

struct session {
    struct session_memory memory;
    struct session_objects *objects;
    struct ring_consumer commands;
    struct ring_producer replies;
    const struct config *config;
    char *program;
    bool has_options; /* of the guest */
};

static void set_options(struct session *session, const char *guest_lines)
{
    g_autoptr(GString) wrong = g_string_new(NULL);
    session_objects_set_options(
        session->objects,
        config_program_options(session->config, session->program, guest_lines, wrong));
    if (wrong->len > 0) {
        g_message("%s: the guest's options %s are unknown or cannot be so", session->program,
                  wrong->str);
    }
}

struct session *session_create(const struct session_memory *memory, const struct display *display,
                               const struct config *config, const char *program)
{
    const struct session_limits limits = {
        .drawables = config->drawables,
        .drawable_size = config->drawable_size,
        .drawable_bytes = config->drawable_bytes,
    };
    struct session *session = g_new0(struct session, 1);
    session->memory = *memory;
    session->config = config;
    session->program = g_strdup(program);
    session->objects = session_objects_create(display, &limits);
    set_options(session, NULL);
    ring_consumer_init(&session->commands, memory->ring, memory->ring_size, &memory->page->tail,
                       &memory->page->head);
    ring_producer_init(&session->replies, memory->reply_ring, memory->reply_size,
                       &memory->page->reply_tail, &memory->page->reply_head);
    /* Nobody looks at the ring between doorbells. */
    memory->page->reader_status = TRIREME_READER_IDLE;
    return session;
}

void session_destroy(struct session *session)
{
    if (session) {
        session_objects_unref(session->objects);
        g_free(session->program);
        g_free(session);
    }
}

struct session_objects *session_get_objects(struct session *session)
{
    return session->objects;
}

static bool reply(struct session *session, uint16_t opcode, const GByteArray *data)
{
    struct ring_producer *ring = &session->replies;
    const uint32_t size = (uint32_t)sizeof(struct trireme_reply) + ((data->len + 7u) & ~7u);
    const struct trireme_reply header = {
        .record = {.opcode = opcode, .units = (uint16_t)(size / TRIREME_RECORD_UNIT)},
        .bytes = data->len,
    };
    if (ring_producer_refill(ring, size) != RING_ROOM) {
        return false;
    }
    uint8_t *place = ring_producer_reserve(ring, size);
    memcpy(place, &header, sizeof header);
    memcpy(place + sizeof header, data->data, data->len);
    ring_producer_commit(ring, size);
    ring_producer_publish(ring, NULL);
    completion_signal(session->memory.page, session->memory.device_waiters);
    return true;
}

static void append_string(GByteArray *data, const char *string, uint32_t bytes)
{
    g_byte_array_append(data, (const uint8_t *)string, bytes);
}

static const char *send_info(struct session *session)
{
    const struct display *display = session_objects_display(session->objects);
    struct program_options *options = session_objects_get_options(session->objects);
    const uint32_t greatest = options->gl_version ? options->gl_version : UINT32_MAX;
    program_options_unref(options);
    const struct trireme_session_info info = {
        .configs = display->config_count,
        .max_core = greatest < FIRST_CORE_VERSION ? 0 : MIN(display->max_core, greatest),
        .max_compat = MIN(display->max_compat, greatest),
        .flags = display->robust ? TRIREME_SESSION_ROBUST : 0,
        .vendor_bytes = (uint32_t)MIN(strlen(display->vendor), SESSION_STRING_BYTES),
        .renderer_bytes = (uint32_t)MIN(strlen(display->renderer), SESSION_STRING_BYTES),
    };
    g_autoptr(GByteArray) data = g_byte_array_new();
    g_byte_array_append(data, (const uint8_t *)&info, sizeof info);
    for (unsigned i = 0; i < display->config_count; i++) {
        g_byte_array_append(data, (const uint8_t *)&display->configs[i].config,
                            sizeof(struct trireme_config));
    }
    append_string(data, display->vendor, info.vendor_bytes);
    append_string(data, display->renderer, info.renderer_bytes);
    return reply(session, TRIREME_OP_SESSION_INFO, data) ? NULL : "SESSION_INFO: no room to reply";
}

static const char *take_options(struct session *session, struct trireme_record header,
                                const uint8_t *record)
{
    struct trireme_session_options options;
    if (header.units * TRIREME_RECORD_UNIT != sizeof options) {
        return "SESSION_OPTIONS: wrong size";
    }
    if (session->has_options) {
        return "SESSION_OPTIONS: a second time";
    }
    ring_copy_once(&options, record, sizeof options);
    g_autofree char *lines = g_strndup(options.lines, sizeof options.lines);
    session->has_options = true;
    set_options(session, lines);
    return NULL;
}

/* NULL, or which rule the record broke. */
static const char *execute(struct session *session, struct trireme_record header,
                           const uint8_t *record)
{
    struct trireme_drawable_destroy destroy;
    switch (header.opcode) {
    case TRIREME_OP_SESSION_INFO:
        return header.units == 1 ? send_info(session) : "SESSION_INFO: wrong size";
    case TRIREME_OP_DRAWABLE_DESTROY:
        if (header.units * TRIREME_RECORD_UNIT != sizeof destroy) {
            return "DRAWABLE_DESTROY: wrong size";
        }
        ring_copy_once(&destroy, record, sizeof destroy);
        session_objects_destroy_drawable(session->objects, destroy.drawable);
        return NULL;
    case TRIREME_OP_SESSION_OPTIONS:
        return take_options(session, header, record);
    default:
        return "a record that sessions do not know";
    }
}

enum session_progress session_execute(struct session *session, const char **reason)
{
    struct trireme_slot_page *page = session->memory.page;
    for (unsigned i = 0; i < SESSION_RECORDS_PER_TURN; i++) {
        struct trireme_record header;
        const uint8_t *record;
        switch (ring_consumer_next(&session->commands, &header, &record)) {
        case RING_CORRUPT:
            *reason = "the control ring's positions or sizes make no sense";
            return SESSION_BROKEN;
        case RING_EMPTY:
            ring_consumer_release(&session->commands);
            completion_signal_waiters(page, session->memory.device_waiters);
            if (reader_sleep_begin(&page->reader_status, TRIREME_READER_IDLE, &page->tail,
                                   session->commands.seen_tail)) {
                return SESSION_ASLEEP;
            }
            break;
        case RING_RECORD:
            *reason = execute(session, header, record);
            if (*reason) {
                return SESSION_BROKEN;
            }
            ring_consumer_advance(&session->commands, header.units * TRIREME_RECORD_UNIT);
        }
    }
    ring_consumer_release(&session->commands);
    return SESSION_BUSY;
}
