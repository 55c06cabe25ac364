/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/recorder.h"

#include <glib.h>
#include <string.h>

#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_sync_table.h"
#include "guest/common/gl_adjust.h"

#define GUARD 0xcc
/* What an out-pointer without a bound gets. */
#define UNBOUNDED_BYTES 48

struct recorder_log recorder_expected, recorder_made;
unsigned recorder_tracked;

static enum recorder_mode mode;
static uint64_t state, seed;
static GPtrArray *memory;
static const char *wrong;
static uint64_t known_bytes;

void recorder_start(enum recorder_mode new_mode, uint64_t new_seed)
{
    if (!memory) {
        memory = g_ptr_array_new_with_free_func(g_free);
    }
    g_ptr_array_set_size(memory, 0);
    recorder_expected.used = recorder_made.used = 0;
    recorder_expected.calls = recorder_made.calls = 0;
    recorder_expected.differs = recorder_made.differs = false;
    recorder_tracked = 0;
    mode = new_mode;
    seed = state = new_seed;
    wrong = NULL;
}

const char *recorder_verdict(void)
{
    if (recorder_made.calls == 0) {
        return "the host's function was not called";
    }
    if (recorder_made.differs) {
        return "the host's function was called in different ways";
    }
    if (recorder_made.used != recorder_expected.used ||
        memcmp(recorder_made.bytes, recorder_expected.bytes, recorder_made.used) != 0) {
        return "the recorded call is not the call made";
    }
    return wrong;
}

/* splitmix64 */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

uint64_t recorder_random(void)
{
    state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(state);
}

double recorder_real(void)
{
    return (double)(int32_t)recorder_random() / 256.0;
}

int64_t recorder_length(void)
{
    int64_t length = (int64_t)(recorder_random() % 5) + 1;
    switch (mode) {
    case RECORDER_NEGATIVE:
        return -length;
    case RECORDER_LONG:
        return 4000 * length;
    default:
        return length;
    }
}

uint64_t recorder_size(void)
{
    int64_t length = recorder_length();
    return length < 0 ? 0 : (uint64_t)length;
}

GLenum recorder_enum(void)
{
    static const GLenum enums[] = {
        GL_AMBIENT,
        GL_SPOT_DIRECTION,
        GL_COLOR,
        GL_DEPTH,
        GL_FOG_MODE,
        GL_SHORT,
        GL_FLOAT,
        GL_3_BYTES,
        GL_MAP1_VERTEX_3,
        GL_MAP2_COLOR_4,
        GL_TEXTURE_BORDER_COLOR,
        GL_RGBA,
        GL_UNSIGNED_BYTE,
        GL_PATCH_DEFAULT_INNER_LEVEL,
    };
    return enums[recorder_random() % G_N_ELEMENTS(enums)];
}

GLsync recorder_sync(void)
{
    GLsync own = (GLsync)(uintptr_t)(recorder_random() | 1);
    return (GLsync)(uintptr_t)gl_sync_insert(own);
}

static void *keep(void *bytes)
{
    g_ptr_array_add(memory, bytes);
    return bytes;
}

void *recorder_memory(uint64_t bytes)
{
    uint8_t *result = keep(g_malloc(bytes + 8));
    for (uint64_t i = 0; i < bytes; i += 8) {
        uint64_t value = recorder_random();
        memcpy(result + i, &value, 8);
    }
    return result;
}

void *recorder_string(int64_t length)
{
    int64_t count = length < 0 ? (int64_t)(recorder_random() % 40) : length;
    char *text = keep(g_malloc(count + 1));
    for (int64_t i = 0; i < count; i++) {
        text[i] = (char)('a' + recorder_random() % 26);
    }
    text[count] = '\0';
    return text;
}

struct gl_payload recorder_make_payload(unsigned number)
{
    switch ((recorder_random() + number) % 4) {
    case 0:
        return gl_payload_null();
    case 1:
        return gl_payload_offset(recorder_random() >> 8);
    default: {
        uint64_t bytes = recorder_random() % 100 + (mode == RECORDER_LONG ? 100000 : 0);
        return gl_payload_data(recorder_memory(bytes), bytes);
    }
    }
}

struct gl_result recorder_make_result(unsigned number)
{
    struct gl_result result = {.capacity = recorder_random() % 100};
    result.data = recorder_out_memory(number, result.capacity);
    return result;
}

void *recorder_out_memory(unsigned number, uint64_t capacity)
{
    if (mode == RECORDER_NO_OUT) {
        return NULL;
    }
    uint64_t bytes = capacity == UINT64_MAX ? GL_PROBE_BYTES : capacity;
    void *result = keep(g_malloc(bytes + 8));
    memset(result, GUARD, bytes + 8);
    return result;
}

static void append(struct recorder_log *log, const void *bytes, size_t count)
{
    if (log->used + count > log->capacity) {
        log->capacity = (log->used + count) * 2 + 64;
        log->bytes = g_realloc(log->bytes, log->capacity);
    }
    if (count > 0) {
        memcpy(log->bytes + log->used, bytes, count);
    }
    log->used += count;
}

