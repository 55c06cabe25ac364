/* SPDX-License-Identifier: MIT */
/*
 * Debug messages (KHR_debug) on their way from the host's GL to the program; shared by guest and
 * host.
 *
 * Once a program has a callback, the host puts messages aside and counts them in the slot page
 * (ring/abi.h, debug_messages). The guest fetches them with TriremeDebugMessages, whose answer is
 * the messages one after the other: struct debug_message, then the text with its NUL, padded to 4
 * bytes. The same command reads the message log.
 */
#ifndef TRIREME_DISPATCH_DEBUG_MESSAGES_H
#define TRIREME_DISPATCH_DEBUG_MESSAGES_H

#include <stdint.h>

struct debug_message {
    uint32_t source, type, id, severity; /* as the GL names them */
    uint32_t length;                     /* of the text, without its NUL */
};

/* Of a text, its NUL included; longer ones are cut. */
#define DEBUG_TEXT_MOST 32768u
/* What the guest has room for: some messages, and at least the longest one. */
#define DEBUG_FETCH_BYTES 65536u

static inline uint32_t debug_message_bytes(uint32_t length)
{
    return (uint32_t)sizeof(struct debug_message) + ((length + 1 + 3) & ~3u);
}

/* When messages come to the program's callback. The host says it with each answer to
 * TriremeDebugMessages, having asked its GL. */
enum debug_delivery {
    DEBUG_NEVER,  /* there is no callback */
    DEBUG_LATER,  /* when the host has answered something, at glFlush and at a swap */
    DEBUG_INSIDE, /* before the command that caused them returns (GL_DEBUG_OUTPUT_SYNCHRONOUS) */
    DEBUG_ASK,    /* that may have changed */
};

#endif
