/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the generated gl_test_calls.c stands on. For each command it has a caller, which makes up
 * arguments, writes them into recorder_expected and calls the command through the guest's encoder;
 * and a recorder, which takes the place of the host GL's function and writes what it was called
 * with into recorder_made. Out-pointers and return values go the other way, made from a seed.
 */
#ifndef TRIREME_TESTS_DISPATCH_RECORDER_H
#define TRIREME_TESTS_DISPATCH_RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dispatch/gl_payload.h"
#include "gl_functions.h"
#include "guest/common/gl_encoder.h"

struct recorder_call {
    const char *name;
    uint16_t opcode;
    uint16_t fixed; /* bytes of the fixed part */
    bool payloads, sync, tracked;
    bool guarded; /* the decoder refuses some arguments itself (`require`) */
    void (*call)(struct gl_encoder *encoder);
};

extern const struct recorder_call recorder_calls[GL_OP_COUNT];

/* Every member a recorder. */
void recorder_fill_functions(struct gl_functions *functions);

enum recorder_mode {
    RECORDER_NORMAL,
    RECORDER_NEGATIVE, /* lengths are negative */
    RECORDER_NO_OUT,   /* out-pointers are NULL */
    RECORDER_LONG,     /* lengths are so large that payloads go in CHUNKs */
};

struct recorder_log {
    uint8_t *bytes;
    size_t used, capacity;
    unsigned calls;
    bool differs; /* a repeated call was not the same */
};

extern struct recorder_log recorder_expected, recorder_made;
extern unsigned recorder_tracked;

/* Begins a test call: empties both logs, frees the last call's memory. */
void recorder_start(enum recorder_mode mode, uint64_t seed);
/* After the call: NULL, or what is wrong. */
const char *recorder_verdict(void);

/* Generated arguments. */
uint64_t recorder_random(void);
double recorder_real(void);
int64_t recorder_length(void);
uint64_t recorder_size(void); /* a length that cannot be negative */
GLenum recorder_enum(void);
GLsync recorder_sync(void);
void *recorder_memory(uint64_t bytes);
void *recorder_string(int64_t length);
struct gl_payload recorder_make_payload(unsigned number);
struct gl_result recorder_make_result(unsigned number);
/* NULL in RECORDER_NO_OUT; otherwise `capacity` bytes (UINT64_MAX: no bound) with a guard value. */
void *recorder_out_memory(unsigned number, uint64_t capacity);

/* Log entries. `sent`: as the host's hand-written function gets it, as a payload. */
void recorder_begin(struct recorder_log *log, uint16_t opcode);
void recorder_bytes(struct recorder_log *log, const void *bytes, uint64_t count);
void recorder_number(struct recorder_log *log, uint64_t number);
/* Texts end with a NUL on the host, also behind a given length. */
void recorder_text(struct recorder_log *log, const void *text, int64_t length);
void recorder_payload(struct recorder_log *log, const struct gl_payload *payload);
void recorder_sent_bytes(struct recorder_log *log, const void *bytes, uint64_t count);
void recorder_sent_text(struct recorder_log *log, const void *text, int64_t length);
/* A payload whose length only the caller knows: the recorder of its pointer is told. */
void recorder_payload_content(struct recorder_log *log, const struct gl_payload *payload);
void recorder_known_bytes(struct recorder_log *log, const void *bytes);
void recorder_out(struct recorder_log *log, const void *pointer, uint64_t capacity);

/* Results: what the recorder writes and returns, and whether it arrived. */
void recorder_fill(unsigned number, void *pointer, uint64_t capacity, uint32_t element);
void recorder_fill_result(unsigned number, struct gl_result *result, uint64_t capacity,
                          uint32_t element);
uint64_t recorder_returned(void);
void recorder_check_out(unsigned number, const void *pointer, uint64_t capacity, uint32_t element);
void recorder_check_result(unsigned number, const struct gl_result *result);
void recorder_check_returned(const void *returned, const void *wanted, size_t bytes);

/* Stands for functions that hand-written host code would call. */
GLenum recorder_no_error(void);

#endif
