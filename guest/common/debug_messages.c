/* SPDX-License-Identifier: MIT */
#include "guest/common/debug_messages.h"

#include <stdlib.h>

#include "gl_encode.h"
#include "guest/common/gl_state.h"

void debug_messages_finish(struct debug_messages *debug)
{
    if (debug->destroyed)
        *debug->destroyed = true;
}

static uint32_t waiting(const struct gl_encoder *e)
{
    return __atomic_load_n(&e->page->debug_messages, __ATOMIC_ACQUIRE);
}

/* False: the callback took the context away from the thread, or destroyed it. */
static bool hand_over(struct gl_encoder *e, const struct debug_messages *debug,
                      const bool *destroyed, const uint8_t *messages, uint64_t bytes)
{
    struct debug_message about;
    uint64_t at = 0;
    while (bytes - at >= sizeof about) {
        memcpy(&about, messages + at, sizeof about);
        if (about.length >= DEBUG_TEXT_MOST || debug_message_bytes(about.length) > bytes - at)
            break;
        if (debug->callback)
            debug->callback(about.source, about.type, about.id, about.severity,
                            (GLsizei)about.length, (const char *)messages + at + sizeof about,
                            debug->parameter);
        if (*destroyed || gl_encoder_current() != e)
            return false;
        at += debug_message_bytes(about.length);
    }
    return true;
}

void debug_deliver(struct gl_encoder *e)
{
    struct debug_messages *debug = &e->state->debug;
    bool destroyed = false;
    GLuint about[3] = {DEBUG_LATER};
    if (debug->destroyed)
        return;
    struct gl_result messages = {.data = malloc(DEBUG_FETCH_BYTES), .capacity = DEBUG_FETCH_BYTES};
    debug->destroyed = &destroyed;
    do {
        gl_encode_TriremeDebugMessages(e, GL_FALSE, UINT32_MAX, -1, about, &messages);
        debug->seen = about[2];
        if (e->debug != DEBUG_NEVER)
            e->debug =
                about[0] == DEBUG_ASK || about[0] == DEBUG_INSIDE ? (uint8_t)about[0] : DEBUG_LATER;
    } while (hand_over(e, debug, &destroyed, messages.data, messages.bytes) && about[1] > 0 &&
             messages.bytes > 0);
    if (!destroyed)
        debug->destroyed = NULL;
    free(messages.data);
}

COLD_CALL_DEFINE(debug_settle);

void debug_settle(struct gl_encoder *e, int look)
{
    const bool answered = ring_producer_position(&e->commands) == e->answered;
    if (e->lost)
        e->debug = DEBUG_NEVER;
    else if (e->debug == DEBUG_ASK || (e->debug == DEBUG_INSIDE && !answered) ||
             ((look || answered) && waiting(e) != e->state->debug.seen))
        debug_deliver(e);
}
