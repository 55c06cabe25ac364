/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_drawable.h"

#include <X11/Xlibint.h>
#include <stddef.h>
#include <stdlib.h>

static struct glx_drawable *drawables;

struct glx_drawable *glx_drawable_ref(struct glx_drawable *drawable)
{
    present_target_ref(&drawable->shown);
    return drawable;
}

void glx_drawable_unref(struct glx_drawable *drawable)
{
    if (drawable) {
        present_target_unref(&drawable->shown);
    }
}

static struct glx_drawable *drawable_of(struct present_target *shown)
{
    return (struct glx_drawable *)((char *)shown - offsetof(struct glx_drawable, shown));
}

static void show(struct present_target *shown, const struct frame *frame)
{
    struct glx_drawable *drawable = drawable_of(shown);
    if (drawable->target && !drawable->gone) {
        x_image_show(&drawable->image, frame, drawable->width, drawable->height);
    }
}

static void destroy(struct present_target *shown)
{
    struct glx_drawable *drawable = drawable_of(shown);
    x_image_finish(&drawable->image);
    free(drawable);
}

static void remove_from_table(struct glx_drawable *drawable)
{
    for (struct glx_drawable **link = &drawables; *link; link = &(*link)->next) {
        if (*link == drawable) {
            *link = drawable->next;
            glx_drawable_unref(drawable);
            return;
        }
    }
}

static struct glx_drawable *add_to_table(struct x_server *server, XID id,
                                         enum glx_drawable_kind kind, xcb_drawable_t target,
                                         uint8_t depth)
{
    struct glx_drawable *drawable = calloc(1, sizeof *drawable);
    if (!drawable) {
        return NULL;
    }
    drawable->shown = (struct present_target){.references = 1, .show = show, .destroy = destroy};
    drawable->id = id;
    drawable->kind = kind;
    drawable->server = server;
    drawable->target = target;
    drawable->swap_interval = 1;
    x_image_init(&drawable->image, server, target, depth);
    drawable->next = drawables;
    drawables = drawable;
    return drawable;
}

static struct glx_drawable *find(struct x_server *server, XID id)
{
    struct glx_drawable *drawable = drawables;
    while (drawable && (drawable->id != id || drawable->server != server || drawable->gone)) {
        drawable = drawable->next;
    }
    return drawable;
}

struct glx_drawable *glx_drawable_find(Display *dpy, GLXDrawable id)
{
    struct x_server *server = glx_x_server(dpy);
    return server ? find(server, id) : NULL;
}

bool glx_drawable_has_glx_window(Display *dpy, xcb_window_t window)
{
    struct x_server *server = glx_x_server(dpy);
    if (!server) {
        return false;
    }
    glx_drawables_poll(server);
    struct glx_drawable *drawable = drawables;
    while (drawable && (drawable->target != window || drawable->server != server ||
                        drawable->id == window || drawable->kind != GLX_KIND_WINDOW)) {
        drawable = drawable->next;
    }
    return drawable != NULL;
}

/* Size and depth of a window or pixmap; false: it does not exist. */
static bool ask_geometry(struct x_server *server, xcb_drawable_t target, uint32_t *width,
                         uint32_t *height, uint8_t *depth)
{
    xcb_generic_error_t *error = NULL;
    xcb_get_geometry_reply_t *geometry = xcb_get_geometry_reply(
        server->connection, xcb_get_geometry(server->connection, target), &error);
    bool exists = geometry != NULL;
    if (exists) {
        *width = geometry->width;
        *height = geometry->height;
        *depth = geometry->depth;
    }
    free(geometry);
    free(error);
    return exists;
}

/* Events go to each client that asks, so this disturbs nobody's. */
static void watch_window(struct x_server *server, xcb_window_t window)
{
    uint32_t mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(server->connection, window, XCB_CW_EVENT_MASK, &mask);
    xcb_flush(server->connection);
}

static struct glx_drawable *add_target(Display *dpy, struct x_server *server, XID id,
                                       enum glx_drawable_kind kind, xcb_drawable_t target)
{
    uint32_t width, height;
    uint8_t depth;
    /* What the program has created must exist before another connection can name it. */
    XSync(dpy, False);
    if (kind == GLX_KIND_WINDOW) {
        watch_window(server, target);
    }
    if (!ask_geometry(server, target, &width, &height, &depth)) {
        return NULL;
    }
    struct glx_drawable *drawable = add_to_table(server, id, kind, target, depth);
    if (drawable) {
        drawable->width = width;
        drawable->height = height;
    }
    return drawable;
}

