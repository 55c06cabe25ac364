/* SPDX-License-Identifier: MIT */
#include <X11/Xutil.h>

#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"
#include "guest/linux/glx_error.h"

static const struct glx_config *config_of(GLXFBConfig handle)
{
    return (const struct glx_config *)handle;
}

/* A GLX object for a window or pixmap; 0: an error was raised. */
static XID create_for(Display *dpy, enum glx_drawable_kind kind, GLXFBConfig config, XID target,
                      int minor)
{
    if (!config) {
        glx_raise(dpy, GLXBadFBConfig, minor, 0);
        return None;
    }
    int error = kind == GLX_KIND_WINDOW ? BadWindow : BadPixmap;
    struct glx_drawable *drawable = NULL;
    process_lock();
    if (kind == GLX_KIND_WINDOW && glx_drawable_has_glx_window(dpy, (xcb_window_t)target)) {
        error = BadAlloc;
    } else {
        drawable = glx_drawable_create(dpy, kind, config_of(config), (xcb_drawable_t)target, 0, 0);
    }
    XID id = drawable ? drawable->id : None;
    process_unlock();
    if (id == None) {
        glx_raise_core(dpy, error, minor, target);
    }
    return id;
}

static void destroy(Display *dpy, XID id, enum glx_drawable_kind kind, int error, int minor)
{
    process_lock();
    struct glx_drawable *drawable = glx_drawable_find(dpy, id);
    bool found = drawable && drawable->kind == kind;
    if (found) {
        /* A GLXWindow ends with its window, though the event may still be under way. */
        XSync(dpy, False);
        found = glx_drawable_ask_size(drawable);
        glx_drawable_destroy(drawable);
    }
    process_unlock();
    if (!found) {
        glx_raise(dpy, error, minor, id);
    }
}

GLXWindow trireme_glXCreateWindow(Display *dpy, GLXFBConfig config, Window window,
                                  const int *attributes)
{
    return create_for(dpy, GLX_KIND_WINDOW, config, window, X_GLXCreateWindow);
}

void trireme_glXDestroyWindow(Display *dpy, GLXWindow window)
{
    destroy(dpy, window, GLX_KIND_WINDOW, GLXBadWindow, X_GLXDestroyWindow);
}

GLXPixmap trireme_glXCreatePixmap(Display *dpy, GLXFBConfig config, Pixmap pixmap,
                                  const int *attributes)
{
    return create_for(dpy, GLX_KIND_PIXMAP, config, pixmap, X_GLXCreatePixmap);
}

void trireme_glXDestroyPixmap(Display *dpy, GLXPixmap pixmap)
{
    destroy(dpy, pixmap, GLX_KIND_PIXMAP, GLXBadPixmap, X_GLXDestroyPixmap);
}

GLXPixmap trireme_glXCreateGLXPixmap(Display *dpy, XVisualInfo *visual, Pixmap pixmap)
{
    return create_for(dpy, GLX_KIND_PIXMAP, trireme_glXGetFBConfigFromVisualSGIX(dpy, visual),
                      pixmap, X_GLXCreateGLXPixmap);
}

void trireme_glXDestroyGLXPixmap(Display *dpy, GLXPixmap pixmap)
{
    trireme_glXDestroyPixmap(dpy, pixmap);
}

