/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_front.h"

#include <string.h>

#include "gl_entry_points.h"
#include "guest/linux/glx_calls.h"
#include "guest/linux/glx_context.h"

static bool shows_front(const struct glx_context *context)
{
    return context->draw && context->draw->kind != GLX_KIND_PBUFFER &&
           (context->draws_front || !glx_context_double_buffered(context, context->draw));
}

/* Another context of the group may rely on what came before, and this one on what others did. */
static void leave_point(struct glx_context *context)
{
    share_group_leave(&context->member, &context->encoder);
    share_group_catch_up(&context->member, &context->encoder);
}

static void check_size(struct glx_context *context)
{
    glx_lock();
    glx_drawables_poll(context->server);
    glx_unlock();
    glx_context_follow_size(context);
}

void glx_front_flush(void)
{
    struct glx_context *context = glx_context_current();
    trireme_glFlush();
    if (!context || glx_context_check_lost(context)) {
        return;
    }
    if (shows_front(context)) {
        present_swap(context->present, &context->encoder, &context->draw->shown,
                     context->draw_host->id);
        check_size(context);
    }
    leave_point(context);
}

void glx_front_finish(void)
{
    struct glx_context *context = glx_context_current();
    bool shows = context && !glx_context_check_lost(context) && shows_front(context);
    if (shows) {
        present_swap(context->present, &context->encoder, &context->draw->shown,
                     context->draw_host->id);
    }
    trireme_glFinish();
    if (shows) {
        present_show_ready(context->present);
        check_size(context);
    }
    if (context) {
        leave_point(context);
    }
}

/* Has this size been looked into already? Programs set viewports for framebuffer objects too, and
 * asking the X server each time would be slow. */
static bool asked_before(struct glx_context *context, uint32_t width, uint32_t height)
{
    const unsigned places = sizeof context->asked_sizes / sizeof context->asked_sizes[0];
    for (unsigned i = 0; i < places; i++) {
        if (context->asked_sizes[i].width == width && context->asked_sizes[i].height == height) {
            return true;
        }
    }
    unsigned place = context->next_asked_size++ % places;
    context->asked_sizes[place].width = width;
    context->asked_sizes[place].height = height;
    return false;
}

/* A program that was told of a new size says glViewport before it draws, maybe before the event
 * has reached this library's connection. */
static void GLAPIENTRY hook_glViewport(GLint x, GLint y, GLsizei width, GLsizei height)
{
    struct glx_context *context = glx_context_current();
    struct glx_drawable *draw = context ? context->draw : NULL;
    if (draw && draw->kind == GLX_KIND_WINDOW && width > 0 && height > 0 &&
        (draw->width != (uint32_t)width || draw->height != (uint32_t)height)) {
        uint32_t old_width = draw->width, old_height = draw->height;
        glx_lock();
        glx_drawables_poll(draw->server);
        if ((draw->width != (uint32_t)width || draw->height != (uint32_t)height) &&
            !asked_before(context, (uint32_t)width, (uint32_t)height)) {
            glx_drawable_ask_size(draw);
        }
        glx_unlock();
        if (draw->width != old_width || draw->height != old_height) {
            memset(context->asked_sizes, 0, sizeof context->asked_sizes);
        }
        glx_context_follow_size(context);
    }
    trireme_glViewport(x, y, width, height);
}

static void GLAPIENTRY hook_glDrawBuffer(GLenum buffer)
{
    struct glx_context *context = glx_context_current();
    trireme_glDrawBuffer(buffer);
    if (!context || glx_context_current() != context) {
        return; /* a debug callback may have let go of it */
    }
    switch (buffer) {
    case GL_FRONT:
    case GL_FRONT_LEFT:
    case GL_LEFT:
    case GL_FRONT_AND_BACK:
        context->draws_front = true;
        break;
    case GL_BACK:
    case GL_BACK_LEFT:
        context->draws_front = false;
        break;
    default: /* attachments of framebuffer objects, or an error */
        break;
    }
}

static void GLAPIENTRY hook_glFlush(void)
{
    glx_front_flush();
    debug_poll(gl_encoder_current());
}

static void GLAPIENTRY hook_glFinish(void)
{
    glx_front_finish();
    debug_poll(gl_encoder_current());
}

/* Also for contexts that did not ask to be told: they are lost all the same. */
static GLenum GLAPIENTRY hook_glGetGraphicsResetStatus(void)
{
    struct glx_context *context = glx_context_current();
    if (context && glx_context_check_lost(context)) {
        return GL_UNKNOWN_CONTEXT_RESET;
    }
    return trireme_glGetGraphicsResetStatus();
}

void *gl_hook(const char *name)
{
    static const struct {
        const char *name;
        void *function;
    } hooks[] = {
        {"glDrawBuffer", hook_glDrawBuffer},
        {"glFinish", hook_glFinish},
        {"glFlush", hook_glFlush},
        {"glGetGraphicsResetStatus", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusARB", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusEXT", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusKHR", hook_glGetGraphicsResetStatus},
        {"glViewport", hook_glViewport},
    };
    for (unsigned i = 0; i < sizeof hooks / sizeof hooks[0]; i++) {
        if (strcmp(hooks[i].name, name) == 0) {
            return hooks[i].function;
        }
    }
    return NULL;
}
