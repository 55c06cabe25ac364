/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What generated decoders (gl_decode.c) are made of: arguments out of records, payloads checked
 * against what the command reads, memory for out-pointers, replies.
 *
 * A decoder reads all arguments, asks for its payloads and checks them; gl_call_ready() then says
 * whether the GL may be called. If not, either a rule is broken (gl_decoder.broken) or the command
 * is skipped with a GL error, and gl_call_skip() ends it.
 */
#ifndef TRIREME_DISPATCH_GL_CALL_H
#define TRIREME_DISPATCH_GL_CALL_H

#include <string.h>

#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_sync_table.h"

enum gl_command_flag {
    GL_COMMAND_SIMPLE = 1u << 0,   /* scalars and short arrays in, nothing out */
    GL_COMMAND_SYNC = 1u << 1,     /* is answered */
    GL_COMMAND_PAYLOADS = 1u << 2, /* longer than its fixed part; may come CHUNKED */
    GL_COMMAND_TEXELS = 1u << 3,   /* payloads may be read in place */
    GL_COMMAND_VERTICES = 1u << 4, /* reads arrays in buffer objects */
    GL_COMMAND_EXTRA = 1u << 5,    /* not a command of OpenGL; every context has it */
};

/* One record under decoding. */
struct gl_call {
    struct gl_decoder *decoder;
    uint16_t opcode;
    bool skip;              /* a GL error takes the place of the command */
    const uint8_t *fixed;   /* private copy of the fixed part */
    const uint8_t *payload; /* the next payload */
    uint64_t left;          /* payload bytes from there */
};

struct gl_command {
    union {
        void (*simple)(struct gl_decoder *decoder, const uint8_t *record); /* shared memory */
        bool (*decode)(struct gl_decoder *decoder, struct gl_call *call);
    };
    uint16_t units;   /* 8 bytes, of the fixed part: the least size of a record */
    uint16_t most;    /* the greatest size; 0: as long as its payloads say */
    uint16_t flags;   /* enum gl_command_flag */
    uint16_t touches; /* enum gl_touch */
};

extern const struct gl_command gl_commands[GL_OP_COUNT];
extern const char *const gl_command_names[GL_OP_COUNT];

/* Arguments, each loaded exactly once, from shared memory or a copy. */
static inline uint8_t gl_get_8(const uint8_t *place)
{
    return *(const volatile uint8_t *)place;
}

static inline uint16_t gl_get_16(const uint8_t *place)
{
    typedef uint16_t __attribute__((may_alias)) word;
    return *(const volatile word *)place;
}

static inline uint32_t gl_get_32(const uint8_t *place)
{
    typedef uint32_t __attribute__((may_alias)) word;
    return *(const volatile word *)place;
}

static inline uint64_t gl_get_64(const uint8_t *place)
{
    typedef uint64_t __attribute__((may_alias)) word;
    return *(const volatile word *)place;
}

static inline float gl_get_float(const uint8_t *place)
{
    uint32_t bits = gl_get_32(place);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline double gl_get_double(const uint8_t *place)
{
    uint64_t bits = gl_get_64(place);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint64_t gl_float_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The in-pointer whose reference lies at `offset`; payloads are taken in the order of calls. */
struct gl_payload gl_call_payload(struct gl_call *call, uint32_t offset);

enum gl_call_check_flag {
    GL_CALL_NULL_OK = 1u << 0,
    GL_CALL_OFFSET_OK = 1u << 1,
};

/* At least `need` bytes; fewer are a broken rule, as is an offset unless allowed. NULL where bytes
 * are needed skips the command with GL_INVALID_VALUE. `name` is the parameter's, for messages. */
void gl_call_check(struct gl_call *call, struct gl_payload *payload, const char *name,
                   uint64_t need, unsigned flags);
/* `length` bytes, or, if it is negative, a string that ends with NUL. */
void gl_call_check_text(struct gl_call *call, struct gl_payload *payload, const char *name,
                        int64_t length, unsigned flags);

/* Skips the command with GL_INVALID_VALUE unless `holds`. */
void gl_call_require(struct gl_call *call, bool holds);
/* If `nothing`, the GL is left out of it, except that it may not be called here at all. */
void gl_call_nothing(struct gl_call *call, bool nothing);

/* An offset or a size of which two can be added; no buffer reaches farther. What is negative is the
 * GL's error. */
static inline bool gl_call_adds_up(int64_t bytes)
{
    return bytes < INT64_C(1) << 60;
}

/* For commands whose pointer may be an offset. */
static inline const void *gl_payload_pointer(const struct gl_payload *payload)
{
    return payload->kind == GL_PAYLOAD_OFFSET ? (const void *)(uintptr_t)payload->offset
                                              : payload->data;
}

/* A bound on what an out-pointer gets, in units of `scale` bytes, cut to what is ever sent. */
GLsizei gl_call_clamp(GLsizei bound, uint32_t scale);

/* Room behind what the registry says that a query writes, which is sometimes too little. */
#define GL_OUT_SLACK 512u

/* Memory for an automatic out-pointer; where the guest's is NULL, what comes is thrown away, unless
 * the GL has a meaning for NULL (then `null_ok` and `memory` is NULL). With two passes it is filled
 * with different patterns, so that what the GL wrote can be told from what it did not; with one,
 * with one pattern. */
struct gl_out {
    void *memory[2];
    uint64_t capacity;
    uint64_t extent; /* bytes from the start to the last one written */
    bool shared;     /* memory is gl_decoder.probe */
    bool discard;
};

void gl_call_out(struct gl_call *call, uint32_t offset, uint64_t capacity, unsigned passes,
                 bool null_ok, struct gl_out *out);

/* Out-pointers of hand-written functions: memory of as many bytes as the guest has room for, and
 * of at most `capacity`. */
struct gl_result gl_call_result(struct gl_call *call, uint32_t offset);
struct gl_result gl_call_bounded_result(struct gl_call *call, uint32_t offset, uint64_t capacity);

/* The same for gl_default_X, with the results of a hand-written function. */
bool gl_out_open(struct gl_decoder *d, const struct gl_result *result, unsigned passes,
                 struct gl_out *out);
void gl_out_close(struct gl_decoder *d, struct gl_result *result, struct gl_out *out,
                  uint32_t element, unsigned passes);

/* Before each of the two passes, and with 2 behind them: the program made one call, so that debug
 * messages of the second pass are not for it. */
void gl_out_pass(struct gl_decoder *d, unsigned pass);

/* All payloads are taken and nothing stands in the way. */
bool gl_call_ready(struct gl_call *call);
/* Ends a command that is not executed; returns what the decoder returns. */
bool gl_call_skip(struct gl_call *call);

/* The reply: the returned value, then the out-pointers' values in order. */
void gl_reply_begin(struct gl_decoder *d);
void gl_reply_put(struct gl_decoder *d, uint64_t value);
void gl_reply_put_out(struct gl_decoder *d, struct gl_out *out, uint32_t element, unsigned passes);
void gl_reply_put_result(struct gl_decoder *d, const struct gl_result *result);
void gl_reply_send(struct gl_decoder *d, uint16_t opcode);

#endif
