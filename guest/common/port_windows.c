/* SPDX-License-Identifier: MIT */
/* Which way to the host a Windows program takes: Trireme's driver, else Wine's files. */
#include "guest/common/port_windows.h"

#include <windows.h>

#include "guest/common/message.h"

#define LOOKS 64

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

bool port_windows_look(struct port *port, uint32_t slot, uint32_t seen)
{
    const struct trireme_slot_page *page = port_slot_page(port, slot);
    for (int i = 0; i < LOOKS; i++) {
        if (__atomic_load_n(&page->completions, __ATOMIC_ACQUIRE) != seen) {
            return true;
        }
        Sleep(0);
    }
    return false;
}
