/* SPDX-License-Identifier: MIT */
/* WGL_ARB_create_context and WGL_ARB_create_context_profile. */
#include <GL/gl.h>
#include <GL/wglext.h>

#include "guest/windows/wgl.h"

#define CORE_SINCE ((3u << 8) | 2u)

/* Is there such a version of OpenGL? (WGL_ARB_create_context, Errors) */
static bool version_exists(int major, int minor)
{
    static const int last_minor[] = {-1, 5, 1, 3, 6};
    return major >= 1 && major <= 4 && minor >= 0 && minor <= last_minor[major];
}

/* Takes the attributes in; what is wrong with them is the result. */
static DWORD take_attributes(struct context_wish *wish, const int *attributes)
{
    int major = 1, minor = 0, flags = 0, profile = WGL_CONTEXT_CORE_PROFILE_BIT_ARB;
    for (; attributes && attributes[0]; attributes += 2) {
        int value = attributes[1];
        switch (attributes[0]) {
        case WGL_CONTEXT_MAJOR_VERSION_ARB:
            major = value;
            break;
        case WGL_CONTEXT_MINOR_VERSION_ARB:
            minor = value;
            break;
        case WGL_CONTEXT_FLAGS_ARB:
            flags = value;
            break;
        case WGL_CONTEXT_PROFILE_MASK_ARB:
            profile = value;
            break;
        case WGL_CONTEXT_LAYER_PLANE_ARB:
            if (value != 0) {
                return ERROR_INVALID_PARAMETER;
            }
            break;
        default:
            return ERROR_INVALID_PARAMETER;
        }
    }
    if (flags & ~(WGL_CONTEXT_DEBUG_BIT_ARB | WGL_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB)) {
        return ERROR_INVALID_PARAMETER;
    }
    if (profile != WGL_CONTEXT_CORE_PROFILE_BIT_ARB &&
        profile != WGL_CONTEXT_COMPATIBILITY_PROFILE_BIT_ARB) {
        return WGL_ERROR_INVALID_PROFILE;
    }
    if (!version_exists(major, minor) ||
        ((flags & WGL_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB) && major < 3)) {
        return WGL_ERROR_INVALID_VERSION;
    }
    wish->version = (uint32_t)major << 8 | (uint32_t)minor;
    /* Profiles begin with 3.2; below it the mask says nothing. */
    bool core = wish->version >= CORE_SINCE && profile == WGL_CONTEXT_CORE_PROFILE_BIT_ARB;
    wish->profile = core ? TRIREME_PROFILE_CORE : TRIREME_PROFILE_COMPATIBILITY;
    wish->flags =
        (flags & WGL_CONTEXT_DEBUG_BIT_ARB ? TRIREME_CONTEXT_DEBUG : 0) |
        (flags & WGL_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB ? TRIREME_CONTEXT_FORWARD_COMPATIBLE : 0);
    return ERROR_SUCCESS;
}

/* Asked before a context is opened, to spare a slot: programs try versions out. */
static bool host_has_version(const struct context_wish *wish)
{
    bool has = true;
    process_lock();
    struct host_session *session = host_session_get();
    if (session) {
        const struct trireme_session_info *info = &session->session->info;
        has = wish->version <=
              (wish->profile == TRIREME_PROFILE_CORE ? info->max_core : info->max_compat);
        host_session_unref(session);
    }
    process_unlock();
    return has;
}

HGLRC WINAPI trireme_wglCreateContextAttribsARB(HDC dc, HGLRC share, const int *attributes)
{
    struct context_wish wish = {0};
    DWORD error = take_attributes(&wish, attributes);
    if (error == ERROR_SUCCESS && !host_has_version(&wish)) {
        error = WGL_ERROR_INVALID_VERSION;
    }
    if (error != ERROR_SUCCESS) {
        SetLastError(error);
        return NULL;
    }
    return wgl_context_create(dc, share, &wish, true);
}
