/* SPDX-License-Identifier: MIT */
/*
 * What buffers hold, as far as the guest can be certain of it. The memory of a mapping for which
 * the host was asked is kept when the buffer is unmapped, and given out again when the same bytes
 * are mapped: programs that map a buffer in each frame ask once.
 *
 * Certain is what the guest wrote itself and nobody else can have written since:
 *  - the context has been alone in its share group all its life (gl_state.joined);
 *  - the buffer was never bound where the GL writes: to be packed into, as transform feedback,
 *    atomic counters, shader storage or for results of queries;
 *  - no command was called by which the GL may write to a buffer in another way
 *    (gl_encoder.buffers_escape: `escapes` in overrides.toml);
 *  - each other command that writes to a buffer forgets it. To which buffer it writes is known,
 *    since only bindings count that cannot have failed: those of names that glGenBuffers gave,
 *    outside glBegin and glEnd. Behind any other, all is forgotten.
 */
#ifndef TRIREME_GUEST_BUFFER_CONTENTS_H
#define TRIREME_GUEST_BUFFER_CONTENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gl_api.h"
#include "guest/common/name_table.h"

/* How much is kept; the oldest goes. */
#define BUFFER_CONTENTS_KEPT 32u
#define BUFFER_CONTENTS_BYTES ((size_t)32 << 20)

struct buffer_mapping;

struct buffer_contents {
    struct buffer_mapping *kept[BUFFER_CONTENTS_KEPT]; /* NULL: free */
    unsigned next;                                     /* the place to be used next */
    size_t bytes;
    struct name_table names; /* name → enum, what is known of the buffer */
    uint32_t uncertain;      /* a bit a target: it may have another buffer than the guest thinks */
};

/* glGenBuffers gave these. */
void buffer_contents_generated(struct buffer_contents *contents, GLsizei n, const GLuint *names);
/* The host says that there is such a buffer; of what it holds nothing is certain. */
void buffer_contents_found(struct buffer_contents *contents, GLuint name);
/* True: it was generated or found, and not deleted since. */
bool buffer_contents_has_name(const struct buffer_contents *contents, GLuint name);
/* A buffer was bound. `place`: the target's bit; `certain`: if the GL knows the name and was asked
 * outside glBegin and glEnd, it did so; `written`: the GL writes to what is bound there. */
void buffer_contents_bound(struct buffer_contents *contents, unsigned place, GLuint name,
                           bool certain, bool written);
/* A command has written to the buffer that is bound to a target. */
void buffer_contents_forget(struct buffer_contents *contents, unsigned place, GLuint name);
void buffer_contents_deleted(struct buffer_contents *contents, GLuint name);

/* What a target has is certain, and nobody but the guest writes to it. */
bool buffer_contents_certain(const struct buffer_contents *contents, unsigned place, GLuint name);
/* Keeps what was mapped of a buffer. */
void buffer_contents_keep(struct buffer_contents *contents, struct buffer_mapping *mapping);
/* What is kept of a buffer, if it has these bytes; it is the caller's then. NULL: not kept. */
struct buffer_mapping *buffer_contents_take(struct buffer_contents *contents, GLuint name,
                                            GLintptr offset, GLsizeiptr length);

void buffer_contents_finish(struct buffer_contents *contents);

#endif
