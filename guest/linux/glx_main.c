/* SPDX-License-Identifier: MIT */
/*
 * The door for libGLX (libglvnd's <glvnd/libglxabi.h>): it asks for calls by name. Both OpenGL's
 * and GLX's come from generated tables.
 */
#include <glvnd/libglxabi.h>
#include <string.h>

#include "guest/common/context_hooks.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_patch.h"

static const __GLXapiExports *libglx;

void *glx_call_of_drawable(Display *dpy, GLXDrawable drawable,
                           const struct glx_dispatcher *dispatcher)
{
    __GLXvendorInfo *vendor = libglx->vendorFromDrawable(dpy, drawable);
    return vendor ? (void *)libglx->fetchDispatchEntry(vendor, dispatcher->index) : NULL;
}

void *glx_call_of_current(const struct glx_dispatcher *dispatcher)
{
    __GLXvendorInfo *vendor = libglx->getCurrentDynDispatch();
    return vendor ? (void *)libglx->fetchDispatchEntry(vendor, dispatcher->index) : NULL;
}

GLXFBConfigSGIX dispatch_glXGetFBConfigFromVisualSGIX(Display *dpy, XVisualInfo *visual)
{
    int index = glx_dispatcher_find("glXGetFBConfigFromVisualSGIX")->index;
    __GLXvendorInfo *vendor = libglx->getDynDispatch(dpy, visual->screen);
    GLXFBConfig (*call)(Display *, XVisualInfo *) =
        vendor ? (void *)libglx->fetchDispatchEntry(vendor, index) : NULL;
    GLXFBConfig config = call ? call(dpy, visual) : NULL;
    if (config && libglx->addVendorFBConfigMapping(dpy, config, vendor)) {
        return NULL;
    }
    return config;
}

/* Older names of what GLX 1.4 has, which need no vendor: libGLX does the rest. */
static void *older_call(const char *name)
{
    const char *newer = glx_newer_name(name);
    return newer ? glx_libglx_function(newer) : glx_front_call(name);
}

static Bool is_screen_supported(Display *dpy, int screen)
{
    /* Whoever chose this library wants to know why it does not work, rather than get another: what
     * is wrong is said when configurations are asked for, and then there are none. */
    return True;
}

static void *get_proc_address(const GLubyte *proc_name)
{
    const char *name = (const char *)proc_name;
    if (strncmp(name, "glX", 3) == 0) {
        void *function = glx_vendor_call(name);
        return function ? function : older_call(name);
    }
    return context_entry_point(name);
}

static void *get_dispatch_address(const GLubyte *proc_name)
{
    struct glx_dispatcher *dispatcher = glx_dispatcher_find((const char *)proc_name);
    return dispatcher ? dispatcher->function : older_call((const char *)proc_name);
}

static void set_dispatch_index(const GLubyte *proc_name, int index)
{
    struct glx_dispatcher *dispatcher = glx_dispatcher_find((const char *)proc_name);
    if (dispatcher) {
        dispatcher->index = index;
    }
}

__attribute__((visibility("default"))) Bool __glx_Main(uint32_t version,
                                                       const __GLXapiExports *exports,
                                                       __GLXvendorInfo *vendor,
                                                       __GLXapiImports *imports)
{
    if (GLX_VENDOR_ABI_GET_MAJOR_VERSION(version) != GLX_VENDOR_ABI_MAJOR_VERSION) {
        return False;
    }
    libglx = exports;
    imports->isScreenSupported = is_screen_supported;
    imports->getProcAddress = get_proc_address;
    imports->getDispatchAddress = get_dispatch_address;
    imports->setDispatchIndex = set_dispatch_index;
    imports->isPatchSupported = glx_patch_is_supported;
    imports->initiatePatch = glx_patch;
    return True;
}
