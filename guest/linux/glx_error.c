/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_error.h"

#include <X11/Xlibint.h>

#include "guest/linux/glx_process.h"

static void raise_error(Display *dpy, int code, int minor, XID resource)
{
    int opcode = 0, event, first;
    XQueryExtension(dpy, "GLX", &opcode, &event, &first);
    LockDisplay(dpy);
    xError error = {
        .type = X_Error,
        .errorCode = (BYTE)code,
        .sequenceNumber = (CARD16)dpy->request,
        .resourceID = (CARD32)resource,
        .minorCode = (CARD16)minor,
        .majorCode = (CARD8)opcode,
    };
    _XError(dpy, &error);
    UnlockDisplay(dpy);
}

void glx_raise(Display *dpy, int code, int minor, XID resource)
{
    process_lock();
    int first = glx_first_error(dpy);
    process_unlock();
    if (first >= 0) {
        raise_error(dpy, first + code, minor, resource);
    }
}

void glx_raise_core(Display *dpy, int code, int minor, XID resource)
{
    raise_error(dpy, code, minor, resource);
}
