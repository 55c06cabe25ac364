/* SPDX-License-Identifier: MIT */
#include "guest/windows/wgl_hooks.h"

#include <string.h>

#include "guest/common/debug_messages.h"
#include "guest/windows/wgl.h"

void GL_API_CALL trireme_hook_glDrawBuffer(GLenum buffer)
{
    struct wgl_context *context = wgl_current();
    trireme_glDrawBuffer(buffer);
    /* A debug callback may have let go of it. */
    if (context && wgl_current() == context) {
        context_draw_buffer(&context->host, buffer);
    }
}

void GL_API_CALL trireme_hook_glFinish(void)
{
    struct wgl_context *context = wgl_current();
    if (context) {
        context_finish(&context->host);
        debug_poll(gl_encoder_current());
    }
}

void GL_API_CALL trireme_hook_glFlush(void)
{
    struct wgl_context *context = wgl_current();
    if (context) {
        context_flush(&context->host);
        debug_poll(gl_encoder_current());
    }
}

/* A program that was told of a new size says glViewport before it draws. */
void GL_API_CALL trireme_hook_glViewport(GLint x, GLint y, GLsizei width, GLsizei height)
{
    struct wgl_context *context = wgl_current();
    if (context) {
        context_follow_size(&context->host);
    }
    trireme_glViewport(x, y, width, height);
}

/* Also for contexts that did not ask to be told: they are lost all the same. */
static GLenum GL_API_CALL hook_glGetGraphicsResetStatus(void)
{
    struct wgl_context *context = wgl_current();
    if (context && context_check_lost(&context->host)) {
        return GL_UNKNOWN_CONTEXT_RESET;
    }
    return trireme_glGetGraphicsResetStatus();
}

void *wgl_hook(const char *name)
{
    static const struct {
        const char *name;
        void *function;
    } hooks[] = {
        {"glDrawBuffer", trireme_hook_glDrawBuffer},
        {"glFinish", trireme_hook_glFinish},
        {"glFlush", trireme_hook_glFlush},
        {"glGetGraphicsResetStatus", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusARB", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusEXT", hook_glGetGraphicsResetStatus},
        {"glGetGraphicsResetStatusKHR", hook_glGetGraphicsResetStatus},
        {"glViewport", trireme_hook_glViewport},
    };
    for (unsigned i = 0; i < sizeof hooks / sizeof hooks[0]; i++) {
        if (strcmp(hooks[i].name, name) == 0) {
            return hooks[i].function;
        }
    }
    return NULL;
}
