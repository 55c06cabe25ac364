/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "guest/common/attribute_groups.h"
#include "guest/common/context_copy.h"
#include "guest/windows/wgl.h"

static struct wgl_context *contexts;

/* The context of a handle; NULL: there is none. Under the lock, as all that follows. */
static struct wgl_context *find(HGLRC handle)
{
    struct wgl_context *context = contexts;
    while (context && (HGLRC)context != handle) {
        context = context->next;
    }
    return context;
}

static struct wgl_share *share_ref(struct wgl_share *share)
{
    share->contexts++;
    return share;
}

static void share_unref(struct wgl_share *share)
{
    if (share && --share->contexts == 0) {
        free(share);
    }
}

/* Another context that shares objects with it and is open; preferably in that session. */
static const struct context *open_sharer(const struct wgl_context *context,
                                         const struct host_session *session)
{
    const struct context *found = NULL;
    for (const struct wgl_context *other = contexts; other; other = other->next) {
        if (other->share == context->share && other->open &&
            (!found || other->host.session == session)) {
            found = &other->host;
        }
    }
    return found;
}

static DWORD open_context(struct wgl_context *context)
{
    uint32_t egl_error;
    struct host_session *session = host_session_get();
    if (!session) {
        return wgl_host_error();
    }
    context->wish.share = open_sharer(context, session);
    context->open = context_open(&context->host, session, &context->wish, &egl_error);
    host_session_unref(session);
    if (context->open) {
        return ERROR_SUCCESS;
    }
    return egl_error ? ERROR_NO_SYSTEM_RESOURCES : wgl_host_error();
}

/* So that it is now that the program hears of it if there can be no context. */
static DWORD take_slot(struct wgl_context *context)
{
    struct host_session *session = host_session_get();
    bool taken = session && context_take_slot(&context->host, session);
    if (session) {
        host_session_unref(session);
    }
    return taken ? ERROR_SUCCESS : wgl_host_error();
}

static void destroy(struct wgl_context *context)
{
    struct wgl_context **link = &contexts;
    while (*link != context) {
        link = &(*link)->next;
    }
    *link = context->next;
    if (context->open) {
        context_close(&context->host);
    } else {
        context_give_slot(&context->host);
        attribute_values_free(context->host.copied);
    }
    share_unref(context->share);
    free(context);
}

struct wgl_context *wgl_current(void)
{
    struct context *context = context_current();
    return context ? (struct wgl_context *)((char *)context - offsetof(struct wgl_context, host))
                   : NULL;
}

struct wgl_context *wgl_last_user(const struct drawable *drawable)
{
    struct wgl_context *context = drawable->holders == 0 ? contexts : NULL;
    while (context && (!context->open || context->host.serial != drawable->last_context)) {
        context = context->next;
    }
    return context && !context->host.is_current ? context : NULL;
}

void wgl_release_current(void)
{
    struct context *context = context_current();
    if (context) {
        context_let_go(context);
    }
}

void wgl_close_all(void)
{
    process_lock();
    wgl_release_current();
    while (contexts) {
        destroy(contexts);
    }
    process_unlock();
}

