/* SPDX-License-Identifier: MIT */
/*
 * Selection and sorting of configurations: GLX 1.4, section 3.3.3, tables 3.1 and 3.4, and for
 * glXChooseVisual() the rules of GLX 1.2 (table 3.6 of 1.4, section 3.4).
 */
#include <stdlib.h>

#include "guest/linux/glx_config.h"

#define DONT_CARE ((int)GLX_DONT_CARE)

enum match { MATCH_EXACT, MATCH_AT_LEAST, MATCH_MASK };

struct wish {
    int attribute;
    enum match match;
    int value; /* in the table: the default */
};

static const struct wish default_wishes[] = {
    {GLX_FBCONFIG_ID, MATCH_EXACT, DONT_CARE},
    {GLX_BUFFER_SIZE, MATCH_AT_LEAST, 0},
    {GLX_LEVEL, MATCH_EXACT, 0},
    {GLX_DOUBLEBUFFER, MATCH_EXACT, DONT_CARE},
    {GLX_STEREO, MATCH_EXACT, False},
    {GLX_AUX_BUFFERS, MATCH_AT_LEAST, 0},
    {GLX_RED_SIZE, MATCH_AT_LEAST, 0},
    {GLX_GREEN_SIZE, MATCH_AT_LEAST, 0},
    {GLX_BLUE_SIZE, MATCH_AT_LEAST, 0},
    {GLX_ALPHA_SIZE, MATCH_AT_LEAST, 0},
    {GLX_DEPTH_SIZE, MATCH_AT_LEAST, 0},
    {GLX_STENCIL_SIZE, MATCH_AT_LEAST, 0},
    {GLX_ACCUM_RED_SIZE, MATCH_AT_LEAST, 0},
    {GLX_ACCUM_GREEN_SIZE, MATCH_AT_LEAST, 0},
    {GLX_ACCUM_BLUE_SIZE, MATCH_AT_LEAST, 0},
    {GLX_ACCUM_ALPHA_SIZE, MATCH_AT_LEAST, 0},
    {GLX_SAMPLE_BUFFERS, MATCH_AT_LEAST, 0},
    {GLX_SAMPLES, MATCH_AT_LEAST, 0},
    {GLX_RENDER_TYPE, MATCH_MASK, GLX_RGBA_BIT},
    {GLX_DRAWABLE_TYPE, MATCH_MASK, GLX_WINDOW_BIT},
    {GLX_X_RENDERABLE, MATCH_EXACT, DONT_CARE},
    {GLX_X_VISUAL_TYPE, MATCH_EXACT, DONT_CARE},
    {GLX_CONFIG_CAVEAT, MATCH_EXACT, DONT_CARE},
    {GLX_TRANSPARENT_TYPE, MATCH_EXACT, GLX_NONE},
    /* ARB_framebuffer_sRGB says exact. But a drawable that can hold sRGB colours is like any other
     * one until FRAMEBUFFER_SRGB is enabled, and there is none that cannot. */
    {GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB, MATCH_AT_LEAST, DONT_CARE},
    {GLX_SWAP_METHOD_OML, MATCH_EXACT, DONT_CARE},
    {GLX_VISUAL_SELECT_GROUP_SGIX, MATCH_EXACT, DONT_CARE},
};

#define WISHES (sizeof default_wishes / sizeof default_wishes[0])

/* Attributes that the specification lets pass without an effect on the choice. */
static bool ignored_attribute(int attribute)
{
    switch (attribute) {
    case GLX_USE_GL:
    case GLX_SCREEN:
    case GLX_VISUAL_ID:
    case GLX_MAX_PBUFFER_WIDTH:
    case GLX_MAX_PBUFFER_HEIGHT:
    case GLX_MAX_PBUFFER_PIXELS:
    case GLX_TRANSPARENT_INDEX_VALUE:
    case GLX_TRANSPARENT_RED_VALUE:
    case GLX_TRANSPARENT_GREEN_VALUE:
    case GLX_TRANSPARENT_BLUE_VALUE:
    case GLX_TRANSPARENT_ALPHA_VALUE:
        return true;
    default:
        return false;
    }
}

