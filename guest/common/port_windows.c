/* SPDX-License-Identifier: MIT */
/* Which way to the host a Windows program takes: Trireme's driver, else Wine's files. */
#include "guest/common/port_windows.h"

#include <windows.h>

#include "guest/common/message.h"

/*
 * A wait has three parts, as on Linux (port_device.c): looks at the count, giving the processor
 * away in between; WAIT, each read of which leaves the guest; then naps.
 */
#define LOOKS 64
#define WAITS_BEFORE_NAPS 2

/* How often a slot was waited for in a row with the same count. Any thread: that several mix up
 * theirs costs a few exits. */
static struct {
    uint32_t seen, waits;
} last[TRIREME_MAX_SLOTS];

struct port *port_open(struct port_error *error)
{
    bool absent = false;
    struct port *port = port_driver_open(&absent, error);
    if (!port && absent) {
        port = port_files_open(error);
    }
    if (port) {
        message_debug("the device has %u slots, its window %llu bytes", port->slots,
                      (unsigned long long)port->window_size);
    }
    return port;
}

static bool may_wait(uint32_t slot, uint32_t seen)
{
    uint32_t before = __atomic_exchange_n(&last[slot].seen, seen, __ATOMIC_RELAXED);
    if (before != seen) {
        __atomic_store_n(&last[slot].waits, 0, __ATOMIC_RELAXED);
    }
    return __atomic_fetch_add(&last[slot].waits, 1, __ATOMIC_RELAXED) < WAITS_BEFORE_NAPS;
}

bool port_windows_wait(struct port *port, uint32_t slot, uint32_t seen, bool has_wait)
{
    const struct trireme_slot_page *page = port_slot_page(port, slot);
    for (int i = 0; i < LOOKS; i++) {
        if (__atomic_load_n(&page->completions, __ATOMIC_ACQUIRE) != seen) {
            return false;
        }
        Sleep(0);
    }
    if (has_wait && may_wait(slot, seen)) {
        return true;
    }
    Sleep(1);
    return false;
}
