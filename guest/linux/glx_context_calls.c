/* SPDX-License-Identifier: MIT */
#include <X11/Xutil.h>

#include "guest/common/message.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"
#include "guest/linux/glx_error.h"

/* What the host may answer to CONTEXT_CREATE (EGL 1.5, section 3.1). */
#define EGL_BAD_ALLOC 0x3003
#define EGL_BAD_MATCH 0x3009

#define CORE_SINCE ((3u << 8) | 2u)

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
    glx_lock();
    wish->server = glx_x_server(dpy);
    if (wish->share && !glx_context_exists(wish->share)) {
        failure = (struct failure){GLX_FAILURE, GLXBadContext, 0};
    } else if (wish->server) {
        context = glx_context_create(wish, &egl_error);
    }
    glx_unlock();
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

/* Is there such a version of OpenGL? (GLX_ARB_create_context, Errors) */
static bool version_exists(int major, int minor)
{
    static const int last_minor[] = {-1, 5, 1, 3, 6};
    return major >= 1 && major <= 4 && minor >= 0 && minor <= last_minor[major];
}

/* Takes the attributes in; what is wrong with them is a failure. */
static struct failure take_attributes(struct glx_context_wish *wish, const int *attributes)
{
    struct failure bad_match = {CORE_FAILURE, BadMatch, 0};
    struct failure bad_value = {CORE_FAILURE, BadValue, 0};
    int major = 1, minor = 0, flags = 0, profile = GLX_CONTEXT_CORE_PROFILE_BIT_ARB;
    for (; attributes && attributes[0] != None; attributes += 2) {
        int value = attributes[1];
        switch (attributes[0]) {
        case GLX_CONTEXT_MAJOR_VERSION_ARB:
            major = value;
            break;
        case GLX_CONTEXT_MINOR_VERSION_ARB:
            minor = value;
            break;
        case GLX_CONTEXT_FLAGS_ARB:
            flags = value;
            break;
        case GLX_CONTEXT_PROFILE_MASK_ARB:
            profile = value;
            break;
        case GLX_RENDER_TYPE:
            if (value != GLX_RGBA_TYPE) {
                return (struct failure){CORE_FAILURE, render_type_error(value), 0};
            }
            break;
        case GLX_CONTEXT_RESET_NOTIFICATION_STRATEGY_ARB:
            if (value != GLX_NO_RESET_NOTIFICATION_ARB && value != GLX_LOSE_CONTEXT_ON_RESET_ARB) {
                return bad_match;
            }
            wish->loses_on_reset = value == GLX_LOSE_CONTEXT_ON_RESET_ARB;
            break;
        case GLX_SCREEN:
            wish->screen = value;
            break;
        case GLX_CONTEXT_OPENGL_NO_ERROR_ARB: /* a promise that nothing needs to rely on */
            break;
        default:
            return bad_value;
        }
    }
    const int known_flags = GLX_CONTEXT_DEBUG_BIT_ARB | GLX_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB |
                            GLX_CONTEXT_ROBUST_ACCESS_BIT_ARB;
    if (flags & ~known_flags) {
        return bad_value;
    }
    if (profile != GLX_CONTEXT_CORE_PROFILE_BIT_ARB &&
        profile != GLX_CONTEXT_COMPATIBILITY_PROFILE_BIT_ARB) {
        return (struct failure){GLX_FAILURE, GLXBadProfileARB, 0};
    }
    if (!version_exists(major, minor) ||
        ((flags & GLX_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB) && major < 3)) {
        return bad_match;
    }
    wish->version = (uint32_t)major << 8 | (uint32_t)minor;
    /* Profiles begin with 3.2; below it the mask says nothing. */
    bool core = wish->version >= CORE_SINCE && profile == GLX_CONTEXT_CORE_PROFILE_BIT_ARB;
    wish->profile = core ? TRIREME_PROFILE_CORE : TRIREME_PROFILE_COMPATIBILITY;
    wish->flags =
        (flags & GLX_CONTEXT_DEBUG_BIT_ARB ? TRIREME_CONTEXT_DEBUG : 0) |
        (flags & GLX_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB ? TRIREME_CONTEXT_FORWARD_COMPATIBLE : 0) |
        (wish->loses_on_reset ? TRIREME_CONTEXT_LOSE_ON_RESET : 0);
    return (struct failure){NO_FAILURE, 0, 0};
}

