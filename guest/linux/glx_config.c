/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_config.h"

#include <stdlib.h>

/* Distinguishable from visual ids in what programs print. */
#define FIRST_CONFIG_ID 0x1000

/* Whether programs that name no wishes should get this one before that one: the glXGetFBConfigs
 * order, and the order in which visuals are given away. */
static int general_use(const struct glx_config *config)
{
    const struct trireme_config *host = &config->host;
    return (config->visual_depth == 24 ? 32 : 0) + (host->samples == 0 ? 16 : 0) +
           (config->double_buffered ? 8 : 0) +
           (host->depth >= 24 ? 4
            : host->depth > 0 ? 2
                              : 0) +
           (host->stencil > 0 ? 1 : 0);
}

static int by_general_use(const void *a, const void *b)
{
    const struct glx_config *first = a, *second = b;
    int order = general_use(second) - general_use(first);
    return order ? order : (int)first->host.id - (int)second->host.id;
}

static bool has_depth(const struct x_screen *screen, uint8_t depth)
{
    for (unsigned i = 0; i < screen->visual_count; i++) {
        if (screen->visuals[i].depth == depth) {
            return true;
        }
    }
    return false;
}

/* Gives each configuration a visual of its own as long as there are any; the rest share the first
 * of their depth. */
static void assign_visual(struct x_screen *screen, struct glx_config *config)
{
    struct x_visual *shared = NULL;
    for (unsigned i = 0; i < screen->visual_count; i++) {
        struct x_visual *visual = &screen->visuals[i];
        if (visual->depth != config->visual_depth) {
            continue;
        }
        if (!visual->config) {
            visual->config = config;
            config->visual = visual->id;
            return;
        }
        shared = shared ? shared : visual;
    }
    config->visual = shared ? shared->id : 0;
}

bool glx_configs_make(struct x_server *server, struct x_screen *screen,
                      const struct trireme_config *host, unsigned host_count)
{
    static const uint8_t depths[] = {24, 32};
    struct glx_config *configs = calloc((size_t)host_count * 4 + 1, sizeof *configs);
    unsigned count = 0;
    if (!configs) {
        return false;
    }
    for (unsigned i = 0; i < host_count; i++) {
        /* Frames have 8 bits for each colour, so that is what windows can show. */
        if (host[i].red != 8 || host[i].green != 8 || host[i].blue != 8) {
            continue;
        }
        for (unsigned variant = 0; variant < 4; variant++) {
            uint8_t depth = depths[variant / 2];
            if (!has_depth(screen, depth) || (depth == 32 && host[i].alpha == 0)) {
                continue;
            }
            configs[count++] = (struct glx_config){
                .screen = screen->number,
                .server = server,
                .host = host[i],
                .double_buffered = variant % 2 == 0,
                .visual_depth = depth,
            };
        }
    }
    qsort(configs, count, sizeof *configs, by_general_use);
    for (unsigned i = 0; i < count; i++) {
        configs[i].id = FIRST_CONFIG_ID + (int)i;
        assign_visual(screen, &configs[i]);
    }
    for (unsigned i = 0; i < screen->visual_count; i++) {
        struct x_visual *visual = &screen->visuals[i];
        for (unsigned k = 0; k < count && !visual->config; k++) {
            visual->config = configs[k].visual_depth == visual->depth ? &configs[k] : NULL;
        }
    }
    screen->configs = configs;
    screen->config_count = count;
    return true;
}

int glx_config_attribute(const struct glx_config *config, int attribute, int *value)
{
    const struct trireme_config *host = &config->host;
    switch (attribute) {
    case GLX_USE_GL:
    case GLX_RGBA:
    case GLX_X_RENDERABLE:
        *value = True;
        return 0;
    case GLX_BUFFER_SIZE:
        *value = host->red + host->green + host->blue + host->alpha;
        return 0;
    case GLX_DOUBLEBUFFER:
        *value = config->double_buffered;
        return 0;
    case GLX_RED_SIZE:
        *value = host->red;
        return 0;
    case GLX_GREEN_SIZE:
        *value = host->green;
        return 0;
    case GLX_BLUE_SIZE:
        *value = host->blue;
        return 0;
    case GLX_ALPHA_SIZE:
        *value = host->alpha;
        return 0;
    case GLX_DEPTH_SIZE:
        *value = host->depth;
        return 0;
    case GLX_STENCIL_SIZE:
        *value = host->stencil;
        return 0;
    case GLX_ACCUM_RED_SIZE:
    case GLX_ACCUM_GREEN_SIZE:
    case GLX_ACCUM_BLUE_SIZE:
    case GLX_ACCUM_ALPHA_SIZE:
        *value = trireme_config_accum(host);
        return 0;
    case GLX_LEVEL:
    case GLX_STEREO:
    case GLX_AUX_BUFFERS:
    case GLX_TRANSPARENT_INDEX_VALUE:
    case GLX_TRANSPARENT_RED_VALUE:
    case GLX_TRANSPARENT_GREEN_VALUE:
    case GLX_TRANSPARENT_BLUE_VALUE:
    case GLX_TRANSPARENT_ALPHA_VALUE:
        *value = 0;
        return 0;
    case GLX_CONFIG_CAVEAT: /* GLX_VISUAL_CAVEAT_EXT */
    case GLX_TRANSPARENT_TYPE:
        *value = GLX_NONE;
        return 0;
    case GLX_X_VISUAL_TYPE:
        *value = GLX_TRUE_COLOR;
        return 0;
    case GLX_DRAWABLE_TYPE:
        *value = GLX_WINDOW_BIT | GLX_PIXMAP_BIT | GLX_PBUFFER_BIT;
        return 0;
    case GLX_RENDER_TYPE:
        *value = GLX_RGBA_BIT;
        return 0;
    case GLX_VISUAL_ID:
        *value = (int)config->visual;
        return 0;
    case GLX_FBCONFIG_ID:
        *value = config->id;
        return 0;
    case GLX_SCREEN:
        *value = config->screen;
        return 0;
    case GLX_MAX_PBUFFER_WIDTH:
        *value = (int)host->max_pbuffer_width;
        return 0;
    case GLX_MAX_PBUFFER_HEIGHT:
        *value = (int)host->max_pbuffer_height;
        return 0;
    case GLX_MAX_PBUFFER_PIXELS:
        *value = (int)(host->max_pbuffer_width * host->max_pbuffer_height);
        return 0;
    case GLX_OPTIMAL_PBUFFER_WIDTH_SGIX:
    case GLX_OPTIMAL_PBUFFER_HEIGHT_SGIX:
        *value = 0;
        return 0;
    case GLX_SAMPLE_BUFFERS:
        *value = host->samples > 0;
        return 0;
    case GLX_SAMPLES:
        *value = host->samples;
        return 0;
    case GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB:
        *value = (host->flags & TRIREME_CONFIG_SRGB) != 0;
        return 0;
    case GLX_SWAP_METHOD_OML:
        *value = GLX_SWAP_UNDEFINED_OML;
        return 0;
    case GLX_VISUAL_SELECT_GROUP_SGIX:
        *value = 0;
        return 0;
    default:
        *value = 0;
        return GLX_BAD_ATTRIBUTE;
    }
}
