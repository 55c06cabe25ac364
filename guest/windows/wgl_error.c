/* SPDX-License-Identifier: MIT */
/* What went wrong, as GetLastError() says it. In words it was said when it happened, to debuggers
 * and to the log. */
#include "guest/windows/wgl.h"

DWORD wgl_host_error(void)
{
    switch (host_session_fault()) {
    case PORT_FAULT_ABSENT:
        return ERROR_DEV_NOT_EXIST;
    case PORT_FAULT_ACCESS:
        return ERROR_ACCESS_DENIED;
    case PORT_FAULT_VERSION:
        return ERROR_REVISION_MISMATCH;
    case PORT_FAULT_FULL:
        return ERROR_NO_SYSTEM_RESOURCES;
    default:
        return ERROR_NOT_READY;
    }
}

/* Without the host there are no formats, and that is the trouble then. */
DWORD wgl_error_no_format(void)
{
    return wgl_format_look() > 0 ? ERROR_INVALID_PIXEL_FORMAT : wgl_host_error();
}

DWORD wgl_error_without_format(HDC dc)
{
    return wgl_is_dc(dc) ? wgl_error_no_format() : ERROR_INVALID_HANDLE;
}
