/* SPDX-License-Identifier: MIT */
/*
 * The door for libGLX (libglvnd's <glvnd/libglxabi.h>): it asks for calls by name. OpenGL calls
 * come from the generated table, GLX calls of version 1.4 are dispatched by libGLX itself, those
 * of extensions by the dispatchers here.
 */
#include <dlfcn.h>
#include <glvnd/libglxabi.h>
#include <string.h>

#include "gl_entry_points.h"
#include "guest/linux/glx_calls.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const __GLXapiExports *libglx;

struct named_call {
    const char *name;
    void *function;
};

static const struct named_call calls[] = {
    {"glXChooseFBConfig", trireme_glXChooseFBConfig},
    {"glXChooseVisual", trireme_glXChooseVisual},
    {"glXCopyContext", trireme_glXCopyContext},
    {"glXCreateContext", trireme_glXCreateContext},
    {"glXCreateContextAttribsARB", trireme_glXCreateContextAttribsARB},
    {"glXCreateGLXPixmap", trireme_glXCreateGLXPixmap},
    {"glXCreateNewContext", trireme_glXCreateNewContext},
    {"glXCreatePbuffer", trireme_glXCreatePbuffer},
    {"glXCreatePixmap", trireme_glXCreatePixmap},
    {"glXCreateWindow", trireme_glXCreateWindow},
    {"glXDestroyContext", trireme_glXDestroyContext},
    {"glXDestroyGLXPixmap", trireme_glXDestroyGLXPixmap},
    {"glXDestroyPbuffer", trireme_glXDestroyPbuffer},
    {"glXDestroyPixmap", trireme_glXDestroyPixmap},
    {"glXDestroyWindow", trireme_glXDestroyWindow},
    {"glXGetClientString", trireme_glXGetClientString},
    {"glXGetConfig", trireme_glXGetConfig},
    {"glXGetFBConfigAttrib", trireme_glXGetFBConfigAttrib},
    {"glXGetFBConfigFromVisualSGIX", trireme_glXGetFBConfigFromVisualSGIX},
    {"glXGetFBConfigs", trireme_glXGetFBConfigs},
    {"glXGetSelectedEvent", trireme_glXGetSelectedEvent},
    {"glXGetSwapIntervalMESA", trireme_glXGetSwapIntervalMESA},
    {"glXGetVisualFromFBConfig", trireme_glXGetVisualFromFBConfig},
    {"glXIsDirect", trireme_glXIsDirect},
    {"glXMakeContextCurrent", trireme_glXMakeContextCurrent},
    {"glXMakeCurrent", trireme_glXMakeCurrent},
    {"glXQueryContext", trireme_glXQueryContext},
    {"glXQueryDrawable", trireme_glXQueryDrawable},
    {"glXQueryExtensionsString", trireme_glXQueryExtensionsString},
    {"glXQueryServerString", trireme_glXQueryServerString},
    {"glXSelectEvent", trireme_glXSelectEvent},
    {"glXSwapBuffers", trireme_glXSwapBuffers},
    {"glXSwapIntervalEXT", trireme_glXSwapIntervalEXT},
    {"glXSwapIntervalMESA", trireme_glXSwapIntervalMESA},
    {"glXSwapIntervalSGI", trireme_glXSwapIntervalSGI},
    {"glXUseXFont", trireme_glXUseXFont},
    {"glXWaitGL", trireme_glXWaitGL},
    {"glXWaitX", trireme_glXWaitX},
};

static void *find_call(const struct named_call *table, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return table[i].function;
        }
    }
    return NULL;
}

/* Dispatchers: find out whose drawable or context it is, and call that vendor's function, by the
 * index that libGLX gave out for the name. */
enum dispatched {
    DISPATCH_FB_CONFIG_FROM_VISUAL,
    DISPATCH_GET_SWAP_INTERVAL_MESA,
    DISPATCH_SWAP_INTERVAL_EXT,
    DISPATCH_SWAP_INTERVAL_MESA,
    DISPATCH_SWAP_INTERVAL_SGI,
    DISPATCHED
};

static int dispatch_index[DISPATCHED];

static void *vendor_call(__GLXvendorInfo *vendor, enum dispatched call)
{
    return vendor ? (void *)libglx->fetchDispatchEntry(vendor, dispatch_index[call]) : NULL;
}

static GLXFBConfig dispatch_fb_config_from_visual(Display *dpy, XVisualInfo *visual)
{
    __GLXvendorInfo *vendor = libglx->getDynDispatch(dpy, visual->screen);
    GLXFBConfig (*call)(Display *, XVisualInfo *) =
        vendor_call(vendor, DISPATCH_FB_CONFIG_FROM_VISUAL);
    GLXFBConfig config = call ? call(dpy, visual) : NULL;
    if (config && libglx->addVendorFBConfigMapping(dpy, config, vendor)) {
        return NULL;
    }
    return config;
}

static int dispatch_get_swap_interval_mesa(void)
{
    int (*call)(void) =
        vendor_call(libglx->getCurrentDynDispatch(), DISPATCH_GET_SWAP_INTERVAL_MESA);
    return call ? call() : 0;
}

static void dispatch_swap_interval_ext(Display *dpy, GLXDrawable drawable, int interval)
{
    void (*call)(Display *, GLXDrawable, int) =
        vendor_call(libglx->vendorFromDrawable(dpy, drawable), DISPATCH_SWAP_INTERVAL_EXT);
    if (call) {
        call(dpy, drawable, interval);
    }
}

