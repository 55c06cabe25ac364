/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_calls.h"

static const char *string(int name)
{
    switch (name) {
    case GLX_VENDOR:
        return "Trireme";
    case GLX_VERSION:
        return "1.4";
    case GLX_EXTENSIONS:
        return glx_extensions;
    default:
        return NULL;
    }
}

const char *trireme_glXQueryExtensionsString(Display *dpy, int screen)
{
    return glx_extensions;
}

const char *trireme_glXQueryServerString(Display *dpy, int screen, int name)
{
    return string(name);
}

const char *trireme_glXGetClientString(Display *dpy, int name)
{
    return string(name);
}