static struct wish *find_wish(struct wish *wishes, int attribute)
{
    for (unsigned i = 0; i < WISHES; i++) {
        if (wishes[i].attribute == attribute) {
            return &wishes[i];
        }
    }
    return NULL;
}

static bool take_wishes(struct wish *wishes, const int *attributes)
{
    for (unsigned i = 0; i < WISHES; i++) {
        wishes[i] = default_wishes[i];
    }
    for (; attributes && attributes[0] != None; attributes += 2) {
        struct wish *wish = find_wish(wishes, attributes[0]);
        if (wish) {
            wish->value = attributes[1];
        } else if (!ignored_attribute(attributes[0])) {
            return false;
        }
    }
    return true;
}

static int attribute_of(const struct glx_config *config, int attribute)
{
    int value;
    glx_config_attribute(config, attribute, &value);
    return value;
}

static bool matches(const struct glx_config *config, const struct wish *wishes)
{
    /* GLX_FBCONFIG_ID is first in the table, and switches all others off. */
    if (wishes[0].value != DONT_CARE) {
        return config->id == wishes[0].value;
    }
    for (unsigned i = 0; i < WISHES; i++) {
        int value = attribute_of(config, wishes[i].attribute);
        if (wishes[i].value == DONT_CARE) {
            continue;
        }
        if (wishes[i].match == MATCH_EXACT      ? value != wishes[i].value
            : wishes[i].match == MATCH_AT_LEAST ? value < wishes[i].value
                                                : (value & wishes[i].value) != wishes[i].value) {
            return false;
        }
    }
    return true;
}

/* Colour bits of the components that were asked for. */
static int wished_bits(const struct glx_config *config, struct wish *wishes)
{
    static const int components[] = {GLX_RED_SIZE, GLX_GREEN_SIZE, GLX_BLUE_SIZE, GLX_ALPHA_SIZE};
    int bits = 0;
    for (unsigned i = 0; i < 4; i++) {
        int wished = find_wish(wishes, components[i])->value;
        bits += wished != 0 && wished != DONT_CARE ? attribute_of(config, components[i]) : 0;
    }
    return bits;
}

static int by_preference(const void *a, const void *b, void *data)
{
    const struct glx_config *first = *(const struct glx_config *const *)a;
    const struct glx_config *second = *(const struct glx_config *const *)b;
    struct wish *wishes = data;
    static const struct {
        int attribute, sign; /* 1: smaller first */
    } order[] = {
        {GLX_BUFFER_SIZE, 1}, {GLX_DOUBLEBUFFER, 1}, {GLX_AUX_BUFFERS, 1},  {GLX_SAMPLE_BUFFERS, 1},
        {GLX_SAMPLES, 1},     {GLX_DEPTH_SIZE, -1},  {GLX_STENCIL_SIZE, 1},
    };
    int difference = wished_bits(second, wishes) - wished_bits(first, wishes);
    for (unsigned i = 0; !difference && i < sizeof order / sizeof order[0]; i++) {
        difference = order[i].sign * (attribute_of(first, order[i].attribute) -
                                      attribute_of(second, order[i].attribute));
    }
    return difference ? difference : first->id - second->id;
}

const struct glx_config **glx_configs_choose(const struct x_screen *screen, const int *attributes,
                                             int *count)
{
    struct wish wishes[WISHES];
    const struct glx_config **chosen = calloc(screen->config_count + 1, sizeof *chosen);
    *count = 0;
    if (!chosen || !take_wishes(wishes, attributes)) {
        free(chosen);
        return NULL;
    }
    for (unsigned i = 0; i < screen->config_count; i++) {
        if (matches(&screen->configs[i], wishes)) {
            chosen[(*count)++] = &screen->configs[i];
        }
    }
    if (*count == 0) {
        free(chosen);
        return NULL;
    }
    qsort_r(chosen, (size_t)*count, sizeof *chosen, by_preference, wishes);
    return chosen;
}

/* What glXChooseVisual()'s list asks for: Booleans stand alone, integers have a value. */
struct visual_wish {
    bool rgba, double_buffered, srgb, impossible;
    int red, green, blue, alpha, depth, stencil, accum, samples, sample_buffers;
};

