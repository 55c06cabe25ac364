/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>

#include "guest/common/object_names.h"
#include "tests/dispatch/loopback.h"
#include "tests/opengl/context.h"
#include "tests/opengl/pair.h"

struct loop {
    struct loopback *rings;
    struct test_context context;
    struct name_pool shared_names[POOL_SHARED_KINDS];
};

static struct gl_decoder *make_decoder(const struct gl_decoder_ops *ops, void *data)
{
    static const struct gl_limits limits = {0};
    const struct gl_default_framebuffer framebuffer = {true, false, GL_BACK, GL_FRONT,
                                                       GL_FRONT_AND_BACK};
    g_autoptr(GError) error = NULL;
    struct gl_decoder *d = gl_decoder_create(ops, data, &limits, &error);
    g_assert_no_error(error);
    gl_decoder_set_default_framebuffer(d, &framebuffer);
    return d;
}

struct loop *loop_create(bool core)
{
    struct loop *l = g_new0(struct loop, 1);
    test_context_create(&l->context, core);
    l->rings = loopback_create_with(make_decoder);
    loop_decoder(l)->core_profile = core;
    l->rings->encoder.state = gl_state_create(core);
    object_names_use(&l->rings->encoder, l->shared_names, l->rings->encoder.state->names);
    return l;
}

void loop_destroy(struct loop *l)
{
    gl_state_destroy(l->rings->encoder.state);
    loopback_destroy(l->rings);
    test_context_destroy(&l->context);
    g_free(l);
}

struct gl_encoder *loop_encoder(struct loop *l)
{
    return &l->rings->encoder;
}

const struct test_context *loop_context(const struct loop *l)
{
    return &l->context;
}

struct gl_decoder *loop_decoder(struct loop *l)
{
    return l->rings->decoder;
}

void loop_drain(struct loop *l)
{
    loopback_drain(l->rings);
}

GLenum loop_error(struct loop *l)
{
    loop_drain(l);
    cr_assert(!loop_broken(l), "%s", loop_broken(l));
    return trireme_glGetError();
}

const char *loop_broken(const struct loop *l)
{
    return l->rings->error ? l->rings->error->message : NULL;
}

uint64_t loop_bytes(const struct loop *l)
{
    return l->rings->bytes;
}

uint32_t loop_reply_bytes(const struct loop *l)
{
    return ring_producer_position(&l->rings->answers);
}
