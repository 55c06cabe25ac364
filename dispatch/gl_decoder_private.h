/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inside of struct gl_decoder, for generated code and gl_host_*.c.
 *
 * Hand-written host functions: `RET gl_host_X(struct gl_decoder *d, arguments…)`, declared in the
 * generated gl_host.h; in-pointers arrive as struct gl_payload (lengths that overrides.toml or the
 * registry know are checked; otherwise checking `bytes` is the function's job), out-pointers as
 * struct gl_result *. gl_default_X, also generated, does what would be done without the override.
 * A function that finds a broken rule calls gl_decoder_break() and returns.
 */
#ifndef TRIREME_DISPATCH_GL_DECODER_PRIVATE_H
#define TRIREME_DISPATCH_GL_DECODER_PRIVATE_H

#include "dispatch/gl_decoder.h"
#include "dispatch/gl_payload.h"
#include "gl_functions.h"

/* Large enough for every glGet without a bound of its own. */
#define GL_PROBE_BYTES 65536u

/* State that hand-written code caches and that commands invalidate (`touches` in overrides.toml):
 * the bit is set in gl_decoder.dirty after such a command; all are set at first. */
enum gl_touch {
    GL_TOUCH_ARRAYS = 1u << 0,      /* enabled arrays, their buffers, the vertex array object */
    GL_TOUCH_UNPACK = 1u << 1,      /* unpack pixel store, pixel unpack buffer binding */
    GL_TOUCH_PACK = 1u << 2,        /* pack pixel store, pixel pack buffer binding */
    GL_TOUCH_BUFFERS = 1u << 3,     /* buffer bindings and sizes */
    GL_TOUCH_FRAMEBUFFER = 1u << 4, /* framebuffer bindings */
    GL_TOUCH_PROGRAM = 1u << 5,     /* the current program */
};

enum gl_begin_state {
    GL_BEGIN_OUTSIDE,
    GL_BEGIN_INSIDE,
    GL_BEGIN_UNKNOWN, /* after a glBegin, which may fail, or a list, which may contain one */
};

/* Memory that grows and is kept; new memory is zeroed, so that nothing of others shows up. */
struct gl_buffer {
    uint8_t *bytes;
    size_t used, capacity;
};

struct gl_debug_output;
struct gl_host_state;

struct gl_decoder {
    const struct gl_functions *gl; /* a member is NULL where this context lacks the command */
    struct gl_functions functions;
    const struct gl_decoder_ops *ops;
    void *data;
    struct gl_limits limits;
    uint32_t version; /* major << 8 | minor, the host context's */
    bool core_profile;
    GHashTable *extensions; /* of the host context */

    uint32_t dirty; /* enum gl_touch */
    enum gl_begin_state begin;
    GLenum error; /* pending; comes before what the GL has */
    uint64_t commands;
    char *broken;           /* the rule that the current record broke */
    struct gl_share *share; /* the share group's, or own_share */
    struct gl_share own_share;
    struct gl_default_framebuffer default_framebuffer;
    struct gl_robustness robustness;
    struct gl_host_state *host;    /* of gl_host_*.c */
    struct gl_debug_output *debug; /* NULL: the context has none */
    uint16_t executing;            /* opcode; 0: none */

    struct gl_buffer copy; /* the current record */
    struct gl_buffer reply;
    struct gl_buffer probe[2]; /* filled with their patterns between commands */
    GPtrArray *scratch;        /* freed after each command */
};

/* As gl_decoder_create(), but with a given function table and without asking a context. */
struct gl_decoder *gl_decoder_create_with(const struct gl_decoder_ops *ops, void *data,
                                          const struct gl_limits *limits,
                                          const struct gl_functions *functions);

/* gl_host_state.c: called at the end of create and at the start of destroy. */
void gl_host_state_create(struct gl_decoder *d);
void gl_host_state_destroy(struct gl_decoder *d);

/* gl_host_limits.c: draws read buffers with the CPU now, without regard to their sizes: a display
 * list is compiled, or hits or vertices are collected. */
bool gl_host_reads_unchecked(const struct gl_decoder *d);

/* The current record broke a rule: after the command returns, the context is lost. */
void gl_decoder_break(struct gl_decoder *d, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Memory for the current command, zeroed, 16-byte aligned; NULL: beyond the limits, then
 * GL_OUT_OF_MEMORY is recorded. */
void *gl_decoder_scratch(struct gl_decoder *d, uint64_t bytes);

/* gl_host_debug.c: a debug message about an error that is not the GL's own. */
void gl_host_debug_error(struct gl_decoder *d, GLenum error);

/* The host context has this extension ("GL_…"). */
bool gl_decoder_has_extension(const struct gl_decoder *d, const char *name);

#endif
