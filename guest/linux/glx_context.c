/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_context.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/message.h"
#include "guest/linux/encoder_link.h"

_Thread_local struct gl_encoder *trireme_current_encoder
    __attribute__((tls_model("initial-exec"), visibility("hidden"))) = &gl_null_encoder;

static _Thread_local struct glx_context *current_context
    __attribute__((tls_model("initial-exec")));

/* Lets a context go whose thread ends while it is current. */
static pthread_key_t thread_end_key;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

static struct glx_context *contexts;

struct glx_context *glx_context_current(void)
{
    return current_context;
}

bool glx_context_exists(const struct glx_context *context)
{
    struct glx_context *other = contexts;
    while (other && other != context) {
        other = other->next;
    }
    return other && !other->destroyed;
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
    group = shared ? wish->share->member.group
                   : share_group_create(session_new_share_group(session));
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

/* A context without a configuration draws as the drawable is. */
static uint32_t host_config(const struct glx_context *context, const struct glx_drawable *drawable)
{
    const struct glx_config *config = context->config ? context->config : drawable->config;
    return config ? config->host.id : 0;
}

bool glx_context_double_buffered(const struct glx_context *context,
                                 const struct glx_drawable *draw)
{
    const struct glx_config *config = draw->config ? draw->config : context->config;
    return draw->kind != GLX_KIND_PIXMAP && (!config || config->double_buffered);
}

static uint32_t host_kind(const struct glx_drawable *drawable)
{
    return drawable->kind == GLX_KIND_PBUFFER ? TRIREME_DRAWABLE_PBUFFER : TRIREME_DRAWABLE_WINDOW;
}

/* Puts a MAKE_CURRENT record; NULL: no drawable. */
static void tell_current(struct glx_context *context, struct glx_drawable *draw,
                         struct glx_drawable *read)
{
    struct trireme_make_current record = {0};
    if (draw) {
        record.draw = glx_drawable_host_id(draw, context->session, host_config(context, draw));
        record.draw_config = draw->host_config;
        record.draw_kind = host_kind(draw);
        record.draw_width = draw->host_width;
        record.draw_height = draw->host_height;
        record.flags = glx_context_double_buffered(context, draw)
                           ? 0 : TRIREME_MAKE_CURRENT_SINGLE_BUFFERED;
    }
    if (read) {
        record.read = glx_drawable_host_id(read, context->session, host_config(context, read));
        record.read_config = read->host_config;
        record.read_kind = host_kind(read);
        record.read_width = read->host_width;
        record.read_height = read->host_height;
    }
    encoder_link_put(&context->encoder, TRIREME_OP_MAKE_CURRENT, &record, sizeof record);
}

static void remember_user(struct glx_drawable *drawable, const struct glx_context *context)
{
    if (drawable) {
        drawable->last_context = context;
        drawable->last_position = ring_producer_position(&context->encoder.commands);
    }
}

/*
 * Contexts of one share group wait for each other on the host. Others that draw to one drawable in
 * turns are ordered here: what the last one sent must be executed before this one's goes out.
 */
static void wait_for_last_user(struct glx_context *context, struct glx_drawable *drawable)
{
    struct glx_context *last = contexts;
    while (drawable && last && last != drawable->last_context) {
        last = last->next;
    }
    if (!drawable || !last || last == context || last->member.group == context->member.group) {
        return;
    }
    const uint32_t *head = &last->slot.page->head;
    uint32_t seen;
    bool counted = false;
    do {
        seen = slot_completions(&last->slot);
        if ((int32_t)(__atomic_load_n(head, __ATOMIC_ACQUIRE) - drawable->last_position) >= 0) {
            return;
        }
        context->encoder.round_trips += !counted;
        counted = true;
    } while (encoder_link_wait(&last->slot, seen));
}

static void let_go(struct glx_context *context)
{
    tell_current(context, NULL, NULL);
    share_group_leave(&context->member, &context->encoder);
    remember_user(context->draw, context);
    remember_user(context->read, context);
    glx_drawable_unref(context->draw);
    glx_drawable_unref(context->read);
    context->draw = context->read = NULL;
    context->draw_id = context->read_id = None;
    context->is_current = false;
    if (context->destroyed) {
        glx_context_destroy(context);
    }
}

static void thread_ended(void *data)
{
    /* Thread-local variables are still there while keys are destroyed. */
    glx_lock();
    glx_context_bind(NULL, NULL, NULL);
    glx_unlock();
}

static void make_thread_end_key(void)
{
    pthread_key_create(&thread_end_key, thread_ended);
}

void glx_context_bind(struct glx_context *context, struct glx_drawable *draw,
                      struct glx_drawable *read)
{
    struct glx_context *previous = current_context;
    if (previous && previous != context) {
        let_go(previous);
    }
    current_context = context;
    gl_encoder_make_current(context ? &context->encoder : NULL);
    if (!context) {
        return;
    }
    pthread_once(&thread_end_once, make_thread_end_key);
    pthread_setspecific(thread_end_key, context);
    context->is_current = true;
    glx_context_check_lost(context);
    if (previous != context || draw != context->draw || read != context->read) {
        wait_for_last_user(context, draw);
        wait_for_last_user(context, read);
    }
    share_group_catch_up(&context->member, &context->encoder);
    if (previous != context || draw != context->draw || read != context->read) {
        tell_current(context, draw, read);
    }
    glx_drawable_unref(context->draw);
    glx_drawable_unref(context->read);
    context->draw = draw;
    context->read = read;
    context->draw_id = draw ? draw->id : None;
    context->read_id = read ? read->id : None;
    glx_context_follow_size(context);
}

static void follow_size(struct glx_context *context, struct glx_drawable *drawable)
{
    if (!drawable || !drawable->host_id ||
        (drawable->width == drawable->host_width && drawable->height == drawable->host_height)) {
        return;
    }
    struct trireme_resize resize = {
        .drawable = drawable->host_id,
        .width = drawable->width,
        .height = drawable->height,
    };
    drawable->host_width = resize.width;
    drawable->host_height = resize.height;
    encoder_link_put(&context->encoder, TRIREME_OP_RESIZE, &resize, sizeof resize);
}

void glx_context_follow_size(struct glx_context *context)
{
    follow_size(context, context->draw);
    if (context->read != context->draw) {
        follow_size(context, context->read);
    }
}

void glx_contexts_forked(void)
{
    for (struct glx_context *context = contexts; context; context = context->next) {
        gl_encoder_lose(&context->encoder);
    }
    /* The parent's contexts are no contexts here; their memory stays, the program may hold them. */
    contexts = NULL;
    current_context = NULL;
    gl_encoder_make_current(NULL);
}
