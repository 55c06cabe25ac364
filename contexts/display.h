/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The host's GL as EGL shows it: one EGL display, its framebuffer configurations and the greatest
 * versions of contexts. Without a window system (Mesa's surfaceless platform), or on a render node
 * that the user names. Immutable once it is open (but for the turn), so that every thread may read
 * it.
 */
#ifndef TRIREME_DISPLAY_H
#define TRIREME_DISPLAY_H

#define EGL_NO_X11
#include <EGL/egl.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "contexts/gl_turn.h"
#include "ring/records.h"

/* The greatest version that guests are offered: above it GL needs persistent maps (4.4). */
#define DISPLAY_GREATEST_VERSION ((4u << 8) | 3u)

struct display_config {
    struct trireme_config config; /* as guests see it */
    EGLConfig egl;
};

struct display {
    EGLDisplay egl;
    struct display_config *configs;
    unsigned config_count;
    uint32_t max_core, max_compat; /* major << 8 | minor, capped; max_core 0: none */
    bool robust;                   /* contexts are robust and notice resets */
    /* Mesa. Where a surface can hold sRGB colours its accumulation buffers add up light, also while
     * GL_FRAMEBUFFER_SRGB is disabled. */
    bool mesa;
    char *vendor, *renderer;
    struct gl_turn *turn; /* NULL: contexts of several threads may call the GL at one time */
};

/* `render_node`: path of a DRM node, NULL: surfaceless. The message says what to do. Makes
 * contexts current on the calling thread and leaves none. */
struct display *display_open(const char *render_node, GError **error);

/* After the last context is gone. */
void display_close(struct display *display);

/* NULL: no such configuration. */
const struct display_config *display_find_config(const struct display *display, uint32_t id);

/* The configuration like `config` with the fewest samples that are at least `samples`; `config` if
 * there is none, or it has so many. */
const struct display_config *display_multisampled(const struct display *display,
                                                  const struct display_config *config,
                                                  uint32_t samples);

/* An EGL context of the host; `version` 0: the host's default, always a compatibility context.
 * EGL_NO_CONTEXT with *egl_error set. */
EGLContext display_create_context(const struct display *display, EGLContext share,
                                  const struct trireme_context_create *wanted, EGLint *egl_error);

/* Version of the context that is current, major << 8 | minor; 0: none. */
uint32_t display_current_version(void);

#endif
