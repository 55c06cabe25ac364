/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_call.h"

#include <inttypes.h>
#include <stdlib.h>

#include "dispatch/gl_host_state.h"

/* What an automatic out-pointer gets at most; larger results are hand-written. */
#define OUT_BYTES_MAX (16u << 20)
/* Two passes with different patterns; a byte that has its pattern after both was not written. */
static const uint8_t patterns[2] = {0xa5, 0x5a};

static const char *name_of(const struct gl_call *call)
{
    return gl_command_names[call->opcode - GL_OP_FIRST];
}

static void skip(struct gl_call *call, GLenum error)
{
    if (!call->skip) {
        call->skip = true;
        gl_decoder_set_error(call->decoder, error);
    }
}

struct gl_payload gl_call_payload(struct gl_call *call, uint32_t offset)
{
    uint64_t ref = gl_get_64(call->fixed + offset);
    uint64_t value = TRIREME_REF_VALUE(ref);

    if (ref == 0) {
        return gl_payload_null();
    }
    if ((ref & ~value) == TRIREME_REF_OFFSET) {
        return gl_payload_offset(value);
    }
    if ((ref & ~value) != TRIREME_REF_PAYLOAD || value > call->left) {
        gl_decoder_break(call->decoder, "%s: a payload is not in the record", name_of(call));
        return gl_payload_null();
    }
    struct gl_payload payload = gl_payload_data(call->payload, value);
    /* Sizes of records and payloads are multiples of 8, so that the padding fits too. */
    uint64_t padded = gl_payload_padded(value);
    call->payload += padded;
    call->left -= padded;
    return payload;
}

/*
 * The GL must not follow NULL, but it may find an error before that: it gets zeros to read.
 */
static void give_zeros(struct gl_call *call, struct gl_payload *payload, uint64_t bytes)
{
    void *zeros = gl_decoder_scratch(call->decoder, bytes);
    if (zeros) {
        *payload = gl_payload_data(zeros, bytes);
    }
    call->skip |= !zeros;
}

/* Kinds first; false if there is nothing more to check. */
static bool check_kind(struct gl_call *call, struct gl_payload *payload, const char *name,
                       uint64_t need, unsigned flags)
{
    if (payload->kind == GL_PAYLOAD_OFFSET && !(flags & GL_CALL_OFFSET_OK)) {
        gl_decoder_break(call->decoder, "%s: %s is an offset", name_of(call), name);
    }
    if (payload->kind == GL_PAYLOAD_NULL && need > 0 && !(flags & GL_CALL_NULL_OK)) {
        give_zeros(call, payload, need);
    }
    return payload->kind == GL_PAYLOAD_DATA;
}

void gl_call_check(struct gl_call *call, struct gl_payload *payload, const char *name,
                   uint64_t need, unsigned flags)
{
    if (check_kind(call, payload, name, need, flags) && payload->bytes < need) {
        gl_decoder_break(call->decoder, "%s: %s has %" PRIu64 " bytes, the command reads %" PRIu64,
                         name_of(call), name, payload->bytes, need);
    }
}

/* Whatever the length argument is, some commands take 0 for "up to the NUL". */
static void terminate(struct gl_call *call, struct gl_payload *payload)
{
    char *copy = gl_decoder_scratch(call->decoder, payload->bytes + 1);
    if (copy) {
        memcpy(copy, payload->data, payload->bytes);
        payload->data = copy;
    }
    call->skip |= !copy;
}

void gl_call_check_text(struct gl_call *call, struct gl_payload *payload, const char *name,
                        int64_t length, unsigned flags)
{
    if (length >= 0) {
        gl_call_check(call, payload, name, (uint64_t)length, flags);
        if (payload->kind == GL_PAYLOAD_DATA) {
            terminate(call, payload);
        }
    } else if (check_kind(call, payload, name, 1, flags)) {
        const char *text = payload->data;
        if (payload->bytes == 0 || text[payload->bytes - 1] != '\0') {
            gl_decoder_break(call->decoder, "%s: %s does not end", name_of(call), name);
        }
    }
}

