/* SPDX-License-Identifier: MIT */
/*
 * What a context can draw to: X windows (with or without a GLXWindow), pixmaps and pbuffers.
 *
 * Found and changed under the process lock (glx_process.h); references keep the memory.
 */
#ifndef TRIREME_GLX_DRAWABLE_H
#define TRIREME_GLX_DRAWABLE_H

#include <GL/glx.h>
#include <stdbool.h>

#include "guest/common/drawable.h"
#include "guest/linux/glx_config.h"
#include "guest/linux/glx_process.h"
#include "guest/linux/x_image.h"

enum glx_drawable_kind { GLX_KIND_WINDOW, GLX_KIND_PIXMAP, GLX_KIND_PBUFFER };

struct glx_drawable {
    struct glx_drawable *next;
    struct drawable base;
    XID id;
    enum glx_drawable_kind kind;
    struct x_server *server;
    xcb_drawable_t target;           /* the window or pixmap; 0: pbuffer */
    const struct glx_config *config; /* NULL: a window that GLX never heard of before */
    bool gone;                       /* the window is destroyed, or the GLX object is */
    bool preserved, largest;         /* what a pbuffer was asked to be */
    unsigned long event_mask;
    struct x_image image;
    struct {
        uint32_t width, height;
    } asked_sizes[8]; /* what the program took for the window's size and was not */
    unsigned next_asked_size;
};

/* NULL: NULL. */
struct glx_drawable *glx_drawable_of(struct drawable *base);

/* NULL is fine. Any thread, also without the lock. */
static inline void glx_drawable_unref(struct glx_drawable *drawable)
{
    if (drawable) {
        drawable_unref(&drawable->base);
    }
}

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

/* Takes in what X servers report about windows: new sizes, destruction. */
void glx_drawables_poll(struct x_server *server);

/* The configuration that a window has by its visual; NULL: none. Asks the X server. */
const struct glx_config *glx_drawable_visual_config(const struct glx_drawable *drawable);

/* Asks the X server for the size now. False: the window is destroyed. */
bool glx_drawable_ask_size(struct glx_drawable *drawable);

#endif
