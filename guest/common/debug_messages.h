/* SPDX-License-Identifier: MIT */
/*
 * Debug messages (KHR_debug) for the program's callback. They are fetched from the host and handed
 * over at the end of an entry point of the GL, on the thread that called it, so that the callback
 * may call the GL itself: nothing is under way. dispatch/debug_messages.h says when.
 *
 * A program without a callback pays for a look at gl_encoder.debug in each call, and nothing else.
 * With one, the number in the slot page says whether there is something to fetch; only where
 * messages must come inside of the call that causes them does each call wait for the host.
 */
#ifndef TRIREME_GUEST_DEBUG_MESSAGES_H
#define TRIREME_GUEST_DEBUG_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/debug_messages.h"
#include "gl_api.h"
#include "guest/common/gl_encoder.h"

/* As in gl_encoder.h. */
#ifndef _WIN32
#pragma GCC visibility push(hidden)
#endif

struct debug_messages {
    GLDEBUGPROC callback;
    const void *parameter;
    uint32_t seen; /* trireme_slot_page.debug_messages as it was when messages were last fetched */
    bool *destroyed; /* while they are handed over: to be set when the context goes; else NULL */
};

void debug_messages_finish(struct debug_messages *debug);

/* Fetches all that the host has and calls back, unless this is such a callback. */
void debug_deliver(struct gl_encoder *e);

/* The out of line part of what follows. `look`: the program waits, or may be about to. */
void debug_settle(struct gl_encoder *e, int look);

/* At the end of each entry point. */
static inline void debug_after(struct gl_encoder *e)
{
    if (__builtin_expect(e->debug != DEBUG_NEVER, 0))
        COLD_CALL_VOID(debug_settle, e, 0);
}

/* At the end of a flush, a finish and a swap: messages come although nothing was answered, if the
 * host has any by now. */
static inline void debug_poll(struct gl_encoder *e)
{
    if (e->debug != DEBUG_NEVER)
        debug_settle(e, 1);
}

/* What decides when messages come may have changed. */
static inline void debug_ask(struct gl_encoder *e)
{
    if (e->debug != DEBUG_NEVER)
        e->debug = DEBUG_ASK;
}

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif
