/* SPDX-License-Identifier: MIT */
#include "guest/windows/driver/resources.h"

#include "ring/abi.h"

bool device_resources_pick(const struct device_memory *ranges, uint32_t count,
                           struct device_resources *resources)
{
    if (count != 2 || ranges[0].bytes < TRIREME_PAGE || ranges[1].bytes < TRIREME_WINDOW_MIN ||
        ranges[1].bytes > TRIREME_WINDOW_MAX || ranges[0].start % TRIREME_PAGE != 0 ||
        ranges[1].start % TRIREME_PAGE != 0) {
        return false;
    }
    resources->registers = ranges[0];
    resources->window = ranges[1];
    return true;
}

bool device_resources_fit(const struct device_resources *resources, uint32_t slots,
                          uint32_t window_size)
{
    return slots >= 1 && slots <= TRIREME_MAX_SLOTS && window_size % TRIREME_PAGE == 0 &&
           window_size <= resources->window.bytes && TRIREME_SPACE_OFFSET(slots) < window_size &&
           TRIREME_SLOT_REGISTERS(slots) <= resources->registers.bytes;
}
