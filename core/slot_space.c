/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/slot_space.h"

#include <string.h>

void slot_space_init(struct slot_space *slot, struct window_space *space, uint8_t *window,
                     uint32_t slots, uint32_t number)
{
    *slot = (struct slot_space){
        .space = space,
        .window = window,
        .table = (struct trireme_slot_areas *)(window + TRIREME_AREAS_OFFSET(slots, number)),
        .kept = g_array_new(FALSE, FALSE, sizeof(struct window_area)),
    };
    memset(slot->table->areas, 0, sizeof slot->table->areas);
}

void slot_space_finish(struct slot_space *slot)
{
    if (slot->kept) {
        g_array_unref(slot->kept);
    }
}

static bool held(const struct slot_space *slot)
{
    return __atomic_load_n(&slot->table->held, __ATOMIC_ACQUIRE) != 0;
}

/* In the order that struct trireme_area asks for. */
static void tell(struct slot_space *slot, enum trireme_area_use use)
{
    const struct window_area *area = &slot->areas[use];
    struct trireme_area *line = &slot->table->areas[use];
    __atomic_store_n(&line->bytes, 0, __ATOMIC_RELEASE);
    __atomic_store_n(&line->offset, area->offset, __ATOMIC_RELEASE);
    __atomic_store_n(&line->bytes, area->bytes, __ATOMIC_RELEASE);
}

static void give(struct slot_space *slot, enum trireme_area_use use)
{
    struct window_area area = slot->areas[use];
    if (area.bytes == 0) {
        return;
    }
    slot->areas[use] = (struct window_area){0};
    tell(slot, use);
    if (held(slot)) {
        g_array_append_val(slot->kept, area);
    } else {
        window_space_give(slot->space, &area);
    }
}

static bool take_kept(struct slot_space *slot, uint64_t bytes, struct window_area *area)
{
    for (guint i = 0; i < slot->kept->len; i++) {
        *area = g_array_index(slot->kept, struct window_area, i);
        if (area->bytes >= bytes) {
            g_array_remove_index_fast(slot->kept, i);
            return true;
        }
    }
    return false;
}

/* Of a held slot. Frames that grow step by step leave areas behind: with powers of two these are
 * few, and not larger in all than the last. */
static bool take_cleared(struct slot_space *slot, uint64_t bytes, struct window_area *area)
{
    uint64_t rounded = TRIREME_PAGE;
    while (rounded < bytes && rounded < TRIREME_WINDOW_MAX) {
        rounded *= 2;
    }
    if (take_kept(slot, bytes, area)) {
        return true;
    }
    if (!window_space_take(slot->space, MAX(rounded, bytes), area) &&
        !window_space_take(slot->space, bytes, area)) {
        return false;
    }
    memset(slot->window + area->offset, 0, area->bytes);
    return true;
}

bool slot_space_take(struct slot_space *slot, enum trireme_area_use use, uint64_t bytes)
{
    struct window_area area;
    give(slot, use);
    if (!(held(slot) ? take_cleared(slot, bytes, &area)
                     : window_space_take(slot->space, bytes, &area))) {
        return false;
    }
    slot->areas[use] = area;
    tell(slot, use);
    return true;
}

void slot_space_give(struct slot_space *slot)
{
    for (int use = 0; use < TRIREME_AREAS; use++) {
        give(slot, use);
    }
}

void slot_space_settle(struct slot_space *slot)
{
    if (held(slot)) {
        return;
    }
    for (guint i = 0; i < slot->kept->len; i++) {
        window_space_give(slot->space, &g_array_index(slot->kept, struct window_area, i));
    }
    g_array_set_size(slot->kept, 0);
}

void slot_space_reset(struct slot_space *slot)
{
    __atomic_store_n(&slot->table->held, 0, __ATOMIC_RELEASE);
}
