/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/loopback.h"

#include <stdlib.h>
#include <string.h>
_Thread_local struct gl_encoder *trireme_current_encoder = &gl_null_encoder;

static void take_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    struct loopback *l = data;
    l->pending = g_realloc(l->pending, n + 1);
    if (n > 0) {
        memcpy(l->pending, bytes, n);
    }
    l->pending_bytes = n;
    l->pending_sent = 0;
    l->pending_opcode = opcode;
}

/* Sends the next piece of a reply, as much as a record takes. */
static bool send_piece(struct loopback *l)
{
    uint32_t most = ring_record_limit(LOOPBACK_REPLIES) - sizeof(struct trireme_reply);
    size_t left = l->pending_bytes - l->pending_sent;
    uint32_t bytes = left < most ? (uint32_t)left : most;
    uint32_t record_bytes = (uint32_t)gl_payload_padded(sizeof(struct trireme_reply) + bytes);
    struct trireme_reply reply = {
        .record = {.opcode = l->pending_opcode, .units = (uint16_t)(record_bytes / 8)},
        .bytes = bytes,
        .more = bytes < left,
    };
    enum ring_room room;
    while ((room = ring_producer_refill(&l->answers, record_bytes)) == RING_PUBLISH) {
        ring_producer_publish(&l->answers, NULL);
    }
    if (room == RING_FULL) {
        return false;
    }
    memcpy(l->answers.cursor, &reply, sizeof reply);
    memcpy(l->answers.cursor + sizeof reply, l->pending + l->pending_sent, bytes);
    ring_producer_commit(&l->answers, record_bytes);
    ring_producer_publish(&l->answers, NULL);
    l->pending_sent += bytes;
    if (!reply.more) {
        g_clear_pointer(&l->pending, g_free);
    }
    return true;
}

static void count_debug_messages(void *data, uint32_t number)
{
    struct loopback *l = data;
    __atomic_store_n(&l->page.debug_messages, number, __ATOMIC_RELEASE);
}

static bool decode_one(struct loopback *l)
{
    struct trireme_record header;
    const uint8_t *record;
    if (ring_consumer_next(&l->reader, &header, &record) != RING_RECORD) {
        return false;
    }
    if (header.opcode == TRIREME_OP_CHUNK) {
        const char *wrong = chunk_assembler_feed(&l->chunks, header, record);
        if (wrong && !l->error) {
            g_set_error_literal(&l->error, GL_DECODER_ERROR, GL_DECODER_ERROR_RECORD, wrong);
        }
    } else if (header.opcode == TRIREME_OP_ERROR) {
        gl_decoder_set_error(l->decoder, ((const struct trireme_error *)record)->error);
    } else {
        if (l->tap) {
            l->tap(l->tap_data, header, record);
        }
        gl_decoder_execute(l->decoder, header, record, &l->chunks, l->error ? NULL : &l->error);
    }
    ring_consumer_advance(&l->reader, header.units * TRIREME_RECORD_UNIT);
    ring_consumer_release(&l->reader);
    l->bytes += header.units * TRIREME_RECORD_UNIT;
    return true;
}

static bool progress(void *data, uint32_t seen)
{
    struct loopback *l = data;
    (void)seen;
    while (l->pending && send_piece(l)) {
    }
    while (!l->pending && decode_one(l)) {
    }
    while (l->pending && send_piece(l)) {
    }
    return !l->error;
}

static void no_doorbell(void *data, uint32_t position)
{
    (void)data;
    (void)position;
}

struct loopback *loopback_create_with(struct gl_decoder *(*make)(const struct gl_decoder_ops *ops,
                                                                 void *data))
{
    static const struct gl_encoder_ops encoder_ops = {.doorbell = no_doorbell, .wait = progress};
    static const struct gl_decoder_ops decoder_ops = {.reply = take_reply,
                                                      .debug_messages = count_debug_messages};
    struct loopback *l = aligned_alloc(64, (sizeof *l + 63) / 64 * 64);

    memset(l, 0, sizeof *l);
    l->decoder = make(&decoder_ops, l);
    gl_encoder_init(&l->encoder, &encoder_ops, l, &l->page, l->commands, LOOPBACK_RING, l->replies,
                    LOOPBACK_REPLIES);
    ring_consumer_init(&l->reader, l->commands, LOOPBACK_RING, &l->page.tail, &l->page.head);
    ring_producer_init(&l->answers, l->replies, LOOPBACK_REPLIES, &l->page.reply_tail,
                       &l->page.reply_head);
    chunk_assembler_init(&l->chunks, l->decoder->limits.max_payload_bytes);
    gl_encoder_make_current(&l->encoder);
    return l;
}

void loopback_destroy(struct loopback *l)
{
    gl_encoder_make_current(NULL);
    gl_encoder_finish(&l->encoder);
    gl_decoder_destroy(l->decoder);
    chunk_assembler_finish(&l->chunks);
    g_clear_error(&l->error);
    g_free(l->pending);
    free(l);
}

void loopback_drain(struct loopback *l)
{
    gl_encoder_flush(&l->encoder);
    progress(l, 0);
}
