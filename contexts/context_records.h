/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a context that are not GL commands (enum trireme_context_opcode), executed on its
 * render thread. A record that breaks a rule costs the context (render_thread_lose()). */
#ifndef TRIREME_CONTEXT_RECORDS_H
#define TRIREME_CONTEXT_RECORDS_H

#include "contexts/render_thread.h"

/* `header` is a private copy, `record` the record in shared memory. */
void context_records_execute(struct render_thread *thread, struct trireme_record header,
                             const uint8_t *record);

/* Answers a synchronous record, of GL's too. */
void context_records_reply(struct render_thread *thread, uint16_t opcode, const void *bytes,
                           size_t n);

/* Where the contexts' decoders send their replies; their data is the render thread. */
extern const struct gl_decoder_ops render_thread_decoder_ops;
void render_thread_glide_reply(void *data, uint16_t opcode, const void *bytes, size_t n);

#endif
