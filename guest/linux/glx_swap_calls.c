/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"
#include "guest/linux/glx_error.h"
#include "guest/linux/glx_front.h"

/* No vertical blank reaches a guest: the interval is kept to be told, and the pace is that of the
 * frames in flight. */
#define GREATEST_INTERVAL INT32_MAX

void trireme_glXSwapBuffers(Display *dpy, GLXDrawable id)
{
    struct glx_context *context = glx_context_current();
    /* Only the thread whose context draws there can say what belongs to the frame. */
    if (!context || context->draw_id != id || !context->draw || glx_context_check_lost(context)) {
        return;
    }
    if (context->draw->kind != GLX_KIND_WINDOW) {
        gl_encoder_flush(&context->encoder);
        return;
    }
    present_swap(context->present, &context->encoder, &context->draw->shown,
                 context->draw_host->id);
    if (share_group_has_others(&context->member)) {
        share_group_leave(&context->member, &context->encoder);
        share_group_catch_up(&context->member, &context->encoder);
    }
    glx_lock();
    glx_drawables_poll(context->server);
    glx_unlock();
    glx_context_follow_size(context);
    debug_poll(&context->encoder);
}

void trireme_glXWaitGL(void)
{
    if (glx_context_current()) {
        glx_front_finish();
        debug_poll(gl_encoder_current());
    }
}

void trireme_glXWaitX(void)
{
    struct glx_context *context = glx_context_current();
    if (context && context->dpy) {
        XSync(context->dpy, False);
    }
}

static int set_current_interval(int interval)
{
    struct glx_context *context = glx_context_current();
    if (!context || !context->draw) {
        return GLX_BAD_CONTEXT;
    }
    context->draw->swap_interval = interval;
    return 0;
}

void trireme_glXSwapIntervalEXT(Display *dpy, GLXDrawable id, int interval)
{
    if (interval < 0) {
        glx_raise_core(dpy, BadValue, 0, id);
        return;
    }
    glx_lock();
    struct glx_drawable *drawable = glx_drawable_get(dpy, id);
    if (drawable) {
        drawable->swap_interval = interval;
    }
    glx_unlock();
    if (!drawable) {
        glx_raise(dpy, GLXBadDrawable, 0, id);
    }
    glx_drawable_unref(drawable);
}

int trireme_glXSwapIntervalSGI(int interval)
{
    return interval <= 0 ? GLX_BAD_VALUE : set_current_interval(interval);
}

int trireme_glXSwapIntervalMESA(unsigned int interval)
{
    return interval > GREATEST_INTERVAL ? GLX_BAD_VALUE : set_current_interval((int)interval);
}

int trireme_glXGetSwapIntervalMESA(void)
{
    struct glx_context *context = glx_context_current();
    return context && context->draw ? context->draw->swap_interval : 0;
}
