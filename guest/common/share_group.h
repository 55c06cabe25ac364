/* SPDX-License-Identifier: MIT */
/*
 * Contexts that share objects, and the order between their streams. A context gives out leave
 * numbers (TRIREME_OP_LEAVE) where another may rely on what it did: when it stops being current,
 * at glFlush and glFinish. Another context of the group waits (TRIREME_OP_WAIT) for all that were
 * given out since it last looked, when it becomes current and behind its own flushes.
 */
#ifndef TRIREME_SHARE_GROUP_H
#define TRIREME_SHARE_GROUP_H

#include "guest/common/gl_encoder.h"
#include "guest/common/slot.h"

struct share_group;

/* A context's place in its group. */
struct share_member {
    struct share_member *next;
    struct share_group *group;
    uint32_t slot, serial; /* how the host knows the context */
    uint32_t leaves;       /* atomic: numbers given out and published */
    uint32_t seen;         /* the group's count of leaves when this one last waited */
    /* By slot: up to which number of which context this one has waited. */
    struct {
        uint32_t serial, number;
    } waited[TRIREME_MAX_SLOTS];
};

/* A new group, with no member; `number` is how the host knows it. NULL: out of memory. */
struct share_group *share_group_create(uint32_t number);
uint32_t share_group_number(const struct share_group *group);
/* How many contexts have ever been in the group: atomic, as long as the group is. */
const uint32_t *share_group_joined(const struct share_group *group);

/* Leave points of all its members together: the same. */
const uint32_t *share_group_leaves(const struct share_group *group);

/* POOL_SHARED_KINDS pools, as long as the group is. */
struct name_pool *share_group_names(struct share_group *group);

/* Enters the context of an open slot. */
void share_group_join(struct share_group *group, struct share_member *member,
                      const struct slot *slot);
/* The group ends with its last member. */
void share_group_part(struct share_member *member);
/* For a group that nobody has joined. */
void share_group_discard(struct share_group *group);

/* The rest: the member's thread. */

/* True: there are others. */
bool share_group_has_others(const struct share_member *member);

/* A leave point of the member's: everything before it is published with it. */
void share_group_leave(struct share_member *member, struct gl_encoder *encoder);

/* Orders what follows behind the leave points of the others. Cheap if there are no new ones. */
void share_group_catch_up(struct share_member *member, struct gl_encoder *encoder);

#endif
