/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_host_debug.h"

#include <stdio.h>
#include <string.h>

#include "dispatch/gl_debug_output.h"
#include "dispatch/gl_host_state.h"
#include "dispatch/gl_sync_table.h"
#include "gl_host.h"

/* Of the message log, whatever the GL would keep. */
#define LOG_MOST 256

static bool has_khr_debug(const struct gl_decoder *d)
{
    return d->version >= 0x403 || gl_decoder_has_extension(d, "GL_KHR_debug");
}

/* From now on the GL's messages come here. Contexts that never ask for any do without. */
static void listen(struct gl_decoder *d)
{
    struct gl_host_debug *debug = &d->host->debug;
    if (d->debug && !debug->listening) {
        debug->listening = true;
        d->gl->DebugMessageCallback(gl_debug_output_take, d->debug);
    }
}

void gl_host_debug_start(struct gl_decoder *d)
{
    if (!d->gl->DebugMessageCallback) {
        return;
    }
    GLint most = gl_host_integer(d, GL_MAX_DEBUG_LOGGED_MESSAGES, 1);
    d->debug =
        gl_debug_output_create(d->ops->debug_messages, d->data, (uint32_t)CLAMP(most, 1, LOG_MOST));
    /* Debug contexts begin with it. With ARB_debug_output alone there are no others. */
    if (!has_khr_debug(d) || d->gl->IsEnabled(GL_DEBUG_OUTPUT)) {
        listen(d);
    }
}

void gl_host_debug_end(struct gl_decoder *d)
{
    if (d->debug && d->host->debug.listening) {
        d->gl->DebugMessageCallback(NULL, NULL);
    }
    gl_debug_output_destroy(d->debug);
    d->debug = NULL;
}

void gl_host_debug_enabled(struct gl_decoder *d, GLenum cap)
{
    if (cap == GL_DEBUG_OUTPUT) {
        listen(d);
    }
}

bool gl_host_debug_value(struct gl_decoder *d, GLenum pname, GLint *value)
{
    if (!d->debug) {
        return false;
    }
    switch (pname) {
    case GL_DEBUG_LOGGED_MESSAGES:
        *value = (GLint)gl_debug_output_log(d->debug).messages;
        return true;
    case GL_DEBUG_NEXT_LOGGED_MESSAGE_LENGTH:
        *value = (GLint)gl_debug_output_log(d->debug).next_bytes;
        return true;
    case GL_MAX_DEBUG_LOGGED_MESSAGES:
        *value = CLAMP(gl_host_integer(d, pname, 1), 1, LOG_MOST);
        return true;
    case GL_MAX_DEBUG_MESSAGE_LENGTH:
        *value = CLAMP(gl_host_integer(d, pname, 1), 1, (GLint)DEBUG_TEXT_MOST);
        return true;
    default:
        return false;
    }
}

/*
 * Errors that the decoder or the guest's library found. The GL does not know them, so whether the
 * program wants to hear of them is kept here, for each debug group.
 */
static unsigned current_group(struct gl_decoder *d)
{
    GLint depth = has_khr_debug(d) ? gl_host_integer(d, GL_DEBUG_GROUP_STACK_DEPTH, 1) : 1;
    return (unsigned)CLAMP(depth, 1, GL_HOST_DEBUG_GROUPS) - 1;
}

static const char *error_name(GLenum error)
{
    switch (error) {
    case GL_INVALID_ENUM:
        return "GL_INVALID_ENUM";
    case GL_INVALID_VALUE:
        return "GL_INVALID_VALUE";
    case GL_INVALID_OPERATION:
        return "GL_INVALID_OPERATION";
    case GL_STACK_OVERFLOW:
        return "GL_STACK_OVERFLOW";
    case GL_STACK_UNDERFLOW:
        return "GL_STACK_UNDERFLOW";
    case GL_OUT_OF_MEMORY:
        return "GL_OUT_OF_MEMORY";
    case GL_INVALID_FRAMEBUFFER_OPERATION:
        return "GL_INVALID_FRAMEBUFFER_OPERATION";
    default:
        return "an error";
    }
}

/* Between glBegin and glEnd the GL cannot be asked, and would have the message that it is an error
 * there. */
void gl_host_debug_error(struct gl_decoder *d, GLenum error)
{
    char text[128];
    if (!d->debug || !d->host->debug.listening || d->begin != GL_BEGIN_OUTSIDE ||
        d->host->debug.errors_off[current_group(d)] ||
        (has_khr_debug(d) && !d->gl->IsEnabled(GL_DEBUG_OUTPUT))) {
        return;
    }
    const char *command = gl_command_name(d->executing);
    if (command && g_str_has_prefix(command, "gl")) {
        snprintf(text, sizeof text, "%s in %s", error_name(error), command);
    } else {
        g_strlcpy(text, error_name(error), sizeof text);
    }
    gl_debug_output_take(GL_DEBUG_SOURCE_API, GL_DEBUG_TYPE_ERROR, error, GL_DEBUG_SEVERITY_HIGH,
                         -1, text, d->debug);
}

