/* SPDX-License-Identifier: MIT */
/*
 * Frame buffer configurations: each of the host's, double- and single-buffered, for the visuals of
 * a screen (GLX 1.4, section 3.3.3). A GLXFBConfig is a pointer to one of these and lives as long
 * as the process.
 */
#ifndef TRIREME_GLX_CONFIG_H
#define TRIREME_GLX_CONFIG_H

#include <GL/glx.h>
#include <stdbool.h>

#include "guest/linux/x_server.h"
#include "ring/records.h"

struct glx_config {
    int id; /* GLX_FBCONFIG_ID */
    int screen;
    struct x_server *server;
    struct trireme_config host;
    bool double_buffered;
    uint32_t visual;
    uint8_t visual_depth;
};

/* Fills in the screen's configurations from the host's. False: out of memory. */
bool glx_configs_make(struct x_server *server, struct x_screen *screen,
                      const struct trireme_config *host, unsigned host_count);

/* An attribute as glXGetFBConfigAttrib() tells it; 0 or GLX_BAD_ATTRIBUTE. */
int glx_config_attribute(const struct glx_config *config, int attribute, int *value);

/* What glXChooseFBConfig() returns: an array to be freed with free(), NULL if nothing matches or
 * an attribute is unknown. `attributes` may be NULL. */
const struct glx_config **glx_configs_choose(const struct x_screen *screen, const int *attributes,
                                             int *count);

/* What glXChooseVisual() picks; NULL: nothing. */
const struct glx_config *glx_config_choose_visual(const struct x_screen *screen,
                                                  const int *attributes);

#endif
