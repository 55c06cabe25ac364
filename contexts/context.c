/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/context.h"

#include "contexts/context_sides.h"
#include "contexts/contexts_error.h"
#include "contexts/glide_board.h"
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/wrapper/glide_wrapper.h"

/* What dispatch/glide needs. */
#define GLIDE_GL_VERSION ((3u << 8) | 3u)

static bool is_glide(const struct context_request *request)
{
    return request->create.profile == TRIREME_PROFILE_GLIDE;
}

/* What the board is drawn with. */
static struct trireme_context_create glide_context(const struct context_request *request,
                                                   const struct display *display)
{
    struct trireme_context_create create = request->create;
    create.version = GLIDE_GL_VERSION;
    create.profile = display->max_core >= GLIDE_GL_VERSION ? TRIREME_PROFILE_CORE
                                                           : TRIREME_PROFILE_COMPATIBILITY;
    create.flags = 0;
    return create;
}

static bool create_egl(struct context *context, const struct context_request *request,
                       GError **error)
{
    const struct trireme_context_create create =
        is_glide(request) ? glide_context(request, context->display) : request->create;
    EGLint egl_error;
    if (create.version > DISPLAY_GREATEST_VERSION) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_MATCH, "OpenGL %u.%u is more than is carried",
                    create.version >> 8, create.version & 0xff);
        return false;
    }
    /* The board's objects are nobody else's, whatever group the guest names. */
    context->egl =
        is_glide(request)
            ? display_create_context(context->display, EGL_NO_CONTEXT, &create, &egl_error)
            : share_group_create_context(context->group, context->display, &create, &egl_error);
    if (context->egl == EGL_NO_CONTEXT) {
        g_set_error(error, CONTEXTS_ERROR, egl_error, "the host gives no such context: %s",
                    egl_error_name(egl_error));
        return false;
    }
    eglBindAPI(EGL_OPENGL_API);
    if (!eglMakeCurrent(context->display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, context->egl)) {
        return contexts_set_egl_error(error, "cannot make a new context current");
    }
    return true;
}

static uint32_t greatest_version(const struct program_options *options)
{
    return options->gl_version ? MIN(options->gl_version, DISPLAY_GREATEST_VERSION)
                               : DISPLAY_GREATEST_VERSION;
}

static bool create_decoder(struct context *context, const struct context_request *request,
                           GError **error)
{
    const struct gl_limits limits = {
        .max_payload_bytes = request->payload_bytes,
        .max_version = greatest_version(context->options),
        .hidden_extensions = context->options->hidden_extensions,
        .extensions_year = context->options->extensions_year,
        .extensions_bytes = context->options->extensions_bytes,
    };
    context->version = MIN(display_current_version(), limits.max_version);
    context->decoder =
        gl_decoder_create(request->decoder_ops, request->decoder_data, &limits, error);
    if (!context->decoder) {
        return false;
    }
    const struct gl_robustness robustness = {
        .access = request->create.flags & TRIREME_CONTEXT_ROBUST_ACCESS,
        .lose_on_reset = request->create.flags & TRIREME_CONTEXT_LOSE_ON_RESET,
    };
    gl_decoder_set_robustness(context->decoder, &robustness);
    gl_decoder_share(context->decoder, &context->group->gl);
    return true;
}

static void create_board(struct context *context, const struct context_request *request)
{
    const struct program_options *options = context->options;
    context->board =
        glide_board_shown(options->glide_board, options->glide_memory, options->glide_units);
    if (request->glide_backend) {
        context->glide_wrapper = glide_wrapper_create(request->glide_backend, context->board.units,
                                                      options->glide_gamma, &context->no_wrapper);
    }
    if (context->glide_wrapper) {
        /* It makes an OpenGL context of its own current, which it could not beside another. */
        eglMakeCurrent(context->display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        context->glide = glide_decoder_create(&glide_wrapper_backend, context->glide_wrapper,
                                              request->payload_bytes, request->glide_reply,
                                              request->decoder_data);
        return;
    }
    const struct glide_host_options host = {
        .texture_units = context->board.units,
        .texture_memory = context->board.unit_memory,
        .scale = MAX(options->glide_scale, 1),
        .samples = options->samples,
        .true_color = options->glide_true_color,
        .filter = options->glide_filter,
        .gamma = options->glide_gamma,
    };
    context->glide_host = glide_host_create(&host);
    context->glide =
        glide_decoder_create(&glide_host_backend, context->glide_host, request->payload_bytes,
                             request->glide_reply, request->decoder_data);
}

static bool create_parts(struct context *context, const struct context_request *request,
                         GError **error)
{
    if (!create_egl(context, request, error)) {
        return false;
    }
    if (!host_gl_load(&context->gl, context->display->robust)) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_MATCH, "the host's GL is older than 3.0");
        return false;
    }
    if (is_glide(request)) {
        create_board(context, request);
        return true;
    }
    return create_decoder(context, request, error);
}

