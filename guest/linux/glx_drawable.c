/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_drawable.h"

#include <X11/Xlibint.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static struct glx_drawable *drawables;

struct glx_drawable *glx_drawable_of(struct drawable *base)
{
    return base ? (struct glx_drawable *)((char *)base - offsetof(struct glx_drawable, base))
                : NULL;
}

static struct glx_drawable *shown_at(struct present_target *shown)
{
    return glx_drawable_of((struct drawable *)((char *)shown - offsetof(struct drawable, shown)));
}

static void show(struct present_target *shown, const struct frame *frame)
{
    struct glx_drawable *drawable = shown_at(shown);
    if (drawable->target && !drawable->gone) {
        x_image_show(&drawable->image, frame, drawable->base.width, drawable->base.height);
    }
}

static void destroy(struct present_target *shown)
{
    struct glx_drawable *drawable = shown_at(shown);
    x_image_finish(&drawable->image);
    free(drawable);
}

/* Has this size been looked into already? Programs set viewports for framebuffer objects too, and
 * asking the X server each time would be slow. */
static bool asked_before(struct glx_drawable *drawable, uint32_t width, uint32_t height)
{
    const unsigned places = sizeof drawable->asked_sizes / sizeof drawable->asked_sizes[0];
    for (unsigned i = 0; i < places; i++) {
        if (drawable->asked_sizes[i].width == width && drawable->asked_sizes[i].height == height) {
            return true;
        }
    }
    unsigned place = drawable->next_asked_size++ % places;
    drawable->asked_sizes[place].width = width;
    drawable->asked_sizes[place].height = height;
    return false;
}

static bool has_size(const struct drawable *base, uint32_t width, uint32_t height)
{
    return base->width == width && base->height == height;
}

/* The event of a size that the program knows of may not have reached this library's connection. */
static void look(struct drawable *base, uint32_t width, uint32_t height)
{
    struct glx_drawable *drawable = glx_drawable_of(base);
    uint32_t old_width = base->width, old_height = base->height;
    bool told = width > 0 && height > 0;
    if (told && has_size(base, width, height)) {
        return;
    }
    process_lock();
    glx_drawables_poll(drawable->server);
    if (told && !has_size(base, width, height) && !asked_before(drawable, width, height)) {
        glx_drawable_ask_size(drawable);
    }
    process_unlock();
    if (!has_size(base, old_width, old_height)) {
        memset(drawable->asked_sizes, 0, sizeof drawable->asked_sizes);
    }
}

static void remove_from_table(struct glx_drawable *drawable)
{
    for (struct glx_drawable **link = &drawables; *link; link = &(*link)->next) {
        if (*link == drawable) {
            *link = drawable->next;
            drawable_unref(&drawable->base);
            return;
        }
    }
}

static struct glx_drawable *add_to_table(struct x_server *server, XID id,
                                         enum glx_drawable_kind kind,
                                         const struct glx_config *config, xcb_drawable_t target,
                                         uint8_t depth, uint32_t width, uint32_t height)
{
    struct glx_drawable *drawable = calloc(1, sizeof *drawable);
    if (!drawable) {
        return NULL;
    }
    drawable->base = (struct drawable){
        .shown = {.references = 1, .show = show, .destroy = destroy},
        .kind = kind == GLX_KIND_PBUFFER ? TRIREME_DRAWABLE_PBUFFER : TRIREME_DRAWABLE_WINDOW,
        .width = width,
        .height = height,
        .config = config ? config->host.id : 0,
        .double_buffered = config && config->double_buffered && kind != GLX_KIND_PIXMAP,
        .swap_interval = 1,
        .look = kind == GLX_KIND_WINDOW ? look : NULL,
    };
    drawable->id = id;
    drawable->kind = kind;
    drawable->server = server;
    drawable->target = target;
    drawable->config = config;
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
                                       enum glx_drawable_kind kind, const struct glx_config *config,
                                       xcb_drawable_t target)
{
    uint32_t width, height;
    uint8_t depth;
    /* What the program has created must exist before another connection can name it. */
    XSync(dpy, False);
    if (kind == GLX_KIND_WINDOW) {
        watch_window(server, target);
    }
    return ask_geometry(server, target, &width, &height, &depth)
               ? add_to_table(server, id, kind, config, target, depth, width, height)
               : NULL;
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
        drawable = add_target(dpy, server, id, GLX_KIND_WINDOW, NULL, (xcb_drawable_t)id);
    }
    if (drawable) {
        drawable_ref(&drawable->base);
    }
    return drawable;
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
    if (!server) {
        return NULL;
    }
    return kind == GLX_KIND_PBUFFER
               ? add_to_table(server, new_id(dpy), kind, config, 0, 0, width, height)
               : add_target(dpy, server, new_id(dpy), kind, config, target);
}

void glx_drawable_destroy(struct glx_drawable *drawable)
{
    host_drawable_destroy(&drawable->base.host);
    drawable->gone = true;
    remove_from_table(drawable);
}

static void window_resized(struct x_server *server, xcb_window_t window, uint32_t width,
                           uint32_t height)
{
    for (struct glx_drawable *drawable = drawables; drawable; drawable = drawable->next) {
        if (drawable->server == server && drawable->kind == GLX_KIND_WINDOW &&
            drawable->target == window) {
            drawable->base.width = width;
            drawable->base.height = height;
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
    drawable->base.width = width;
    drawable->base.height = height;
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

void glx_drawables_forked(void)
{
    /* Images name objects of a connection that is the parent's: not to be freed here. */
    drawables = NULL;
}
