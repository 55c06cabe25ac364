/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The short way of a record to the GL, for the commands of which programs make millions. */
#include "dispatch/gl_call.h"
#include "dispatch/gl_decoder.h"
#include "ring/command_ring.h"

/* With no payloads, no answer, no look at other state before or after it. */
static bool is_plain(const struct gl_decoder *d, unsigned index, struct trireme_record header)
{
    const struct gl_command *command = &gl_commands[index];
    return (command->flags & (GL_COMMAND_SIMPLE | GL_COMMAND_VERTICES | GL_COMMAND_PAYLOADS)) ==
               GL_COMMAND_SIMPLE &&
           !(command->touches & GL_TOUCH_BUFFERS) && header.units >= command->units &&
           header.units <= command->most && d->gl->all[index];
}

void gl_decoder_execute_plain(struct gl_decoder *d, struct ring_consumer *commands, unsigned most)
{
    struct trireme_record header;
    const uint8_t *record;
    unsigned executed = 0;
    while (executed < most && (record = ring_consumer_seen(commands, &header))) {
        /* Below 0 it is a great number; a CHUNKED one is too great as well. */
        unsigned index = (unsigned)header.opcode - GL_OP_FIRST;
        if (index >= GL_OP_COUNT || !is_plain(d, index, header)) {
            break;
        }
        d->executing = header.opcode;
        gl_commands[index].simple(d, record);
        d->dirty |= gl_commands[index].touches;
        executed++;
        ring_consumer_advance(commands, header.units * TRIREME_RECORD_UNIT);
    }
    d->executing = 0;
    d->commands += executed;
}
