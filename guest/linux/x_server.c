/* SPDX-License-Identifier: MIT */
#include "guest/linux/x_server.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xcb/shm.h>

static bool usable_visual(const xcb_visualtype_t *visual)
{
    return visual->_class == XCB_VISUAL_CLASS_TRUE_COLOR && visual->red_mask == 0xff0000 &&
           visual->green_mask == 0xff00 && visual->blue_mask == 0xff;
}

static void add_visual(struct x_screen *screen, xcb_visualid_t id, uint8_t depth, bool first)
{
    struct x_visual *visuals =
        realloc(screen->visuals, (screen->visual_count + 1) * sizeof *visuals);
    if (!visuals) {
        return;
    }
    screen->visuals = visuals;
    unsigned place = screen->visual_count++;
    if (first) {
        memmove(visuals + 1, visuals, place * sizeof *visuals);
        place = 0;
    }
    visuals[place] = (struct x_visual){.id = id, .depth = depth};
}

static void read_screen(struct x_screen *screen, int number, xcb_screen_t *from)
{
    screen->number = number;
    screen->root = from->root;
    for (xcb_depth_iterator_t depth = xcb_screen_allowed_depths_iterator(from); depth.rem;
         xcb_depth_next(&depth)) {
        if (depth.data->depth != 24 && depth.data->depth != 32) {
            continue;
        }
        for (xcb_visualtype_iterator_t visual = xcb_depth_visuals_iterator(depth.data); visual.rem;
             xcb_visualtype_next(&visual)) {
            if (usable_visual(visual.data)) {
                xcb_visualid_t id = visual.data->visual_id;
                add_visual(screen, id, depth.data->depth, id == from->root_visual);
            }
        }
    }
}

/* The requests of xcb-shm travel with descriptors or with System V ids; these need version 1.0. */
static bool query_shm(xcb_connection_t *connection)
{
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(connection, &xcb_shm_id);
    if (!extension || !extension->present) {
        return false;
    }
    xcb_shm_query_version_reply_t *version =
        xcb_shm_query_version_reply(connection, xcb_shm_query_version(connection), NULL);
    bool has_shm = version != NULL;
    free(version);
    return has_shm;
}

struct x_server *x_server_connect(const char *name)
{
    xcb_connection_t *connection = xcb_connect(name, NULL);
    if (xcb_connection_has_error(connection)) {
        xcb_disconnect(connection);
        return NULL;
    }
    const xcb_setup_t *setup = xcb_get_setup(connection);
    unsigned screens = (unsigned)xcb_setup_roots_length(setup);
    struct x_server *server = calloc(1, sizeof *server);
    if (!server || !(server->name = strdup(name)) ||
        !(server->screens = calloc(screens, sizeof *server->screens))) {
        if (server) {
            free(server->name);
        }
        free(server);
        xcb_disconnect(connection);
        return NULL;
    }
    server->connection = connection;
    server->screen_count = screens;
    server->has_shm = query_shm(connection);
    xcb_screen_iterator_t screen = xcb_setup_roots_iterator(setup);
    for (unsigned i = 0; i < screens; i++, xcb_screen_next(&screen)) {
        read_screen(&server->screens[i], (int)i, screen.data);
    }
    return server;
}

void x_server_abandon(struct x_server *server)
{
    /* xcb_disconnect() would shut the socket down, which the parent still uses. What the structure
     * holds stays allocated: configurations may be in the program's hands. */
    close(xcb_get_file_descriptor(server->connection));
}

struct x_screen *x_server_screen(struct x_server *server, int number)
{
    return number >= 0 && (unsigned)number < server->screen_count ? &server->screens[number] : NULL;
}

struct x_visual *x_screen_visual(struct x_screen *screen, xcb_visualid_t id)
{
    for (unsigned i = 0; i < screen->visual_count; i++) {
        if (screen->visuals[i].id == id) {
            return &screen->visuals[i];
        }
    }
    return NULL;
}
