/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/session_objects.h"

#include "contexts/contexts_error.h"

struct session_objects {
    gatomicrefcount references;
    const struct display *display;
    struct session_limits limits;
    GMutex lock;
    GHashTable *drawables; /* id -> struct drawable, a reference each */
    GHashTable *destroyed; /* ids that were destroyed before their first context had them current */
    GHashTable *groups;    /* number -> struct share_group */
    uint64_t bytes;        /* of the drawables in the table */
    struct program_options *options;
};

struct session_objects *session_objects_create(const struct display *display,
                                               const struct session_limits *limits)
{
    struct session_objects *objects = g_new0(struct session_objects, 1);
    g_atomic_ref_count_init(&objects->references);
    objects->display = display;
    objects->limits = *limits;
    g_mutex_init(&objects->lock);
    objects->drawables = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)drawable_unref);
    objects->destroyed = g_hash_table_new(NULL, NULL);
    objects->groups = g_hash_table_new(NULL, NULL);
    objects->options = program_options_new();
    return objects;
}

struct session_objects *session_objects_ref(struct session_objects *objects)
{
    g_atomic_ref_count_inc(&objects->references);
    return objects;
}

void session_objects_unref(struct session_objects *objects)
{
    if (!objects || !g_atomic_ref_count_dec(&objects->references)) {
        return;
    }
    g_hash_table_unref(objects->drawables);
    g_hash_table_unref(objects->destroyed);
    g_hash_table_unref(objects->groups);
    program_options_unref(objects->options);
    g_mutex_clear(&objects->lock);
    g_free(objects);
}

const struct display *session_objects_display(const struct session_objects *objects)
{
    return objects->display;
}

void session_objects_set_options(struct session_objects *objects, struct program_options *options)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    program_options_unref(objects->options);
    objects->options = options;
}

struct program_options *session_objects_get_options(struct session_objects *objects)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    return program_options_ref(objects->options);
}

struct share_group *session_objects_get_group(struct session_objects *objects, uint32_t number)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    struct share_group *group = g_hash_table_lookup(objects->groups, GUINT_TO_POINTER(number));
    if (group) {
        group->references++;
    } else {
        group = share_group_create(number);
        g_hash_table_insert(objects->groups, GUINT_TO_POINTER(number), group);
    }
    return group;
}

void session_objects_put_group(struct session_objects *objects, struct share_group *group)
{
    if (!group) {
        return;
    }
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    if (--group->references == 0) {
        g_hash_table_remove(objects->groups, GUINT_TO_POINTER(group->number));
        share_group_destroy(group);
    }
}

static uint32_t clamp_size(const struct session_objects *objects, uint32_t size, uint32_t greatest)
{
    return CLAMP(size, 1, MIN(greatest, objects->limits.drawable_size));
}

static bool budget_allows(const struct session_objects *objects, uint64_t bytes, GError **error)
{
    if (bytes > objects->limits.drawable_bytes) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_ALLOC,
                    "the program's drawables would take %" G_GUINT64_FORMAT
                    " MiB; raise drawable-bytes in the server's configuration",
                    bytes >> 20);
        return false;
    }
    return true;
}

/* A new reference. */
static struct drawable *make_drawable(struct session_objects *objects,
                                      const struct drawable_request *request, GError **error)
{
    const struct display_config *config = display_find_config(objects->display, request->config);
    if (!config) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_CONFIG, "drawable %u names configuration %u",
                    request->id, request->config);
        return NULL;
    }
    config = display_multisampled(objects->display, config, objects->options->samples);
    if (g_hash_table_size(objects->drawables) >= objects->limits.drawables) {
        g_set_error(error, CONTEXTS_ERROR, EGL_BAD_ALLOC,
                    "more than %u drawables; raise drawables in the server's configuration",
                    objects->limits.drawables);
        return NULL;
    }
    uint32_t width = clamp_size(objects, request->width, config->config.max_pbuffer_width);
    uint32_t height = clamp_size(objects, request->height, config->config.max_pbuffer_height);
    uint64_t bytes = drawable_bytes(config, width, height);
    if (!budget_allows(objects, objects->bytes + bytes, error)) {
        return NULL;
    }
    struct drawable *drawable =
        drawable_create(objects->display, request->id, request->kind, config, width, height, error);
    if (drawable && !g_hash_table_remove(objects->destroyed, GUINT_TO_POINTER(request->id))) {
        objects->bytes += bytes;
        g_hash_table_insert(objects->drawables, GUINT_TO_POINTER(request->id),
                            drawable_ref(drawable));
    }
    return drawable;
}

