/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/recording_decoder.h"

#include "tests/dispatch/recorder.h"

/* Hand-written host code keeps nothing here. */
void gl_host_state_create(struct gl_decoder *d)
{
    (void)d;
}

void gl_host_state_destroy(struct gl_decoder *d)
{
    (void)d;
}

bool gl_host_reads_unchecked(const struct gl_decoder *d)
{
    (void)d;
    return false;
}

void gl_host_debug_error(struct gl_decoder *d, GLenum error)
{
    (void)d;
    (void)error;
}

static struct gl_decoder *make(const struct gl_decoder_ops *ops, void *data)
{
    static const struct gl_limits limits = {.max_payload_bytes = LOOPBACK_MAX_PAYLOAD};
    struct gl_functions *functions = g_new0(struct gl_functions, 1);
    recorder_fill_functions(functions);
    struct gl_decoder *d = gl_decoder_create_with(ops, data, &limits, functions);
    g_free(functions);
    return d;
}

static void drop_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    (void)data;
    (void)opcode;
    (void)bytes;
    (void)n;
}

struct loopback *recording_loopback(void)
{
    return loopback_create_with(make);
}

struct gl_decoder *recording_decoder(void)
{
    static const struct gl_decoder_ops ops = {.reply = drop_reply};
    return make(&ops, NULL);
}
