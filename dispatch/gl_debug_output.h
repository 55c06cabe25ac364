/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The debug messages of one context: the host's GL calls back with them, on this thread or on one
 * of its driver's, and they wait here. If the guest's program has a callback, until the guest
 * fetches them; else they are the message log (KHR_debug, "Debug Message Log").
 *
 * The log is kept here, not by the GL, since messages that the decoder's own calls cause must not
 * get into it. Both queues are bounded, and what comes when they are full is dropped.
 */
#ifndef TRIREME_DISPATCH_GL_DEBUG_OUTPUT_H
#define TRIREME_DISPATCH_GL_DEBUG_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/debug_messages.h"
#include "gl_api.h"

struct gl_debug_output;

/* `waiting` is told the number of messages put aside so far for a callback, from any thread; it may
 * be NULL. `log_most`: messages in the log at most. */
struct gl_debug_output *gl_debug_output_create(void (*waiting)(void *data, uint32_t number),
                                               void *data, uint32_t log_most);
/* The GL calls no more; NULL is fine. */
void gl_debug_output_destroy(struct gl_debug_output *output);

/* For glDebugMessageCallback, with the output as its user parameter. */
void GL_API_CALL gl_debug_output_take(GLenum source, GLenum type, GLuint id, GLenum severity,
                                      GLsizei length, const GLchar *text, const void *output);

/* While muted, messages are dropped. Nests. NULL is fine. */
void gl_debug_output_mute(struct gl_debug_output *output);
void gl_debug_output_unmute(struct gl_debug_output *output);

/* The program has a callback: messages are no longer for the log. */
void gl_debug_output_set_callback(struct gl_debug_output *output, bool set);

struct gl_debug_log {
    uint32_t messages;
    uint32_t next_bytes; /* of the first one's text, its NUL included; 0: there is none */
};
struct gl_debug_log gl_debug_output_log(struct gl_debug_output *output);

struct gl_debug_fetched {
    uint32_t messages; /* taken */
    uint32_t left;     /* not taken */
    uint32_t number;   /* of those that were ever put aside for a callback */
    uint64_t bytes;    /* written */
};

/*
 * Takes the oldest messages out of the log, or of what waits for the callback: `count` at most,
 * with `text_bytes` of texts at most, and only as many as `room` bytes hold in the form that
 * dispatch/debug_messages.h describes.
 */
struct gl_debug_fetched gl_debug_output_fetch(struct gl_debug_output *output, bool log,
                                              uint32_t count, uint64_t text_bytes, void *to,
                                              uint64_t room);

#endif
