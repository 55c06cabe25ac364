/* SPDX-License-Identifier: MIT */
#include "guest/common/context_hooks.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"
#include "guest/linux/glx_error.h"

/* No vertical blank reaches a guest: the interval is kept to be told, and the pace is that of the
 * frames in flight. */
#define GREATEST_INTERVAL INT32_MAX

/* Only the thread whose context draws there can say what belongs to the frame. */
void trireme_glXSwapBuffers(Display *dpy, GLXDrawable id)
{
    struct context *context = context_current();
    if (context && context->draw && glx_drawable_of(context->draw)->id == id) {
        context_swap(context);
    }
}

void trireme_glXWaitGL(void)
{
    trireme_hook_glFinish();
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
    struct context *context = context_current();
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
    process_lock();
    struct glx_drawable *drawable = glx_drawable_get(dpy, id);
    if (drawable) {
        drawable->base.swap_interval = interval;
    }
    process_unlock();
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
    struct context *context = context_current();
    return context && context->draw ? context->draw->swap_interval : 0;
}
