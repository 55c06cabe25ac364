/* SPDX-License-Identifier: MIT */
#include <X11/Xutil.h>
#include <stdlib.h>
#include <string.h>

#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_config.h"
#include "guest/linux/glx_process.h"

static XVisualInfo *visual_info(Display *dpy, int screen, VisualID id)
{
    int count;
    XVisualInfo pattern = {.screen = screen, .visualid = id};
    return XGetVisualInfo(dpy, VisualIDMask | VisualScreenMask, &pattern, &count);
}

XVisualInfo *trireme_glXChooseVisual(Display *dpy, int number, int *attributes)
{
    VisualID id = 0;
    process_lock();
    struct x_screen *screen = glx_screen(dpy, number);
    const struct glx_config *config = screen ? glx_config_choose_visual(screen, attributes) : NULL;
    struct x_visual *visual = config ? x_screen_visual(screen, config->visual) : NULL;
    if (visual) {
        /* Several configurations share a visual; the program means the one that it got now. */
        visual->config = config;
        id = visual->id;
    }
    process_unlock();
    return visual ? visual_info(dpy, number, id) : NULL;
}

/* Under the lock. */
static const struct glx_config *config_of_visual(Display *dpy, const XVisualInfo *info)
{
    struct x_screen *screen = glx_screen(dpy, info->screen);
    struct x_visual *visual =
        screen ? x_screen_visual(screen, (xcb_visualid_t)info->visualid) : NULL;
    return visual ? visual->config : NULL;
}

int trireme_glXGetConfig(Display *dpy, XVisualInfo *visual, int attribute, int *value)
{
    process_lock();
    const struct glx_config *config = config_of_visual(dpy, visual);
    process_unlock();
    if (config) {
        return glx_config_attribute(config, attribute, value);
    }
    *value = 0;
    return attribute == GLX_USE_GL ? 0 : GLX_BAD_VISUAL;
}

/* Programs free these with XFree(). */
static GLXFBConfig *config_array(const struct glx_config **configs, int count)
{
    GLXFBConfig *array = malloc((size_t)count * sizeof *array);
    for (int i = 0; array && i < count; i++) {
        array[i] = (GLXFBConfig)configs[i];
    }
    return array;
}

GLXFBConfig *trireme_glXChooseFBConfig(Display *dpy, int number, const int *attributes, int *count)
{
    GLXFBConfig *array = NULL;
    *count = 0;
    process_lock();
    struct x_screen *screen = glx_screen(dpy, number);
    if (screen) {
        const struct glx_config **chosen = glx_configs_choose(screen, attributes, count);
        if (chosen) {
            array = config_array(chosen, *count);
            free(chosen);
        }
    }
    process_unlock();
    return array;
}

GLXFBConfig *trireme_glXGetFBConfigs(Display *dpy, int number, int *count)
{
    GLXFBConfig *array = NULL;
    *count = 0;
    process_lock();
    struct x_screen *screen = glx_screen(dpy, number);
    if (screen && screen->config_count > 0) {
        array = malloc(screen->config_count * sizeof *array);
        for (unsigned i = 0; array && i < screen->config_count; i++) {
            array[i] = (GLXFBConfig)&screen->configs[i];
        }
        *count = array ? (int)screen->config_count : 0;
    }
    process_unlock();
    return array;
}

int trireme_glXGetFBConfigAttrib(Display *dpy, GLXFBConfig config, int attribute, int *value)
{
    return config ? glx_config_attribute((const struct glx_config *)config, attribute, value)
                  : GLX_BAD_VISUAL;
}

XVisualInfo *trireme_glXGetVisualFromFBConfig(Display *dpy, GLXFBConfig handle)
{
    const struct glx_config *config = (const struct glx_config *)handle;
    if (!config) {
        return NULL;
    }
    process_lock();
    struct x_screen *screen = glx_screen(dpy, config->screen);
    struct x_visual *visual = screen ? x_screen_visual(screen, config->visual) : NULL;
    if (visual) {
        visual->config = config;
    }
    process_unlock();
    return visual ? visual_info(dpy, config->screen, config->visual) : NULL;
}

GLXFBConfig trireme_glXGetFBConfigFromVisualSGIX(Display *dpy, XVisualInfo *visual)
{
    process_lock();
    const struct glx_config *config = config_of_visual(dpy, visual);
    process_unlock();
    return (GLXFBConfig)config;
}
