/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A drawable of a session: the pbuffer behind a guest's window or GLX pbuffer. Several contexts of
 * the session may have it current, each in its thread; but EGL lets a surface be current to one
 * thread at a time, so they are bound to it in turns (context.h).
 *
 * EGL's pbuffers have one colour buffer. It is the guest's back buffer; a front buffer is a second
 * pbuffer, which is there from when a program names the front buffer until it leaves it alone for a
 * frame. What programs that only swap have in front is the last frame, which they cannot see.
 *
 * All functions from any thread; references come from session_objects.h.
 */
#ifndef TRIREME_DRAWABLE_H
#define TRIREME_DRAWABLE_H

#include <glib.h>
#include <stdbool.h>

#include "contexts/accum_buffer.h"
#include "contexts/display.h"
#include "contexts/gl_turn.h"

struct drawable {
    gatomicrefcount references;
    const struct display *display;
    uint32_t id;
    uint32_t kind; /* enum trireme_drawable_kind */
    const struct display_config *config;

    gint users;           /* contexts that have it current; atomic */
    struct gl_turn *turn; /* of them; who has it may use all below */
    EGLSurface surface;
    EGLSurface front;           /* EGL_NO_SURFACE: not needed */
    bool front_used;            /* since the last swap */
    bool depth_in_front;        /* depth and stencil, which front and back have in common */
    struct accum_buffer *accum; /* NULL: never used */
    bool swapped;               /* ever: what is in front was in back */
    uint32_t width, height;     /* pixels */
};

/* What a pbuffer of this size takes, bytes: colour, depth and stencil of each sample. */
uint64_t drawable_bytes(const struct display_config *config, uint32_t width, uint32_t height);

struct drawable *drawable_create(const struct display *display, uint32_t id, uint32_t kind,
                                 const struct display_config *config, uint32_t width,
                                 uint32_t height, GError **error);
struct drawable *drawable_ref(struct drawable *drawable);
void drawable_unref(struct drawable *drawable);

/* Several contexts have it current. */
bool drawable_is_shared(const struct drawable *drawable);

/* The rest: in one's turn. */

/* A front buffer, all zeros; there is none yet. */
bool drawable_make_front(struct drawable *drawable, GError **error);
/* No context is bound to it. */
void drawable_drop_front(struct drawable *drawable);

/* Gives it a new size; contents are undefined then. True: nothing failed. On failure the
 * old surfaces stay. */
bool drawable_resize(struct drawable *drawable, uint32_t width, uint32_t height, GError **error);

#endif
