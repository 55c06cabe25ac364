/* SPDX-License-Identifier: MIT */
#include "guest/glide/window.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/message.h"
#include "guest/linux/x_image.h"
#include "guest/linux/x_server.h"

#define TITLE "Glide"

struct glide_window {
    struct present_target target;
    pthread_mutex_t lock; /* for `open`: frames come from another thread, too */
    bool open, own;
    xcb_window_t id;
    uint32_t width, height;
    struct x_image image;
};

/* The display's, for the life of the process. */
static struct x_server *server;

static bool connect_to_server(void)
{
    const char *display = getenv("DISPLAY");
    if (!server || xcb_connection_has_error(server->connection)) {
        server = x_server_connect(display ? display : "");
    }
    if (!server || server->screen_count == 0) {
        message_error("no X server at DISPLAY=%s", display ? display : "");
        return false;
    }
    return true;
}

/* A visual that frames fit; the default one where it does. */
static const struct x_visual *choose_visual(const struct x_screen *screen)
{
    return screen->visual_count > 0 ? &screen->visuals[0] : NULL;
}

static uint8_t open_own(struct glide_window *window)
{
    const struct x_screen *screen = &server->screens[0];
    const struct x_visual *visual = choose_visual(screen);
    xcb_connection_t *connection = server->connection;
    if (!visual) {
        return 0;
    }
    const xcb_colormap_t colors = xcb_generate_id(connection);
    const uint32_t values[] = {0, 0, colors};
    xcb_create_colormap(connection, XCB_COLORMAP_ALLOC_NONE, colors, screen->root, visual->id);
    window->id = xcb_generate_id(connection);
    xcb_create_window(connection, visual->depth, window->id, screen->root, 0, 0,
                      (uint16_t)window->width, (uint16_t)window->height, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, visual->id,
                      XCB_CW_BACK_PIXEL | XCB_CW_BORDER_PIXEL | XCB_CW_COLORMAP, values);
    xcb_change_property(connection, XCB_PROP_MODE_REPLACE, window->id, XCB_ATOM_WM_NAME,
                        XCB_ATOM_STRING, 8, strlen(TITLE), TITLE);
    xcb_map_window(connection, window->id);
    /* It lives as long as a window that has it. */
    xcb_free_colormap(connection, colors);
    return visual->depth;
}

/* The program's window's depth; 0: it is none. */
static uint8_t look_at(xcb_window_t id)
{
    xcb_get_geometry_reply_t *geometry =
        xcb_get_geometry_reply(server->connection, xcb_get_geometry(server->connection, id), NULL);
    uint8_t depth = geometry ? geometry->depth : 0;
    free(geometry);
    return depth == 24 || depth == 32 ? depth : 0;
}

static uint8_t take(struct glide_window *window, xcb_window_t id)
{
    uint8_t depth = id ? look_at(id) : 0;
    if (depth) {
        const uint32_t size[] = {window->width, window->height};
        window->id = id;
        xcb_configure_window(server->connection, id,
                             XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
    }
    return depth;
}

static struct glide_window *window_of(struct present_target *target)
{
    return (struct glide_window *)((char *)target - offsetof(struct glide_window, target));
}

static void show(struct present_target *target, const struct frame *frame)
{
    struct glide_window *window = window_of(target);
    pthread_mutex_lock(&window->lock);
    if (window->open) {
        x_image_show(&window->image, frame, window->width, window->height);
    }
    pthread_mutex_unlock(&window->lock);
}

static void destroy(struct present_target *target)
{
    struct glide_window *window = window_of(target);
    pthread_mutex_destroy(&window->lock);
    free(window);
}

struct glide_window *glide_window_open(uintptr_t handle, uint32_t width, uint32_t height)
{
    struct glide_window *window = connect_to_server() ? calloc(1, sizeof *window) : NULL;
    if (!window) {
        return NULL;
    }
    window->target = (struct present_target){.references = 1, .show = show, .destroy = destroy};
    pthread_mutex_init(&window->lock, NULL);
    window->width = width;
    window->height = height;
    uint8_t depth = take(window, (xcb_window_t)handle);
    window->own = depth == 0;
    depth = window->own ? open_own(window) : depth;
    if (depth == 0) {
        present_target_unref(&window->target);
        return NULL;
    }
    xcb_flush(server->connection);
    x_image_init(&window->image, server, window->id, depth);
    window->open = true;
    return window;
}

void glide_window_close(struct glide_window *window)
{
    if (!window) {
        return;
    }
    pthread_mutex_lock(&window->lock);
    window->open = false;
    x_image_finish(&window->image);
    if (window->own) {
        xcb_destroy_window(server->connection, window->id);
        xcb_flush(server->connection);
    }
    pthread_mutex_unlock(&window->lock);
    present_target_unref(&window->target);
}

struct present_target *glide_window_target(struct glide_window *window)
{
    return &window->target;
}
