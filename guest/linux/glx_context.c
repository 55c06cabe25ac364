/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_context.h"

#include <pthread.h>
#include <stdlib.h>

_Thread_local struct gl_encoder *trireme_current_encoder
    __attribute__((tls_model("initial-exec"), visibility("hidden"))) = &gl_null_encoder;

/* Lets a context go whose thread ends while it is current. */
static pthread_key_t thread_end_key;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

struct glx_context *glx_context_current(void)
{
    struct context *context = context_current();
    return context ? (struct glx_context *)((char *)context - offsetof(struct glx_context, host))
                   : NULL;
}

bool glx_context_exists(const struct glx_context *context)
{
    return context && context_find(&context->host) && !context->destroyed;
}

struct glx_context *glx_context_create(const struct glx_context_wish *wish, uint32_t *egl_error)
{
    struct context_wish host_wish = wish->host;
    struct glx_context *context = calloc(1, sizeof *context);
    struct host_session *session = context ? host_session_get() : NULL;
    *egl_error = 0;
    host_wish.share = wish->share ? &wish->share->host : NULL;
    host_wish.config = wish->config ? wish->config->host.id : 0;
    host_wish.double_buffered = !wish->config || wish->config->double_buffered;
    bool opened = session && context_open(&context->host, session, &host_wish, egl_error);
    if (session) {
        host_session_unref(session);
    }
    if (!opened) {
        free(context);
        return NULL;
    }
    context->screen = wish->screen;
    context->config = wish->config;
    context->render_type = wish->render_type;
    return context;
}

void glx_context_destroy(struct glx_context *context)
{
    if (context->host.is_current) {
        context->destroyed = true;
    } else {
        context_close(&context->host);
        free(context);
    }
}

static void thread_ended(void *data)
{
    /* Thread-local variables are still there while keys are destroyed. */
    process_lock();
    glx_context_bind(NULL, NULL, NULL);
    process_unlock();
}

static void make_thread_end_key(void)
{
    pthread_key_create(&thread_end_key, thread_ended);
}

void glx_context_bind(struct glx_context *context, struct drawable *draw, struct drawable *read)
{
    struct glx_context *previous = glx_context_current();
    if (previous && previous != context) {
        context_let_go(&previous->host);
        if (previous->destroyed) {
            glx_context_destroy(previous);
        }
    }
    if (context) {
        pthread_once(&thread_end_once, make_thread_end_key);
        pthread_setspecific(thread_end_key, context);
        context_bind(&context->host, draw, read);
    }
}