static bool means(GLenum filter, GLenum value)
{
    return filter == GL_DONT_CARE || filter == value;
}

void gl_host_DebugMessageControl(struct gl_decoder *d, GLenum source, GLenum type, GLenum severity,
                                 GLsizei count, struct gl_payload ids, GLboolean enabled)
{
    if (count > 0 && !ids.data) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    gl_host_attempt(d);
    gl_default_DebugMessageControl(d, source, type, severity, count, ids, enabled);
    if (gl_host_outside(d) && gl_host_succeeded(d) && count == 0 &&
        means(source, GL_DEBUG_SOURCE_API) && means(type, GL_DEBUG_TYPE_ERROR) &&
        means(severity, GL_DEBUG_SEVERITY_HIGH)) {
        d->host->debug.errors_off[current_group(d)] = !enabled;
    }
}

/* A group begins with what its parent lets through. */
void gl_host_PushDebugGroup(struct gl_decoder *d, GLenum source, GLuint id, GLsizei length,
                            struct gl_payload message)
{
    struct gl_host_debug *debug = &d->host->debug;
    if (!message.data) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    const bool off = debug->errors_off[current_group(d)];
    gl_default_PushDebugGroup(d, source, id, length, message);
    debug->errors_off[current_group(d)] = off;
}

void gl_host_TriremeDebugCallback(struct gl_decoder *d, GLboolean set)
{
    if (d->debug) {
        gl_debug_output_set_callback(d->debug, set);
    }
}

static enum debug_delivery delivery(struct gl_decoder *d)
{
    if (d->begin != GL_BEGIN_OUTSIDE) {
        return DEBUG_ASK;
    }
    if (has_khr_debug(d) && !d->gl->IsEnabled(GL_DEBUG_OUTPUT)) {
        return DEBUG_LATER;
    }
    return d->gl->IsEnabled(GL_DEBUG_OUTPUT_SYNCHRONOUS) ? DEBUG_INSIDE : DEBUG_LATER;
}

/* `about`: enum debug_delivery, the messages that are left, and the number of those that were ever
 * put aside for the callback. text_bytes < 0: any number. */
GLuint gl_host_TriremeDebugMessages(struct gl_decoder *d, GLboolean logged, GLuint count,
                                    GLsizei text_bytes, struct gl_result *about,
                                    struct gl_result *messages)
{
    struct gl_debug_fetched fetched = {0};
    uint32_t answer[3] = {DEBUG_LATER};
    if (logged && (!d->debug || !gl_host_outside(d))) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
    } else if (d->debug) {
        fetched = gl_debug_output_fetch(d->debug, logged, messages->data ? count : 0,
                                        text_bytes < 0 ? UINT64_MAX : (uint64_t)text_bytes,
                                        messages->data, messages->capacity);
        messages->bytes = fetched.bytes;
        answer[0] = delivery(d);
        answer[1] = fetched.left;
        answer[2] = fetched.number;
    }
    if (about->data && about->capacity >= sizeof answer) {
        memcpy(about->data, answer, sizeof answer);
        about->bytes = sizeof answer;
    }
    return fetched.messages;
}

/* Sync objects have numbers of their own in the guest (gl_sync_table.h). */
void gl_host_ObjectPtrLabel(struct gl_decoder *d, uint64_t ptr, GLsizei length,
                            struct gl_payload label)
{
    GLsync sync = gl_sync_lookup(ptr);
    if (sync) {
        d->gl->ObjectPtrLabel(sync, length, label.data);
    } else {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
    }
}

void gl_host_GetObjectPtrLabel(struct gl_decoder *d, uint64_t ptr, GLsizei size,
                               struct gl_result *length, struct gl_result *label)
{
    GLsync sync = gl_sync_lookup(ptr);
    GLsizei written = 0;
    if (!sync || size < 0) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    const GLsizei room = (GLsizei)MIN((uint64_t)size, label->capacity);
    d->gl->GetObjectPtrLabel(sync, room, &written, label->data);
    if (length->data && length->capacity >= sizeof written) {
        memcpy(length->data, &written, sizeof written);
        length->bytes = sizeof written;
    }
    if (label->data && room > 0) {
        label->bytes = (uint64_t)CLAMP(written, 0, room - 1) + 1;
    }
}
