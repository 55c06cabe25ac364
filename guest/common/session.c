/* SPDX-License-Identifier: MIT */
#include "guest/common/session.h"

#include <stdlib.h>
#include <string.h>

#include "guest/common/message.h"
#include "guest/common/program_options.h"
#include "guest/common/system.h"
#include "ring/shared_memory.h"

/* Far more than a host with all its configurations has to say. */
#define INFO_LIMIT (256u << 10)
#define REPLY_TIMEOUT_US 20000000u
#define WAIT_STEP_US 50000u

static bool wait_or_give_up(struct session *session, uint32_t seen, uint64_t deadline)
{
    return slot_wait(&session->slot, seen, WAIT_STEP_US) && system_now_us() < deadline;
}

/* Puts a record into the control ring; false: the session is lost, or the server is stuck. */
static bool send_record(struct session *session, const void *record, uint32_t bytes)
{
    struct slot *slot = &session->slot;
    uint64_t deadline = system_now_us() + REPLY_TIMEOUT_US;
    uint32_t padded = (bytes + TRIREME_RECORD_UNIT - 1) & ~(TRIREME_RECORD_UNIT - 1);
    void *place;
    while (!(place = ring_producer_reserve(&session->commands, padded))) {
        uint32_t seen = slot_completions(slot);
        if (ring_producer_refill(&session->commands, padded) == RING_FULL &&
            !wait_or_give_up(session, seen, deadline)) {
            return false;
        }
    }
    memset(place, 0, padded);
    memcpy(place, record, bytes);
    ring_producer_commit(&session->commands, padded);
    if (ring_producer_publish(&session->commands, &slot->page->reader_status)) {
        slot_doorbell(slot, ring_producer_position(&session->commands));
    }
    return true;
}

/* The next reply, put together from its pieces; the caller frees it. NULL: there is none. */
static uint8_t *receive_reply(struct session *session, uint32_t *size)
{
    struct slot *slot = &session->slot;
    uint64_t deadline = system_now_us() + REPLY_TIMEOUT_US;
    uint8_t *data = NULL;
    *size = 0;
    for (;;) {
        struct trireme_record header;
        const uint8_t *record;
        struct trireme_reply reply;
        uint32_t seen = slot_completions(slot);
        enum ring_next next = ring_consumer_next(&session->replies, &header, &record);
        if (next == RING_EMPTY && wait_or_give_up(session, seen, deadline)) {
            continue;
        }
        if (next != RING_RECORD || header.units * TRIREME_RECORD_UNIT < sizeof reply) {
            break;
        }
        ring_copy_once(&reply, record, sizeof reply);
        uint32_t space = header.units * TRIREME_RECORD_UNIT - (uint32_t)sizeof reply;
        if (reply.bytes > space || reply.bytes > INFO_LIMIT - *size) {
            break;
        }
        uint8_t *longer = realloc(data, *size + reply.bytes + 1);
        if (!longer) {
            break;
        }
        data = longer;
        memcpy(data + *size, record + sizeof reply, reply.bytes);
        *size += reply.bytes;
        ring_consumer_advance(&session->replies, header.units * TRIREME_RECORD_UNIT);
        if (ring_consumer_release_look(&session->replies, &slot->page->reader_status)) {
            slot_doorbell(slot, ring_producer_position(&session->commands));
        }
        if (!reply.more) {
            return data;
        }
    }
    free(data);
    return NULL;
}

/* Before the host describes itself, since its versions depend on it. */
static bool send_options(struct session *session)
{
    struct trireme_session_options record = {
        .record = {.opcode = TRIREME_OP_SESSION_OPTIONS,
                   .units = sizeof record / TRIREME_RECORD_UNIT},
    };
    if (!program_options_read(system_program_name(), record.lines, sizeof record.lines)) {
        message_error("more options for %s than %u bytes: the last are left out",
                      system_program_name(), (unsigned)sizeof record.lines);
    }
    return !record.lines[0] || send_record(session, &record, sizeof record);
}

