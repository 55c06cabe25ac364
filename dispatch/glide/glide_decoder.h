/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The host's end of Glide's commands: checks each record, copies it out of shared memory and hands
 * it to a backend (glide_backend.h). A guest may send anything.
 *
 * Threads: as chip.h.
 */
#ifndef TRIREME_DISPATCH_GLIDE_DECODER_H
#define TRIREME_DISPATCH_GLIDE_DECODER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dispatch/glide/glide_backend.h"
#include "ring/chunk_assembler.h"
#include "ring/records.h"

/* Answers the command that is being executed. */
typedef void glide_reply(void *data, uint16_t opcode, const void *bytes, size_t n);

struct glide_decoder;

GQuark glide_decoder_error_quark(void);

/* Owns `board`, which is the backend's, from now on. `max_payload_bytes`: greatest, of one command.
 */
struct glide_decoder *glide_decoder_create(const struct glide_backend *backend, void *board,
                                           uint64_t max_payload_bytes, glide_reply *reply,
                                           void *data);
/* NULL is fine. */
void glide_decoder_destroy(struct glide_decoder *decoder);

/* `header` is a private copy, `record` the record in shared memory. False: it broke a rule, which
 * costs the context. Resets `chunks` behind a CHUNKED record. */
bool glide_decoder_execute(struct glide_decoder *decoder, struct trireme_record header,
                           const uint8_t *record, struct chunk_assembler *chunks, GError **error);

/* Commands executed so far. */
uint64_t glide_decoder_commands(const struct glide_decoder *decoder);

/* "buffer_clear" for GLIDE_OP_BUFFER_CLEAR; NULL: no such opcode. */
const char *glide_command_name(uint16_t opcode);

#endif