void recorder_number(struct recorder_log *log, uint64_t number)
{
    append(log, &number, sizeof number);
}

/* The log of a command that the decoder calls twice holds the second call; the expected log, which
 * is complete by then, tells whether the first one was the same. */
void recorder_begin(struct recorder_log *log, uint16_t opcode)
{
    if (log->calls > 0 && (log->used != recorder_expected.used ||
                           memcmp(log->bytes, recorder_expected.bytes, log->used) != 0)) {
        log->differs = true;
    }
    log->used = 0;
    log->calls++;
    recorder_number(log, opcode);
}

void recorder_bytes(struct recorder_log *log, const void *bytes, uint64_t count)
{
    recorder_number(log, bytes ? count : 0);
    append(log, bytes, bytes ? count : 0);
}

void recorder_text(struct recorder_log *log, const void *text, int64_t length)
{
    recorder_bytes(log, text, text && length < 0 ? strlen(text) + 1 : (uint64_t)length + 1);
}

void recorder_payload(struct recorder_log *log, const struct gl_payload *payload)
{
    recorder_number(log, payload->kind);
    recorder_number(log, payload->kind == GL_PAYLOAD_OFFSET ? payload->offset : 0);
    if (payload->kind == GL_PAYLOAD_DATA) {
        recorder_bytes(log, payload->data, payload->bytes);
    }
}

void recorder_sent_bytes(struct recorder_log *log, const void *bytes, uint64_t count)
{
    struct gl_payload payload = gl_payload_array(bytes, count);
    recorder_payload(log, &payload);
}

void recorder_sent_text(struct recorder_log *log, const void *text, int64_t length)
{
    struct gl_payload payload = gl_payload_text(text, length);
    recorder_payload(log, &payload);
}

void recorder_payload_content(struct recorder_log *log, const struct gl_payload *payload)
{
    known_bytes = payload->kind == GL_PAYLOAD_DATA ? payload->bytes : 0;
    recorder_known_bytes(log, payload->kind == GL_PAYLOAD_OFFSET
                                  ? (const void *)(uintptr_t)payload->offset
                                  : payload->data);
}

void recorder_known_bytes(struct recorder_log *log, const void *bytes)
{
    if (known_bytes > 0) {
        recorder_bytes(log, bytes, known_bytes);
    } else {
        recorder_number(log, (uintptr_t)bytes);
    }
}

void recorder_out(struct recorder_log *log, const void *pointer, uint64_t capacity)
{
    recorder_number(log, pointer != NULL);
    recorder_number(log, pointer ? capacity : 0);
}

/* Byte `i` of result `number`; never a pattern of the decoder's nor the guard. */
static uint8_t result_byte(unsigned number, uint64_t i)
{
    return (uint8_t)(mix(seed + number * UINT64_C(1000003) + i) % 64 + 1);
}

static uint64_t filled(uint64_t capacity, uint32_t element)
{
    return capacity == GL_PROBE_BYTES ? UNBOUNDED_BYTES / element * element : capacity;
}

void recorder_fill(unsigned number, void *pointer, uint64_t capacity, uint32_t element)
{
    for (uint64_t i = 0; pointer && i < filled(capacity, element); i++) {
        ((uint8_t *)pointer)[i] = result_byte(number, i);
    }
}

void recorder_fill_result(unsigned number, struct gl_result *result, uint64_t capacity,
                          uint32_t element)
{
    recorder_fill(number, result->data, capacity, element);
    result->bytes = filled(capacity, element);
}

uint64_t recorder_returned(void)
{
    return mix(seed) | 1;
}

void recorder_check_out(unsigned number, const void *pointer, uint64_t capacity, uint32_t element)
{
    const uint8_t *bytes = pointer;
    if (!pointer) {
        return;
    }
    for (uint64_t i = 0; i < capacity + 8; i++) {
        uint8_t wanted = i < filled(capacity, element) ? result_byte(number, i) : GUARD;
        if (bytes[i] != wanted) {
            wrong = i < filled(capacity, element) ? "an out-pointer did not get its values"
                                                  : "bytes were written that the GL did not write";
            return;
        }
    }
}

void recorder_check_result(unsigned number, const struct gl_result *result)
{
    recorder_check_out(number, result->data, result->capacity, 1);
    if (result->data && result->bytes != result->capacity) {
        wrong = "a result has not the length that the host gave it";
    }
}

void recorder_check_returned(const void *returned, const void *wanted, size_t bytes)
{
    if (memcmp(returned, wanted, bytes) != 0) {
        wrong = "the returned value did not arrive";
    }
}

GLenum recorder_no_error(void)
{
    return GL_NO_ERROR;
}

/* There are no programs to be asked about. */
GLsizei gl_uniforms_read(struct gl_encoder *e, GLuint program, GLint location, GLsizei count)
{
    return count;
}