/* Does the host have the version? Asked before it, to spare a slot: programs try versions out. */
static bool host_has_version(const struct glx_context_wish *wish)
{
    bool has = true;
    glx_lock();
    struct glx_session *session = glx_session_get();
    if (session) {
        const struct trireme_session_info *info = &session->session->info;
        has = wish->version <=
              (wish->profile == TRIREME_PROFILE_CORE ? info->max_core : info->max_compat);
        glx_session_unref(session);
    }
    glx_unlock();
    return has;
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
    if (failure.kind == NO_FAILURE && !host_has_version(&wish)) {
        failure = (struct failure){GLX_FAILURE, GLXBadFBConfig, 0};
    }
    if (failure.kind != NO_FAILURE) {
        raise_failure(dpy, &failure, X_GLXCreateContextAttribsARB);
        return NULL;
    }
    return create(dpy, &wish, X_GLXCreateContextAttribsARB);
}

void trireme_glXDestroyContext(Display *dpy, GLXContext handle)
{
    struct glx_context *context = context_of(handle);
    glx_lock();
    /* Programs destroy contexts twice, and other libraries let them. */
    if (glx_context_exists(context)) {
        if (context->is_current) {
            context->destroyed = true;
        } else {
            glx_context_destroy(context);
        }
    }
    glx_unlock();
}

/* One drawable of a make-current; a reference in *drawable. */
static struct failure get_drawable(Display *dpy, GLXDrawable id, const struct glx_context *context,
                                   struct glx_drawable **drawable)
{
    *drawable = id != None ? glx_drawable_get(dpy, id) : NULL;
    if (id != None && !*drawable) {
        return (struct failure){GLX_FAILURE, GLXBadDrawable, id};
    }
    if (*drawable && (*drawable)->kind != GLX_KIND_PBUFFER && (*drawable)->image.depth != 24 &&
        (*drawable)->image.depth != 32) {
        glx_drawable_unref(*drawable);
        *drawable = NULL;
        return (struct failure){CORE_FAILURE, BadMatch, id};
    }
    return (struct failure){NO_FAILURE, 0, 0};
}

/* Under the lock. */
static struct failure make_current(Display *dpy, GLXDrawable draw_id, GLXDrawable read_id,
                                   struct glx_context *context)
{
    struct glx_drawable *draw, *read;
    if (!glx_context_exists(context)) {
        return (struct failure){GLX_FAILURE, GLXBadContext, 0};
    }
    if ((draw_id == None) != (read_id == None)) {
        return (struct failure){CORE_FAILURE, BadMatch, 0};
    }
    if (context->is_current && context != glx_context_current()) {
        return (struct failure){CORE_FAILURE, BadAccess, 0};
    }
    struct failure failure = get_drawable(dpy, draw_id, context, &draw);
    if (failure.kind == NO_FAILURE) {
        failure = get_drawable(dpy, read_id, context, &read);
        if (failure.kind == NO_FAILURE) {
            glx_context_bind(context, draw, read);
            context->dpy = dpy;
        } else {
            glx_drawable_unref(draw);
        }
    }
    return failure;
}

static Bool make_current_call(Display *dpy, GLXDrawable draw, GLXDrawable read, GLXContext handle,
                              int minor)
{
    struct failure failure = {NO_FAILURE, 0, 0};
    glx_lock();
    if (handle) {
        failure = make_current(dpy, draw, read, context_of(handle));
    } else if (draw != None || read != None) {
        failure = (struct failure){CORE_FAILURE, BadMatch, 0};
    } else {
        glx_context_bind(NULL, NULL, NULL);
    }
    glx_unlock();
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
    glx_lock();
    bool exists = glx_context_exists(context_of(context));
    glx_unlock();
    return exists;
}

int trireme_glXQueryContext(Display *dpy, GLXContext handle, int attribute, int *value)
{
    struct glx_context *context = context_of(handle);
    int result = 0;
    glx_lock();
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
    glx_unlock();
    if (result == GLX_BAD_CONTEXT) {
        glx_raise(dpy, GLXBadContext, X_GLXQueryContext, 0);
    }
    return result;
}

void trireme_glXCopyContext(Display *dpy, GLXContext from, GLXContext to, unsigned long mask)
{
    /* The host's EGL has nothing to do it with. */
    message_error("glXCopyContext is not carried: the program's second context keeps its state");
}
