/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/top_servers.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* For one packet of a server's. */
#define PATIENCE_MS 2000

struct top_servers {
    char *folder;
    GHashTable *sockets; /* process id -> connected socket */
};

static void close_socket(gpointer socket)
{
    close(GPOINTER_TO_INT(socket));
}

struct top_servers *top_servers_create(void)
{
    struct top_servers *servers = g_new0(struct top_servers, 1);
    servers->folder = watch_folder();
    servers->sockets = g_hash_table_new_full(NULL, NULL, NULL, close_socket);
    return servers;
}

void top_servers_destroy(struct top_servers *servers)
{
    g_hash_table_unref(servers->sockets);
    g_free(servers->folder);
    g_free(servers);
}

unsigned top_servers_count(const struct top_servers *servers)
{
    return g_hash_table_size(servers->sockets);
}

/* -1: nobody is there. A socket that a server left when it died is removed. */
static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
    if (g_strlcpy(address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
        return -1;
    }
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return fd;
    }
    if (errno == ECONNREFUSED) {
        g_unlink(path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

static void find_new(struct top_servers *servers)
{
    GDir *folder = g_dir_open(servers->folder, 0, NULL);
    const char *name;
    while (folder && (name = g_dir_read_name(folder))) {
        char *end;
        long process = strtol(name, &end, 10);
        if (process <= 0 || *end ||
            g_hash_table_contains(servers->sockets, GINT_TO_POINTER((int)process))) {
            continue;
        }
        g_autofree char *path = g_build_filename(servers->folder, name, NULL);
        int fd = connect_to(path);
        if (fd >= 0) {
            g_hash_table_insert(servers->sockets, GINT_TO_POINTER((int)process),
                                GINT_TO_POINTER(fd));
        }
    }
    if (folder) {
        g_dir_close(folder);
    }
}

/* Appends what the server says; false: it has gone, or is of another version. */
static bool ask(int socket, int server, GArray *contexts)
{
    const struct watch_packet packet = {.type = WATCH_ASK, .version = WATCH_VERSION};
    if (send(socket, &packet, sizeof packet, MSG_NOSIGNAL) != sizeof packet) {
        return false;
    }
    for (;;) {
        struct top_context context = {.server = server};
        ssize_t bytes = recv(socket, &context.sample, sizeof context.sample, 0);
        if (bytes == sizeof packet && context.sample.packet.type == WATCH_END) {
            return true;
        }
        if (bytes != sizeof context.sample || context.sample.packet.type != WATCH_CONTEXT) {
            return false;
        }
        context.sample.machine[sizeof context.sample.machine - 1] = '\0';
        context.sample.program[sizeof context.sample.program - 1] = '\0';
        g_array_append_val(contexts, context);
    }
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const struct top_context *left = a, *right = b;
    if (left->server != right->server) {
        return left->server < right->server ? -1 : 1;
    }
    int machines = strcmp(left->sample.machine, right->sample.machine);
    return machines ? machines : (int)left->sample.slot - (int)right->sample.slot;
}

GArray *top_servers_ask(struct top_servers *servers)
{
    GArray *contexts = g_array_new(FALSE, FALSE, sizeof(struct top_context));
    GHashTableIter each;
    gpointer process, socket;
    find_new(servers);
    g_hash_table_iter_init(&each, servers->sockets);
    while (g_hash_table_iter_next(&each, &process, &socket)) {
        if (!ask(GPOINTER_TO_INT(socket), GPOINTER_TO_INT(process), contexts)) {
            g_hash_table_iter_remove(&each);
        }
    }
    g_array_sort(contexts, compare);
    return contexts;
}