void gl_call_require(struct gl_call *call, bool holds)
{
    if (!holds) {
        skip(call, GL_INVALID_VALUE);
    }
}

void gl_call_nothing(struct gl_call *call, bool nothing)
{
    if (nothing && !gl_host_outside(call->decoder)) {
        skip(call, GL_INVALID_OPERATION);
    }
    call->skip |= nothing;
}

GLsizei gl_call_clamp(GLsizei bound, uint32_t scale)
{
    GLsizei most = (GLsizei)(OUT_BYTES_MAX / scale);
    return bound < most ? bound : most;
}

/* The two pattern-filled buffers for results without a bound. */
static void use_probe_buffers(struct gl_decoder *d, struct gl_out *out)
{
    for (unsigned i = 0; i < 2; i++) {
        struct gl_buffer *probe = &d->probe[i];
        if (!probe->bytes) {
            probe->bytes = g_malloc(GL_PROBE_BYTES);
            probe->capacity = GL_PROBE_BYTES;
            memset(probe->bytes, patterns[i], GL_PROBE_BYTES);
        }
        probe->used = GL_PROBE_BYTES; /* taken */
        out->memory[i] = probe->bytes;
    }
    out->shared = true;
}

/* False: not enough memory allowed. */
static bool open_out(struct gl_decoder *d, uint64_t capacity, unsigned passes, struct gl_out *out)
{
    out->capacity = capacity;
    if (capacity == GL_PROBE_BYTES && passes == 2 && d->probe[0].used == 0) {
        use_probe_buffers(d, out);
        return true;
    }
    for (unsigned i = 0; i < passes; i++) {
        out->memory[i] = gl_decoder_scratch(d, capacity + GL_OUT_SLACK);
        if (!out->memory[i]) {
            return false;
        }
        memset(out->memory[i], patterns[i], capacity);
    }
    return true;
}

void gl_call_out(struct gl_call *call, uint32_t offset, uint64_t capacity, unsigned passes,
                 bool null_ok, struct gl_out *out)
{
    memset(out, 0, sizeof *out);
    out->discard = gl_get_64(call->fixed + offset) == 0;
    if (out->discard && null_ok) {
        return;
    }
    if (capacity > OUT_BYTES_MAX) {
        skip(call, GL_OUT_OF_MEMORY);
    } else if (!open_out(call->decoder, capacity, passes, out)) {
        call->skip = true;
    }
}

struct gl_result gl_call_result(struct gl_call *call, uint32_t offset)
{
    return gl_call_bounded_result(call, offset, TRIREME_REF_VALUE(gl_get_64(call->fixed + offset)));
}

struct gl_result gl_call_bounded_result(struct gl_call *call, uint32_t offset, uint64_t capacity)
{
    struct gl_result result = {.capacity = capacity};
    if (gl_get_64(call->fixed + offset) != 0) {
        result.data = gl_decoder_scratch(call->decoder, capacity);
        call->skip |= !result.data;
    }
    return result;
}

/* Bytes of `memory` from the start to the last one that is not the pattern. */
static uint64_t pattern_extent(const uint8_t *memory, uint64_t bytes, uint8_t pattern)
{
    /* A block that equals itself shifted by a byte is one byte repeated; memcmp is many times as
     * fast as looking at bytes. */
    const uint64_t block = 512;
    while (bytes > block && memory[bytes - 1] == pattern &&
           memcmp(memory + bytes - block, memory + bytes - block + 1, block - 1) == 0) {
        bytes -= block;
    }
    while (bytes > 0 && memory[bytes - 1] == pattern) {
        bytes--;
    }
    return bytes;
}

