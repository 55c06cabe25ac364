/* SPDX-License-Identifier: MIT */
#include "guest/common/context.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/attribute_groups.h"
#include "guest/common/encoder_link.h"
#include "guest/common/message.h"
#include "guest/common/object_names.h"

static struct context *contexts;
static uint64_t last_serial;

/* A variable that says how many bytes, perhaps with a K or M behind; 0: it is not set. */
static uint32_t wished_bytes(const char *variable)
{
    const char *text = getenv(variable);
    char *unit = NULL;
    unsigned long size = text ? strtoul(text, &unit, 10) : 0;
    if (unit && toupper((unsigned char)*unit) == 'K') {
        size <<= 10;
    } else if (unit && toupper((unsigned char)*unit) == 'M') {
        size <<= 20;
    }
    return size <= TRIREME_RING_MAX ? (uint32_t)size : TRIREME_RING_MAX;
}

/* True: the host has made it. */
static bool create_on_host(struct context *context, const struct context_wish *wish,
                           uint32_t share_group, uint32_t *egl_error)
{
    struct gl_encoder *e = &context->encoder;
    struct trireme_context_create create = {
        .config = wish->config,
        .share_group = share_group,
        .version = wish->version,
        .profile = wish->profile,
        .flags = wish->flags,
    };
    struct trireme_created created = {0};
    size_t bytes;
    encoder_link_put(e, TRIREME_OP_CONTEXT_CREATE, &create, sizeof create);
    const uint8_t *reply = gl_encoder_sync(e, &bytes);
    bool answered = bytes >= sizeof created;
    if (answered) {
        memcpy(&created, reply, sizeof created);
    }
    gl_encoder_reply_done(e);
    if (!answered) {
        message_error("the host gave up a context while it was made: see the server's log");
        host_session_failed(&(struct port_error){.fault = PORT_FAULT_HOST});
    }
    *egl_error = created.error;
    return answered && created.error == 0;
}

bool context_take_slot(struct context *context, struct host_session *session)
{
    struct port_error error;
    if (!session_open_context(session->session, &context->slot, wished_bytes("TRIREME_RING_SIZE"),
                              0, &error)) {
        message_error("no context: %s", error.text);
        host_session_failed(&error);
        return false;
    }
    context->session = host_session_ref(session);
    return true;
}

void context_give_slot(struct context *context)
{
    if (context->session) {
        slot_close(&context->slot);
        host_session_unref(context->session);
        context->session = NULL;
    }
}

static void release_parts(struct context *context)
{
    present_destroy(context->present);
    gl_state_destroy(context->encoder.state);
    gl_encoder_finish(&context->encoder);
    context_give_slot(context);
}

bool context_open(struct context *context, struct host_session *session,
                  const struct context_wish *wish, uint32_t *egl_error)
{
    *egl_error = 0;
    if (context->session != session || slot_lost(&context->slot)) {
        context_give_slot(context);
        if (!context_take_slot(context, session)) {
            return false;
        }
    }
    encoder_link_init(&context->encoder, &context->slot);
    uint32_t publish_step = wished_bytes("TRIREME_PUBLISH");
    if (publish_step > 0) {
        ring_producer_set_publish_step(&context->encoder.commands, publish_step);
    }
    context->encoder.state = gl_state_create(context_wish_is_core(wish));
    context->present = present_create(&context->slot);
    bool shared = wish->share && wish->share->session == session;
    if (wish->share && !shared) {
        message_error("a context wants to share objects with one that was lost: they are gone");
    }
    struct share_group *group = shared
                                    ? wish->share->member.group
                                    : share_group_create(session_new_share_group(session->session));
    if (!context->encoder.state || !context->present || !group ||
        !create_on_host(context, wish, share_group_number(group), egl_error)) {
        release_parts(context);
        if (group && !shared) {
            share_group_discard(group);
        }
        return false;
    }
    share_group_join(group, &context->member, &context->slot);
    context->encoder.state->joined = share_group_joined(group);
    context->encoder.state->leaves = share_group_leaves(group);
    context->encoder.state->own_leaves = &context->member.leaves;
    object_names_use(&context->encoder, share_group_names(group), context->encoder.state->names);
    context->wish = *wish;
    context->serial = ++last_serial;
    context->next = contexts;
    contexts = context;
    return true;
}

void context_close(struct context *context)
{
    struct context **link = &contexts;
    while (*link != context) {
        link = &(*link)->next;
    }
    *link = context->next;
    message_debug("context in slot %u: %u frames, %llu round trips", context->slot.number,
                  present_swaps(context->present),
                  (unsigned long long)context->encoder.round_trips);
    gl_encoder_flush(&context->encoder);
    share_group_part(&context->member);
    attribute_values_free(context->copied);
    release_parts(context);
}

bool context_check_lost(struct context *context)
{
    if (!context->encoder.lost && slot_lost(&context->slot)) {
        message_debug("the context in slot %u is lost", context->slot.number);
        gl_encoder_lose(&context->encoder);
    }
    return context->encoder.lost;
}

void contexts_forked(void)
{
    for (struct context *context = contexts; context; context = context->next) {
        gl_encoder_lose(&context->encoder);
    }
    contexts = NULL;
    gl_encoder_make_current(NULL);
}

struct context *context_find(const struct context *context)
{
    struct context *other = contexts;
    while (other && other != context) {
        other = other->next;
    }
    return other;
}

struct context *context_of_serial(uint64_t serial)
{
    struct context *context = contexts;
    while (context && context->serial != serial) {
        context = context->next;
    }
    return context;
}