struct context *context_create(const struct context_request *request, GError **error)
{
    struct context *context = g_new0(struct context, 1);
    context->slot_number = request->slot_number;
    context->slot_serial = request->slot_serial;
    context->objects = session_objects_ref(request->objects);
    context->display = session_objects_display(request->objects);
    context->group = session_objects_get_group(context->objects, request->create.share_group);
    context->clock = leave_clock_create(context->group, context->display);
    context->egl = EGL_NO_CONTEXT;
    context->frames = request->frames;
    surface_copier_init(&context->copier, context->display);
    context->options = session_objects_get_options(context->objects);
    if (!is_glide(request) && request->create.version > greatest_version(context->options)) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_MATCH,
                    "OpenGL %u.%u is more than gl-version allows", request->create.version >> 8,
                    request->create.version & 0xff);
        context_destroy(context);
        return NULL;
    }
    if (!create_parts(context, request, error)) {
        context_destroy(context);
        return NULL;
    }
    return context;
}

static void free_after_grace_period(struct rcu_head *rcu)
{
    struct context *context = caa_container_of(rcu, struct context, rcu);
    leave_clock_unref(context->clock);
    g_free(context);
}

bool context_bind(struct context *context, EGLSurface draw, EGLSurface read)
{
    return context->glide_wrapper ||
           eglMakeCurrent(context->display->egl, draw, read, context->egl);
}

/* Both once, always in the same order. Not in one's turn of the GL. */
static void take_turns(struct context *context)
{
    struct drawable *first = context->draw, *second = context->read;
    if (first->id > second->id) {
        first = context->read;
        second = context->draw;
    }
    gl_turn_take(first->turn);
    if (second != first) {
        gl_turn_take(second->turn);
    }
    context->has_turns = true;
}

static void give_turns(struct context *context)
{
    if (context->has_turns) {
        context_bind(context, EGL_NO_SURFACE, EGL_NO_SURFACE);
        gl_turn_give(context->draw->turn);
        if (context->read != context->draw) {
            gl_turn_give(context->read->turn);
        }
        context->has_turns = false;
    }
}

static void start_using(struct drawable **place, struct drawable *drawable)
{
    g_atomic_int_inc(&drawable->users);
    *place = drawable;
}

static void stop_using(struct drawable **place)
{
    if (*place) {
        g_atomic_int_add(&(*place)->users, -1);
        drawable_unref(*place);
        *place = NULL;
    }
}

static void let_go_of_drawables(struct context *context)
{
    give_turns(context);
    if (context->read != context->draw) {
        stop_using(&context->read);
    }
    context->read = NULL;
    stop_using(&context->draw);
}

