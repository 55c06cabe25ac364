/* SPDX-License-Identifier: MIT */
/*
 * A real Windows: Trireme's driver (guest/windows/driver/protocol.h) maps what belongs to the slots
 * of this program, and nothing else. It frees them when the program ends, however it does.
 */
#include <stdlib.h>
#include <windows.h>

#include "guest/common/port_windows.h"
#include "guest/windows/driver/protocol.h"
#include "ring/shared_memory.h"

/* How often a slot that the host is still freeing is asked for, a millisecond apart. */
#define CLAIMS 50

struct port_driver {
    struct port port;
    HANDLE device;
    uint32_t features; /* of the registers */
    struct trireme_window_header header;
    struct trireme_driver_pages pages[TRIREME_MAX_SLOTS]; /* of slots that are locked */
};

static struct port_driver *port_driver(struct port *port)
{
    return (struct port_driver *)port;
}

static bool ask(struct port_driver *driver, enum trireme_driver_code code, void *in, DWORD in_bytes,
                void *out, DWORD out_bytes)
{
    DWORD returned = 0;
    return DeviceIoControl(driver->device, code, in, in_bytes, out, out_bytes, &returned, NULL) &&
           returned == out_bytes;
}

static volatile uint32_t *slot_register(struct port *port, uint32_t slot, uint32_t reg)
{
    uintptr_t registers = (uintptr_t)port_driver(port)->pages[slot].registers;
    return (volatile uint32_t *)(registers + reg);
}

static void driver_doorbell(struct port *port, uint32_t slot, uint32_t position)
{
    *slot_register(port, slot, TRIREME_REG_DOORBELL) = position;
}

static struct trireme_slot_page *driver_slot_page(struct port *port, uint32_t slot)
{
    return (struct trireme_slot_page *)(uintptr_t)port_driver(port)->pages[slot].page;
}

static void driver_wait(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us)
{
    if (port_windows_wait(port, slot, seen, port_driver(port)->features & TRIREME_FEATURE_WAIT)) {
        port_count_exit(port);
        __atomic_store_n(&driver_slot_page(port, slot)->wait_for, seen, __ATOMIC_RELEASE);
        ring_fence();
        (void)*slot_register(port, slot, TRIREME_REG_WAIT);
    }
}

/* Word by word, since other threads may be reading. */
static void refresh(struct port_driver *driver, const struct trireme_window_header *header)
{
    const uint32_t *from = (const uint32_t *)header;
    uint32_t *to = (uint32_t *)&driver->header;
    for (size_t i = 0; i < sizeof *header / sizeof *to; i++) {
        __atomic_store_n(&to[i], from[i], __ATOMIC_RELAXED);
    }
}

static bool driver_alive(struct port *port)
{
    struct port_driver *driver = port_driver(port);
    struct trireme_driver_header answer;
    if (!ask(driver, TRIREME_DRIVER_HEADER, NULL, 0, &answer, sizeof answer)) {
        return false;
    }
    refresh(driver, &answer.header);
    return true;
}

static bool driver_lock(struct port *port, uint32_t slot)
{
    struct port_driver *driver = port_driver(port);
    struct trireme_driver_slot in = {.slot = slot};
    for (int i = 0; i < CLAIMS; i++) {
        if (ask(driver, TRIREME_DRIVER_CLAIM, &in, sizeof in, &driver->pages[slot],
                sizeof driver->pages[slot])) {
            return true;
        }
        if (GetLastError() != ERROR_RETRY) {
            break;
        }
        Sleep(1);
    }
    return false;
}

static void driver_unlock(struct port *port, uint32_t slot)
{
    struct trireme_driver_slot in = {.slot = slot};
    ask(port_driver(port), TRIREME_DRIVER_RELEASE, &in, sizeof in, NULL, 0);
}

static uint8_t *driver_memory(struct port *port, uint32_t slot, uint32_t offset, uint32_t bytes)
{
    struct trireme_driver_range in = {.slot = slot, .offset = offset, .bytes = bytes};
    struct trireme_driver_view view;
    if (!ask(port_driver(port), TRIREME_DRIVER_MAP, &in, sizeof in, &view, sizeof view)) {
        return NULL;
    }
    return (uint8_t *)(uintptr_t)view.address + (offset - view.offset);
}

static void driver_destroy(struct port *port, bool forked)
{
    CloseHandle(port_driver(port)->device);
    free(port);
}

static const struct port_ops driver_ops = {
    .doorbell = driver_doorbell,
    .wait = driver_wait,
    .alive = driver_alive,
    .lock = driver_lock,
    .unlock = driver_unlock,
    .slot_page = driver_slot_page,
    .memory = driver_memory,
    .destroy = driver_destroy,
};

static HANDLE open_device(void)
{
    HANDLE device = CreateFileA(TRIREME_DRIVER_NT, GENERIC_READ | GENERIC_WRITE, 0, NULL,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    return device != INVALID_HANDLE_VALUE
               ? device
               : CreateFileA(TRIREME_DRIVER_9X, 0, 0, NULL, OPEN_EXISTING,
                             FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

/* False: *error says why, or the driver has no device. */
static bool check_driver(struct port_driver *driver, bool *absent, struct port_error *error)
{
    struct trireme_driver_header answer;
    if (!ask(driver, TRIREME_DRIVER_HEADER, NULL, 0, &answer, sizeof answer)) {
        *absent = true;
        return false;
    }
    if (answer.protocol != TRIREME_DRIVER_PROTOCOL) {
        port_error_set(error,
                       "the driver speaks version %u of its protocol, this library version %u: "
                       "install both from one Trireme",
                       answer.protocol, TRIREME_DRIVER_PROTOCOL);
        error->fault = PORT_FAULT_VERSION;
        return false;
    }
    driver->features = answer.features;
    driver->port.window_size = answer.window_size;
    refresh(driver, &answer.header);
    if (!port_check_header(&driver->port, error)) {
        return false;
    }
    if (!(driver->header.features & TRIREME_FEATURE_AREAS)) {
        port_error_set(error, "the host's Trireme is too old for this driver: update it");
        error->fault = PORT_FAULT_VERSION;
        return false;
    }
    return true;
}

struct port *port_driver_open(bool *absent, struct port_error *error)
{
    HANDLE device = open_device();
    *absent = device == INVALID_HANDLE_VALUE;
    if (*absent) {
        return NULL;
    }
    struct port_driver *driver = calloc(1, sizeof *driver);
    if (!driver) {
        CloseHandle(device);
        port_error_set(error, "out of memory");
        return NULL;
    }
    driver->port.ops = &driver_ops;
    driver->port.header = &driver->header;
    driver->device = device;
    if (!check_driver(driver, absent, error)) {
        driver_destroy(&driver->port, false);
        return NULL;
    }
    return &driver->port;
}
