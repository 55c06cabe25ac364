/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records that no honest guest sends. */
#include <criterion/criterion.h>

#include "dispatch/gl_call.h"
#include "tests/dispatch/recorder.h"
#include "tests/dispatch/recording_decoder.h"

static bool execute(struct gl_decoder *d, uint16_t opcode, uint32_t units, const void *record,
                    struct chunk_assembler *chunks)
{
    g_autoptr(GError) error = NULL;
    struct trireme_record header = {.opcode = opcode, .units = (uint16_t)units};
    recorder_made.used = 0;
    recorder_made.calls = 0;
    bool done = gl_decoder_execute(d, header, record, chunks, &error);
    cr_assert(done == (error == NULL));
    if (error) {
        const char *name = gl_command_name(opcode);
        cr_assert(!name || strstr(error->message, name), "the message does not name %s", name);
    }
    return done;
}

Test(gl_records, of_the_wrong_size_are_refused)
{
    struct gl_decoder *d = recording_decoder();
    uint8_t *record = g_malloc0(TRIREME_RECORD_MAX);
    for (size_t i = 0; i < GL_OP_COUNT; i++) {
        const struct recorder_call *call = &recorder_calls[i];
        cr_assert_not(execute(d, call->opcode, call->fixed / 8 - 1, record, NULL), "%s",
                      call->name);
        cr_assert_not(execute(d, call->opcode, call->fixed / 8 + 1, record, NULL), "%s",
                      call->name);
        cr_assert_eq(recorder_made.calls, 0, "%s", call->name);
    }
    g_free(record);
    gl_decoder_destroy(d);
}

/* Executes the record without its last 8 bytes, on another decoder. */
static void try_shortened(void *data, struct trireme_record header, const uint8_t *record)
{
    uint16_t opcode = header.opcode & (uint16_t)~TRIREME_OPCODE_CHUNKED;
    const struct recorder_call *call = &recorder_calls[opcode - GL_OP_FIRST];
    if (header.units * 8 > call->fixed) {
        struct recorder_log made = recorder_made;
        memset(&recorder_made, 0, sizeof recorder_made);
        cr_assert_not(execute(data, header.opcode, header.units - 1u, record, NULL),
                      "%s: a payload is cut off", call->name);
        cr_assert_eq(recorder_made.calls, 0);
        g_free(recorder_made.bytes);
        recorder_made = made;
    }
}

Test(gl_records, with_too_little_payload_are_refused)
{
    struct loopback *l = recording_loopback();
    l->tap = try_shortened;
    l->tap_data = recording_decoder();
    for (size_t i = 0; i < GL_OP_COUNT; i++) {
        recorder_start(RECORDER_NORMAL, i);
        recorder_calls[i].call(&l->encoder);
        loopback_drain(l);
    }
    gl_decoder_destroy(l->tap_data);
    loopback_destroy(l);
}

Test(gl_records, of_unknown_opcodes_are_refused)
{
    struct gl_decoder *d = recording_decoder();
    uint64_t record[4] = {0};
    cr_assert_not(execute(d, 0, 1, record, NULL));
    cr_assert_not(execute(d, GL_OP_FIRST - 1, 1, record, NULL));
    cr_assert_not(execute(d, GL_OP_FIRST + GL_OP_COUNT, 1, record, NULL));
    cr_assert_not(execute(d, 0x7fff, 1, record, NULL));
    cr_assert_not(execute(d, 0xffff, 1, record, NULL));
    gl_decoder_destroy(d);
}

static size_t replies, reply_bytes;

static void count_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    (void)data;
    (void)opcode;
    (void)bytes;
    replies++;
    reply_bytes = n;
}

Test(gl_records, of_commands_that_the_context_lacks_are_errors_of_the_gl)
{
    static const struct gl_decoder_ops ops = {.reply = count_reply};
    struct gl_limits limits = {0};
    struct gl_functions *none = g_new0(struct gl_functions, 1);
    struct gl_decoder *d = gl_decoder_create_with(&ops, NULL, &limits, none);
    uint8_t *record = g_malloc0(TRIREME_RECORD_MAX);
    for (size_t i = 0; i < GL_OP_COUNT; i++) {
        const struct recorder_call *call = &recorder_calls[i];
        if (gl_commands[i].flags & GL_COMMAND_EXTRA) {
            continue;
        }
        replies = 0;
        d->error = GL_NO_ERROR;
        cr_assert(execute(d, call->opcode, call->fixed / 8, record, NULL), "%s", call->name);
        cr_assert_eq(d->error, GL_INVALID_OPERATION, "%s", call->name);
        cr_assert_eq(replies, call->sync ? 1 : 0, "%s", call->name);
        cr_assert(!call->sync || reply_bytes == 0, "%s", call->name);
    }
    g_free(none);
    g_free(record);
    gl_decoder_destroy(d);
}