void context_destroy(struct context *context)
{
    if (!context) {
        return;
    }
    leave_clock_close(context->clock);
    let_go_of_drawables(context);
    gl_decoder_destroy(context->decoder);
    glide_decoder_destroy(context->glide);
    g_clear_error(&context->no_wrapper);
    eglMakeCurrent(context->display->egl, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    surface_copier_finish(&context->copier);
    if (context->egl != EGL_NO_CONTEXT) {
        share_group_destroy_context(context->group, context->display, context->egl);
    }
    session_objects_put_group(context->objects, context->group);
    program_options_unref(context->options);
    session_objects_unref(context->objects);
    urcu_memb_call_rcu(&context->rcu, free_after_grace_period);
}

/* The draw drawable itself is read where it has that name, though it may have been destroyed
 * meanwhile. */
static bool find_drawables(struct context *context, const struct drawable_request *draw,
                           const struct drawable_request *read, GError **error)
{
    struct drawable *found = session_objects_get_drawable(context->objects, draw, error);
    if (!found) {
        return false;
    }
    start_using(&context->draw, found);
    context->read = found;
    if (read->id != draw->id) {
        found = session_objects_get_drawable(context->objects, read, error);
        if (!found) {
            return false;
        }
        start_using(&context->read, found);
    }
    return true;
}

/* What GL does at the first make-current, which for EGL was one without a surface. */
static void start_on_first_drawable(struct context *context)
{
    const int width = (int)context->draw->width, height = (int)context->draw->height;
    int double_buffered = 0;
    if (context->had_drawable || context->glide_wrapper) {
        return;
    }
    context->had_drawable = true;
    /* Called back, the only buffer of a single-buffered surface is drawn to, but glClearBuffer of
     * some drivers passes over it (Mesa). */
    context->gl.get_integerv(GL_DOUBLEBUFFER, &double_buffered);
    context->default_framebuffer =
        double_buffered ? (struct gl_default_framebuffer){.back = GL_BACK,
                                                          .front = GL_BACK_LEFT,
                                                          .both = GL_BACK_LEFT}
                        : (struct gl_default_framebuffer){
                              .back = GL_FRONT_LEFT, .front = GL_FRONT, .both = GL_FRONT_AND_BACK};
    context->gl.viewport(0, 0, width, height);
    context->gl.scissor(0, 0, width, height);
    context->gl.draw_buffer(context->default_framebuffer.back);
    context->gl.read_buffer(context->default_framebuffer.back);
}

bool context_make_current(struct context *context, const struct drawable_request *draw,
                          const struct drawable_request *read, bool double_buffered, GError **error)
{
    let_go_of_drawables(context);
    if (draw->id == 0 || read->id == 0) {
        return true;
    }
    context->double_buffered = double_buffered;
    if (!find_drawables(context, draw, read, error)) {
        let_go_of_drawables(context);
        return false;
    }
    /* Who has them gives them away in its turn of the GL. */
    gl_turn_give(context->display->turn);
    take_turns(context);
    gl_turn_take(context->display->turn);
    if (!context_bind_drawables(context, error)) {
        let_go_of_drawables(context);
        return false;
    }
    start_on_first_drawable(context);
    context->default_framebuffer.double_buffered = double_buffered;
    context->default_framebuffer.accumulation = true;
    if (context->decoder) {
        gl_decoder_set_default_framebuffer(context->decoder, &context->default_framebuffer);
    }
    return true;
}

bool context_is_wanted_elsewhere(const struct context *context)
{
    return context->has_turns &&
           (gl_turn_is_over(context->draw->turn) ||
            (context->read != context->draw && gl_turn_is_over(context->read->turn)));
}

static bool is_shared(const struct context *context)
{
    return drawable_is_shared(context->draw) || drawable_is_shared(context->read);
}

/* Glide has no glBegin. */
static bool is_outside(struct context *context, bool ask)
{
    return !context->decoder || gl_decoder_is_outside(context->decoder, ask);
}

void context_expect_outside(struct context *context)
{
    if (context->has_turns && is_shared(context)) {
        is_outside(context, true);
    }
}

void context_lend_drawables(struct context *context)
{
    if (context->has_turns && is_shared(context) && is_outside(context, false)) {
        give_turns(context);
    }
}

bool context_await_drawables(struct context *context)
{
    if (!context->draw || context->has_turns) {
        return false;
    }
    take_turns(context);
    return true;
}

bool context_resize_drawable(struct context *context, struct drawable *drawable, uint32_t width,
                             uint32_t height, GError **error)
{
    return session_objects_resize_drawable(context->objects, drawable, width, height, error) &&
           context_bind_drawables(context, error);
}

struct drawable *context_find_drawable(const struct context *context, uint32_t id)
{
    if (context->draw && context->draw->id == id) {
        return context->draw;
    }
    return context->read && context->read->id == id ? context->read : NULL;
}

uint64_t context_commands(const struct context *context)
{
    return context->decoder ? gl_decoder_commands(context->decoder)
                            : glide_decoder_commands(context->glide);
}

bool context_is_lost(const struct context *context)
{
    return !context->glide_wrapper && context->gl.get_graphics_reset_status &&
           context->gl.get_graphics_reset_status() != GL_NO_ERROR;
}
