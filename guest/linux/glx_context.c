/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_context.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/encoder_link.h"
#include "guest/common/message.h"

static struct glx_context *contexts;

struct glx_context *glx_context_find(const struct glx_context *context)
{
    struct glx_context *other = contexts;
    while (other && other != context) {
        other = other->next;
    }
    return other;
}

bool glx_context_exists(const struct glx_context *context)
{
    const struct glx_context *found = glx_context_find(context);
    return found && !found->destroyed;
}

/* TRIREME_RING_SIZE: bytes, or with a K or M behind; 0: the host's default. */
static uint32_t wished_ring_size(void)
{
    const char *text = getenv("TRIREME_RING_SIZE");
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
static bool create_on_host(struct glx_context *context, const struct glx_context_wish *wish,
                           uint32_t share_group, uint32_t *egl_error)
{
    struct gl_encoder *e = &context->encoder;
    struct trireme_context_create create = {
        .config = wish->config ? wish->config->host.id : 0,
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
    }
    *egl_error = created.error;
    return answered && created.error == 0;
}

struct glx_context *glx_context_create(const struct glx_context_wish *wish, uint32_t *egl_error)
{
    struct port_error error;
    struct glx_context *context = calloc(1, sizeof *context);
    *egl_error = 0;
    if (!context) {
        return NULL;
    }
    context->session = glx_session_get();
    if (!context->session) {
        free(context);
        return NULL;
    }
    struct session *session = context->session->session;
    struct share_group *group;
    bool shared = wish->share && wish->share->session == context->session;
    if (wish->share && !shared) {
        message_error("a context wants to share objects with one that was lost: they are gone");
    }
    if (!session_open_context(session, &context->slot, wished_ring_size(), &error)) {
        message_error("no context: %s", error.text);
        glx_session_unref(context->session);
        free(context);
        return NULL;
    }
    encoder_link_init(&context->encoder, &context->slot);
    context->encoder.state = gl_state_create();
    context->present = present_create(&context->slot);
    group =
        shared ? wish->share->member.group : share_group_create(session_new_share_group(session));
    if (!context->encoder.state || !context->present || !group ||
        !create_on_host(context, wish, share_group_number(group), egl_error)) {
        present_destroy(context->present);
        gl_state_destroy(context->encoder.state);
        gl_encoder_finish(&context->encoder);
        slot_close(&context->slot);
        if (group && !shared) {
            share_group_discard(group);
        }
        glx_session_unref(context->session);
        free(context);
        return NULL;
    }
    share_group_join(group, &context->member, &context->slot);
    context->encoder.state->joined = share_group_joined(group);
    context->server = wish->server;
    context->screen = wish->screen;
    context->config = wish->config;
    context->render_type = wish->render_type;
    context->loses_on_reset = wish->loses_on_reset;
    context->next = contexts;
    contexts = context;
    return context;
}

static void print_statistics(const struct glx_context *context)
{
    message_debug("context in slot %u: %u frames, %llu round trips", context->slot.number,
                  present_swaps(context->present),
                  (unsigned long long)context->encoder.round_trips);
}

void glx_context_destroy(struct glx_context *context)
{
    struct glx_context **link = &contexts;
    while (*link != context) {
        link = &(*link)->next;
    }
    *link = context->next;
    print_statistics(context);
    gl_encoder_flush(&context->encoder);
    present_destroy(context->present);
    share_group_part(&context->member);
    gl_state_destroy(context->encoder.state);
    gl_encoder_finish(&context->encoder);
    slot_close(&context->slot);
    glx_session_unref(context->session);
    free(context);
}

bool glx_context_check_lost(struct glx_context *context)
{
    if (!context->encoder.lost && slot_lost(&context->slot)) {
        message_debug("the context in slot %u is lost", context->slot.number);
        gl_encoder_lose(&context->encoder);
    }
    return context->encoder.lost;
}

bool glx_context_double_buffered(const struct glx_context *context, const struct glx_drawable *draw)
{
    const struct glx_config *config = draw->config ? draw->config : context->config;
    return draw->kind != GLX_KIND_PIXMAP && (!config || config->double_buffered);
}

void glx_contexts_forked(void)
{
    for (struct glx_context *context = contexts; context; context = context->next) {
        gl_encoder_lose(&context->encoder);
    }
    /* The parent's contexts are no contexts here; their memory stays, the program may hold them. */
    contexts = NULL;
    glx_context_forget_current();
}
