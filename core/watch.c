/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/server.h"

/* At one time. */
#define WATCHERS 16

struct watch {
    const struct watch_ops *ops;
    void *data;
    char *path;
    int fd;
    guint listen_watch;
    GPtrArray *watchers;
};

struct watcher {
    struct watch *watch;
    int socket;
    guint source;
    bool complete; /* everything could be sent so far */
};

char *watch_folder(void)
{
    char *folder = g_build_filename(g_get_user_runtime_dir(), "trireme", "servers", NULL);
    g_mkdir_with_parents(folder, 0700);
    return folder;
}

static void drop(struct watcher *watcher)
{
    struct watch *watch = watcher->watch;
    g_source_remove(watcher->source);
    close(watcher->socket);
    g_ptr_array_remove_fast(watch->watchers, watcher);
    g_free(watcher);
    if (watch->watchers->len == 0) {
        watch->ops->look_away(watch->data);
    }
}

static void put(struct watcher *watcher, const void *packet, size_t bytes)
{
    watcher->complete =
        watcher->complete && send(watcher->socket, packet, bytes, MSG_DONTWAIT | MSG_NOSIGNAL) > 0;
}

static void put_context(void *data, const struct watch_context *context)
{
    put(data, context, sizeof *context);
}

static gboolean asked(gint fd, GIOCondition condition, gpointer data)
{
    struct watcher *watcher = data;
    struct watch *watch = watcher->watch;
    const struct watch_packet end = {.type = WATCH_END, .version = WATCH_VERSION};
    struct watch_packet ask;
    ssize_t bytes = recv(fd, &ask, sizeof ask, MSG_DONTWAIT | MSG_TRUNC);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) {
        return G_SOURCE_CONTINUE;
    }
    watcher->complete =
        bytes == sizeof ask && ask.type == WATCH_ASK && ask.version == WATCH_VERSION;
    if (watcher->complete) {
        watch->ops->look(watch->data, put_context, watcher);
        put(watcher, &end, sizeof end);
    }
    if (!watcher->complete) {
        drop(watcher);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean accept_watcher(gint fd, GIOCondition condition, gpointer data)
{
    struct watch *watch = data;
    int socket = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)) {
        return G_SOURCE_CONTINUE;
    }
    if (socket < 0) {
        g_warning("trireme top cannot see this server any more: %s", g_strerror(errno));
        watch->listen_watch = 0;
        return G_SOURCE_REMOVE;
    }
    if (watch->watchers->len >= WATCHERS) {
        close(socket);
        return G_SOURCE_CONTINUE;
    }
    struct watcher *watcher = g_new0(struct watcher, 1);
    watcher->watch = watch;
    watcher->socket = socket;
    watcher->source = g_unix_fd_add(socket, G_IO_IN | G_IO_HUP | G_IO_ERR, asked, watcher);
    g_ptr_array_add(watch->watchers, watcher);
    return G_SOURCE_CONTINUE;
}

struct watch *watch_create(const struct watch_ops *ops, void *data)
{
    g_autofree char *folder = watch_folder();
    g_autofree char *path = g_strdup_printf("%s/%d", folder, (int)getpid());
    g_autoptr(GError) error = NULL;
    int fd = server_bind(path, &error);
    if (fd < 0) {
        g_info("trireme top will not see this server: %s", error->message);
        return NULL;
    }
    struct watch *watch = g_new0(struct watch, 1);
    watch->ops = ops;
    watch->data = data;
    watch->fd = fd;
    watch->path = g_steal_pointer(&path);
    watch->watchers = g_ptr_array_new();
    watch->listen_watch = g_unix_fd_add(fd, G_IO_IN, accept_watcher, watch);
    return watch;
}

void watch_destroy(struct watch *watch)
{
    if (!watch) {
        return;
    }
    while (watch->watchers->len > 0) {
        drop(g_ptr_array_index(watch->watchers, 0));
    }
    if (watch->listen_watch) {
        g_source_remove(watch->listen_watch);
    }
    close(watch->fd);
    g_unlink(watch->path);
    g_free(watch->path);
    g_ptr_array_unref(watch->watchers);
    g_free(watch);
}