struct drawable *session_objects_get_drawable(struct session_objects *objects,
                                              const struct drawable_request *request,
                                              GError **error)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    struct drawable *drawable =
        g_hash_table_lookup(objects->drawables, GUINT_TO_POINTER(request->id));
    return drawable ? drawable_ref(drawable) : make_drawable(objects, request, error);
}

/* What it takes at that size with the front and accumulation buffers that it has. */
static uint64_t bytes_at(const struct drawable *drawable, uint32_t width, uint32_t height)
{
    uint64_t bytes = drawable_bytes(drawable->config, width, height);
    return (drawable->front == EGL_NO_SURFACE ? bytes : 2 * bytes) +
           (drawable->accum ? accum_buffer_bytes(width, height) : 0);
}

static uint64_t bytes_of(const struct drawable *drawable)
{
    return bytes_at(drawable, drawable->width, drawable->height);
}

/* It counts; one that was destroyed, and is current still, does not. */
static bool is_listed(const struct session_objects *objects, const struct drawable *drawable)
{
    return g_hash_table_lookup(objects->drawables, GUINT_TO_POINTER(drawable->id)) == drawable;
}

bool session_objects_resize_drawable(struct session_objects *objects, struct drawable *drawable,
                                     uint32_t width, uint32_t height, GError **error)
{
    const struct trireme_config *config = &drawable->config->config;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    bool listed = is_listed(objects, drawable);

    width = clamp_size(objects, width, config->max_pbuffer_width);
    height = clamp_size(objects, height, config->max_pbuffer_height);
    if (width == drawable->width && height == drawable->height) {
        return true;
    }
    uint64_t others = objects->bytes - (listed ? bytes_of(drawable) : 0);
    if (!budget_allows(objects, others + bytes_at(drawable, width, height), error) ||
        !drawable_resize(drawable, width, height, error)) {
        return false;
    }
    if (listed) {
        objects->bytes = others + bytes_of(drawable);
    }
    return true;
}

bool session_objects_make_front(struct session_objects *objects, struct drawable *drawable,
                                GError **error)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    uint64_t bytes = drawable_bytes(drawable->config, drawable->width, drawable->height);
    if (!budget_allows(objects, objects->bytes + bytes, error) ||
        !drawable_make_front(drawable, error)) {
        return false;
    }
    objects->bytes += is_listed(objects, drawable) ? bytes : 0;
    return true;
}

void session_objects_drop_front(struct session_objects *objects, struct drawable *drawable)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    uint64_t before = bytes_of(drawable);
    drawable_drop_front(drawable);
    objects->bytes -= is_listed(objects, drawable) ? before - bytes_of(drawable) : 0;
}

bool session_objects_make_accum(struct session_objects *objects, struct drawable *drawable)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    uint64_t bytes = accum_buffer_bytes(drawable->width, drawable->height);
    if (!budget_allows(objects, objects->bytes + bytes, NULL)) {
        return false;
    }
    drawable->accum = accum_buffer_create(
        drawable->width, drawable->height,
        objects->display->mesa && (drawable->config->config.flags & TRIREME_CONFIG_SRGB));
    objects->bytes += drawable->accum && is_listed(objects, drawable) ? bytes : 0;
    return drawable->accum;
}

void session_objects_destroy_drawable(struct session_objects *objects, uint32_t id)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&objects->lock);
    struct drawable *drawable = g_hash_table_lookup(objects->drawables, GUINT_TO_POINTER(id));
    if (drawable) {
        objects->bytes -= bytes_of(drawable);
        g_hash_table_remove(objects->drawables, GUINT_TO_POINTER(id));
    } else if (g_hash_table_size(objects->destroyed) < objects->limits.drawables) {
        g_hash_table_add(objects->destroyed, GUINT_TO_POINTER(id));
    }
}
