/* SPDX-License-Identifier: MIT */
#include <X11/Xutil.h>

#include "guest/common/context_copy.h"
#include "guest/common/message.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"
#include "guest/linux/glx_error.h"

/* What the host may answer to CONTEXT_CREATE (EGL 1.5, section 3.1). */
#define EGL_BAD_ALLOC 0x3003
#define EGL_BAD_MATCH 0x3009

/* An error to be raised once the lock is given back. */
struct failure {
    enum { NO_FAILURE, CORE_FAILURE, GLX_FAILURE } kind;
    int code;
    XID resource;
};

static void raise_failure(Display *dpy, const struct failure *failure, int minor)
{
    if (failure->kind == CORE_FAILURE) {
        glx_raise_core(dpy, failure->code, minor, failure->resource);
    } else if (failure->kind == GLX_FAILURE) {
        glx_raise(dpy, failure->code, minor, failure->resource);
    }
}

static struct glx_context *context_of(GLXContext handle)
{
    return (struct glx_context *)handle;
}

/* A host that cannot be reached or has no room is not the program's mistake: that gives NULL and
 * a line on stderr, where an X error would end most programs. */
static GLXContext create(Display *dpy, struct glx_context_wish *wish, int minor)
{
    struct failure failure = {NO_FAILURE, 0, 0};
    uint32_t egl_error = 0;
    struct glx_context *context = NULL;
    process_lock();
    if (wish->share && !glx_context_exists(wish->share)) {
        failure = (struct failure){GLX_FAILURE, GLXBadContext, 0};
    } else if (wish->share && context_wish_sharing(&wish->host, &wish->share->host.wish)) {
        failure = (struct failure){CORE_FAILURE, BadMatch, 0};
    } else if (glx_x_server(dpy)) {
        context = glx_context_create(wish, &egl_error);
    }
    process_unlock();
    if (egl_error == EGL_BAD_ALLOC) {
        message_error("the host has no memory or no room for another context: see its log");
    } else if (egl_error == EGL_BAD_MATCH) {
        failure = (struct failure){CORE_FAILURE, BadMatch, 0};
    } else if (egl_error) {
        failure = (struct failure){GLX_FAILURE, GLXBadFBConfig, 0};
    }
    raise_failure(dpy, &failure, minor);
    return (GLXContext)context;
}

GLXContext trireme_glXCreateContext(Display *dpy, XVisualInfo *visual, GLXContext share,
                                    Bool direct)
{
    const struct glx_config *config =
        (const struct glx_config *)trireme_glXGetFBConfigFromVisualSGIX(dpy, visual);
    if (!config) {
        glx_raise_core(dpy, BadValue, X_GLXCreateContext, visual->visualid);
        return NULL;
    }
    struct glx_context_wish wish = {
        .screen = config->screen,
        .config = config,
        .share = context_of(share),
        .render_type = GLX_RGBA_TYPE,
    };
    return create(dpy, &wish, X_GLXCreateContext);
}

static int render_type_error(int render_type)
{
    return render_type == GLX_COLOR_INDEX_TYPE ? BadMatch : BadValue;
}

GLXContext trireme_glXCreateNewContext(Display *dpy, GLXFBConfig handle, int render_type,
                                       GLXContext share, Bool direct)
{
    const struct glx_config *config = (const struct glx_config *)handle;
    if (!config) {
        glx_raise(dpy, GLXBadFBConfig, X_GLXCreateNewContext, 0);
        return NULL;
    }
    if (render_type != GLX_RGBA_TYPE) {
        glx_raise_core(dpy, render_type_error(render_type), X_GLXCreateNewContext, 0);
        return NULL;
    }
    struct glx_context_wish wish = {
        .screen = config->screen,
        .config = config,
        .share = context_of(share),
        .render_type = render_type,
    };
    return create(dpy, &wish, X_GLXCreateNewContext);
}