static DWORD create(HDC dc, HGLRC shared_with, const struct context_wish *wish, bool now,
                    struct wgl_context **created)
{
    struct wgl_surface *surface = wgl_surface_find(dc);
    struct wgl_context *other = shared_with ? find(shared_with) : NULL;
    if (!surface) {
        return wgl_error_without_format(dc);
    }
    if (shared_with && !other) {
        return ERROR_INVALID_OPERATION;
    }
    DWORD error =
        other ? wgl_error_of_fault(context_wish_sharing(wish, &other->wish)) : ERROR_SUCCESS;
    if (error != ERROR_SUCCESS) {
        return error;
    }
    struct wgl_context *context = calloc(1, sizeof *context);
    if (context) {
        context->share = other ? share_ref(other->share) : calloc(1, sizeof *context->share);
    }
    if (!context || !context->share) {
        free(context);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    context->share->contexts += !other;
    context->format = surface->format;
    context->wish = *wish;
    context->wish.config = surface->drawable->config;
    context->next = contexts;
    contexts = context;
    error = now ? open_context(context) : take_slot(context);
    if (error != ERROR_SUCCESS) {
        destroy(context);
        return error;
    }
    *created = context;
    return ERROR_SUCCESS;
}

HGLRC wgl_context_create(HDC dc, HGLRC share, const struct context_wish *wish, bool now)
{
    struct wgl_context *context = NULL;
    process_lock();
    DWORD error = create(dc, share, wish, now, &context);
    process_unlock();
    wgl_result(error);
    return (HGLRC)context;
}

HGLRC WINAPI trireme_wglCreateContext(HDC dc)
{
    const struct context_wish wish = {.profile = TRIREME_PROFILE_COMPATIBILITY};
    return wgl_context_create(dc, NULL, &wish, false);
}

static DWORD delete_context(HGLRC handle)
{
    struct wgl_context *context = find(handle);
    if (!context) {
        return ERROR_INVALID_HANDLE;
    }
    if (context->host.is_current) {
        if (context != wgl_current()) {
            return ERROR_BUSY;
        }
        wgl_release_current();
    }
    destroy(context);
    return ERROR_SUCCESS;
}

BOOL WINAPI trireme_wglDeleteContext(HGLRC handle)
{
    process_lock();
    DWORD error = delete_context(handle);
    process_unlock();
    return wgl_result(error);
}

static DWORD make_current(HDC draw_dc, HDC read_dc, HGLRC handle)
{
    struct wgl_context *context = find(handle);
    struct wgl_surface *draw = wgl_surface_find(draw_dc), *read = wgl_surface_find(read_dc);
    if (!context || !draw || !read) {
        return !context ? ERROR_INVALID_HANDLE : wgl_error_without_format(draw ? read_dc : draw_dc);
    }
    if (draw->format != context->format || read->format != context->format) {
        return ERROR_INVALID_PIXEL_FORMAT;
    }
    if (context->host.is_current && context != wgl_current()) {
        return ERROR_BUSY;
    }
    DWORD error = context->open ? ERROR_SUCCESS : open_context(context);
    if (error != ERROR_SUCCESS) {
        return error;
    }
    if (wgl_current() != context) {
        wgl_release_current();
    }
    context->draw_dc = draw_dc;
    context->read_dc = read_dc;
    context_bind(&context->host, drawable_ref(draw->drawable), drawable_ref(read->drawable));
    return ERROR_SUCCESS;
}

BOOL wgl_make_current(HDC draw, HDC read, HGLRC handle)
{
    DWORD error = ERROR_SUCCESS;
    process_lock();
    if (handle) {
        error = make_current(draw, read, handle);
    } else {
        wgl_release_current();
    }
    process_unlock();
    if (handle && error == ERROR_SUCCESS) {
        context_follow_size(context_current());
        context_take_copied(context_current());
    }
    return wgl_result(error);
}

BOOL WINAPI trireme_wglMakeCurrent(HDC dc, HGLRC handle)
{
    return wgl_make_current(dc, dc, handle);
}

/* The second context must not have been used: what it made would have to move. */
static DWORD share_lists(HGLRC first_handle, HGLRC second_handle)
{
    struct wgl_context *first = find(first_handle), *second = find(second_handle);
    if (!first || !second) {
        return ERROR_INVALID_HANDLE;
    }
    if (first == second || second->open || second->share->contexts > 1) {
        return first->share == second->share ? ERROR_SUCCESS : ERROR_INVALID_OPERATION;
    }
    DWORD error = wgl_error_of_fault(context_wish_sharing(&second->wish, &first->wish));
    if (error != ERROR_SUCCESS) {
        return error;
    }
    struct wgl_share *old = second->share;
    second->share = share_ref(first->share);
    share_unref(old);
    return ERROR_SUCCESS;
}

BOOL WINAPI trireme_wglShareLists(HGLRC first, HGLRC second)
{
    process_lock();
    DWORD error = share_lists(first, second);
    process_unlock();
    return wgl_result(error);
}

/* Formats may differ: all contexts here are of one implementation. */
static DWORD copy_state(HGLRC from_handle, HGLRC to_handle, UINT groups)
{
    struct wgl_context *from = find(from_handle), *to = find(to_handle);
    if (!from || !to) {
        return ERROR_INVALID_HANDLE;
    }
    if (to->host.is_current || (from->host.is_current && from != wgl_current())) {
        return ERROR_BUSY;
    }
    if (!context_has_attributes(&from->wish) || !context_has_attributes(&to->wish)) {
        return ERROR_INVALID_OPERATION;
    }
    DWORD error = from->open ? ERROR_SUCCESS : open_context(from);
    if (error != ERROR_SUCCESS) {
        return error;
    }
    const struct context_copy copy = {
        .groups = groups,
        .shares_objects = from->share == to->share,
        .same_buffers = from->format == to->format,
    };
    return context_copy(&from->host, &to->host, &copy) ? ERROR_SUCCESS : ERROR_INVALID_OPERATION;
}

BOOL WINAPI trireme_wglCopyContext(HGLRC from, HGLRC to, UINT mask)
{
    process_lock();
    DWORD error = copy_state(from, to, mask);
    process_unlock();
    return wgl_result(error);
}

HGLRC WINAPI trireme_wglGetCurrentContext(void)
{
    return (HGLRC)wgl_current();
}

HDC WINAPI trireme_wglGetCurrentDC(void)
{
    struct wgl_context *context = wgl_current();
    return context ? context->draw_dc : NULL;
}

HDC WINAPI trireme_wglGetCurrentReadDCARB(void)
{
    struct wgl_context *context = wgl_current();
    return context ? context->read_dc : NULL;
}

BOOL WINAPI trireme_wglMakeContextCurrentARB(HDC draw, HDC read, HGLRC context)
{
    return wgl_make_current(draw, read, context);
}
