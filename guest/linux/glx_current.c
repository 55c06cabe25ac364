/* SPDX-License-Identifier: MIT */
/* Which context is current to which thread, and with which drawables of the host. */
#include <pthread.h>

#include "guest/common/encoder_link.h"
#include "guest/linux/glx_context.h"

_Thread_local struct gl_encoder *trireme_current_encoder
    __attribute__((tls_model("initial-exec"), visibility("hidden"))) = &gl_null_encoder;

static _Thread_local struct glx_context *current_context __attribute__((tls_model("initial-exec")));

/* Lets a context go whose thread ends while it is current. */
static pthread_key_t thread_end_key;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

struct glx_context *glx_context_current(void)
{
    return current_context;
}

static void set_current(struct glx_context *context)
{
    current_context = context;
    gl_encoder_make_current(context ? &context->encoder : NULL);
}

void glx_context_forget_current(void)
{
    set_current(NULL);
}

/* A context without a configuration draws as the drawable is. */
static uint32_t host_config(const struct glx_context *context, const struct glx_drawable *drawable)
{
    const struct glx_config *config = context->config ? context->config : drawable->config;
    return config ? config->host.id : 0;
}

/*
 * The host's drawable for the context, held until release(). GLX lets two threads draw to one
 * window at the same time, each with its own context; on the host a drawable is current to one
 * context. The second gets one of its own, and the window shows what each of them swaps.
 */
static struct glx_host_drawable *hold(struct glx_context *context, struct glx_drawable *drawable,
                                      unsigned alias)
{
    struct glx_host_drawable *host = &drawable->host;
    if (drawable->holder && drawable->holder != context) {
        host = &context->aliases[alias];
    } else {
        drawable->holder = context;
    }
    glx_host_drawable_prepare(host, drawable, context->session, host_config(context, drawable));
    return host;
}

static void release(struct glx_context *context, struct glx_drawable *drawable)
{
    if (drawable && drawable->holder == context) {
        drawable->holder = NULL;
        drawable->last_context = context;
        drawable->last_position = ring_producer_position(&context->encoder.commands);
    }
    glx_drawable_unref(drawable);
}

static void release_drawables(struct glx_context *context)
{
    release(context, context->draw);
    release(context, context->read);
    glx_host_drawable_destroy(&context->aliases[0]);
    glx_host_drawable_destroy(&context->aliases[1]);
    context->draw = context->read = NULL;
    context->draw_host = context->read_host = NULL;
    context->draw_id = context->read_id = None;
}

static uint32_t host_kind(const struct glx_drawable *drawable)
{
    return drawable->kind == GLX_KIND_PBUFFER ? TRIREME_DRAWABLE_PBUFFER : TRIREME_DRAWABLE_WINDOW;
}

/* Puts a MAKE_CURRENT record with what the context has now. */
static void tell_current(struct glx_context *context)
{
    struct trireme_make_current record = {0};
    if (context->draw) {
        record.draw = context->draw_host->id;
        record.draw_config = context->draw_host->config;
        record.draw_kind = host_kind(context->draw);
        record.draw_width = context->draw_host->width;
        record.draw_height = context->draw_host->height;
        record.flags = glx_context_double_buffered(context, context->draw)
                           ? 0
                           : TRIREME_MAKE_CURRENT_SINGLE_BUFFERED;
    }
    if (context->read) {
        record.read = context->read_host->id;
        record.read_config = context->read_host->config;
        record.read_kind = host_kind(context->read);
        record.read_width = context->read_host->width;
        record.read_height = context->read_host->height;
    }
    context->encoder.calm = GL_CALM_NOT;
    encoder_link_put(&context->encoder, TRIREME_OP_MAKE_CURRENT, &record, sizeof record);
}

/*
 * Contexts of one share group wait for each other on the host. Others that draw to one drawable in
 * turns are ordered here: what the last one sent must be executed before this one's goes out.
 */
static void wait_for_last_user(struct glx_context *context, const struct glx_drawable *drawable)
{
    struct glx_context *last = drawable ? glx_context_find(drawable->last_context) : NULL;
    if (!last || last == context || last->member.group == context->member.group) {
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
    struct glx_drawable *draw = context->draw, *read = context->read;
    context->draw = context->read = NULL;
    tell_current(context);
    share_group_leave(&context->member, &context->encoder);
    context->draw = draw;
    context->read = read;
    release_drawables(context);
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

static void take_drawables(struct glx_context *context, struct glx_drawable *draw,
                           struct glx_drawable *read)
{
    wait_for_last_user(context, draw);
    wait_for_last_user(context, read);
    share_group_catch_up(&context->member, &context->encoder);
    release_drawables(context);
    context->draw = draw;
    context->read = read;
    if (draw) {
        context->draw_host = hold(context, draw, 0);
        context->read_host = read == draw ? context->draw_host : hold(context, read, 1);
        context->draw_id = draw->id;
        context->read_id = read->id;
    }
    tell_current(context);
}

void glx_context_bind(struct glx_context *context, struct glx_drawable *draw,
                      struct glx_drawable *read)
{
    struct glx_context *previous = current_context;
    if (previous && previous != context) {
        let_go(previous);
    }
    set_current(context);
    if (!context) {
        return;
    }
    pthread_once(&thread_end_once, make_thread_end_key);
    pthread_setspecific(thread_end_key, context);
    context->is_current = true;
    glx_context_check_lost(context);
    if (previous != context || draw != context->draw || read != context->read) {
        take_drawables(context, draw, read);
    } else {
        share_group_catch_up(&context->member, &context->encoder);
        glx_drawable_unref(draw);
        glx_drawable_unref(read);
    }
    glx_context_follow_size(context);
}

static void follow_size(struct glx_context *context, const struct glx_drawable *drawable,
                        struct glx_host_drawable *host)
{
    if (!drawable || (drawable->width == host->width && drawable->height == host->height)) {
        return;
    }
    struct trireme_resize resize = {
        .drawable = host->id,
        .width = drawable->width,
        .height = drawable->height,
    };
    host->width = resize.width;
    host->height = resize.height;
    encoder_link_put(&context->encoder, TRIREME_OP_RESIZE, &resize, sizeof resize);
}

void glx_context_follow_size(struct glx_context *context)
{
    follow_size(context, context->draw, context->draw_host);
    if (context->read != context->draw) {
        follow_size(context, context->read, context->read_host);
    }
}
