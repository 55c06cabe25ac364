/* SPDX-License-Identifier: MIT */
/*
 * The runtime under the generated encoders (gl_encode.h): writes records into a context's command
 * ring, publishes them, waits for replies.
 *
 * An encoder belongs to a context, and a context is current to one thread: nothing here locks.
 * Nothing here fails either. When the context is lost, records go to scratch memory and replies
 * are zeros, for ever; programs notice by what the API has for it.
 */
#ifndef TRIREME_GUEST_GL_ENCODER_H
#define TRIREME_GUEST_GL_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dispatch/gl_calm.h"
#include "dispatch/gl_payload.h"
#include "guest/common/cold_call.h"
#include "guest/common/gl_change.h"
#include "guest/common/name_pool.h"
#include "ring/abi.h"
#include "ring/command_ring.h"

/* Without this, i386 code gets ready for calls by way of a table even of what is in this library.
 */
#ifndef _WIN32
#pragma GCC visibility push(hidden)
#endif

struct gl_state;

struct gl_encoder_ops {
    /* Wakes the reader of the command ring, which is published up to `position`. */
    void (*doorbell)(void *data, uint32_t position);
    /* Sleeps until page->completions != seen or a while has passed. False: the context is lost. */
    bool (*wait)(void *data, uint32_t seen);
};

struct gl_encoder {
    struct ring_producer commands;
    struct ring_consumer replies;
    struct trireme_slot_page *page;
    const struct gl_encoder_ops *ops;
    void *data; /* for ops */
    bool lost;
    uint8_t calm;           /* enum gl_calm */
    bool buffers_escape;    /* the GL may write to buffers unseen (buffer_contents.h) */
    uint8_t debug;          /* enum debug_delivery */
    uint8_t matrix;         /* enum gl_change of commands that change a matrix */
    struct gl_state *state; /* gl_state.h; belongs to the context; NULL in gl_null_encoder */
    struct name_pool *names[POOL_KINDS]; /* never NULL */

    uint32_t changes[GL_CHANGES]; /* commands so far, by what they may change */

    uint32_t record_limit; /* bytes of the longest record; larger payloads go as CHUNKs */
    uint64_t round_trips;
    uint32_t answered; /* position behind the last command that was answered */

    uint8_t *reply; /* where a reply of several records is put together */
    size_t reply_capacity;
    uint32_t reply_bytes; /* ring bytes of a reply that is read in place; 0: none */
};

/* `commands` and `replies` are the slot's rings, of `size` and `reply_size` bytes, both empty. */
void gl_encoder_init(struct gl_encoder *e, const struct gl_encoder_ops *ops, void *data,
                     struct trireme_slot_page *page, void *commands, uint32_t size,
                     const void *replies, uint32_t reply_size);
void gl_encoder_finish(struct gl_encoder *e);

/* From now on everything is dropped. For the context's own thread. */
void gl_encoder_lose(struct gl_encoder *e);

/* What is current where no context is: lost from the start, shared by all threads. */
extern struct gl_encoder gl_null_encoder;

#ifdef _WIN32
struct gl_encoder *gl_encoder_current(void);
void gl_encoder_make_current(struct gl_encoder *e);
#else
/* Defined by the platform's library with the initial value &gl_null_encoder; never NULL. */
extern _Thread_local struct gl_encoder *trireme_current_encoder
    __attribute__((tls_model("initial-exec"), visibility("hidden")));

static inline struct gl_encoder *gl_encoder_current(void)
{
#if defined(__i386__) && defined(__PIC__)
    /* What compilers make of it calls a function that returns its own address, and emulated
     * processors look up each return. A call of the next line is none. */
    struct gl_encoder *e;
    __asm__ volatile("call 1f\n"
                     "1:\tpopl %0\n\t"
                     "addl $_GLOBAL_OFFSET_TABLE_+(.-1b), %0\n\t"
                     "movl trireme_current_encoder@gotntpoff(%0), %0\n\t"
                     "movl %%gs:(%0), %0"
                     : "=r"(e)
                     :
                     : "cc");
    return e;
#else
    return trireme_current_encoder;
#endif
}

/* NULL: no context. */
static inline void gl_encoder_make_current(struct gl_encoder *e)
{
    trireme_current_encoder = e ? e : &gl_null_encoder;
}
#endif

/* Out of line part of gl_encoder_begin(). */
void *gl_encoder_refill(struct gl_encoder *e, uint32_t bytes);

/*
 * Space for a record of `bytes` bytes (a multiple of 8, at most record_limit), header not written.
 * The difference is signed: threads without a context share gl_null_encoder, and its cursor may
 * have run past the limit.
 */
