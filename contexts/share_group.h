/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A share group: the contexts of one session that named the same group number, and nobody else.
 * They share GL's objects; the lock also orders their leave points (leave_clock.h).
 *
 * Contexts hold references, session_objects.h hands them out. All functions from any thread.
 */
#ifndef TRIREME_SHARE_GROUP_H
#define TRIREME_SHARE_GROUP_H

#include <glib.h>

#include "contexts/display.h"
#include "dispatch/gl_share.h"

struct share_group {
    uint32_t number;
    unsigned references; /* under the session's lock */
    GMutex lock;
    GCond changed;    /* a leave number was published, a context idles or ended */
    GArray *contexts; /* of EGLContext, under lock: any of them can be shared with */
    struct gl_share gl;
};

struct share_group *share_group_create(uint32_t number);
void share_group_destroy(struct share_group *group);

/* An EGL context that shares with the group's others. EGL_NO_CONTEXT with *egl_error set. */
EGLContext share_group_create_context(struct share_group *group, const struct display *display,
                                      const struct trireme_context_create *wanted,
                                      EGLint *egl_error);
void share_group_destroy_context(struct share_group *group, const struct display *display,
                                 EGLContext context);

#endif
