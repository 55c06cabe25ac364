/* SPDX-License-Identifier: MIT */
#include "guest/windows/driver/request.h"

#include <string.h>

enum driver_status driver_request_parse(uint32_t code, const void *in, uint32_t in_bytes,
                                        uint32_t out_bytes, struct driver_request *request)
{
    static const struct {
        uint32_t in, out;
    } sizes[] = {
        {0, sizeof(struct trireme_driver_header)},
        {sizeof(struct trireme_driver_slot), sizeof(struct trireme_driver_pages)},
        {sizeof(struct trireme_driver_slot), 0},
        {sizeof(struct trireme_driver_range), sizeof(struct trireme_driver_view)},
    };
    uint32_t index = (code - TRIREME_DRIVER_HEADER) >> 2;
    if ((code & 3) != 0 || code < TRIREME_DRIVER_HEADER || code > TRIREME_DRIVER_MAP) {
        return DRIVER_UNKNOWN_CODE;
    }
    if (in_bytes != sizes[index].in) {
        return DRIVER_BAD_INPUT;
    }
    if (out_bytes < sizes[index].out) {
        return DRIVER_SMALL_OUTPUT;
    }
    /* A range begins with its slot, as a struct trireme_driver_slot does. */
    struct trireme_driver_range range = {0};
    memcpy(&range, in, in_bytes);
    *request = (struct driver_request){
        .code = (enum trireme_driver_code)code,
        .slot = range.slot,
        .offset = code == TRIREME_DRIVER_MAP ? range.offset : 0,
        .bytes = code == TRIREME_DRIVER_MAP ? range.bytes : 0,
    };
    return DRIVER_OK;
}
