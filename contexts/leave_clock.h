/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Order between the contexts of a share group. Each context has a clock: its LEAVE records publish
 * the numbers 1, 2, 3, …, each with a fence in the GL's stream; a WAIT record of another context
 * blocks that context's thread until the number is published, and its GL until the fence has
 * passed.
 *
 * The guest publishes a LEAVE in its ring before it publishes a WAIT for it. So a thread that,
 * after the WAIT was read, has looked at its ring, found it empty and still has not published the
 * number, never will: the waiting guest broke the rule. A cycle of waits would last for ever: who
 * closes it has broken the rule as well. Everything else ends by itself or by the caller's
 * `stopped`.
 *
 *     owner's thread: publish, idle, close     any thread: wait, ref, unref
 *     All state stands under the share group's lock.
 */
#ifndef TRIREME_LEAVE_CLOCK_H
#define TRIREME_LEAVE_CLOCK_H

#include <stdbool.h>

#include "contexts/share_group.h"

struct leave_clock;

enum leave_wait {
    LEAVE_REACHED,     /* or the other context has ended: nothing to wait for any more */
    LEAVE_STOPPED,     /* the caller's thread shall end */
    LEAVE_CYCLE,       /* the other context waits for this one */
    LEAVE_NEVER_GIVEN, /* the number does not exist */
};

/* `group` must outlive the clock's owner, `display` the clock. */
struct leave_clock *leave_clock_create(struct share_group *group, const struct display *display);
struct leave_clock *leave_clock_ref(struct leave_clock *clock);
void leave_clock_unref(struct leave_clock *clock);

/* The clock counts for this group. */
bool leave_clock_is_of(const struct leave_clock *clock, const struct share_group *group);

/* LEAVE(number); its context is current. False: not the next number. */
bool leave_clock_publish(struct leave_clock *clock, uint32_t number);

/* The owner found its ring empty. Cheap unless somebody waits. */
void leave_clock_idle(struct leave_clock *clock);

/* The owner ends: nobody waits for it any more. Deletes its fence. */
void leave_clock_close(struct leave_clock *clock);

/* WAIT: the thread of `own` waits for `other`'s number. Calls no GL. */
enum leave_wait leave_clock_wait(struct leave_clock *own, struct leave_clock *other,
                                 uint32_t number, bool (*stopped)(void *data), void *data);

/* What the current context does from now on comes after all that `clock` has published. */
void leave_clock_follow(struct leave_clock *clock);

#endif
