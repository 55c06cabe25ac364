/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dispatch/ carries OpenGL: gen/ makes encoders (for guest/) and decoders (for this folder) from
 * Khronos' registry and gen/overrides.toml; what the registry cannot say is written by hand in
 * gl_host_*.c. It promises that no record, whatever is in it, makes it crash, use memory beyond
 * its limits, hand memory of one context to another, or let the GL read or write through a
 * pointer of the guest's.
 *
 * A decoder executes the records of one context. It is made, used and destroyed on the context's
 * thread with the context current.
 */
#ifndef TRIREME_DISPATCH_GL_DECODER_H
#define TRIREME_DISPATCH_GL_DECODER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dispatch/gl_share.h"
#include "gl_api.h"
#include "ring/chunk_assembler.h"
#include "ring/records.h"

struct gl_decoder;

/* Colour buffers of the guest's default framebuffer. The host's drawables are surfaces with a
 * single buffer, of which there may be one for each side. */
enum gl_side { GL_SIDE_BACK, GL_SIDE_FRONT, GL_SIDE_BOTH };

/* What is done with the accumulation buffer of the default framebuffer. */
struct gl_accumulation {
    GLenum op; /* glAccum's, with `value`; GL_CLEAR, to `color` */
    GLfloat value, color[4];
    bool scissored;
    GLint scissor[4];  /* x, y, width, height */
    GLboolean mask[4]; /* colours that GL_RETURN may change */
};

struct gl_decoder_ops {
    /* Sends the reply to the synchronous record `opcode`. */
    void (*reply)(void *data, uint16_t opcode, const void *bytes, size_t n);
    /* Called now and then while a command waits for another context's work. NULL: nothing to do. */
    void (*let_others)(void *data);
    /* The guest draws to and reads from these sides of the default framebuffer from now on; at
     * first from the back. NULL: they are one buffer. */
    void (*select_sides)(void *data, enum gl_side draw, enum gl_side read);
    /* False: there is no memory for it. NULL: no accumulation buffers. */
    bool (*accumulate)(void *data, const struct gl_accumulation *what);
    /* So many debug messages were put aside so far for the guest's callback. From any thread. NULL:
     * nobody wants to know. */
    void (*debug_messages)(void *data, uint32_t number);
};

struct gl_limits {
    uint64_t max_payload_bytes; /* of one command, either way; 0: 256 MiB */
    uint32_t max_version;       /* major << 8 | minor; newer commands do not exist; 0: 4.3 */
    /* Not to be advertised: patterns (g_pattern_match_simple()), NULL: none. Outlive the decoder.
     */
    char **hidden_extensions;
    uint32_t extensions_year;  /* of the newest that are advertised; 0: any */
    uint32_t extensions_bytes; /* of the list of extensions at most; 0: any */
};

/* What the guest asked for; the host's context may have it unasked. */
struct gl_robustness {
    bool access, lose_on_reset;
};

/* What the guest's default framebuffer is, where the host's drawable is a single-buffered one. */
struct gl_default_framebuffer {
    bool double_buffered; /* as the guest's config says */
    bool accumulation;    /* there is an accumulation buffer (gl_decoder_ops.accumulate) */
    /* What the sides are called when the host's GL is asked for them: names that all mean the
     * surface's only buffer, different ones so that the GL's state tells them apart. */
    GLenum back, front, both;
};

#define GL_DECODER_ERROR gl_decoder_error_quark()
GQuark gl_decoder_error_quark(void);

enum gl_decoder_error {
    GL_DECODER_ERROR_CONTEXT, /* the current context is not usable */
    GL_DECODER_ERROR_RECORD,  /* a record broke a rule */
};

/* With the context current. `limits` is copied; `ops` is not. */
struct gl_decoder *gl_decoder_create(const struct gl_decoder_ops *ops, void *data,
                                     const struct gl_limits *limits, GError **error);
/* With the context still current; NULL is fine. */
void gl_decoder_destroy(struct gl_decoder *d);

/*
 * Executes a record. `header` is a private copy, `record` the record in shared memory. False: it
 * broke a rule, which costs the context; the message names the command. A command that this
 * context does not have records GL_INVALID_OPERATION and is answered with zeros. Resets `chunks`
 * behind a CHUNKED record.
 */
bool gl_decoder_execute(struct gl_decoder *d, struct trireme_record header, const uint8_t *record,
                        struct chunk_assembler *chunks, GError **error);

struct ring_consumer;

/*
 * Executes the records at the front of the ring, `most` at most, as long as they are seen, right,
 * and commands of which gl_decoder_execute() needs to know nothing else (glVertex3f, glUniform4f,
 * …). What is behind them is for ring_consumer_next() and gl_decoder_execute(). For times when no
 * CHUNKs wait for their record.
 */
void gl_decoder_execute_plain(struct gl_decoder *d, struct ring_consumer *commands, unsigned most);

/* Records an error unless one is pending, in order with the GL's own (TRIREME_OP_ERROR). */
void gl_decoder_set_error(struct gl_decoder *d, GLenum error);
/* The pending error, which stays pending. False: cannot be asked now (between glBegin and glEnd).
 */
bool gl_decoder_peek_error(struct gl_decoder *d, GLenum *error);

/* No glBegin is open. `ask`: of the GL, if need be, for which the question is an error if one is.
 */
bool gl_decoder_is_outside(struct gl_decoder *d, bool ask);

/* Nothing of it, unless this says so. */
void gl_decoder_set_robustness(struct gl_decoder *d, const struct gl_robustness *robustness);
void gl_decoder_set_default_framebuffer(struct gl_decoder *d,
                                        const struct gl_default_framebuffer *framebuffer);

/* What the share group has in common; outlives the decoder. Without it the context shares with
 * nobody. */
void gl_decoder_share(struct gl_decoder *d, struct gl_share *share);

/* Between the two the GL's debug messages do not concern the guest. Nests. */
void gl_decoder_mute(struct gl_decoder *d);
void gl_decoder_unmute(struct gl_decoder *d);

/* Commands executed so far. */
uint64_t gl_decoder_commands(const struct gl_decoder *d);

/* "glClear" for GL_OP_Clear, with or without TRIREME_OPCODE_CHUNKED; NULL: no such opcode. */
const char *gl_command_name(uint16_t opcode);

/* Every command of the extension is carried, so that it may be advertised to guests. */
bool gl_extension_carried(const char *name);

#endif