/* Puts `bytes` of payload into `chunks` as CHUNK records would. */
static void feed(struct chunk_assembler *chunks, const uint8_t *payload, uint64_t bytes)
{
    uint8_t record[sizeof(struct trireme_chunk) + 1024] __attribute__((aligned(8)));
    for (uint64_t offset = 0; offset < bytes;) {
        uint32_t piece = bytes - offset < 1024 ? (uint32_t)(bytes - offset) : 1024;
        struct trireme_chunk chunk = {
            .record = {TRIREME_OP_CHUNK, (uint16_t)((sizeof chunk + piece + 7) / 8)},
            .bytes = piece,
            .offset = offset,
            .total = bytes,
        };
        memcpy(record, &chunk, sizeof chunk);
        memcpy(record + sizeof chunk, payload + offset, piece);
        cr_assert_null(chunk_assembler_feed(chunks, chunk.record, record));
        offset += piece;
    }
}

/* What a word of a hostile record is: small, large, negative, a reference, an enum. */
static uint64_t hostile_word(void)
{
    switch (recorder_random() % 8) {
    case 0:
        return recorder_random();
    case 1:
        return TRIREME_REF_PAYLOAD | recorder_random() % 256;
    case 2:
        return TRIREME_REF_OFFSET | recorder_random() % 4096;
    case 3:
        return recorder_random() % 16 | (recorder_random() % 16) << 32;
    case 4:
        return (uint64_t)-1 - recorder_random() % 4;
    case 5:
        return (uint64_t)recorder_enum() << 32 | recorder_enum();
    case 6:
        return TRIREME_REF_PAYLOAD | recorder_random() >> 2;
    default:
        return 0;
    }
}

static void try_random(struct gl_decoder *d, struct chunk_assembler *chunks,
                       const struct recorder_call *call)
{
    uint32_t payload = call->payloads ? recorder_random() % 64 * 8 : 0;
    uint32_t bytes = call->fixed + payload;
    uint8_t *record = g_malloc(bytes + 8);
    for (uint32_t i = 0; i < bytes; i += 8) {
        uint64_t word = hostile_word();
        memcpy(record + i, &word, 8);
    }
    if (payload > 0 && recorder_random() % 2) {
        feed(chunks, record + call->fixed, payload);
        execute(d, call->opcode | TRIREME_OPCODE_CHUNKED, call->fixed / 8, record, chunks);
        chunk_assembler_reset(chunks);
    } else {
        execute(d, call->opcode, bytes / 8, record, chunks);
    }
    g_free(record);
}

Test(gl_records, of_random_bytes_never_crash)
{
    struct gl_decoder *d = recording_decoder();
    struct chunk_assembler chunks;
    chunk_assembler_init(&chunks, 1 << 20);
    for (uint64_t round = 0; round < 100; round++) {
        for (size_t i = 0; i < GL_OP_COUNT; i++) {
            recorder_start(RECORDER_NORMAL, round * 100003 + i);
            try_random(d, &chunks, &recorder_calls[i]);
        }
    }
    chunk_assembler_finish(&chunks);
    gl_decoder_destroy(d);
}

/* glDeleteTextures(n, textures): an int at 4, a reference at 8, payload from 16. */
static uint8_t *delete_textures(int32_t n, uint64_t ref, uint32_t payload)
{
    uint8_t *record = g_malloc0(16 + payload);
    memcpy(record + 4, &n, sizeof n);
    memcpy(record + 8, &ref, sizeof ref);
    return record;
}

Test(gl_records, with_chunks_need_exactly_their_own)
{
    struct gl_decoder *d = recording_decoder();
    struct chunk_assembler chunks;
    uint8_t names[16] = {0};
    chunk_assembler_init(&chunks, 1 << 20);
    g_autofree uint8_t *record = delete_textures(4, TRIREME_REF_PAYLOAD | 16, 16);
    const uint16_t chunked = GL_OP_DeleteTextures | TRIREME_OPCODE_CHUNKED;

    cr_assert_not(execute(d, chunked, 2, record, &chunks), "no chunks came");
    cr_assert_not(execute(d, chunked, 2, record, NULL));
    feed(&chunks, names, 16);
    cr_assert_not(execute(d, GL_OP_DeleteTextures, 4, record, &chunks), "chunks are under way");
    cr_assert_not(execute(d, GL_OP_Clear | TRIREME_OPCODE_CHUNKED, 1, record, &chunks),
                  "glClear has no payload");
    cr_assert_not(execute(d, chunked, 4, record, &chunks), "payload in the record too");
    cr_assert(execute(d, chunked, 2, record, &chunks));
    cr_assert_eq(recorder_made.calls, 1);
    cr_assert_eq(chunks.total, 0, "the chunks are used up");
    feed(&chunks, names, 13);
    cr_assert_not(execute(d, chunked, 2, record, &chunks), "13 is no multiple of 8");
    chunk_assembler_finish(&chunks);
    gl_decoder_destroy(d);
}

