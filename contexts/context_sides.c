/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/context_sides.h"

#include "contexts/contexts_error.h"

static bool needs_front(const struct context *context, const struct drawable *drawable,
                        enum gl_side side)
{
    bool both = drawable == context->draw && context->draw_side == GL_SIDE_BOTH;
    return context->double_buffered && side == GL_SIDE_FRONT && !both;
}

/* Without memory for a front buffer the back buffer is both. */
static bool is_front(const struct context *context, const struct drawable *drawable,
                     enum gl_side side)
{
    return needs_front(context, drawable, side) && drawable->front != EGL_NO_SURFACE;
}

static EGLSurface surface_of(const struct context *context, const struct drawable *drawable,
                             enum gl_side side)
{
    return is_front(context, drawable, side) ? drawable->front : drawable->surface;
}

EGLSurface context_draw_surface(const struct context *context)
{
    return surface_of(context, context->draw, context->draw_side);
}

EGLSurface context_read_surface(const struct context *context)
{
    return surface_of(context, context->read, context->read_side);
}

static void copy(struct context *context, const struct drawable *drawable, bool to_front,
                 enum surface_part part)
{
    surface_copier_copy(&context->copier, to_front ? drawable->surface : drawable->front,
                        to_front ? drawable->front : drawable->surface, part, drawable->width,
                        drawable->height);
}

/* The drawable gets a front buffer, with what is in front. */
static bool make_front(struct context *context, struct drawable *drawable, GError **error)
{
    drawable->front_used = true;
    if (drawable->front != EGL_NO_SURFACE) {
        return true;
    }
    if (!session_objects_make_front(context->objects, drawable, error)) {
        return false;
    }
    const void *frame = frame_writer_last(context->frames, drawable);
    if (frame) {
        surface_copier_put(&context->copier, drawable->front, frame, drawable->width,
                           drawable->height);
    } else if (drawable->swapped) {
        /* Another context did, and has the frame: the back buffer is the best guess. */
        copy(context, drawable, true, SURFACE_COLOR);
    }
    return true;
}

static bool make_fronts(struct context *context, GError **error)
{
    return (!needs_front(context, context->draw, context->draw_side) ||
            make_front(context, context->draw, error)) &&
           (!needs_front(context, context->read, context->read_side) ||
            make_front(context, context->read, error));
}

/* Depth and stencil belong to both sides, and are where the drawable is drawn to. */
static void carry_depth(struct context *context)
{
    struct drawable *drawable = context->draw;
    const struct trireme_config *config = &drawable->config->config;
    bool front = is_front(context, drawable, context->draw_side);
    if (front != drawable->depth_in_front && (config->depth > 0 || config->stencil > 0)) {
        copy(context, drawable, front, SURFACE_DEPTH_STENCIL);
    }
    drawable->depth_in_front = front;
}

bool context_bind_drawables(struct context *context, GError **error)
{
    if (context->glide_wrapper) {
        return true;
    }
    make_fronts(context, NULL);
    carry_depth(context);
    if (!context_bind(context, context_draw_surface(context), context_read_surface(context))) {
        return contexts_set_egl_error(error, "cannot make the context current");
    }
    return true;
}

bool context_select_sides(struct context *context, enum gl_side draw, enum gl_side read,
                          GError **error)
{
    bool parted = context->draw_side == GL_SIDE_BOTH && draw != GL_SIDE_BOTH;
    bool made = true;
    context->draw_side = draw;
    context->read_side = read;
    if (!context->draw || !context->double_buffered) {
        return true;
    }
    if (parted) {
        made = make_front(context, context->draw, error);
        if (made) {
            copy(context, context->draw, true, SURFACE_COLOR);
        }
    }
    made = made && make_fronts(context, error);
    return context_bind_drawables(context, made ? error : NULL) && made;
}

void context_swap(struct context *context)
{
    struct drawable *drawable = context->draw;
    drawable->swapped = true;
    if (drawable->front == EGL_NO_SURFACE) {
        return;
    }
    if (!drawable->front_used) {
        session_objects_drop_front(context->objects, drawable);
        return;
    }
    copy(context, drawable, true, SURFACE_COLOR);
    context_bind(context, context_draw_surface(context), context_read_surface(context));
    drawable->front_used = context_draw_surface(context) == drawable->front ||
                           context_read_surface(context) == drawable->front;
}

void context_swap_unseen(struct context *context)
{
    struct drawable *drawable = context->draw;
    drawable->swapped = true;
    if (context->double_buffered && make_front(context, drawable, NULL)) {
        copy(context, drawable, true, SURFACE_COLOR);
    }
    context_bind(context, context_draw_surface(context), context_read_surface(context));
}

void context_begin_frame_read(struct context *context, enum gl_side side)
{
    EGLSurface surface = surface_of(context, context->draw, side);
    if (context->decoder) {
        gl_decoder_mute(context->decoder);
    }
    if (surface != context_read_surface(context)) {
        context_bind(context, context_draw_surface(context), surface);
    }
}

void context_end_frame_read(struct context *context)
{
    if (eglGetCurrentSurface(EGL_READ) != context_read_surface(context)) {
        context_bind(context, context_draw_surface(context), context_read_surface(context));
    }
    if (context->decoder) {
        gl_decoder_unmute(context->decoder);
    }
}
