/* SPDX-License-Identifier: MIT */
#include "gl_entry_points.h"
#include "guest/common/context.h"
#include "guest/common/debug_messages.h"
#include "guest/common/encoder_link.h"

void context_leave_point(struct context *context)
{
    share_group_leave(&context->member, &context->encoder);
    share_group_catch_up(&context->member, &context->encoder);
}

static void swap_unseen(struct context *context)
{
    if (context_double_buffered(context, context->draw)) {
        struct trireme_swap_unseen swap = {.drawable = context->draw_host->id};
        encoder_link_put(&context->encoder, TRIREME_OP_SWAP_UNSEEN, &swap, sizeof swap);
    }
    gl_encoder_flush(&context->encoder);
}

void context_swap(struct context *context)
{
    if (context_check_lost(context)) {
        return;
    }
    if (context->draw->kind != TRIREME_DRAWABLE_WINDOW) {
        swap_unseen(context);
        return;
    }
    present_swap(context->present, &context->encoder, &context->draw->shown,
                 context->draw_host->id);
    context->front_drawn = context->draws_front;
    if (share_group_has_others(&context->member)) {
        context_leave_point(context);
    }
    /* Contexts that share objects are rarely meant to draw one picture: loader threads have the
     * window current, and a wait for each frame would cost all programs that have one. */
    if (__atomic_load_n(&context->draw->strangers, __ATOMIC_RELAXED)) {
        context_settle(context);
    }
    context_follow_size(context);
    debug_poll(&context->encoder);
}

static bool shows_front(const struct context *context)
{
    return context->draw && context->draw->kind == TRIREME_DRAWABLE_WINDOW &&
           (context->front_drawn || !context_double_buffered(context, context->draw));
}

static void show_front(struct context *context)
{
    present_front(context->present, &context->encoder, &context->draw->shown,
                  context->draw_host->id);
    context->front_drawn = context->draws_front;
}

void context_flush(struct context *context)
{
    trireme_glFlush();
    if (context_check_lost(context)) {
        return;
    }
    if (shows_front(context)) {
        show_front(context);
        context_follow_size(context);
    }
    context_leave_point(context);
    context_settle(context);
}

void context_finish(struct context *context)
{
    bool shows = !context_check_lost(context) && shows_front(context);
    if (shows) {
        show_front(context);
    }
    trireme_glFinish();
    if (shows) {
        present_show_ready(context->present);
        context_follow_size(context);
    }
    context_leave_point(context);
}

void context_draw_buffer(struct context *context, uint32_t buffer)
{
    switch (buffer) {
    case GL_FRONT:
    case GL_FRONT_LEFT:
    case GL_LEFT:
    case GL_FRONT_AND_BACK:
        context->draws_front = true;
        context->front_drawn = true;
        break;
    case GL_BACK:
    case GL_BACK_LEFT:
        context->draws_front = false;
        break;
    default: /* attachments of framebuffer objects, or an error */
        break;
    }
}
