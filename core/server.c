/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/server.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "contexts/render_thread.h"
#include "core/peer.h"
#include "core/watch.h"

/* What a context may still do with the GL when the server shall end. */
#define SERVER_STOP_SECONDS 3

struct server_display {
    struct display *display; /* NULL: it cannot be opened */
    char *why;
};

struct server {
    const struct config *config;
    GMainLoop *loop;
    GPtrArray *peers;
    GHashTable *displays; /* render node ("" for none) -> struct server_display */
    int listen_fd;
    guint listen_watch;
    bool serves_one, stopping;
    guint signals[3];
    struct watch *watch; /* NULL: nobody can watch */
};

static void free_display(gpointer data)
{
    struct server_display *entry = data;
    display_close(entry->display);
    g_free(entry->why);
    g_free(entry);
}

/* peer_ops.display: opened once, for all who name the same node. */
static const struct display *find_display(void *data, const char *render_node, const char **why)
{
    struct server *server = data;
    const char *node = render_node ? render_node : server->config->render_node;
    const char *key = node ? node : "";
    struct server_display *entry = g_hash_table_lookup(server->displays, key);
    if (!entry) {
        g_autoptr(GError) error = NULL;
        entry = g_new0(struct server_display, 1);
        entry->display = display_open(node, &error);
        if (entry->display) {
            g_info("host OpenGL: %s, %s", entry->display->vendor, entry->display->renderer);
        } else {
            entry->why = g_strdup(error->message);
            g_warning("no contexts: %s", entry->why);
        }
        g_hash_table_insert(server->displays, g_strdup(key), entry);
    }
    *why = entry->why;
    return entry->display;
}

static void peer_closed(void *data, struct peer *peer)
{
    struct server *server = data;
    g_ptr_array_remove_fast(server->peers, peer);
    if (server->peers->len == 0 && (server->stopping || server->serves_one)) {
        g_main_loop_quit(server->loop);
    }
}

static const struct peer_ops server_peer_ops = {.display = find_display, .closed = peer_closed};

static void add_peer(struct server *server, int socket)
{
    g_ptr_array_add(server->peers, peer_create(socket, server->config, &server_peer_ops, server));
}

static gboolean accept_peer(gint fd, GIOCondition condition, gpointer data);

static gboolean resume_listening(gpointer data)
{
    struct server *server = data;
    if (!server->stopping) {
        server->listen_watch = g_unix_fd_add(server->listen_fd, G_IO_IN, accept_peer, server);
    }
    return G_SOURCE_REMOVE;
}

/* Out of descriptors: the connection stays in the queue, and the loop must not spin for it. */
static void pause_listening(struct server *server)
{
    g_warning("cannot accept a connection: %s", g_strerror(errno));
    g_source_remove(server->listen_watch);
    server->listen_watch = 0;
    g_timeout_add_seconds(1, resume_listening, server);
}

static gboolean accept_peer(gint fd, GIOCondition condition, gpointer data)
{
    struct server *server = data;
    int socket = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0) {
        if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
            pause_listening(server);
        }
        return G_SOURCE_CONTINUE;
    }
    if (server->peers->len >= server->config->connections) {
        g_warning("more than %u connections; raise connections in the configuration",
                  server->config->connections);
        close(socket);
        return G_SOURCE_CONTINUE;
    }
    add_peer(server, socket);
    return G_SOURCE_CONTINUE;
}

void server_listen(struct server *server, int socket)
{
    server->listen_fd = socket;
    server->listen_watch = g_unix_fd_add(socket, G_IO_IN, accept_peer, server);
}

void server_serve_one(struct server *server, int socket)
{
    server->serves_one = true;
    add_peer(server, socket);
}

static gboolean give_up(gpointer data)
{
    struct server *server = data;
    g_warning("a context does not end; leaving it behind");
    g_main_loop_quit(server->loop);
    return G_SOURCE_REMOVE;
}

void server_stop(struct server *server)
{
    if (server->stopping) {
        return;
    }
    server->stopping = true;
    if (server->listen_watch) {
        g_source_remove(server->listen_watch);
        server->listen_watch = 0;
    }
    g_timeout_add_seconds(SERVER_STOP_SECONDS, give_up, server);
    for (guint i = server->peers->len; i > 0; i--) {
        peer_close(g_ptr_array_index(server->peers, i - 1));
    }
    if (server->peers->len == 0) {
        g_main_loop_quit(server->loop);
    }
}

static gboolean stop_signal(gpointer data)
{
    server_stop(data);
    return G_SOURCE_CONTINUE;
}

static gboolean report_signal(gpointer data)
{
    struct server *server = data;
    for (guint i = 0; i < server->peers->len; i++) {
        peer_report(g_ptr_array_index(server->peers, i));
    }
    return G_SOURCE_CONTINUE;
}

static void look(void *data, watch_each *each, void *each_data)
{
    struct server *server = data;
    for (guint i = 0; i < server->peers->len; i++) {
        peer_look(g_ptr_array_index(server->peers, i), each, each_data);
    }
}

static void look_away(void *data)
{
    struct server *server = data;
    for (guint i = 0; i < server->peers->len; i++) {
        peer_look_away(g_ptr_array_index(server->peers, i));
    }
}

static const struct watch_ops server_watch_ops = {.look = look, .look_away = look_away};

static void mask_signals(int how)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(how, &signals, NULL);
}

void server_hold_signals(void)
{
    mask_signals(SIG_BLOCK);
}

struct server *server_create(const struct config *config)
{
    struct server *server = g_new0(struct server, 1);
    server->config = config;
    server->loop = g_main_loop_new(NULL, FALSE);
    server->peers = g_ptr_array_new();
    server->displays = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_display);
    server->listen_fd = -1;
    server->signals[0] = g_unix_signal_add(SIGTERM, stop_signal, server);
    server->signals[1] = g_unix_signal_add(SIGINT, stop_signal, server);
    server->signals[2] = g_unix_signal_add(SIGUSR1, report_signal, server);
    mask_signals(SIG_UNBLOCK);
    server->watch = watch_create(&server_watch_ops, server);
    contexts_start();
    return server;
}

void server_destroy(struct server *server)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(server->signals); i++) {
        g_source_remove(server->signals[i]);
    }
    watch_destroy(server->watch);
    contexts_finish();
    g_hash_table_unref(server->displays);
    g_ptr_array_unref(server->peers);
    g_main_loop_unref(server->loop);
    if (server->listen_fd >= 0) {
        close(server->listen_fd);
    }
    g_free(server);
}

bool server_run(struct server *server)
{
    g_main_loop_run(server->loop);
    return server->peers->len == 0;
}

static bool is_answered(const struct sockaddr_un *address)
{
    int probe = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    bool answered =
        probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
    if (probe >= 0) {
        close(probe);
    }
    return answered;
}

int server_bind(const char *path, GError **error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    if (g_strlcpy(address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NAMETOOLONG,
                    "%s is too long for a socket: use a shorter path", path);
        return -1;
    }
    if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode)) {
        if (is_answered(&address)) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                        "a server listens at %s already; use it or another path", path);
            return -1;
        }
        unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0077);
    bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
                 listen(fd, SOMAXCONN) == 0;
    umask(mask);
    if (!bound) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot listen at %s: %s",
                    path, g_strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    return fd;
}