static struct failure failure_of(enum context_fault fault)
{
    switch (fault) {
    case CONTEXT_FAULT_NONE:
        return (struct failure){NO_FAILURE, 0, 0};
    case CONTEXT_FAULT_FLAGS:
        return (struct failure){CORE_FAILURE, BadValue, 0};
    case CONTEXT_FAULT_PROFILE:
        return (struct failure){GLX_FAILURE, GLXBadProfileARB, 0};
    case CONTEXT_FAULT_HOST:
        return (struct failure){GLX_FAILURE, GLXBadFBConfig, 0};
    default:
        return (struct failure){CORE_FAILURE, BadMatch, 0};
    }
}

/* Takes the attributes in; what is wrong with them is a failure. */
static struct failure take_attributes(struct glx_context_wish *wish, const int *list)
{
    struct context_attributes attributes;
    context_attributes_init(&attributes);
    for (; list && list[0] != None; list += 2) {
        int value = list[1];
        if (list[0] == GLX_RENDER_TYPE && value != GLX_RGBA_TYPE) {
            return (struct failure){CORE_FAILURE, render_type_error(value), 0};
        }
        if (list[0] == GLX_SCREEN) {
            wish->screen = value;
        } else if (list[0] != GLX_RENDER_TYPE &&
                   !context_attributes_set(&attributes, list[0], value)) {
            return (struct failure){CORE_FAILURE, BadValue, 0};
        }
    }
    return failure_of(context_wish_take(&wish->host, &attributes));
}

GLXContext trireme_glXCreateContextAttribsARB(Display *dpy, GLXFBConfig handle, GLXContext share,
                                              Bool direct, const int *attributes)
{
    const struct glx_config *config = (const struct glx_config *)handle;
    struct glx_context_wish wish = {
        .screen = config ? config->screen : DefaultScreen(dpy),
        .config = config,
        .share = context_of(share),
        .render_type = GLX_RGBA_TYPE,
    };
    struct failure failure = take_attributes(&wish, attributes);
    if (failure.kind != NO_FAILURE) {
        raise_failure(dpy, &failure, X_GLXCreateContextAttribsARB);
        return NULL;
    }
    return create(dpy, &wish, X_GLXCreateContextAttribsARB);
}

void trireme_glXDestroyContext(Display *dpy, GLXContext handle)
{
    struct glx_context *context = context_of(handle);
    process_lock();
    /* Programs destroy contexts twice, and other libraries let them. */
    if (glx_context_exists(context)) {
        glx_context_destroy(context);
    }
    process_unlock();
}

/* One drawable of a make-current; a reference in *drawable. */
static struct failure get_drawable(Display *dpy, GLXDrawable id, struct drawable **drawable)
{
    struct glx_drawable *found = id != None ? glx_drawable_get(dpy, id) : NULL;
    *drawable = NULL;
    if (id != None && !found) {
        return (struct failure){GLX_FAILURE, GLXBadDrawable, id};
    }
    if (found && found->kind != GLX_KIND_PBUFFER && found->image.depth != 24 &&
        found->image.depth != 32) {
        glx_drawable_unref(found);
        return (struct failure){CORE_FAILURE, BadMatch, id};
    }
    *drawable = found ? &found->base : NULL;
    return (struct failure){NO_FAILURE, 0, 0};
}

/* Under the lock. */
static struct failure make_current(Display *dpy, GLXDrawable draw_id, GLXDrawable read_id,
                                   struct glx_context *context)
{
    struct drawable *draw, *read;
    if (!glx_context_exists(context)) {
        return (struct failure){GLX_FAILURE, GLXBadContext, 0};
    }
    if ((draw_id == None) != (read_id == None)) {
        return (struct failure){CORE_FAILURE, BadMatch, 0};
    }
    if (context->host.is_current && context != glx_context_current()) {
        return (struct failure){CORE_FAILURE, BadAccess, 0};
    }
    struct failure failure = get_drawable(dpy, draw_id, &draw);
    if (failure.kind == NO_FAILURE) {
        failure = get_drawable(dpy, read_id, &read);
        if (failure.kind == NO_FAILURE) {
            glx_context_bind(context, draw, read);
            context->dpy = dpy;
        } else {
            drawable_unref(draw);
        }
    }
    return failure;
}

