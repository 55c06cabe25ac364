/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_debug_output.h"

#include <glib.h>
#include <string.h>

/* What waits for a callback at most: a program that makes more mistakes than these between two
 * commands that are answered does not read them all. */
#define CALLS_MOST 4096u
#define CALLS_BYTES_MOST (1u << 20)

struct message {
    struct debug_message about;
    char text[];
};

struct gl_debug_output {
    void (*waiting)(void *data, uint32_t number);
    void *data;
    uint32_t log_most;
    gint muted; /* atomic */

    GMutex lock; /* for all of the following */
    bool calls_back;
    GQueue log, calls; /* struct message */
    uint64_t calls_bytes;
    uint32_t number; /* of those that were ever put into `calls` */
};

struct gl_debug_output *gl_debug_output_create(void (*waiting)(void *data, uint32_t number),
                                               void *data, uint32_t log_most)
{
    struct gl_debug_output *output = g_new0(struct gl_debug_output, 1);
    output->waiting = waiting;
    output->data = data;
    output->log_most = log_most;
    g_mutex_init(&output->lock);
    return output;
}

void gl_debug_output_destroy(struct gl_debug_output *output)
{
    if (!output) {
        return;
    }
    g_queue_clear_full(&output->log, g_free);
    g_queue_clear_full(&output->calls, g_free);
    g_mutex_clear(&output->lock);
    g_free(output);
}

void gl_debug_output_mute(struct gl_debug_output *output)
{
    if (output) {
        g_atomic_int_inc(&output->muted);
    }
}

void gl_debug_output_unmute(struct gl_debug_output *output)
{
    if (output) {
        g_atomic_int_add(&output->muted, -1);
    }
}

/* Under the lock. */
static bool has_room(const struct gl_debug_output *output, uint32_t length)
{
    if (!output->calls_back) {
        return output->log.length < output->log_most;
    }
    return output->calls.length < CALLS_MOST &&
           output->calls_bytes + debug_message_bytes(length) <= CALLS_BYTES_MOST;
}

static void put(struct gl_debug_output *output, const struct debug_message *about, const char *text)
{
    struct message *message = g_malloc(sizeof *message + about->length + 1);
    message->about = *about;
    memcpy(message->text, text, about->length);
    message->text[about->length] = '\0';
    if (!output->calls_back) {
        g_queue_push_tail(&output->log, message);
        return;
    }
    g_queue_push_tail(&output->calls, message);
    output->calls_bytes += debug_message_bytes(about->length);
    output->number++;
    if (output->waiting) {
        output->waiting(output->data, output->number);
    }
}

void GL_API_CALL gl_debug_output_take(GLenum source, GLenum type, GLuint id, GLenum severity,
                                      GLsizei length, const GLchar *text, const void *to)
{
    struct gl_debug_output *output = (struct gl_debug_output *)to;
    struct debug_message about = {.source = source, .type = type, .id = id, .severity = severity};
    size_t bytes = length < 0 ? strlen(text) : (size_t)length;
    about.length = (uint32_t)MIN(bytes, DEBUG_TEXT_MOST - 1);
    if (g_atomic_int_get(&output->muted) > 0) {
        return;
    }
    g_mutex_lock(&output->lock);
    if (has_room(output, about.length)) {
        put(output, &about, text);
    }
    g_mutex_unlock(&output->lock);
}

void gl_debug_output_set_callback(struct gl_debug_output *output, bool set)
{
    g_mutex_lock(&output->lock);
    output->calls_back = set;
    g_mutex_unlock(&output->lock);
}

struct gl_debug_log gl_debug_output_log(struct gl_debug_output *output)
{
    g_mutex_lock(&output->lock);
    const struct message *first = g_queue_peek_head(&output->log);
    const struct gl_debug_log log = {
        .messages = output->log.length,
        .next_bytes = first ? first->about.length + 1 : 0,
    };
    g_mutex_unlock(&output->lock);
    return log;
}

struct gl_debug_fetched gl_debug_output_fetch(struct gl_debug_output *output, bool log,
                                              uint32_t count, uint64_t text_bytes, void *to,
                                              uint64_t room)
{
    GQueue *from = log ? &output->log : &output->calls;
    struct gl_debug_fetched fetched = {0};
    g_mutex_lock(&output->lock);
    while (fetched.messages < count && from->length > 0) {
        const struct message *message = g_queue_peek_head(from);
        const uint32_t text = message->about.length + 1;
        const uint32_t whole = debug_message_bytes(message->about.length);
        uint8_t *place = (uint8_t *)to + fetched.bytes;
        if (text > text_bytes || whole > room - fetched.bytes) {
            break;
        }
        memset(place + whole - 4, 0, 4);
        memcpy(place, message, sizeof message->about + text);
        text_bytes -= text;
        output->calls_bytes -= log ? 0 : whole;
        g_free(g_queue_pop_head(from));
        fetched.bytes += whole;
        fetched.messages++;
    }
    fetched.left = from->length;
    fetched.number = output->number;
    g_mutex_unlock(&output->lock);
    return fetched;
}
