/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/share_group.h"

struct share_group *share_group_create(uint32_t number)
{
    struct share_group *group = g_new0(struct share_group, 1);
    group->number = number;
    group->references = 1;
    g_mutex_init(&group->lock);
    g_cond_init(&group->changed);
    group->contexts = g_array_new(FALSE, FALSE, sizeof(EGLContext));
    gl_share_init(&group->gl);
    return group;
}

void share_group_destroy(struct share_group *group)
{
    if (!group) {
        return;
    }
    gl_share_finish(&group->gl);
    g_array_unref(group->contexts);
    g_cond_clear(&group->changed);
    g_mutex_clear(&group->lock);
    g_free(group);
}

EGLContext share_group_create_context(struct share_group *group, const struct display *display,
                                      const struct trireme_context_create *wanted,
                                      EGLint *egl_error)
{
    /* The lock keeps the context that is shared with alive while EGL looks at it. */
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&group->lock);
    EGLContext share = EGL_NO_CONTEXT;
    if (group->contexts->len > 0) {
        share = g_array_index(group->contexts, EGLContext, 0);
    }
    EGLContext context = display_create_context(display, share, wanted, egl_error);
    if (context != EGL_NO_CONTEXT) {
        g_array_append_val(group->contexts, context);
    }
    return context;
}

void share_group_destroy_context(struct share_group *group, const struct display *display,
                                 EGLContext context)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&group->lock);
    for (guint i = 0; i < group->contexts->len; i++) {
        if (g_array_index(group->contexts, EGLContext, i) == context) {
            g_array_remove_index_fast(group->contexts, i);
            break;
        }
    }
    eglDestroyContext(display->egl, context);
}
