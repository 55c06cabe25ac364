/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_calls.h"

static const char extensions[] = "GLX_ARB_create_context "
                                 "GLX_ARB_create_context_no_error "
                                 "GLX_ARB_create_context_profile "
                                 "GLX_ARB_create_context_robustness "
                                 "GLX_ARB_framebuffer_sRGB "
                                 "GLX_ARB_get_proc_address "
                                 "GLX_ARB_multisample "
                                 "GLX_EXT_framebuffer_sRGB "
                                 "GLX_EXT_swap_control "
                                 "GLX_EXT_visual_info "
                                 "GLX_EXT_visual_rating "
                                 "GLX_MESA_swap_control "
                                 "GLX_OML_swap_method "
                                 "GLX_SGIS_multisample "
                                 "GLX_SGIX_fbconfig "
                                 "GLX_SGIX_pbuffer "
                                 "GLX_SGIX_visual_select_group "
                                 "GLX_SGI_make_current_read "
                                 "GLX_SGI_swap_control";

static const char *string(int name)
{
    switch (name) {
    case GLX_VENDOR:
        return "Trireme";
    case GLX_VERSION:
        return "1.4";
    case GLX_EXTENSIONS:
        return extensions;
    default:
        return NULL;
    }
}

const char *trireme_glXQueryExtensionsString(Display *dpy, int screen)
{
    return extensions;
}

const char *trireme_glXQueryServerString(Display *dpy, int screen, int name)
{
    return string(name);
}

const char *trireme_glXGetClientString(Display *dpy, int name)
{
    return string(name);
}
