/* SPDX-License-Identifier: MIT */
#include "guest/common/gl_encoder.h"

#include <stdlib.h>

#include "ring/chunk_stream.h"

/* Where records of a lost context go. Written by any thread, read by none. As long as any record,
 * since a context may get lost after the record's size was settled. */
static uint64_t scratch[TRIREME_RECORD_MAX / sizeof(uint64_t)];
static const uint64_t no_reply;

struct gl_encoder gl_null_encoder = {
    .lost = true,
    .names = {[0 ... POOL_KINDS - 1] = &name_pool_none},
    .record_limit = 4096,
};

void gl_encoder_init(struct gl_encoder *e, const struct gl_encoder_ops *ops, void *data,
                     struct trireme_slot_page *page, void *commands, uint32_t size,
                     const void *replies, uint32_t reply_size)
{
    memset(e, 0, sizeof *e);
    e->ops = ops;
    e->data = data;
    e->page = page;
    e->matrix = GL_CHANGE_MODELVIEW;
    for (unsigned kind = 0; kind < POOL_KINDS; kind++) {
        e->names[kind] = &name_pool_none;
    }
    e->record_limit = ring_record_limit(size) & ~7u;
    ring_producer_init(&e->commands, commands, size, &page->tail, &page->head);
    ring_consumer_init(&e->replies, replies, reply_size, &page->reply_tail, &page->reply_head);
}

void gl_encoder_finish(struct gl_encoder *e)
{
    free(e->reply);
    e->reply = NULL;
    e->reply_capacity = 0;
}

void gl_encoder_lose(struct gl_encoder *e)
{
    e->lost = true;
    e->commands.cursor = e->commands.limit = NULL;
}

static void publish(struct gl_encoder *e)
{
    if (ring_producer_publish(&e->commands, &e->page->reader_status)) {
        e->ops->doorbell(e->data, ring_producer_position(&e->commands));
    }
}

void gl_encoder_flush(struct gl_encoder *e)
{
    if (!e->lost) {
        publish(e);
    }
}

/* Sleeps until `completions` is no longer what it was before the caller looked for progress. */
static void wait_from(struct gl_encoder *e, uint32_t seen)
{
    if (!e->ops->wait(e->data, seen)) {
        gl_encoder_lose(e);
    }
}

static uint32_t load_completions(const struct gl_encoder *e)
{
    return __atomic_load_n(&e->page->completions, __ATOMIC_ACQUIRE);
}

/* The ring is full: waits until the host has made room, while `waiting` asks it to say so. */
static void wait_for_room(struct gl_encoder *e, uint32_t bytes)
{
    __atomic_fetch_add(&e->page->waiting, 1, __ATOMIC_SEQ_CST);
    while (!e->lost) {
        uint32_t seen = load_completions(e);
        if (ring_producer_refill(&e->commands, bytes) != RING_FULL) {
            break;
        }
        wait_from(e, seen);
    }
    __atomic_fetch_sub(&e->page->waiting, 1, __ATOMIC_SEQ_CST);
}

/* What ring_producer_refill() or chunk_stream_put() asked for. */
static void make_room(struct gl_encoder *e, enum ring_room room, uint32_t bytes)
{
    if (room == RING_PUBLISH) {
        publish(e);
    } else if (room == RING_FULL) {
        wait_for_room(e, bytes);
    }
}

COLD_CALL_DEFINE(gl_encoder_refill);

void *gl_encoder_refill(struct gl_encoder *e, uint32_t bytes)
{
    enum ring_room room = RING_FULL;
    while (!e->lost && (room = ring_producer_refill(&e->commands, bytes)) != RING_ROOM) {
        make_room(e, room, bytes);
    }
    if (e->lost) {
        e->commands.cursor = e->commands.limit = (uint8_t *)scratch;
        return scratch;
    }
    return e->commands.cursor;
}

static void send_chunks(struct gl_encoder *e, const struct gl_payload *payloads, unsigned count,
                        uint64_t total)
{
    struct chunk_stream stream;
    chunk_stream_init(&stream, total);
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *data = payloads[i].data;
        uint64_t left = payloads[i].kind == GL_PAYLOAD_DATA ? payloads[i].bytes : 0;
        while (left > 0 && !e->lost) {
            enum ring_room room = chunk_stream_put(&stream, &e->commands, &data, &left);
            make_room(e, room, e->record_limit);
        }
    }
}