GLXPbuffer trireme_glXCreatePbuffer(Display *dpy, GLXFBConfig handle, const int *attributes)
{
    const struct glx_config *config = config_of(handle);
    uint32_t width = 0, height = 0;
    bool largest = false, preserved = true;
    if (!config) {
        glx_raise(dpy, GLXBadFBConfig, X_GLXCreatePbuffer, 0);
        return None;
    }
    for (; attributes && attributes[0] != None; attributes += 2) {
        switch (attributes[0]) {
        case GLX_PBUFFER_WIDTH:
            width = (uint32_t)attributes[1];
            break;
        case GLX_PBUFFER_HEIGHT:
            height = (uint32_t)attributes[1];
            break;
        case GLX_LARGEST_PBUFFER:
            largest = attributes[1];
            break;
        case GLX_PRESERVED_CONTENTS:
            preserved = attributes[1];
            break;
        default:
            break;
        }
    }
    const struct trireme_config *host = &config->host;
    if (width > host->max_pbuffer_width || height > host->max_pbuffer_height) {
        if (!largest) {
            glx_raise_core(dpy, BadAlloc, X_GLXCreatePbuffer, 0);
            return None;
        }
        width = width < host->max_pbuffer_width ? width : host->max_pbuffer_width;
        height = height < host->max_pbuffer_height ? height : host->max_pbuffer_height;
    }
    process_lock();
    struct glx_drawable *drawable =
        glx_drawable_create(dpy, GLX_KIND_PBUFFER, config, 0, width, height);
    if (drawable) {
        drawable->largest = largest;
        drawable->preserved = preserved;
    }
    XID id = drawable ? drawable->id : None;
    process_unlock();
    return id;
}

void trireme_glXDestroyPbuffer(Display *dpy, GLXPbuffer pbuffer)
{
    destroy(dpy, pbuffer, GLX_KIND_PBUFFER, GLXBadPbuffer, X_GLXDestroyPbuffer);
}

static unsigned fbconfig_id(const struct glx_drawable *drawable)
{
    const struct glx_config *config =
        drawable->config ? drawable->config : glx_drawable_visual_config(drawable);
    return config ? (unsigned)config->id : 0;
}

void trireme_glXQueryDrawable(Display *dpy, GLXDrawable id, int attribute, unsigned int *value)
{
    process_lock();
    struct glx_drawable *drawable = glx_drawable_get(dpy, id);
    if (drawable) {
        switch (attribute) {
        case GLX_WIDTH:
            glx_drawable_ask_size(drawable);
            *value = drawable->base.width;
            break;
        case GLX_HEIGHT:
            glx_drawable_ask_size(drawable);
            *value = drawable->base.height;
            break;
        case GLX_FBCONFIG_ID:
            *value = fbconfig_id(drawable);
            break;
        case GLX_PRESERVED_CONTENTS:
            *value = drawable->preserved;
            break;
        case GLX_LARGEST_PBUFFER:
            *value = drawable->largest;
            break;
        case GLX_EVENT_MASK:
            *value = (unsigned)drawable->event_mask;
            break;
        case GLX_SWAP_INTERVAL_EXT:
            *value = (unsigned)drawable->base.swap_interval;
            break;
        case GLX_MAX_SWAP_INTERVAL_EXT:
            *value = INT32_MAX;
            break;
        default:
            *value = 0;
        }
    }
    process_unlock();
    if (!drawable) {
        glx_raise(dpy, GLXBadDrawable, X_GLXGetDrawableAttributes, id);
    }
    glx_drawable_unref(drawable);
}

/* The only event is the loss of a pbuffer's contents, and they are never lost. */
void trireme_glXSelectEvent(Display *dpy, GLXDrawable id, unsigned long mask)
{
    process_lock();
    struct glx_drawable *drawable = glx_drawable_get(dpy, id);
    if (drawable) {
        drawable->event_mask = mask & GLX_PBUFFER_CLOBBER_MASK;
    }
    process_unlock();
    if (!drawable) {
        glx_raise(dpy, GLXBadDrawable, X_GLXChangeDrawableAttributes, id);
    }
    glx_drawable_unref(drawable);
}

void trireme_glXGetSelectedEvent(Display *dpy, GLXDrawable id, unsigned long *mask)
{
    process_lock();
    struct glx_drawable *drawable = glx_drawable_get(dpy, id);
    if (drawable) {
        *mask = drawable->event_mask;
    }
    process_unlock();
    if (!drawable) {
        glx_raise(dpy, GLXBadDrawable, X_GLXGetDrawableAttributes, id);
    }
    glx_drawable_unref(drawable);
}
