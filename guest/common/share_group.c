/* SPDX-License-Identifier: MIT */
#include "guest/common/share_group.h"

#include <stdlib.h>
#include <string.h>

#include "guest/common/encoder_link.h"
#include "guest/common/threads.h"

struct share_group {
    struct thread_lock lock; /* for the list and what it reaches, but each member's `leaves` */
    struct share_member *members;
    unsigned count;  /* atomic */
    uint32_t leaves; /* atomic: of all members together */
    uint32_t number;
    uint32_t joined; /* atomic: members that there have ever been */
    struct name_pool names[POOL_SHARED_KINDS];
};

struct share_group *share_group_create(uint32_t number)
{
    struct share_group *group = calloc(1, sizeof *group);
    if (group) {
        thread_lock_init(&group->lock);
        group->number = number;
    }
    return group;
}

uint32_t share_group_number(const struct share_group *group)
{
    return group->number;
}

void share_group_discard(struct share_group *group)
{
    thread_lock_finish(&group->lock);
    free(group);
}

void share_group_join(struct share_group *group, struct share_member *member,
                      const struct slot *slot)
{
    memset(member, 0, sizeof *member);
    member->group = group;
    member->slot = slot->number;
    member->serial = slot->serial;
    thread_lock_take(&group->lock);
    member->next = group->members;
    group->members = member;
    __atomic_fetch_add(&group->count, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&group->joined, 1, __ATOMIC_RELEASE);
    thread_lock_give(&group->lock);
}

void share_group_part(struct share_member *member)
{
    struct share_group *group = member->group;
    thread_lock_take(&group->lock);
    struct share_member **link = &group->members;
    while (*link != member) {
        link = &(*link)->next;
    }
    *link = member->next;
    bool last = __atomic_sub_fetch(&group->count, 1, __ATOMIC_RELAXED) == 0;
    thread_lock_give(&group->lock);
    if (last) {
        share_group_discard(group);
    }
}

bool share_group_has_others(const struct share_member *member)
{
    return __atomic_load_n(&member->group->count, __ATOMIC_RELAXED) > 1;
}

const uint32_t *share_group_joined(const struct share_group *group)
{
    return &group->joined;
}

struct name_pool *share_group_names(struct share_group *group)
{
    return group->names;
}

const uint32_t *share_group_leaves(const struct share_group *group)
{
    return &group->leaves;
}

void share_group_leave(struct share_member *member, struct gl_encoder *encoder)
{
    struct trireme_leave leave = {.number = member->leaves + 1};
    encoder_link_put(encoder, TRIREME_OP_LEAVE, &leave, sizeof leave);
    gl_encoder_flush(encoder);
    /* Only now may others wait for it: the host must find the LEAVE before any WAIT. */
    __atomic_store_n(&member->leaves, leave.number, __ATOMIC_RELEASE);
    uint32_t before = __atomic_fetch_add(&member->group->leaves, 1, __ATOMIC_RELEASE);
    if (member->seen == before) {
        member->seen++;
    }
}

void share_group_catch_up(struct share_member *member, struct gl_encoder *encoder)
{
    struct share_group *group = member->group;
    uint32_t leaves = __atomic_load_n(&group->leaves, __ATOMIC_ACQUIRE);
    if (leaves == member->seen) {
        return;
    }
    member->seen = leaves;
    thread_lock_take(&group->lock);
    for (struct share_member *other = group->members; other; other = other->next) {
        struct trireme_wait wait = {
            .slot = other->slot,
            .serial = other->serial,
            .number = __atomic_load_n(&other->leaves, __ATOMIC_ACQUIRE),
        };
        bool known = member->waited[other->slot].serial == other->serial;
        if (other == member || wait.number == 0 ||
            (known && member->waited[other->slot].number == wait.number)) {
            continue;
        }
        encoder_link_put(encoder, TRIREME_OP_WAIT, &wait, sizeof wait);
        member->waited[other->slot].serial = wait.serial;
        member->waited[other->slot].number = wait.number;
    }
    thread_lock_give(&group->lock);
}
