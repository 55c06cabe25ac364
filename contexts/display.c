/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/display.h"

#include <EGL/eglext.h>
#include <stdio.h>
#include <string.h>

#include "contexts/contexts_error.h"

/* A SESSION_INFO reply must fit into a quarter of the smallest ring. */
#define DISPLAY_MAX_CONFIGS 128
#define PROFILES_SINCE (3u << 8 | 2u)

#define GL_VENDOR 0x1F00
#define GL_RENDERER 0x1F01
#define GL_VERSION 0x1F02
#define GL_FRAMEBUFFER_SRGB_CAPABLE_EXT 0x8DBA

static const unsigned char *get_string(unsigned name)
{
    const unsigned char *(*function)(unsigned) =
        (const unsigned char *(*)(unsigned))eglGetProcAddress("glGetString");
    return function ? function(name) : NULL;
}

uint32_t display_current_version(void)
{
    unsigned major, minor;
    const char *version = (const char *)get_string(GL_VERSION);
    if (!version || sscanf(version, "%u.%u", &major, &minor) != 2) {
        return 0;
    }
    return major << 8 | minor;
}

static EGLDisplay find_render_node(const char *node, GError **error)
{
    PFNEGLQUERYDEVICESEXTPROC query_devices =
        (PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
    PFNEGLQUERYDEVICESTRINGEXTPROC query_string =
        (PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
    EGLDeviceEXT devices[64];
    EGLint count = 0;

    if (!query_devices || !query_string || !query_devices(G_N_ELEMENTS(devices), devices, &count)) {
        g_set_error(error, CONTEXTS_ERROR, 0,
                    "the host's EGL cannot list devices; leave out the render node");
        return EGL_NO_DISPLAY;
    }
    for (EGLint i = 0; i < count; i++) {
        const char *names[] = {
            query_string(devices[i], EGL_DRM_RENDER_NODE_FILE_EXT),
            query_string(devices[i], EGL_DRM_DEVICE_FILE_EXT),
        };
        for (unsigned j = 0; j < G_N_ELEMENTS(names); j++) {
            if (names[j] && strcmp(names[j], node) == 0) {
                return eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, devices[i], NULL);
            }
        }
    }
    g_set_error(error, CONTEXTS_ERROR, 0,
                "EGL has no device %s; see /dev/dri for the render nodes of this host", node);
    return EGL_NO_DISPLAY;
}

static bool has_extension(EGLDisplay egl, const char *name)
{
    const char *extensions = eglQueryString(egl, EGL_EXTENSIONS);
    g_auto(GStrv) list = g_strsplit(extensions ? extensions : "", " ", -1);
    return g_strv_contains((const char *const *)list, name);
}

static EGLint config_attribute(EGLDisplay egl, EGLConfig config, EGLint attribute)
{
    EGLint value = 0;
    eglGetConfigAttrib(egl, config, attribute, &value);
    return value;
}

/* Frames travel with 8 bits a component, so deeper configurations would only promise too much. */
static bool config_is_usable(EGLDisplay egl, EGLConfig config)
{
    return (config_attribute(egl, config, EGL_RENDERABLE_TYPE) & EGL_OPENGL_BIT) &&
           (config_attribute(egl, config, EGL_SURFACE_TYPE) & EGL_PBUFFER_BIT) &&
           config_attribute(egl, config, EGL_COLOR_BUFFER_TYPE) == EGL_RGB_BUFFER &&
           config_attribute(egl, config, EGL_RED_SIZE) > 0 &&
           config_attribute(egl, config, EGL_RED_SIZE) <= 8;
}

static void describe_config(EGLDisplay egl, EGLConfig config, struct trireme_config *out)
{
    out->id = (uint32_t)config_attribute(egl, config, EGL_CONFIG_ID);
    out->red = (uint8_t)config_attribute(egl, config, EGL_RED_SIZE);
    out->green = (uint8_t)config_attribute(egl, config, EGL_GREEN_SIZE);
    out->blue = (uint8_t)config_attribute(egl, config, EGL_BLUE_SIZE);
    out->alpha = (uint8_t)config_attribute(egl, config, EGL_ALPHA_SIZE);
    out->depth = (uint8_t)config_attribute(egl, config, EGL_DEPTH_SIZE);
    out->stencil = (uint8_t)config_attribute(egl, config, EGL_STENCIL_SIZE);
    out->samples = (uint8_t)config_attribute(egl, config, EGL_SAMPLES);
    out->flags = TRIREME_CONFIG_ACCUM; /* the server's own (context_accum.h) */
    out->max_pbuffer_width = (uint32_t)config_attribute(egl, config, EGL_MAX_PBUFFER_WIDTH);
    out->max_pbuffer_height = (uint32_t)config_attribute(egl, config, EGL_MAX_PBUFFER_HEIGHT);
}

static bool enumerate_configs(struct display *display, GError **error)
{
    EGLint count = 0;
    if (!eglGetConfigs(display->egl, NULL, 0, &count)) {
        return contexts_set_egl_error(error, "cannot list the host's framebuffer configurations");
    }
    g_autofree EGLConfig *all = g_new0(EGLConfig, (gsize)count + 1);
    eglGetConfigs(display->egl, all, count, &count);
    display->configs = g_new0(struct display_config, (gsize)count + 1);
    for (EGLint i = 0; i < count && display->config_count < DISPLAY_MAX_CONFIGS; i++) {
        if (config_is_usable(display->egl, all[i])) {
            struct display_config *config = &display->configs[display->config_count++];
            config->egl = all[i];
            describe_config(display->egl, all[i], &config->config);
        }
    }
    if (display->config_count == 0) {
        g_set_error(error, CONTEXTS_ERROR, 0,
                    "the host's EGL has no pbuffers for desktop OpenGL; install Mesa's drivers "
                    "(libegl-mesa0, libgl1-mesa-dri)");
        return false;
    }
    return true;
}

EGLContext display_create_context(const struct display *display, EGLContext share,
                                  const struct trireme_context_create *wanted, EGLint *egl_error)
{
    EGLint attributes[24];
    unsigned n = 0;
    uint32_t version = wanted->version;
    /* Without a profile, and only 3.1 has none, EGL leaves out what 3.0 deprecated; GLX and WGL do
     * so where they are told to. */
    if (version == (3u << 8 | 1u) && !(wanted->flags & TRIREME_CONTEXT_FORWARD_COMPATIBLE) &&
        display->max_compat >= PROFILES_SINCE) {
        version = PROFILES_SINCE;
    }
    if (version != 0) {
        attributes[n++] = EGL_CONTEXT_MAJOR_VERSION;
        attributes[n++] = (EGLint)(version >> 8);
        attributes[n++] = EGL_CONTEXT_MINOR_VERSION;
        attributes[n++] = (EGLint)(version & 0xff);
        if (version >= PROFILES_SINCE) {
            attributes[n++] = EGL_CONTEXT_OPENGL_PROFILE_MASK;
            attributes[n++] = wanted->profile == TRIREME_PROFILE_CORE
                                  ? EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT
                                  : EGL_CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT;
        }
    }
    if (wanted->flags & TRIREME_CONTEXT_DEBUG) {
        attributes[n++] = EGL_CONTEXT_OPENGL_DEBUG;
        attributes[n++] = EGL_TRUE;
    }
    if (wanted->flags & TRIREME_CONTEXT_FORWARD_COMPATIBLE) {
        attributes[n++] = EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE;
        attributes[n++] = EGL_TRUE;
    }
    if (display->robust) {
        /* Every context, whatever the guest asked for: EGL wants the same strategy within a share
         * group, and a lost context must never be a crash of the server. */
        attributes[n++] = EGL_CONTEXT_OPENGL_ROBUST_ACCESS;
        attributes[n++] = EGL_TRUE;
        attributes[n++] = EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY;
        attributes[n++] = EGL_LOSE_CONTEXT_ON_RESET;
    }
    attributes[n] = EGL_NONE;

    eglBindAPI(EGL_OPENGL_API);
    EGLContext context = eglCreateContext(display->egl, EGL_NO_CONFIG_KHR, share, attributes);
    *egl_error = context == EGL_NO_CONTEXT ? eglGetError() : EGL_SUCCESS;
    return context;
}

/* The version that a context of `profile` gets, capped; 0: none can be made. */
static uint32_t probe(struct display *display, uint32_t version, uint32_t profile)
{
    struct trireme_context_create wanted = {.version = version, .profile = profile};
    EGLint egl_error;
    uint32_t got = 0;
    EGLContext context = display_create_context(display, EGL_NO_CONTEXT, &wanted, &egl_error);
    if (context == EGL_NO_CONTEXT) {
        return 0;
    }
    if (eglMakeCurrent(display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) {
        got = MIN(display_current_version(), DISPLAY_GREATEST_VERSION);
        if (!display->vendor) {
            display->vendor = g_strdup((const char *)get_string(GL_VENDOR));
            display->renderer = g_strdup((const char *)get_string(GL_RENDERER));
            display->mesa = strstr((const char *)get_string(GL_VERSION), "Mesa");
        }
        eglMakeCurrent(display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    eglDestroyContext(display->egl, context);
    return got;
}

/* What the GL says about a pbuffer of that configuration. */
static bool holds_srgb(const struct display *display, const struct display_config *config)
{
    static const EGLint size[] = {EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
    const struct trireme_context_create any = {0};
    void (*get_booleanv)(unsigned name, unsigned char *value) =
        (void (*)(unsigned, unsigned char *))eglGetProcAddress("glGetBooleanv");
    unsigned char capable = 0;
    EGLint egl_error;
    EGLContext context = display_create_context(display, EGL_NO_CONTEXT, &any, &egl_error);
    EGLSurface surface = eglCreatePbufferSurface(display->egl, config->egl, size);
    if (get_booleanv && eglMakeCurrent(display->egl, surface, surface, context)) {
        get_booleanv(GL_FRAMEBUFFER_SRGB_CAPABLE_EXT, &capable);
        eglMakeCurrent(display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    if (surface != EGL_NO_SURFACE) {
        eglDestroySurface(display->egl, surface);
    }
    if (context != EGL_NO_CONTEXT) {
        eglDestroyContext(display->egl, context);
    }
    return capable;
}

/* One configuration speaks for all that have 8 bits a colour. */
static void probe_srgb(struct display *display)
{
    bool asked = false, capable = false;
    for (unsigned i = 0; i < display->config_count; i++) {
        struct display_config *config = &display->configs[i];
        if (config->config.red != 8) {
            continue;
        }
        capable = asked ? capable : holds_srgb(display, config);
        asked = true;
        config->config.flags |= capable ? TRIREME_CONFIG_SRGB : 0;
    }
}

/*
 * Mesa's software renderers look into what other contexts have under way (to see who still uses a
 * texture) while those change it.
 */
static bool bears_several_threads(const struct display *display)
{
    static const char *const software[] = {"llvmpipe", "softpipe"};
    for (unsigned i = 0; i < G_N_ELEMENTS(software); i++) {
        if (display->renderer && g_str_has_prefix(display->renderer, software[i])) {
            return false;
        }
    }
    return true;
}

static bool probe_versions(struct display *display, GError **error)
{
    static const uint32_t core_versions[] = {0x403, 0x402, 0x401, 0x400, 0x303, 0x302};

    display->robust = true;
    display->max_compat = probe(display, 0, TRIREME_PROFILE_COMPATIBILITY);
    if (display->max_compat == 0) {
        display->robust = false;
        display->max_compat = probe(display, 0, TRIREME_PROFILE_COMPATIBILITY);
    }
    if (display->max_compat < 0x300) {
        g_set_error(error, CONTEXTS_ERROR, 0,
                    "the host's EGL gives no OpenGL 3.0 context; install Mesa's drivers "
                    "(libgl1-mesa-dri)");
        return false;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(core_versions) && display->max_core == 0; i++) {
        display->max_core = probe(display, core_versions[i], TRIREME_PROFILE_CORE);
    }
    return true;
}

struct display *display_open(const char *render_node, GError **error)
{
    EGLint major, minor;
    EGLDisplay egl;

    if (render_node) {
        egl = find_render_node(render_node, error);
        if (egl == EGL_NO_DISPLAY) {
            return NULL;
        }
    } else {
        egl = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    }
    if (egl == EGL_NO_DISPLAY || !eglInitialize(egl, &major, &minor)) {
        contexts_set_egl_error(error, "the host has no usable EGL, install Mesa's drivers "
                                      "(libegl-mesa0, libgl1-mesa-dri) or name a render node");
        return NULL;
    }
    struct display *display = g_new0(struct display, 1);
    display->egl = egl;
    if ((major == 1 && minor < 5) || !has_extension(egl, "EGL_KHR_no_config_context") ||
        !has_extension(egl, "EGL_KHR_surfaceless_context")) {
        g_set_error(error, CONTEXTS_ERROR, 0,
                    "the host's EGL is too old: Trireme needs EGL 1.5 with "
                    "EGL_KHR_no_config_context and EGL_KHR_surfaceless_context");
        display_close(display);
        return NULL;
    }
    if (!enumerate_configs(display, error) || !probe_versions(display, error)) {
        display_close(display);
        return NULL;
    }
    probe_srgb(display);
    if (!bears_several_threads(display)) {
        display->turn = gl_turn_create();
    }
    return display;
}

void display_close(struct display *display)
{
    if (!display) {
        return;
    }
    eglTerminate(display->egl);
    eglReleaseThread();
    gl_turn_destroy(display->turn);
    g_free(display->configs);
    g_free(display->vendor);
    g_free(display->renderer);
    g_free(display);
}

const struct display_config *display_find_config(const struct display *display, uint32_t id)
{
    for (unsigned i = 0; i < display->config_count; i++) {
        if (display->configs[i].config.id == id) {
            return &display->configs[i];
        }
    }
    return NULL;
}

static bool alike(const struct trireme_config *a, const struct trireme_config *b)
{
    return a->red == b->red && a->green == b->green && a->blue == b->blue && a->alpha == b->alpha &&
           a->depth == b->depth && a->stencil == b->stencil;
}

const struct display_config *display_multisampled(const struct display *display,
                                                  const struct display_config *config,
                                                  uint32_t samples)
{
    const struct display_config *best = config;
    for (unsigned i = 0; i < display->config_count && config->config.samples < samples; i++) {
        const struct display_config *other = &display->configs[i];
        if (alike(&other->config, &config->config) && other->config.samples >= samples &&
            (best == config || other->config.samples < best->config.samples)) {
            best = other;
        }
    }
    return best;
}