static Bool make_current_call(Display *dpy, GLXDrawable draw, GLXDrawable read, GLXContext handle,
                              int minor)
{
    struct failure failure = {NO_FAILURE, 0, 0};
    process_lock();
    if (handle) {
        failure = make_current(dpy, draw, read, context_of(handle));
    } else if (draw != None || read != None) {
        failure = (struct failure){CORE_FAILURE, BadMatch, 0};
    } else {
        glx_context_bind(NULL, NULL, NULL);
    }
    process_unlock();
    if (handle && failure.kind == NO_FAILURE) {
        context_follow_size(&context_of(handle)->host);
        context_take_copied(&context_of(handle)->host);
    }
    raise_failure(dpy, &failure, minor);
    return failure.kind == NO_FAILURE;
}

Bool trireme_glXMakeCurrent(Display *dpy, GLXDrawable drawable, GLXContext context)
{
    return make_current_call(dpy, drawable, drawable, context, X_GLXMakeCurrent);
}

Bool trireme_glXMakeContextCurrent(Display *dpy, GLXDrawable draw, GLXDrawable read,
                                   GLXContext context)
{
    return make_current_call(dpy, draw, read, context, X_GLXMakeContextCurrent);
}

Bool trireme_glXIsDirect(Display *dpy, GLXContext context)
{
    process_lock();
    bool exists = glx_context_exists(context_of(context));
    process_unlock();
    return exists;
}

int trireme_glXQueryContext(Display *dpy, GLXContext handle, int attribute, int *value)
{
    struct glx_context *context = context_of(handle);
    int result = 0;
    process_lock();
    if (!glx_context_exists(context)) {
        result = GLX_BAD_CONTEXT;
    } else if (attribute == GLX_FBCONFIG_ID) {
        *value = context->config ? context->config->id : None;
    } else if (attribute == GLX_RENDER_TYPE) {
        *value = context->render_type;
    } else if (attribute == GLX_SCREEN) {
        *value = context->screen;
    } else {
        result = GLX_BAD_ATTRIBUTE;
    }
    process_unlock();
    if (result == GLX_BAD_CONTEXT) {
        glx_raise(dpy, GLXBadContext, X_GLXQueryContext, 0);
    }
    return result;
}

/* Under the lock. */
static struct failure copy_context(struct glx_context *from, struct glx_context *to,
                                   unsigned long mask)
{
    if (!glx_context_exists(from) || !glx_context_exists(to)) {
        return (struct failure){GLX_FAILURE, GLXBadContext, 0};
    }
    if (to->host.is_current || (from->host.is_current && from != glx_context_current())) {
        return (struct failure){CORE_FAILURE, BadAccess, 0};
    }
    if (from->screen != to->screen || !context_has_attributes(&from->host.wish) ||
        !context_has_attributes(&to->host.wish)) {
        return (struct failure){CORE_FAILURE, BadMatch, 0};
    }
    const struct context_copy copy = {
        .groups = (uint32_t)mask,
        .shares_objects = from->host.member.group == to->host.member.group,
        .same_buffers = from->config == to->config,
    };
    if (!context_copy(&from->host, &to->host, &copy)) {
        message_error("glXCopyContext: the first context is lost, or between glBegin and glEnd");
    }
    return (struct failure){NO_FAILURE, 0, 0};
}

void trireme_glXCopyContext(Display *dpy, GLXContext from, GLXContext to, unsigned long mask)
{
    process_lock();
    struct failure failure = copy_context(context_of(from), context_of(to), mask);
    process_unlock();
    raise_failure(dpy, &failure, X_GLXCopyContext);
}