static inline void *gl_encoder_begin(struct gl_encoder *e, uint32_t bytes)
{
    if (__builtin_expect(e->commands.limit - e->commands.cursor >= (ptrdiff_t)bytes, 1)) {
        return e->commands.cursor;
    }
    return COLD_CALL(gl_encoder_refill, e, bytes);
}

static inline void gl_encoder_end(struct gl_encoder *e, uint32_t bytes)
{
    ring_producer_commit(&e->commands, bytes);
}

/*
 * Begins a record with payloads: writes its header, and the payloads behind `fixed` bytes of fixed
 * part (a multiple of 8), or before the record as CHUNKs. The caller writes the fixed part from
 * byte 4 on and calls gl_encoder_end(e, *bytes). Payloads that are not DATA take no space.
 */
uint8_t *gl_encoder_begin_payloads(struct gl_encoder *e, uint16_t opcode, uint32_t fixed,
                                   const struct gl_payload *payloads, unsigned count,
                                   uint32_t *bytes);

/* Publishes what is written, and wakes the reader if it sleeps. */
void gl_encoder_flush(struct gl_encoder *e);

/*
 * Publishes and waits for the reply to the record just ended. Returns the whole reply (8-byte
 * aligned) and its length, valid until gl_encoder_reply_done(), which must follow. A lost context
 * gives a reply of 0 bytes.
 */
const uint8_t *gl_encoder_sync(struct gl_encoder *e, size_t *bytes);
void gl_encoder_reply_done(struct gl_encoder *e);

/* Records a GL error that the library detected, in order with the host GL's own. */
void gl_encoder_error(struct gl_encoder *e, uint32_t error);

/* Reads a reply from its start; what is missing reads as 0. */
struct gl_reply {
    const uint8_t *bytes;
    size_t left;
};

static inline struct gl_reply gl_encoder_reply(struct gl_encoder *e)
{
    struct gl_reply reply;
    reply.bytes = gl_encoder_sync(e, &reply.left);
    return reply;
}

uint64_t gl_reply_value(struct gl_reply *reply);
/* The next out-pointer's values: fills result->data as far as capacity goes, sets ->bytes. */
void gl_reply_result(struct gl_reply *reply, struct gl_result *result);

static inline float gl_reply_float(struct gl_reply *reply)
{
    uint32_t bits = (uint32_t)gl_reply_value(reply);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* What generated encoders send for pointer arguments. A length that no memory can have (the
 * command's numbers are wrong, the GL will say so) sends NULL. */
static inline struct gl_payload gl_payload_array(const void *data, uint64_t bytes)
{
    return data && bytes <= PTRDIFF_MAX ? gl_payload_data(data, bytes) : gl_payload_null();
}

/* A string; `length` < 0: it ends with a NUL, which is sent too. */
static inline struct gl_payload gl_payload_text(const void *text, int64_t length)
{
    if (!text) {
        return gl_payload_null();
    }
    return gl_payload_data(text, length < 0 ? strlen(text) + 1 : (uint64_t)length);
}

static inline uint64_t gl_result_ref(const struct gl_result *result)
{
    if (!result->data) {
        return 0;
    }
    /* Without a bound the host finds out by itself. */
    uint64_t bytes = result->capacity < TRIREME_REF_OFFSET ? result->capacity : 0;
    return TRIREME_REF_PAYLOAD | bytes;
}

/* Arguments into records. Places are aligned to the value's size, except 64 bits on i386. */
static inline void gl_put_8(uint8_t *place, uint8_t value)
{
    *place = value;
}

static inline void gl_put_16(uint8_t *place, uint16_t value)
{
    memcpy(place, &value, sizeof value);
}

static inline void gl_put_32(uint8_t *place, uint32_t value)
{
    memcpy(place, &value, sizeof value);
}

static inline void gl_put_64(uint8_t *place, uint64_t value)
{
    memcpy(place, &value, sizeof value);
}

/* An array of constant length. NULL, which the GL might not follow, is zeros. */
static inline void gl_put_array(uint8_t *place, const void *values, size_t bytes)
{
    if (values) {
        memcpy(place, values, bytes);
    } else {
        memset(place, 0, bytes);
    }
}

/* On i386 a float that is only moved must not pass the x87: that is slow in emulated processors. */
static inline void gl_put_float(uint8_t *place, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
#ifdef __i386__
    __asm__("" : "+r"(bits));
#endif
    memcpy(place, &bits, sizeof bits);
}

static inline void gl_put_double(uint8_t *place, double value)
{
    memcpy(place, &value, sizeof value);
}

static inline void gl_put_header(uint8_t *record, uint16_t opcode, uint32_t bytes)
{
    gl_put_32(record, opcode | (bytes / TRIREME_RECORD_UNIT) << 16);
}

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif
