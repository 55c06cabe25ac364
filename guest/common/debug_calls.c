/* SPDX-License-Identifier: MIT */
/* Debug output (KHR_debug, ARB_debug_output): the callback and the message log. */
#include <stdlib.h>

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/debug_messages.h"
#include "guest/common/gl_state.h"

void gl_track_PopAttrib(struct gl_encoder *e)
{
    debug_ask(e);
}

void GL_API_CALL trireme_glDebugMessageCallback(GLDEBUGPROC callback, const void *parameter)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!e->state)
        return;
    /* What happened before is for the callback that was there. */
    if (e->debug != DEBUG_NEVER)
        debug_deliver(e);
    if (gl_encoder_current() != e)
        return;
    e->state->debug.callback = callback;
    e->state->debug.parameter = parameter;
    gl_encode_TriremeDebugCallback(e, callback != NULL);
    e->debug = callback && !e->lost ? DEBUG_ASK : DEBUG_NEVER;
}

/* Where the program wants the parts of messages; any may be NULL. */
struct log_arrays {
    GLenum *sources, *types;
    GLuint *ids;
    GLenum *severities;
    GLsizei *lengths;
    GLchar *text;
    GLsizei text_left; /* bytes; negative: does not count */
};

static void put_message(struct log_arrays *to, GLuint index, const struct debug_message *about,
                        const uint8_t *text)
{
    if (to->sources)
        to->sources[index] = about->source;
    if (to->types)
        to->types[index] = about->type;
    if (to->ids)
        to->ids[index] = about->id;
    if (to->severities)
        to->severities[index] = about->severity;
    if (to->lengths)
        to->lengths[index] = (GLsizei)about->length + 1;
    if (to->text) {
        memcpy(to->text, text, about->length + 1);
        to->text += about->length + 1;
        to->text_left -= (GLsizei)about->length + 1;
    }
}

/* Returns how many messages of a reply, at most `most`, went to places from `first` on. */
static GLuint put_messages(struct log_arrays *to, GLuint first, GLuint most,
                           const struct gl_result *messages)
{
    struct debug_message about;
    const uint8_t *at = messages->data;
    uint64_t left = messages->bytes;
    GLuint count = 0;
    while (count < most && left >= sizeof about) {
        memcpy(&about, at, sizeof about);
        if (about.length >= DEBUG_TEXT_MOST || debug_message_bytes(about.length) > left ||
            (to->text && (GLsizei)about.length >= to->text_left))
            break;
        put_message(to, first + count, &about, at + sizeof about);
        at += debug_message_bytes(about.length);
        left -= debug_message_bytes(about.length);
        count++;
    }
    return count;
}

GLuint GL_API_CALL trireme_glGetDebugMessageLog(GLuint count, GLsizei size, GLenum *sources,
                                                GLenum *types, GLuint *ids, GLenum *severities,
                                                GLsizei *lengths, GLchar *text)
{
    struct gl_encoder *e = gl_encoder_current();
    struct log_arrays to = {sources, types, ids, severities, lengths, text, text ? size : -1};
    GLuint about[3] = {DEBUG_LATER}, done = 0, now;
    if (text && size < 0) {
        gl_encoder_error(e, GL_INVALID_VALUE);
        return 0;
    }
    struct gl_result messages = {.data = malloc(DEBUG_FETCH_BYTES), .capacity = DEBUG_FETCH_BYTES};
    do {
        messages.bytes = about[1] = 0;
        gl_encode_TriremeDebugMessages(e, GL_TRUE, count - done, to.text_left, about, &messages);
        now = put_messages(&to, done, count - done, &messages);
        done += now;
    } while (now > 0 && done < count && about[1] > 0);
    free(messages.data);
    return done;
}
