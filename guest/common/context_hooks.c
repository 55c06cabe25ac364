/* SPDX-License-Identifier: MIT */
#include "guest/common/context_hooks.h"

#include <string.h>

#include "guest/common/context.h"
#include "guest/common/debug_messages.h"

void GL_API_CALL trireme_hook_glDrawBuffer(GLenum buffer)
{
    struct context *context = context_current();
    trireme_glDrawBuffer(buffer);
    /* A debug callback may have let go of it. */
    if (context && context_current() == context) {
        context_draw_buffer(context, buffer);
    }
}

void GL_API_CALL trireme_hook_glFinish(void)
{
    struct context *context = context_current();
    if (context) {
        context_finish(context);
        debug_poll(gl_encoder_current());
    }
}

void GL_API_CALL trireme_hook_glFlush(void)
{
    struct context *context = context_current();
    if (context) {
        context_flush(context);
        debug_poll(gl_encoder_current());
    }
}

/* What is done when a fence is passed may be relied on by another context. */
static GLenum GL_API_CALL hook_glClientWaitSync(GLsync sync, GLbitfield flags, GLuint64 timeout)
{
    struct context *context = context_current();
    GLenum result = trireme_glClientWaitSync(sync, flags, timeout);
    bool passed = result == GL_ALREADY_SIGNALED || result == GL_CONDITION_SATISFIED;
    /* A debug callback may have let go of it. */
    if (passed && context && context_current() == context &&
        share_group_has_others(&context->member)) {
        context_leave_point(context);
    }
    return result;
}

/* A program that was told of a new size says glViewport before it draws. */
void GL_API_CALL trireme_hook_glViewport(GLint x, GLint y, GLsizei width, GLsizei height)
{
    struct context *context = context_current();
    if (context && width > 0 && height > 0) {
        context_viewport(context, (uint32_t)width, (uint32_t)height);
    }
    trireme_glViewport(x, y, width, height);
}

/* Also for contexts that did not ask to be told: they are lost all the same. */
static GLenum GL_API_CALL hook_glGetGraphicsResetStatus(void)
{
    struct context *context = context_current();
    if (context && context_check_lost(context)) {
        return GL_UNKNOWN_CONTEXT_RESET;
    }
    return trireme_glGetGraphicsResetStatus();
}

void *context_entry_point(const char *name)
{
    static const struct {
        const char *name;
        void *function;
    } hooks[] = {
        {"glClientWaitSync", hook_glClientWaitSync},
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
    return (void *)gl_entry_point(name);
}
