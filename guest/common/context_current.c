/* SPDX-License-Identifier: MIT */
#include "guest/common/context.h"
#include "guest/common/encoder_link.h"

bool context_double_buffered(const struct context *context, const struct drawable *drawable)
{
    return drawable->config ? drawable->double_buffered : context->wish.double_buffered;
}

/*
 * The host's drawable for the context, held until release(). Several contexts may hold it, each in
 * its thread; the host orders what they draw. Where others hold it with another configuration, or
 * from a session that is gone, the context gets one of its own, and the window shows what each of
 * them swaps.
 */
static struct host_drawable *hold(struct context *context, struct drawable *drawable,
                                  unsigned alias)
{
    const uint32_t config = drawable->config ? drawable->config : context->wish.config;
    struct host_drawable *host = &drawable->host;
    if (drawable->holders > 0 &&
        (host->session != context->session->number || host->config != config)) {
        host = &context->aliases[alias];
    } else {
        const uint32_t group = share_group_number(context->member.group);
        if (drawable->holders == 0) {
            drawable->group = group;
        }
        __atomic_store_n(&drawable->strangers,
                         drawable->holders > 0 && (drawable->strangers || group != drawable->group),
                         __ATOMIC_RELAXED);
        __atomic_fetch_add(&drawable->holders, 1, __ATOMIC_RELAXED);
    }
    host_drawable_prepare(host, drawable, context->session, config);
    return host;
}

static bool others_hold(const struct drawable *drawable, const struct host_drawable *host)
{
    return drawable && host == &drawable->host &&
           __atomic_load_n(&drawable->holders, __ATOMIC_RELAXED) > 1;
}

void context_settle(struct context *context)
{
    struct gl_encoder *e = &context->encoder;
    const struct trireme_record record = {0};
    size_t bytes;
    if (others_hold(context->draw, context->draw_host) ||
        others_hold(context->read, context->read_host)) {
        encoder_link_put(e, TRIREME_OP_SYNC, &record, sizeof record);
        gl_encoder_sync(e, &bytes);
        gl_encoder_reply_done(e);
    }
}

static void release(struct context *context, struct drawable *drawable,
                    const struct host_drawable *host)
{
    if (drawable && host == &drawable->host) {
        __atomic_fetch_sub(&drawable->holders, 1, __ATOMIC_RELAXED);
        drawable->last_context = context->serial;
        drawable->last_position = ring_producer_position(&context->encoder.commands);
    }
    drawable_unref(drawable);
}

static void release_drawables(struct context *context)
{
    context_settle(context);
    release(context, context->draw, context->draw_host);
    if (context->read_host != context->draw_host) {
        release(context, context->read, context->read_host);
    } else {
        drawable_unref(context->read);
    }
    host_drawable_destroy(&context->aliases[0]);
    host_drawable_destroy(&context->aliases[1]);
    context->draw = context->read = NULL;
    context->draw_host = context->read_host = NULL;
}

static void tell_current(struct context *context, const struct drawable *draw,
                         const struct drawable *read)
{
    struct trireme_make_current record = {0};
    if (draw) {
        record.draw = context->draw_host->id;
        record.draw_config = context->draw_host->config;
        record.draw_kind = draw->kind;
        record.draw_width = context->draw_host->width;
        record.draw_height = context->draw_host->height;
        record.flags =
            context_double_buffered(context, draw) ? 0 : TRIREME_MAKE_CURRENT_SINGLE_BUFFERED;
    }
    if (read) {
        record.read = context->read_host->id;
        record.read_config = context->read_host->config;
        record.read_kind = read->kind;
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
static void wait_for_last_user(struct context *context, const struct drawable *drawable)
{
    struct context *last = drawable ? context_of_serial(drawable->last_context) : NULL;
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

void context_let_go(struct context *context)
{
    tell_current(context, NULL, NULL);
    share_group_leave(&context->member, &context->encoder);
    release_drawables(context);
    context->is_current = false;
    gl_encoder_make_current(NULL);
}

/* The host has been told that the context draws elsewhere: who draws here next waits for that. */
static void left(struct context *context, struct drawable *drawable)
{
    if (drawable && drawable->holders == 0 && drawable->last_context == context->serial) {
        drawable->last_position = ring_producer_position(&context->encoder.commands);
        gl_encoder_flush(&context->encoder);
    }
    drawable_unref(drawable);
}

static void take_drawables(struct context *context, struct drawable *draw, struct drawable *read)
{
    struct drawable *last_draw = context->draw ? drawable_ref(context->draw) : NULL;
    struct drawable *last_read = context->read ? drawable_ref(context->read) : NULL;
    wait_for_last_user(context, draw);
    wait_for_last_user(context, read);
    share_group_catch_up(&context->member, &context->encoder);
    release_drawables(context);
    context->draw = draw;
    context->read = read;
    if (draw) {
        context->draw_host = hold(context, draw, 0);
        context->read_host = read == draw ? context->draw_host : hold(context, read, 1);
    }
    tell_current(context, draw, read);
    left(context, last_draw);
    left(context, last_read);
}

void context_bind(struct context *context, struct drawable *draw, struct drawable *read)
{
    gl_encoder_make_current(&context->encoder);
    context->is_current = true;
    context->encoder.changes[GL_CHANGE_ALL]++; /* a context's first window sets its viewport */
    context_check_lost(context);
    if (!draw || draw != context->draw || read != context->read) {
        take_drawables(context, draw, read);
    } else {
        share_group_catch_up(&context->member, &context->encoder);
        drawable_unref(draw);
        drawable_unref(read);
    }
}

static void follow_size(struct context *context, struct drawable *drawable,
                        struct host_drawable *host, uint32_t width, uint32_t height)
{
    if (drawable->look) {
        drawable->look(drawable, width, height);
    }
    if (drawable->width == host->width && drawable->height == host->height) {
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

void context_follow_size(struct context *context)
{
    if (context->draw) {
        follow_size(context, context->draw, context->draw_host, 0, 0);
    }
    if (context->read != context->draw) {
        follow_size(context, context->read, context->read_host, 0, 0);
    }
}

void context_viewport(struct context *context, uint32_t width, uint32_t height)
{
    if (context->draw) {
        follow_size(context, context->draw, context->draw_host, width, height);
    }
}
