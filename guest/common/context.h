/* SPDX-License-Identifier: MIT */
/*
 * A context at the host: a slot, its encoder and its tracked state, what it draws to, its place in
 * its share group. The window-system library embeds it in what programs call a context.
 *
 * Opened and closed under the process lock. While it is current it belongs to that thread.
 */
#ifndef TRIREME_GUEST_CONTEXT_H
#define TRIREME_GUEST_CONTEXT_H

#include <stddef.h>

#include "guest/common/context_wish.h"
#include "guest/common/drawable.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"
#include "guest/common/share_group.h"

struct attribute_values;

struct context {
    struct context *next; /* all that are open in the process */
    uint64_t serial;      /* no two contexts of a process have the same; not 0 */
    struct host_session *session;
    struct slot slot;
    struct gl_encoder encoder;
    struct present *present;
    struct share_member member;
    struct context_wish wish; /* `share` is of no use any more */

    bool is_current;                 /* under the process lock */
    struct attribute_values *copied; /* for when it is current the next time (context_copy.h) */
    /* While current: the thread's. */
    struct drawable *draw, *read;                /* references; NULL: none */
    struct host_drawable *draw_host, *read_host; /* the host's, of these or of this context */
    struct host_drawable aliases[2]; /* where the drawable's own cannot be this context's */
    bool draws_front;                /* the draw buffer is the front buffer */
    bool front_drawn;                /* or was, since it was shown last */
};

/* Takes a slot for a context that is opened later, so that it is certain to get one. False: there
 * is none, which was said. Keeps a reference to the session. */
bool context_take_slot(struct context *context, struct host_session *session);
/* Gives it back, if the context has one and was not opened. */
void context_give_slot(struct context *context);

/* The context is zeroed or has a slot. False: *egl_error is what the host said, or 0 where it could
 * not even be asked, which was said. Then it has no slot any more. Keeps a reference to the
 * session. */
bool context_open(struct context *context, struct host_session *session,
                  const struct context_wish *wish, uint32_t *egl_error);

/* The context is open and not current anywhere. */
void context_close(struct context *context);

/* The context has become lost, or was; then its calls do nothing any more. Its thread. */
bool context_check_lost(struct context *context);

/* The context if it is open, else NULL. */
struct context *context_find(const struct context *context);

/* The open context of a serial; NULL: it is not open any more. */
struct context *context_of_serial(uint64_t serial);

/* In the child of a fork: the parent's contexts are none here, but the program may hold them. */
void contexts_forked(void);

/* The calling thread's; NULL: none. */
static inline struct context *context_current(void)
{
    struct gl_encoder *e = gl_encoder_current();
    return e == &gl_null_encoder
               ? NULL
               : (struct context *)((char *)e - offsetof(struct context, encoder));
}

/*
 * context_current.c: the context's thread and the host know the same drawables.
 */

/* Under the lock. The context is the thread's from now on, which has no other; it draws to these,
 * whose references are passed over; both or neither may be NULL. Then, without the lock, comes
 * context_follow_size(). */
void context_bind(struct context *context, struct drawable *draw, struct drawable *read);
/* Under the lock: the thread's context is no longer current. */
void context_let_go(struct context *context);
/* Where other contexts have the drawables current as well: all that was sent is executed when this
 * returns, since the program may tell their threads to go on. */
void context_settle(struct context *context);
/* Takes in the size of the drawables, and tells the host. Not under the lock. */
void context_follow_size(struct context *context);
/* The same for what is drawn to: glViewport tells what size the program may know of already. */
void context_viewport(struct context *context, uint32_t width, uint32_t height);

/* What a drawable has for the context: one that has no configuration of its own is as the context
 * is. */
bool context_double_buffered(const struct context *context, const struct drawable *drawable);

/*
 * context_frames.c: when what was drawn is seen. The context's thread.
 */

/* The drawable's buffers are swapped. */
void context_swap(struct context *context);
/* glFlush and glFinish: show the front buffer where it is drawn to. */
void context_flush(struct context *context);
void context_finish(struct context *context);
/* Contexts that share objects may rely on what was done so far, and this one on what they did. */
void context_leave_point(struct context *context);
/* glDrawBuffer says where from now on. */
void context_draw_buffer(struct context *context, uint32_t buffer);

#endif
