/* SPDX-License-Identifier: MIT */
/*
 * A GLX context: a slot, its encoder and its tracked state, what it draws to, its place in its
 * share group. A GLXContext is a pointer to one.
 *
 * Made and destroyed under the process lock. While it is current it belongs to that thread.
 */
#ifndef TRIREME_GLX_CONTEXT_H
#define TRIREME_GLX_CONTEXT_H

#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"
#include "guest/common/present.h"
#include "guest/linux/glx_config.h"
#include "guest/linux/glx_drawable.h"
#include "guest/common/share_group.h"

struct glx_context {
    struct glx_context *next; /* all of the process */
    struct x_server *server;
    int screen;
    const struct glx_config *config; /* NULL: made without one */
    int render_type;
    XID id;
    bool loses_on_reset;

    struct glx_session *session;
    struct slot slot;
    struct gl_encoder encoder;
    struct present *present;
    struct share_member member;

    /* Under the process lock. */
    bool is_current;
    bool destroyed; /* by the program while it was current: freed when it is let go */

    /* While current: the thread's. */
    struct glx_drawable *draw, *read;                /* NULL: none */
    struct glx_host_drawable *draw_host, *read_host; /* the host's, of these or of this context */
    struct glx_host_drawable aliases[2];
    GLXDrawable draw_id, read_id;
    Display *dpy;     /* that it was made current with */
    bool draws_front; /* the draw buffer is the front buffer */
    struct {
        uint32_t width, height;
    } asked_sizes[8]; /* viewports that are known not to be the window's size */
    unsigned next_asked_size;
};

/* What a context is made from. */
struct glx_context_wish {
    struct x_server *server;
    int screen;
    const struct glx_config *config;  /* NULL: none */
    const struct glx_context *share;  /* NULL: none */
    uint32_t version, profile, flags; /* as in struct trireme_context_create */
    int render_type;
    bool loses_on_reset;
};

/* Under the process lock. NULL: *egl_error is what the host said, or 0 where it could not even be
 * asked; that was said on stderr. */
struct glx_context *glx_context_create(const struct glx_context_wish *wish, uint32_t *egl_error);

/* Under the process lock; the context is not current anywhere. */
void glx_context_destroy(struct glx_context *context);

/* The context, if it still has memory. Under the process lock. */
struct glx_context *glx_context_find(const struct glx_context *context);

/* Is it one of ours that is not destroyed? Under the process lock. */
bool glx_context_exists(const struct glx_context *context);

/* Whether the drawable has a back buffer for the context. */
bool glx_context_double_buffered(const struct glx_context *context,
                                 const struct glx_drawable *draw);

/* The context has become lost, or was; then its calls do nothing any more. */
bool glx_context_check_lost(struct glx_context *context);

/* glx_current.c */

/* The calling thread's; NULL: none. */
struct glx_context *glx_context_current(void);

/* After a fork: it is not this process's. */
void glx_context_forget_current(void);

/* Makes the context current to the thread, with references to its drawables passed over; NULL:
 * none. What was current is let go. Under the process lock. */
void glx_context_bind(struct glx_context *context, struct glx_drawable *draw,
                      struct glx_drawable *read);

/* Takes in the size of the current drawables, and tells the host. The context's thread. */
void glx_context_follow_size(struct glx_context *context);

#endif
