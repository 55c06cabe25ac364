/* SPDX-License-Identifier: MIT */
/*
 * A GLX context: what GLX knows of it beyond a context at the host. A GLXContext is a pointer to
 * one. Made and destroyed under the process lock.
 */
#ifndef TRIREME_GLX_CONTEXT_H
#define TRIREME_GLX_CONTEXT_H

#include "guest/common/context.h"
#include "guest/linux/glx_config.h"
#include "guest/linux/glx_drawable.h"

struct glx_context {
    struct context host;
    int screen;
    const struct glx_config *config; /* NULL: made without one */
    int render_type;
    bool destroyed; /* by the program while it was current: freed when it is let go */
    Display *dpy;   /* that it was made current with */
};

/* What a context is made from. */
struct glx_context_wish {
    int screen;
    const struct glx_config *config; /* NULL: none */
    const struct glx_context *share; /* NULL: none */
    int render_type;
    struct context_wish host; /* its version, profile and flags */
};

/* Under the process lock. NULL: *egl_error is what the host said, or 0 where it could not even be
 * asked; that was said on stderr. */
struct glx_context *glx_context_create(const struct glx_context_wish *wish, uint32_t *egl_error);

/* Under the process lock; the program has no more use for it. */
void glx_context_destroy(struct glx_context *context);

/* Is it one of ours that is not destroyed? Under the process lock. */
bool glx_context_exists(const struct glx_context *context);

/* The calling thread's; NULL: none. */
struct glx_context *glx_context_current(void);

/* Makes the context current to the thread, with references to its drawables passed over; NULL:
 * none. What was current is let go. Under the process lock; then, without it,
 * context_follow_size(). */
void glx_context_bind(struct glx_context *context, struct drawable *draw, struct drawable *read);

#endif