static char *take_string(const uint8_t *bytes, uint32_t length)
{
    char *string = malloc((size_t)length + 1);
    if (string) {
        memcpy(string, bytes, length);
        string[length] = '\0';
    }
    return string;
}

static bool ask_info(struct session *session, struct port_error *error)
{
    struct trireme_record ask = {.opcode = TRIREME_OP_SESSION_INFO, .units = 1};
    uint32_t size = 0;
    bool sent = send_options(session) && send_record(session, &ask, sizeof ask);
    uint8_t *reply = sent ? receive_reply(session, &size) : NULL;
    struct trireme_session_info *info = &session->info;
    if (!reply || size < sizeof *info) {
        free(reply);
        port_error_set(error, "the host's server did not describe itself: see its log");
        return false;
    }
    memcpy(info, reply, sizeof *info);
    uint64_t configs_bytes = (uint64_t)info->configs * sizeof *session->configs;
    uint64_t strings = sizeof *info + configs_bytes;
    if (strings + info->vendor_bytes + info->renderer_bytes > size) {
        free(reply);
        port_error_set(error, "the host's description of itself is damaged: are the guest library "
                              "and the server of one version?");
        return false;
    }
    session->configs = malloc(configs_bytes + 1);
    session->vendor = take_string(reply + strings, info->vendor_bytes);
    session->renderer = take_string(reply + strings + info->vendor_bytes, info->renderer_bytes);
    if (session->configs) {
        memcpy(session->configs, reply + sizeof *info, configs_bytes);
    }
    free(reply);
    if (!session->configs || !session->vendor || !session->renderer) {
        port_error_set(error, "out of memory");
        return false;
    }
    return true;
}

struct session *session_open(uint32_t gl_opcodes, struct port_error *error)
{
    struct session *session = calloc(1, sizeof *session);
    if (!session) {
        port_error_set(error, "out of memory");
        return NULL;
    }
    session->gl_opcodes = gl_opcodes;
    session->port = port_open(error);
    if (!session->port) {
        free(session);
        return NULL;
    }
    slot_reclaim_dead(session->port);
    struct slot_wanted wanted = {.role = TRIREME_ROLE_SESSION, .gl_opcodes = gl_opcodes};
    if (!slot_open(&session->slot, session->port, &wanted, error)) {
        port_destroy(session->port, false);
        free(session);
        return NULL;
    }
    struct slot *slot = &session->slot;
    ring_producer_init(&session->commands, slot->ring, slot->ring_size, &slot->page->tail,
                       &slot->page->head);
    ring_consumer_init(&session->replies, slot->reply_ring, slot->reply_size,
                       &slot->page->reply_tail, &slot->page->reply_head);
    if (!ask_info(session, error)) {
        session_destroy(session, false);
        return NULL;
    }
    message_debug("host: %s, %s; %u configurations", session->vendor, session->renderer,
                  session->info.configs);
    return session;
}

void session_destroy(struct session *session, bool forked)
{
    if (!session) {
        return;
    }
    if (!forked) {
        slot_close(&session->slot);
    }
    port_destroy(session->port, forked);
    free(session->configs);
    free(session->vendor);
    free(session->renderer);
    free(session);
}

bool session_lost(struct session *session)
{
    return slot_lost(&session->slot);
}

void session_destroy_drawable(struct session *session, uint32_t drawable)
{
    struct trireme_drawable_destroy record = {
        .record = {.opcode = TRIREME_OP_DRAWABLE_DESTROY, .units = 1},
        .drawable = drawable,
    };
    if (!session_lost(session)) {
        send_record(session, &record, sizeof record);
    }
}

bool session_open_context(struct session *session, struct slot *slot, uint32_t ring_size,
                          uint32_t reply_size, struct port_error *error)
{
    struct slot_wanted wanted = {
        .role = TRIREME_ROLE_CONTEXT,
        .gl_opcodes = session->gl_opcodes,
        .ring_size = ring_size,
        .reply_size = reply_size,
        .session_slot = session->slot.number,
        .session_serial = session->slot.serial,
    };
    return slot_open(slot, session->port, &wanted, error);
}
