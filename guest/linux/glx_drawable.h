/* SPDX-License-Identifier: MIT */
/*
 * What a context can draw to: X windows (with or without a GLXWindow), pixmaps and pbuffers. The
 * host keeps a drawable of its own for each, made when it is first current.
 *
 * Found and changed under the process lock (glx_process.h); references keep the memory.
 */
#ifndef TRIREME_GLX_DRAWABLE_H
#define TRIREME_GLX_DRAWABLE_H

#include <GL/glx.h>
#include <stdbool.h>

#include "guest/common/present.h"
#include "guest/linux/glx_config.h"
#include "guest/linux/glx_process.h"
#include "guest/linux/x_image.h"

enum glx_drawable_kind { GLX_KIND_WINDOW, GLX_KIND_PIXMAP, GLX_KIND_PBUFFER };

struct glx_context;

/* A drawable of the host. */
struct glx_host_drawable {
    uint32_t id;      /* 0: none yet */
    uint32_t session; /* of that session (glx_session.number) */
    uint32_t config;
    uint32_t width, height; /* as the host was told last */
};

struct glx_drawable {
    struct glx_drawable *next;
    struct present_target shown; /* holds the references */
    XID id;
    enum glx_drawable_kind kind;
    struct x_server *server;
    xcb_drawable_t target;           /* the window or pixmap; 0: pbuffer */
    const struct glx_config *config; /* NULL: a window that GLX never heard of before */
    uint32_t width, height;          /* pixels, as of the last event */
    bool gone;                       /* the window is destroyed, or the GLX object is */
    bool preserved, largest;         /* what a pbuffer was asked to be */
    unsigned long event_mask;
    int swap_interval;
    struct x_image image;

    struct glx_host_drawable host;
    const struct glx_context *holder; /* that `host` is current to; NULL: none */
    /* The context that drew here last and let it go, and where its stream was then. */
    const struct glx_context *last_context;
    uint32_t last_position;
};

/* The drawable of an XID; an X window becomes one here. NULL: there is no such drawable. The
 * caller gets a reference. */
struct glx_drawable *glx_drawable_get(Display *dpy, GLXDrawable id);

/* Makes a GLXWindow, GLXPixmap (of `target`) or GLXPbuffer. NULL: `target` does not exist. */
struct glx_drawable *glx_drawable_create(Display *dpy, enum glx_drawable_kind kind,
                                         const struct glx_config *config, xcb_drawable_t target,
                                         uint32_t width, uint32_t height);

/* There is a GLXWindow for it already; there can be only one. */
bool glx_drawable_has_glx_window(Display *dpy, xcb_window_t window);

/* Only one that exists already; no reference. */
struct glx_drawable *glx_drawable_find(Display *dpy, GLXDrawable id);

/* The program destroys it; lives on while it is current. */
void glx_drawable_destroy(struct glx_drawable *drawable);

/* Any thread, also without the lock. */
struct glx_drawable *glx_drawable_ref(struct glx_drawable *drawable);
void glx_drawable_unref(struct glx_drawable *drawable);

/* Takes in what X servers report about windows: new sizes, destruction. */
void glx_drawables_poll(struct x_server *server);

/* The configuration that a window has by its visual; NULL: none. Asks the X server. */
const struct glx_config *glx_drawable_visual_config(const struct glx_drawable *drawable);

/* Asks the X server for the size now. False: the window is destroyed. */
bool glx_drawable_ask_size(struct glx_drawable *drawable);

/* Makes `host` right for a context of `session` with the host's configuration `config`, in the
 * drawable's size: a new one where it belongs to another session or configuration. */
void glx_host_drawable_prepare(struct glx_host_drawable *host, const struct glx_drawable *drawable,
                               struct glx_session *session, uint32_t config);

/* Under the lock; nothing happens if there is none. */
void glx_host_drawable_destroy(struct glx_host_drawable *host);

#endif
