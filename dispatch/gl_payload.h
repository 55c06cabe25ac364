/* SPDX-License-Identifier: MIT */
/*
 * How pointer arguments of OpenGL commands appear to hand-written code, in the guest (arguments of
 * the raw encoders gl_encode_X) and on the host (arguments of gl_host_X).
 */
#ifndef TRIREME_DISPATCH_GL_PAYLOAD_H
#define TRIREME_DISPATCH_GL_PAYLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "ring/records.h"

enum gl_payload_kind {
    GL_PAYLOAD_NULL,   /* the pointer is NULL */
    GL_PAYLOAD_DATA,   /* `bytes` bytes at `data` */
    GL_PAYLOAD_OFFSET, /* `offset` into the buffer object bound to the command's binding point */
};

/* What an in-pointer points at. On the host `data` is 8-byte aligned private memory, or shared
 * memory for commands with `texels` in overrides.toml; it is valid until the command returns. */
struct gl_payload {
    const void *data; /* NULL unless kind is DATA; with 0 bytes it may be NULL in the guest */
    uint64_t bytes;
    uint64_t offset;
    enum gl_payload_kind kind;
};

/*
 * Where the values of an out-pointer go. Guest: `data` (NULL: the pointer is NULL) has room for
 * `capacity` bytes; after the call `bytes` of them were written. Host: `data` is private memory of
 * `capacity` bytes, NULL if the guest's pointer is; the function sets `bytes` (0 at first) to what
 * was written, and that many are sent back.
 */
struct gl_result {
    void *data;
    uint64_t capacity;
    uint64_t bytes;
};

static inline struct gl_payload gl_payload_null(void)
{
    return (struct gl_payload){.kind = GL_PAYLOAD_NULL};
}

static inline struct gl_payload gl_payload_data(const void *data, uint64_t bytes)
{
    return (struct gl_payload){.data = data, .bytes = bytes, .kind = GL_PAYLOAD_DATA};
}

static inline struct gl_payload gl_payload_offset(uint64_t offset)
{
    return (struct gl_payload){.offset = offset, .kind = GL_PAYLOAD_OFFSET};
}

/* The reference that stands for it in the record (ring/records.h). */
static inline uint64_t gl_payload_ref(const struct gl_payload *payload)
{
    switch (payload->kind) {
    case GL_PAYLOAD_DATA:
        return TRIREME_REF_PAYLOAD | payload->bytes;
    case GL_PAYLOAD_OFFSET:
        return TRIREME_REF_OFFSET | TRIREME_REF_VALUE(payload->offset);
    default:
        return 0;
    }
}

/* Payloads lie one after the other, each padded to 8 bytes. */
static inline uint64_t gl_payload_padded(uint64_t bytes)
{
    return (bytes + 7) & ~(uint64_t)7;
}

#define GL_BYTES_OVERFLOW UINT64_MAX

/* count × size; negative counts are 0 (the GL reports them and reads nothing); GL_BYTES_OVERFLOW
 * where the product does not fit into 62 bits, which no payload can satisfy. */
static inline uint64_t gl_bytes(int64_t count, uint64_t size)
{
    uint64_t bytes;
    if (count <= 0) {
        return 0;
    }
    if (__builtin_mul_overflow((uint64_t)count, size, &bytes) || bytes >> 61) {
        return GL_BYTES_OVERFLOW;
    }
    return bytes;
}

#endif