static int dispatch_swap_interval_mesa(unsigned int interval)
{
    int (*call)(unsigned int) =
        vendor_call(libglx->getCurrentDynDispatch(), DISPATCH_SWAP_INTERVAL_MESA);
    return call ? call(interval) : GLX_BAD_CONTEXT;
}

static int dispatch_swap_interval_sgi(int interval)
{
    int (*call)(int) = vendor_call(libglx->getCurrentDynDispatch(), DISPATCH_SWAP_INTERVAL_SGI);
    return call ? call(interval) : GLX_BAD_CONTEXT;
}

static const struct {
    const char *name;
    void *function;
} dispatchers[DISPATCHED] = {
    [DISPATCH_FB_CONFIG_FROM_VISUAL] = {"glXGetFBConfigFromVisualSGIX",
                                        dispatch_fb_config_from_visual},
    [DISPATCH_GET_SWAP_INTERVAL_MESA] = {"glXGetSwapIntervalMESA", dispatch_get_swap_interval_mesa},
    [DISPATCH_SWAP_INTERVAL_EXT] = {"glXSwapIntervalEXT", dispatch_swap_interval_ext},
    [DISPATCH_SWAP_INTERVAL_MESA] = {"glXSwapIntervalMESA", dispatch_swap_interval_mesa},
    [DISPATCH_SWAP_INTERVAL_SGI] = {"glXSwapIntervalSGI", dispatch_swap_interval_sgi},
};

/* A function of libGLX, which is loaded: it has called us. */
static void *libglx_function(const char *name)
{
    static void *handle;
    if (!handle) {
        handle = dlopen("libGLX.so.0", RTLD_LAZY | RTLD_NOLOAD);
    }
    return handle ? dlsym(handle, name) : NULL;
}

static GLXPixmap create_glx_pixmap_with_config(Display *dpy, GLXFBConfig config, Pixmap pixmap)
{
    GLXPixmap (*call)(Display *, GLXFBConfig, Pixmap, const int *) =
        libglx_function("glXCreatePixmap");
    return call ? call(dpy, config, pixmap, NULL) : None;
}

static GLXPbuffer create_glx_pbuffer(Display *dpy, GLXFBConfig config, unsigned int width,
                                     unsigned int height, int *attributes)
{
    GLXPbuffer (*call)(Display *, GLXFBConfig, const int *) = libglx_function("glXCreatePbuffer");
    int list[12] = {GLX_PBUFFER_WIDTH, (int)width, GLX_PBUFFER_HEIGHT, (int)height};
    unsigned length = 4;
    for (; attributes && attributes[0] != None && length < 10; attributes += 2) {
        list[length++] = attributes[0];
        list[length++] = attributes[1];
    }
    list[length] = None;
    return call ? call(dpy, config, list) : None;
}

static int query_glx_pbuffer(Display *dpy, GLXPbuffer pbuffer, int attribute, unsigned int *value)
{
    void (*call)(Display *, GLXDrawable, int, unsigned int *) = libglx_function("glXQueryDrawable");
    if (call) {
        call(dpy, pbuffer, attribute, value);
    }
    return 0;
}

/* Older names of what GLX 1.3 has; the same signature where there is a `core` name. */
static const struct {
    const char *name, *core;
    void *function;
} older_calls[] = {
    {"glXChooseFBConfigSGIX", "glXChooseFBConfig", NULL},
    {"glXCreateContextWithConfigSGIX", "glXCreateNewContext", NULL},
    {"glXCreateGLXPbufferSGIX", NULL, create_glx_pbuffer},
    {"glXCreateGLXPixmapWithConfigSGIX", NULL, create_glx_pixmap_with_config},
    {"glXDestroyGLXPbufferSGIX", "glXDestroyPbuffer", NULL},
    {"glXGetCurrentDisplayEXT", "glXGetCurrentDisplay", NULL},
    {"glXGetCurrentReadDrawableSGI", "glXGetCurrentReadDrawable", NULL},
    {"glXGetFBConfigAttribSGIX", "glXGetFBConfigAttrib", NULL},
    {"glXGetSelectedEventSGIX", "glXGetSelectedEvent", NULL},
    {"glXGetVisualFromFBConfigSGIX", "glXGetVisualFromFBConfig", NULL},
    {"glXMakeCurrentReadSGI", "glXMakeContextCurrent", NULL},
    {"glXQueryGLXPbufferSGIX", NULL, query_glx_pbuffer},
    {"glXSelectEventSGIX", "glXSelectEvent", NULL},
};

static void *older_call(const char *name)
{
    for (size_t i = 0; i < LENGTH(older_calls); i++) {
        if (strcmp(older_calls[i].name, name) == 0) {
            return older_calls[i].core ? libglx_function(older_calls[i].core)
                                       : older_calls[i].function;
        }
    }
    return NULL;
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
        void *function = find_call(calls, LENGTH(calls), name);
        return function ? function : older_call(name);
    }
    void *hook = gl_hook(name);
    return hook ? hook : (void *)gl_entry_point(name);
}

static void *get_dispatch_address(const GLubyte *proc_name)
{
    const char *name = (const char *)proc_name;
    for (unsigned i = 0; i < DISPATCHED; i++) {
        if (strcmp(dispatchers[i].name, name) == 0) {
            return dispatchers[i].function;
        }
    }
    return older_call(name);
}

static void set_dispatch_index(const GLubyte *proc_name, int index)
{
    for (unsigned i = 0; i < DISPATCHED; i++) {
        if (strcmp(dispatchers[i].name, (const char *)proc_name) == 0) {
            dispatch_index[i] = index;
        }
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
    return True;
}
