/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What watchers (watch.h) are told of a slot's context. */
#ifndef TRIREME_SLOT_WATCH_H
#define TRIREME_SLOT_WATCH_H

#include "core/slot.h"
#include "core/watch.h"

/* As watch_ops.look and watch_ops.look_away; nothing happens where the slot is no context. */
void slot_look(struct slot *slot, watch_each *each, void *each_data);
void slot_look_away(struct slot *slot);

#endif