uint8_t *gl_encoder_begin_payloads(struct gl_encoder *e, uint16_t opcode, uint32_t fixed,
                                   const struct gl_payload *payloads, unsigned count,
                                   uint32_t *bytes)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < count; i++) {
        if (payloads[i].kind == GL_PAYLOAD_DATA) {
            total += gl_payload_padded(payloads[i].bytes);
        }
    }
    if (fixed + total > e->record_limit) {
        send_chunks(e, payloads, count, total);
        *bytes = fixed;
        uint8_t *record = gl_encoder_begin(e, fixed);
        gl_put_header(record, opcode | TRIREME_OPCODE_CHUNKED, fixed);
        return record;
    }
    *bytes = fixed + (uint32_t)total;
    uint8_t *record = gl_encoder_begin(e, *bytes);
    uint8_t *place = record + fixed;
    gl_put_header(record, opcode, *bytes);
    for (unsigned i = 0; i < count; i++) {
        if (payloads[i].kind == GL_PAYLOAD_DATA && payloads[i].bytes > 0) {
            memcpy(place, payloads[i].data, payloads[i].bytes);
            place += gl_payload_padded(payloads[i].bytes);
        }
    }
    return record;
}

/* The next reply record in the ring; NULL: the context is lost. */
static const uint8_t *next_reply(struct gl_encoder *e, struct trireme_reply *reply)
{
    while (!e->lost) {
        struct trireme_record header;
        const uint8_t *record;
        uint32_t seen = load_completions(e);
        enum ring_next next = ring_consumer_next(&e->replies, &header, &record);
        uint32_t units = header.units;
        if (next == RING_RECORD && units * TRIREME_RECORD_UNIT >= sizeof *reply) {
            memcpy(reply, record, sizeof *reply);
            if (reply->bytes <= units * TRIREME_RECORD_UNIT - sizeof *reply) {
                return record;
            }
        }
        if (next != RING_EMPTY) {
            gl_encoder_lose(e);
        } else {
            wait_from(e, seen);
        }
    }
    return NULL;
}

static void release_reply(struct gl_encoder *e, uint32_t bytes)
{
    ring_consumer_advance(&e->replies, bytes);
    if (ring_consumer_release_look(&e->replies, &e->page->reader_status)) {
        e->ops->doorbell(e->data, ring_producer_position(&e->commands));
    }
}

static uint32_t reply_record_bytes(const struct trireme_reply *reply)
{
    return reply->record.units * TRIREME_RECORD_UNIT;
}

/* Appends a piece to e->reply; false: no memory. */
static bool append_reply(struct gl_encoder *e, size_t used, const uint8_t *data, uint32_t bytes)
{
    if (used + bytes > e->reply_capacity) {
        size_t capacity = (used + bytes) * 2;
        uint8_t *grown = realloc(e->reply, capacity);
        if (!grown) {
            return false;
        }
        e->reply = grown;
        e->reply_capacity = capacity;
    }
    memcpy(e->reply + used, data, bytes);
    return true;
}

const uint8_t *gl_encoder_sync(struct gl_encoder *e, size_t *bytes)
{
    struct trireme_reply reply;
    *bytes = 0;
    if (e->lost) {
        return (const uint8_t *)&no_reply;
    }
    publish(e);
    e->round_trips++;
    for (;;) {
        const uint8_t *record = next_reply(e, &reply);
        if (!record) {
            *bytes = 0;
            return (const uint8_t *)&no_reply;
        }
        if (*bytes == 0 && !reply.more) {
            e->reply_bytes = reply_record_bytes(&reply);
            *bytes = reply.bytes;
            return record + sizeof reply;
        }
        if (!append_reply(e, *bytes, record + sizeof reply, reply.bytes)) {
            gl_encoder_lose(e);
            continue;
        }
        *bytes += reply.bytes;
        release_reply(e, reply_record_bytes(&reply));
        if (!reply.more) {
            return e->reply;
        }
    }
}

void gl_encoder_reply_done(struct gl_encoder *e)
{
    e->answered = ring_producer_position(&e->commands);
    if (e->reply_bytes > 0 && !e->lost) {
        release_reply(e, e->reply_bytes);
        e->reply_bytes = 0;
    }
}

void gl_encoder_error(struct gl_encoder *e, uint32_t error)
{
    const uint32_t bytes = sizeof(struct trireme_error);
    e->calm = GL_CALM_NOT;
    uint8_t *record = gl_encoder_begin(e, bytes);
    gl_put_header(record, TRIREME_OP_ERROR, bytes);
    gl_put_32(record + offsetof(struct trireme_error, error), error);
    gl_encoder_end(e, bytes);
}

uint64_t gl_reply_value(struct gl_reply *reply)
{
    uint64_t value = 0;
    if (reply->left >= sizeof value) {
        memcpy(&value, reply->bytes, sizeof value);
        reply->bytes += sizeof value;
        reply->left -= sizeof value;
    }
    return value;
}

void gl_reply_result(struct gl_reply *reply, struct gl_result *result)
{
    uint64_t bytes = gl_reply_value(reply);
    if (bytes > reply->left) {
        bytes = reply->left;
    }
    result->bytes = bytes < result->capacity ? bytes : result->capacity;
    if (result->data && result->bytes > 0) {
        memcpy(result->data, reply->bytes, result->bytes);
    }
    uint64_t padded = gl_payload_padded(bytes);
    padded = padded < reply->left ? padded : reply->left;
    reply->bytes += padded;
    reply->left -= padded;
}
