/* SPDX-License-Identifier: MIT */
/* Which of the memory that the system gave the device is what. */
#ifndef TRIREME_DRIVER_RESOURCES_H
#define TRIREME_DRIVER_RESOURCES_H

#include <stdbool.h>
#include <stdint.h>

struct device_memory {
    uint64_t start; /* physical */
    uint64_t bytes;
};

struct device_resources {
    struct device_memory registers, window;
};

/* From the memory ranges in the order of the device's BARs. False: these are not a Trireme's. */
bool device_resources_pick(const struct device_memory *ranges, uint32_t count,
                           struct device_resources *resources);

/* What the registers say of slots and window goes with that memory. */
bool device_resources_fit(const struct device_resources *resources, uint32_t slots,
                          uint32_t window_size);

#endif