struct glx_drawable *glx_drawable_get(Display *dpy, GLXDrawable id)
{
    struct x_server *server = glx_x_server(dpy);
    if (!server || id == None) {
        return NULL;
    }
    glx_drawables_poll(server);
    struct glx_drawable *drawable = find(server, id);
    if (!drawable) {
        drawable = add_target(dpy, server, id, GLX_KIND_WINDOW, (xcb_drawable_t)id);
    }
    return drawable ? glx_drawable_ref(drawable) : NULL;
}

static XID new_id(Display *dpy)
{
    LockDisplay(dpy);
    XID id = XAllocID(dpy);
    UnlockDisplay(dpy);
    return id;
}

struct glx_drawable *glx_drawable_create(Display *dpy, enum glx_drawable_kind kind,
                                         const struct glx_config *config, xcb_drawable_t target,
                                         uint32_t width, uint32_t height)
{
    struct x_server *server = glx_x_server(dpy);
    struct glx_drawable *drawable = NULL;
    if (server && kind == GLX_KIND_PBUFFER) {
        drawable = add_to_table(server, new_id(dpy), kind, 0, 0);
        if (drawable) {
            drawable->width = width;
            drawable->height = height;
        }
    } else if (server) {
        drawable = add_target(dpy, server, new_id(dpy), kind, target);
    }
    if (drawable) {
        drawable->config = config;
    }
    return drawable;
}

void glx_drawable_destroy(struct glx_drawable *drawable)
{
    glx_host_drawable_destroy(&drawable->host);
    drawable->gone = true;
    remove_from_table(drawable);
}

static void window_resized(struct x_server *server, xcb_window_t window, uint32_t width,
                           uint32_t height)
{
    for (struct glx_drawable *drawable = drawables; drawable; drawable = drawable->next) {
        if (drawable->server == server && drawable->kind == GLX_KIND_WINDOW &&
            drawable->target == window) {
            drawable->width = width;
            drawable->height = height;
        }
    }
}

static void window_destroyed(struct x_server *server, xcb_window_t window)
{
    struct glx_drawable *next;
    for (struct glx_drawable *drawable = drawables; drawable; drawable = next) {
        next = drawable->next;
        if (drawable->server == server && drawable->kind == GLX_KIND_WINDOW &&
            drawable->target == window) {
            glx_drawable_destroy(drawable);
        }
    }
}

void glx_drawables_poll(struct x_server *server)
{
    xcb_generic_event_t *event;
    while ((event = xcb_poll_for_event(server->connection))) {
        switch (event->response_type & 0x7f) {
        case XCB_CONFIGURE_NOTIFY: {
            xcb_configure_notify_event_t *configure = (xcb_configure_notify_event_t *)event;
            window_resized(server, configure->window, configure->width, configure->height);
            break;
        }
        case XCB_DESTROY_NOTIFY:
            window_destroyed(server, ((xcb_destroy_notify_event_t *)event)->window);
            break;
        default: /* others that StructureNotify brings, and errors about windows that are gone */
            break;
        }
        free(event);
    }
}

bool glx_drawable_ask_size(struct glx_drawable *drawable)
{
    uint32_t width, height;
    uint8_t depth;
    if (drawable->kind != GLX_KIND_WINDOW) {
        return true;
    }
    if (drawable->gone ||
        !ask_geometry(drawable->server, drawable->target, &width, &height, &depth)) {
        return false;
    }
    drawable->width = width;
    drawable->height = height;
    return true;
}

const struct glx_config *glx_drawable_visual_config(const struct glx_drawable *drawable)
{
    struct x_server *server = drawable->server;
    struct x_visual *visual = NULL;
    xcb_generic_error_t *error = NULL;
    xcb_get_window_attributes_reply_t *window = xcb_get_window_attributes_reply(
        server->connection, xcb_get_window_attributes(server->connection, drawable->target),
        &error);
    for (unsigned i = 0; window && !visual && i < server->screen_count; i++) {
        visual = x_screen_visual(&server->screens[i], window->visual);
    }
    free(window);
    free(error);
    return visual ? visual->config : NULL;
}

void glx_host_drawable_destroy(struct glx_host_drawable *host)
{
    struct glx_session *session = glx_session_find(host->session);
    if (session && host->id) {
        session_destroy_drawable(session->session, host->id);
    }
    host->id = 0;
}

void glx_host_drawable_prepare(struct glx_host_drawable *host, const struct glx_drawable *drawable,
                               struct glx_session *session, uint32_t config)
{
    if (host->id && host->session == session->number && host->config == config) {
        return;
    }
    glx_host_drawable_destroy(host);
    *host = (struct glx_host_drawable){
        .id = session_new_drawable(session->session),
        .session = session->number,
        .config = config,
        .width = drawable->width,
        .height = drawable->height,
    };
}

void glx_drawables_forked(void)
{
    /* Images name objects of a connection that is the parent's: not to be freed here. */
    drawables = NULL;
}