Test(gl_records, with_counts_beyond_the_payload_are_refused)
{
    struct gl_decoder *d = recording_decoder();
    const struct {
        int32_t n;
        uint64_t ref;
        bool fine;
    } cases[] = {
        {4, TRIREME_REF_PAYLOAD | 16, true},
        {3, TRIREME_REF_PAYLOAD | 16, true},
        {5, TRIREME_REF_PAYLOAD | 16, false},
        {INT32_MAX, TRIREME_REF_PAYLOAD | 16, false},
        {4, TRIREME_REF_PAYLOAD | 17, false},
        {4, TRIREME_REF_PAYLOAD | (TRIREME_REF_OFFSET - 1), false},
        {4, TRIREME_REF_OFFSET | 16, false},
        {4, TRIREME_REF_PAYLOAD | TRIREME_REF_OFFSET | 16, false},
        {4, 16, false},
        {-1, TRIREME_REF_PAYLOAD | 16, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree uint8_t *record = delete_textures(cases[i].n, cases[i].ref, 16);
        cr_assert_eq(execute(d, GL_OP_DeleteTextures, 4, record, NULL), cases[i].fine, "case %zu",
                     i);
        cr_assert_eq(recorder_made.calls, cases[i].fine ? 1 : 0, "case %zu", i);
    }
    gl_decoder_destroy(d);
}

/* So that the GL finds what else is wrong. */
Test(gl_records, with_null_where_the_gl_would_read_give_it_zeros)
{
    struct gl_decoder *d = recording_decoder();
    g_autofree uint8_t *record = delete_textures(4, 0, 0);
    cr_assert(execute(d, GL_OP_DeleteTextures, 2, record, NULL));
    cr_assert_eq(recorder_made.calls, 1);
    cr_assert_eq(d->error, GL_NO_ERROR);
    gl_decoder_destroy(d);
}

/* glGenTextures(n, textures): as above, but an out-pointer. */
Test(gl_records, that_ask_for_too_much_get_out_of_memory)
{
    struct gl_decoder *d = recording_decoder();
    g_autofree uint8_t *record = delete_textures(INT32_MAX, TRIREME_REF_PAYLOAD, 0);
    cr_assert(execute(d, GL_OP_GenTextures, 2, record, NULL));
    cr_assert_eq(recorder_made.calls, 0);
    cr_assert_eq(d->error, GL_OUT_OF_MEMORY);
    gl_decoder_destroy(d);
}

Test(gl_records, with_payloads_beyond_the_limit_are_refused)
{
    static const struct gl_decoder_ops ops = {.reply = count_reply};
    struct gl_limits limits = {.max_payload_bytes = 1024};
    struct gl_functions *functions = g_new0(struct gl_functions, 1);
    recorder_fill_functions(functions);
    struct gl_decoder *d = gl_decoder_create_with(&ops, NULL, &limits, functions);
    struct chunk_assembler chunks;
    uint8_t payload[2048] = {0};
    chunk_assembler_init(&chunks, 1 << 20);
    feed(&chunks, payload, sizeof payload);
    g_autofree uint8_t *record = delete_textures(512, TRIREME_REF_PAYLOAD | 2048, 0);
    cr_assert_not(execute(d, GL_OP_DeleteTextures | TRIREME_OPCODE_CHUNKED, 2, record, &chunks));
    chunk_assembler_finish(&chunks);
    gl_decoder_destroy(d);
    g_free(functions);
}

Test(gl_records, first_error_stays_until_it_is_read)
{
    struct gl_decoder *d = recording_decoder();
    GLenum error;
    gl_decoder_set_error(d, GL_INVALID_ENUM);
    gl_decoder_set_error(d, GL_INVALID_VALUE);
    cr_assert(gl_decoder_peek_error(d, &error));
    cr_assert_eq(error, GL_INVALID_ENUM);
    d->begin = GL_BEGIN_INSIDE;
    cr_assert_not(gl_decoder_peek_error(d, &error));
    gl_decoder_destroy(d);
}
