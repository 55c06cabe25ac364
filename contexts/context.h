/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A context of the guest: an EGL context, its decoder (OpenGL's or Glide's) and what it draws to.
 * Everything but the table's lookup happens on its render thread, where the EGL context stays
 * current for its whole life (without a surface while the guest has none).
 */
#ifndef TRIREME_CONTEXT_H
#define TRIREME_CONTEXT_H

#include <urcu/rculfhash.h>
#include <urcu/urcu-memb.h>

#include "contexts/frame.h"
#include "contexts/host_gl.h"
#include "contexts/leave_clock.h"
#include "contexts/session_objects.h"
#include "contexts/surface_copier.h"
#include "dispatch/gl_decoder.h"
#include "dispatch/glide/glide_decoder.h"

struct context {
    /* For the table: read by other threads until a grace period after removal. */
    struct cds_lfht_node table_node;
    struct rcu_head rcu;
    uint32_t slot_number, slot_serial;
    struct leave_clock *clock;

    const struct display *display;
    struct session_objects *objects;
    struct share_group *group;
    EGLContext egl;
    struct host_gl gl;
    struct gl_decoder *decoder;          /* NULL: its commands are Glide's */
    struct glide_decoder *glide;         /* NULL: they are OpenGL's */
    struct glide_host *glide_host;       /* the decoder's: the renderer, or … */
    struct glide_wrapper *glide_wrapper; /* … a library, with which no EGL context is current */
    GError *no_wrapper;                  /* why the user's library is not used; NULL: no reason */
    struct trireme_glide_board board;    /* with `glide`: what programs are shown */
    uint32_t version;                    /* as advertised, major << 8 | minor */
    struct program_options *options;

    struct drawable *draw, *read; /* current ones, NULL: none */
    bool has_turns;               /* and it is bound to them */
    bool had_drawable;
    bool double_buffered; /* what the guest draws to */
    enum gl_side draw_side, read_side;
    const struct frame_writer *frames; /* the render thread's */
    struct surface_copier copier;
    struct gl_default_framebuffer default_framebuffer;
};

struct context_request {
    uint32_t slot_number, slot_serial;
    struct session_objects *objects;
    struct trireme_context_create create; /* private copy */
    const struct gl_decoder_ops *decoder_ops;
    glide_reply *glide_reply;
    void *decoder_data;                /* of both */
    const struct frame_writer *frames; /* outlives the context */
    uint64_t payload_bytes;            /* greatest, of one command */
    const char *glide_backend;         /* a library that shall draw; NULL: none */
};

/* NULL: `error` holds an EGL error code. Makes the context current, without a surface. */
struct context *context_create(const struct context_request *request, GError **error);

/* Not in the table any more. Frees after a grace period. */
void context_destroy(struct context *context);

/* Ids of 0: no drawable. On failure the context is current without a surface. */
bool context_make_current(struct context *context, const struct drawable_request *draw,
                          const struct drawable_request *read, bool double_buffered,
                          GError **error);

/*
 * Several contexts may have one drawable current. Where this context waits, and certainly has no
 * glBegin open, it lends what others have current, too, and is bound to nothing.
 */
void context_lend_drawables(struct context *context);
/* At a point of the stream that programs do not reach between glBegin and glEnd: makes certain. */
void context_expect_outside(struct context *context);
/* Waits for what was lent, without the turn of the GL. True: to be bound (context_sides.h). */
bool context_await_drawables(struct context *context);
/* Another context has waited for its drawables for long enough. */
bool context_is_wanted_elsewhere(const struct context *context);

/* `drawable` is one of the current ones; its contents are undefined after that. */
bool context_resize_drawable(struct context *context, struct drawable *drawable, uint32_t width,
                             uint32_t height, GError **error);

/* A drawable of this context that has that id; NULL: it is not current. */
struct drawable *context_find_drawable(const struct context *context, uint32_t id);

/* Commands of its API executed so far. */
uint64_t context_commands(const struct context *context);

/* Makes it current with these surfaces. Nothing where a library draws. */
bool context_bind(struct context *context, EGLSurface draw, EGLSurface read);

/* The host's GL lost it. */
bool context_is_lost(const struct context *context);

#endif
