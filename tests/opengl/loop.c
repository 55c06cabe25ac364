/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rings between a guest's encoder and a decoder with a context of its own. */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <stdlib.h>

#include "tests/opengl/context.h"
#include "tests/opengl/pair.h"

#define RING (64u << 10)
#define REPLIES (16u << 10)

_Thread_local struct gl_encoder *trireme_current_encoder = &gl_null_encoder;

struct loop {
    struct trireme_slot_page page;
    uint8_t commands[RING] __attribute__((aligned(64)));
    uint8_t replies[REPLIES] __attribute__((aligned(64)));
    struct gl_encoder encoder;
    struct gl_decoder *decoder;
    struct test_context context;
    struct ring_consumer reader;
    struct ring_producer answers;
    struct chunk_assembler chunks;
    uint8_t *pending; /* a reply that did not fit into the ring at once */
    size_t pending_bytes, pending_sent;
    uint16_t pending_opcode;
    GError *error;
    uint64_t bytes;
};

static void take_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    struct loop *l = data;
    l->pending = g_realloc(l->pending, n + 1);
    memcpy(l->pending, bytes, n);
    l->pending_bytes = n;
    l->pending_sent = 0;
    l->pending_opcode = opcode;
}

/* Sends the next piece of a reply, as much as a record takes. */
static bool send_piece(struct loop *l)
{
    uint32_t most = ring_record_limit(REPLIES) - sizeof(struct trireme_reply);
    size_t left = l->pending_bytes - l->pending_sent;
    uint32_t bytes = left < most ? (uint32_t)left : most;
    uint32_t record_bytes = (uint32_t)gl_payload_padded(sizeof(struct trireme_reply) + bytes);
    struct trireme_reply reply = {
        .record = {.opcode = l->pending_opcode, .units = (uint16_t)(record_bytes / 8)},
        .bytes = bytes,
        .more = bytes < left,
    };
    enum ring_room room;
    while ((room = ring_producer_refill(&l->answers, record_bytes)) == RING_PUBLISH)
        ring_producer_publish(&l->answers, NULL);
    if (room == RING_FULL)
        return false;
    memcpy(l->answers.cursor, &reply, sizeof reply);
    memcpy(l->answers.cursor + sizeof reply, l->pending + l->pending_sent, bytes);
    ring_producer_commit(&l->answers, record_bytes);
    ring_producer_publish(&l->answers, NULL);
    l->pending_sent += bytes;
    if (!reply.more)
        g_clear_pointer(&l->pending, g_free);
    return true;
}

static bool decode_one(struct loop *l)
{
    struct trireme_record header;
    const uint8_t *record;
    if (ring_consumer_next(&l->reader, &header, &record) != RING_RECORD)
        return false;
    if (header.opcode == TRIREME_OP_CHUNK) {
        const char *wrong = chunk_assembler_feed(&l->chunks, header, record);
        if (wrong && !l->error)
            g_set_error_literal(&l->error, GL_DECODER_ERROR, GL_DECODER_ERROR_RECORD, wrong);
    } else if (header.opcode == TRIREME_OP_ERROR) {
        gl_decoder_set_error(l->decoder, ((const struct trireme_error *)record)->error);
    } else {
        gl_decoder_execute(l->decoder, header, record, &l->chunks, l->error ? NULL : &l->error);
    }
    ring_consumer_advance(&l->reader, header.units * TRIREME_RECORD_UNIT);
    ring_consumer_release(&l->reader);
    l->bytes += header.units * TRIREME_RECORD_UNIT;
    return true;
}

static bool progress(void *data, uint32_t seen)
{
    struct loop *l = data;
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

struct loop *loop_create(bool core)
{
    static const struct gl_encoder_ops encoder_ops = {.doorbell = no_doorbell, .wait = progress};
    static const struct gl_decoder_ops decoder_ops = {.reply = take_reply};
    static const struct gl_limits limits = {0};
    const struct gl_default_framebuffer framebuffer = {true, GL_BACK, GL_FRONT};
    struct loop *l = aligned_alloc(64, (sizeof *l + 63) / 64 * 64);
    memset(l, 0, sizeof *l);
    test_context_create(&l->context, core);
    g_autoptr(GError) error = NULL;
    l->decoder = gl_decoder_create(&decoder_ops, l, &limits, &error);
    g_assert_no_error(error);
    gl_decoder_set_default_framebuffer(l->decoder, &framebuffer);
    gl_encoder_init(&l->encoder, &encoder_ops, l, &l->page, l->commands, RING, l->replies, REPLIES);
    l->encoder.state = gl_state_create();
    ring_consumer_init(&l->reader, l->commands, RING, &l->page.tail, &l->page.head);
    ring_producer_init(&l->answers, l->replies, REPLIES, &l->page.reply_tail, &l->page.reply_head);
    chunk_assembler_init(&l->chunks, 256 << 20);
    gl_encoder_make_current(&l->encoder);
    return l;
}

void loop_destroy(struct loop *l)
{
    gl_encoder_make_current(NULL);
    gl_state_destroy(l->encoder.state);
    gl_encoder_finish(&l->encoder);
    gl_decoder_destroy(l->decoder);
    chunk_assembler_finish(&l->chunks);
    test_context_destroy(&l->context);
    g_clear_error(&l->error);
    g_free(l->pending);
    free(l);
}

struct gl_encoder *loop_encoder(struct loop *l)
{
    return &l->encoder;
}

struct gl_decoder *loop_decoder(struct loop *l)
{
    return l->decoder;
}

void loop_drain(struct loop *l)
{
    gl_encoder_flush(&l->encoder);
    progress(l, 0);
}

const char *loop_broken(const struct loop *l)
{
    return l->error ? l->error->message : NULL;
}

uint64_t loop_bytes(const struct loop *l)
{
    return l->bytes;
}
