/* SPDX-License-Identifier: MIT */
#include "guest/windows/wgl_statistics.h"

#include "guest/common/present.h"
#include "guest/windows/wgl.h"

BOOL WINAPI wgl_get_statistics(struct wgl_statistics *statistics)
{
    struct context *context = context_current();
    if (!context || !statistics || statistics->size != sizeof *statistics) {
        SetLastError(context ? ERROR_INVALID_PARAMETER : ERROR_INVALID_OPERATION);
        return FALSE;
    }
    statistics->exits = __atomic_load_n(&context->slot.port->exits, __ATOMIC_RELAXED);
    statistics->round_trips = (DWORD)context->encoder.round_trips;
    statistics->frames = present_swaps(context->present);
    return TRUE;
}
