/* SPDX-License-Identifier: MIT */
/*
 * An X server as this library sees it: through a connection of its own, so that presenting and
 * window events never get into the way of the program's connection. Made once for each display
 * name and kept; programs open and close displays, and use GLXFBConfigs of one on another.
 */
#ifndef TRIREME_X_SERVER_H
#define TRIREME_X_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/xcb.h>

struct glx_config;

/* A TrueColor visual with 8 bits for each colour, as frames have them. */
struct x_visual {
    xcb_visualid_t id;
    uint8_t depth; /* 24 or 32 */
    /* What a program gets that knows the visual only: what it chose last with it. */
    const struct glx_config *config;
};

struct x_screen {
    int number;
    xcb_window_t root;
    struct x_visual *visuals; /* the screen's default visual first, where it qualifies */
    unsigned visual_count;
    struct glx_config *configs; /* glx_config.h; NULL until a session described them */
    unsigned config_count;
};

struct x_server {
    struct x_server *next;
    char *name; /* as XOpenDisplay() takes it */
    xcb_connection_t *connection;
    bool has_shm;
    struct x_screen *screens;
    unsigned screen_count;
};

/* NULL: no connection. */
struct x_server *x_server_connect(const char *name);

/* In the child of a fork: closes the descriptor without a word to the X server. */
void x_server_abandon(struct x_server *server);

struct x_screen *x_server_screen(struct x_server *server, int number);
struct x_visual *x_screen_visual(struct x_screen *screen, xcb_visualid_t id);

#endif