static struct visual_wish take_visual_wish(const int *attributes)
{
    struct visual_wish wish = {0};
    for (; *attributes != None; attributes++) {
        switch (*attributes) {
        case GLX_USE_GL:
            continue;
        case GLX_RGBA:
            wish.rgba = true;
            continue;
        case GLX_DOUBLEBUFFER:
            wish.double_buffered = true;
            continue;
        case GLX_STEREO:
            wish.impossible = true;
            continue;
        default:
            break;
        }
        int attribute = *attributes++, value = *attributes;
        switch (attribute) {
        case GLX_RED_SIZE:
            wish.red = value;
            break;
        case GLX_GREEN_SIZE:
            wish.green = value;
            break;
        case GLX_BLUE_SIZE:
            wish.blue = value;
            break;
        case GLX_ALPHA_SIZE:
            wish.alpha = value;
            break;
        case GLX_DEPTH_SIZE:
            wish.depth = value;
            break;
        case GLX_STENCIL_SIZE:
            wish.stencil = value;
            break;
        case GLX_SAMPLES:
            wish.samples = value;
            break;
        case GLX_SAMPLE_BUFFERS:
            wish.sample_buffers = value;
            break;
        case GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB:
            wish.srgb = value == True;
            break;
        case GLX_BUFFER_SIZE: /* for colour index only */
            break;
        case GLX_X_VISUAL_TYPE:
            wish.impossible |= value != GLX_TRUE_COLOR && value != DONT_CARE;
            break;
        case GLX_CONFIG_CAVEAT:
        case GLX_TRANSPARENT_TYPE:
            wish.impossible |= value != GLX_NONE && value != DONT_CARE;
            break;
        case GLX_ACCUM_RED_SIZE:
        case GLX_ACCUM_GREEN_SIZE:
        case GLX_ACCUM_BLUE_SIZE:
        case GLX_ACCUM_ALPHA_SIZE:
            wish.accum = value > wish.accum ? value : wish.accum;
            break;
        case GLX_LEVEL:
        case GLX_AUX_BUFFERS:
            wish.impossible |= value > 0;
            break;
        default:
            wish.impossible = true;
        }
    }
    return wish;
}

static bool visual_matches(const struct glx_config *config, const struct visual_wish *wish)
{
    const struct trireme_config *host = &config->host;
    return config->double_buffered == wish->double_buffered && host->red >= wish->red &&
           host->green >= wish->green && host->blue >= wish->blue && host->alpha >= wish->alpha &&
           host->depth >= wish->depth && host->stencil >= wish->stencil &&
           trireme_config_accum(host) >= wish->accum && host->samples >= wish->samples &&
           (host->samples > 0) >= wish->sample_buffers &&
           (!wish->srgb || (host->flags & TRIREME_CONFIG_SRGB));
}

/* Asked for: the largest is preferred, as GLX says. Not asked for: the smallest. */
static int larger_if_wished(int size, int wished)
{
    return wished > 0 ? size : -size;
}

/* In lexical order; greater is better. */
static void visual_rank(const struct glx_config *config, const struct visual_wish *wish,
                        int rank[6])
{
    const struct trireme_config *host = &config->host;
    rank[0] = -host->samples;
    rank[1] = larger_if_wished(host->alpha, wish->alpha);
    rank[2] = larger_if_wished(host->depth, wish->depth);
    rank[3] = -host->stencil;
    rank[4] = -config->visual_depth;
    rank[5] = -config->id;
}

const struct glx_config *glx_config_choose_visual(const struct x_screen *screen,
                                                  const int *attributes)
{
    struct visual_wish wish = take_visual_wish(attributes);
    const struct glx_config *best = NULL;
    int best_rank[6];
    if (!wish.rgba || wish.impossible) {
        return NULL;
    }
    for (unsigned i = 0; i < screen->config_count; i++) {
        const struct glx_config *config = &screen->configs[i];
        int rank[6];
        if (!visual_matches(config, &wish)) {
            continue;
        }
        visual_rank(config, &wish, rank);
        unsigned k = 0;
        while (best && k < 5 && rank[k] == best_rank[k]) {
            k++;
        }
        if (!best || rank[k] > best_rank[k]) {
            best = config;
            for (k = 0; k < 6; k++) {
                best_rank[k] = rank[k];
            }
        }
    }
    return best;
}
