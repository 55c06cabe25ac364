/* SPDX-License-Identifier: MIT */
/*
 * State that one context gets from another (glXCopyContext, wglCopyContext). EGL has nothing to do
 * it with, so it is read by queries and kept in the guest until the other context is current the
 * next time: that one draws to nothing meanwhile, and maybe the host does not even know it.
 */
#ifndef TRIREME_GUEST_CONTEXT_COPY_H
#define TRIREME_GUEST_CONTEXT_COPY_H

#include "guest/common/context.h"

struct context_copy {
    uint32_t groups;                   /* of attributes, as for glPushAttrib */
    bool shares_objects, same_buffers; /* attribute_groups.h */
};

/* There are groups of attributes in a context that is made so. */
bool context_has_attributes(const struct context_wish *wish);

/* Under the process lock. `from` is open, and the thread's context or nobody's; `to` is nobody's
 * and need not be open. False: memory is out, or `from` is lost or between glBegin and glEnd. */
bool context_copy(struct context *from, struct context *to, const struct context_copy *copy);

/* The thread's context, just made current, takes what it got. While it compiles a display list it
 * does not yet. */
void context_take_copied(struct context *context);

#endif