/* Sets the extent, rounded up to whole elements, and restores shared memory's pattern. */
static void measure(struct gl_out *out, uint32_t element, unsigned passes)
{
    for (unsigned i = 0; i < passes; i++) {
        uint64_t extent = pattern_extent(out->memory[i], out->capacity, patterns[i]);
        if (extent > out->extent) {
            out->extent = extent;
        }
    }
    out->extent = (out->extent + element - 1) / element * element;
    if (out->extent > out->capacity) {
        out->extent = out->capacity;
    }
}

static void release(struct gl_decoder *d, struct gl_out *out)
{
    for (unsigned i = 0; out->shared && i < 2; i++) {
        memset(out->memory[i], patterns[i], out->extent);
        d->probe[i].used = 0;
    }
}

bool gl_out_open(struct gl_decoder *d, const struct gl_result *result, unsigned passes,
                 struct gl_out *out)
{
    memset(out, 0, sizeof *out);
    return open_out(d, result->capacity, passes, out);
}

void gl_out_close(struct gl_decoder *d, struct gl_result *result, struct gl_out *out,
                  uint32_t element, unsigned passes)
{
    measure(out, element, passes);
    if (result->data) {
        memcpy(result->data, out->memory[passes - 1], out->extent);
        result->bytes = out->extent;
    }
    release(d, out);
}

void gl_out_pass(struct gl_decoder *d, unsigned pass)
{
    if (pass == 1) {
        gl_decoder_mute(d);
    } else if (pass == 2) {
        gl_decoder_unmute(d);
    }
}

bool gl_call_ready(struct gl_call *call)
{
    if (call->left > 0) {
        gl_decoder_break(call->decoder, "%s: %" PRIu64 " bytes are left over", name_of(call),
                         call->left);
    }
    return !call->skip && !call->decoder->broken;
}

bool gl_call_skip(struct gl_call *call)
{
    struct gl_decoder *d = call->decoder;
    d->probe[0].used = d->probe[1].used = 0;
    if (d->broken) {
        return false;
    }
    if (gl_commands[call->opcode - GL_OP_FIRST].flags & GL_COMMAND_SYNC) {
        gl_reply_begin(d);
        gl_reply_send(d, call->opcode);
    }
    return true;
}

/* Room for `bytes` more in the reply. */
static uint8_t *grow(struct gl_buffer *buffer, size_t bytes)
{
    size_t need = buffer->used + bytes;
    if (need > buffer->capacity) {
        buffer->capacity = need < 4096 ? 4096 : need + need / 2;
        buffer->bytes = g_realloc(buffer->bytes, buffer->capacity);
    }
    uint8_t *place = buffer->bytes + buffer->used;
    buffer->used = need;
    return place;
}

void gl_reply_begin(struct gl_decoder *d)
{
    d->reply.used = 0;
}

void gl_reply_put(struct gl_decoder *d, uint64_t value)
{
    memcpy(grow(&d->reply, sizeof value), &value, sizeof value);
}

static void put_bytes(struct gl_decoder *d, const void *data, uint64_t bytes)
{
    uint64_t padded = gl_payload_padded(bytes);
    gl_reply_put(d, bytes);
    if (bytes > 0) {
        uint8_t *place = grow(&d->reply, padded);
        memcpy(place, data, bytes);
        memset(place + bytes, 0, padded - bytes);
    }
}

void gl_reply_put_out(struct gl_decoder *d, struct gl_out *out, uint32_t element, unsigned passes)
{
    if (!out->memory[0]) {
        gl_reply_put(d, 0);
        return;
    }
    measure(out, element, passes);
    put_bytes(d, out->memory[passes - 1], out->discard ? 0 : out->extent);
    release(d, out);
}

void gl_reply_put_result(struct gl_decoder *d, const struct gl_result *result)
{
    uint64_t bytes = result->bytes < result->capacity ? result->bytes : result->capacity;
    put_bytes(d, result->data, result->data ? bytes : 0);
}

void gl_reply_send(struct gl_decoder *d, uint16_t opcode)
{
    if (!d->broken) {
        d->ops->reply(d->data, opcode, d->reply.bytes, d->reply.used);
    }
}
