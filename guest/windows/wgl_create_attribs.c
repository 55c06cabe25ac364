/* SPDX-License-Identifier: MIT */
/* WGL_ARB_create_context, with its companions profile, no_error and robustness. */
#include "guest/windows/wgl.h"

DWORD wgl_error_of_fault(enum context_fault fault)
{
    switch (fault) {
    case CONTEXT_FAULT_NONE:
        return ERROR_SUCCESS;
    case CONTEXT_FAULT_PROFILE:
        return WGL_ERROR_INVALID_PROFILE;
    case CONTEXT_FAULT_VERSION:
    case CONTEXT_FAULT_HOST:
        return WGL_ERROR_INVALID_VERSION;
    case CONTEXT_FAULT_NO_ERROR:
        return WGL_ERROR_INCOMPATIBLE_DEVICE_CONTEXTS;
    case CONTEXT_FAULT_SHARED_RESET:
        return ERROR_INVALID_OPERATION;
    default:
        return ERROR_INVALID_PARAMETER;
    }
}

/* Takes the attributes in; what is wrong with them is the result. */
static DWORD take_attributes(struct context_wish *wish, const int *list)
{
    struct context_attributes attributes;
    context_attributes_init(&attributes);
    for (; list && list[0]; list += 2) {
        bool known = list[0] == WGL_CONTEXT_LAYER_PLANE_ARB
                         ? list[1] == 0
                         : context_attributes_set(&attributes, list[0], list[1]);
        if (!known) {
            return ERROR_INVALID_PARAMETER;
        }
    }
    return wgl_error_of_fault(context_wish_take(wish, &attributes));
}

HGLRC WINAPI trireme_wglCreateContextAttribsARB(HDC dc, HGLRC share, const int *attributes)
{
    struct context_wish wish = {0};
    DWORD error = take_attributes(&wish, attributes);
    if (error != ERROR_SUCCESS) {
        SetLastError(error);
        return NULL;
    }
    return wgl_context_create(dc, share, &wish, true);
}
