/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <stdarg.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/control.h"
#include "core/log.h"
#include "core/machine.h"

struct peer {
    int socket;
    guint watch;
    const struct config *config;
    const struct peer_ops *ops;
    void *data;
    bool closing;

    struct machine *machine;            /* NULL until all of its parts are there */
    struct trireme_control_hello hello; /* of a device, while its doorbells come */
    int window_fd, shared_fd;
    int doorbells[TRIREME_MAX_SLOTS]; /* -1: none, or taken by the machine */
    uint32_t doorbell_count;
};

static void free_peer(void *data)
{
    struct peer *peer = data;
    peer->ops->closed(peer->data, peer);
    g_free(peer);
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void close_descriptors(struct peer *peer)
{
    close_fd(&peer->window_fd);
    close_fd(&peer->shared_fd);
    for (unsigned i = 0; i < TRIREME_MAX_SLOTS; i++) {
        close_fd(&peer->doorbells[i]);
    }
}

void peer_close(struct peer *peer)
{
    if (peer->closing) {
        return;
    }
    peer->closing = true;
    g_source_remove(peer->watch);
    close_fd(&peer->socket);
    close_descriptors(peer);
    if (peer->machine) {
        machine_close(peer->machine, free_peer, peer);
    } else {
        free_peer(peer);
    }
}

static struct trireme_control_answer make_answer(uint32_t type)
{
    return (struct trireme_control_answer){.type = type, .version = TRIREME_ABI_VERSION};
}

/* Tells the peer why, and that is all it gets. Returns false for the caller's convenience. */
static bool refuse(struct peer *peer, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(struct peer *peer, const char *format, ...)
{
    struct trireme_control_answer answer = make_answer(TRIREME_CONTROL_REFUSED);
    va_list arguments;
    va_start(arguments, format);
    g_vsnprintf(answer.message, sizeof answer.message, format, arguments);
    va_end(arguments);
    g_message("%s is refused: %s", peer->hello.name[0] ? peer->hello.name : "a connection",
              answer.message);
    control_send(peer->socket, &answer, sizeof answer, NULL, 0);
    return false;
}

static bool start_machine(struct peer *peer, struct machine_request *request, const char *node)
{
    const char *why = NULL;
    g_autoptr(GError) error = NULL;
    request->config = peer->config;
    request->ring_size = peer->hello.ring_size ? config_clamp_ring(peer->hello.ring_size) : 0;
    request->doorbells = peer->doorbells;
    request->display = peer->ops->display(peer->data, node, &why);
    request->display_error = why;
    memcpy(request->name, peer->hello.name, sizeof request->name);
    peer->machine = machine_create(request, &error);
    if (!peer->machine) {
        return refuse(peer, "%s", error->message);
    }
    return true;
}

/*
 * A program of this machine
 */

/* Sealed, so that nobody can take its pages away from under anybody. */
static int create_window(uint64_t bytes)
{
    int fd = memfd_create("trireme-window", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd >= 0 && (ftruncate(fd, (off_t)bytes) < 0 ||
                    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)) {
        close_fd(&fd);
    }
    return fd;
}

static bool create_doorbells(struct peer *peer, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        peer->doorbells[i] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (peer->doorbells[i] < 0) {
            return false;
        }
    }
    return true;
}

static bool send_doorbells(struct peer *peer, const int *fds, uint32_t slots)
{
    struct trireme_control_doorbells message = {.type = TRIREME_CONTROL_DOORBELLS};
    for (; message.first < slots; message.first += message.count) {
        message.count = MIN(slots - message.first, TRIREME_CONTROL_FDS);
        if (!control_send(peer->socket, &message, sizeof message, fds + message.first,
                          message.count)) {
            return false;
        }
    }
    return true;
}

static bool welcome(struct peer *peer, const struct machine_request *request, const int *doorbells)
{
    struct trireme_control_answer answer = make_answer(TRIREME_CONTROL_WELCOME);
    answer.slots = request->slots;
    answer.window_size = request->window_size;
    return control_send(peer->socket, &answer, sizeof answer, &peer->window_fd, 1) &&
           send_doorbells(peer, doorbells, request->slots);
}

static bool hello_local(struct peer *peer)
{
    struct machine_request request = {
        .local = true,
        .slots = peer->hello.slots ? peer->hello.slots : peer->config->local_slots,
        .window_size =
            peer->hello.window_size ? peer->hello.window_size : peer->config->local_window,
        .shared_fd = -1,
    };
    int doorbells[TRIREME_MAX_SLOTS];
    if (peer->hello.render_node[0] != '\0') {
        return refuse(peer, "a local program cannot name a render node; the server's "
                            "configuration does");
    }
    if (request.slots > TRIREME_MAX_SLOTS || request.window_size > TRIREME_WINDOW_MAX) {
        return refuse(peer, "%u slots, a window of %" G_GUINT64_FORMAT " MiB: too much",
                      request.slots, request.window_size >> 20);
    }
    request.window_fd = peer->window_fd = create_window(request.window_size);
    if (peer->window_fd < 0 || !create_doorbells(peer, request.slots)) {
        return refuse(peer, "no memory or descriptors for a window: %s", g_strerror(errno));
    }
    memcpy(doorbells, peer->doorbells, sizeof doorbells);
    return start_machine(peer, &request, NULL) && welcome(peer, &request, doorbells);
}

/*
 * A device
 */

static bool hello_device(struct peer *peer, struct control_packet *packet)
{
    if (packet->fd_count != 2) {
        return refuse(peer, "%u descriptors with HELLO_DEVICE instead of 2", packet->fd_count);
    }
    if (peer->hello.slots < 1 || peer->hello.slots > TRIREME_MAX_SLOTS) {
        return refuse(peer, "slots=%u: there can be 1 to %u", peer->hello.slots, TRIREME_MAX_SLOTS);
    }
    peer->window_fd = packet->fds[0];
    peer->shared_fd = packet->fds[1];
    packet->fds[0] = packet->fds[1] = -1;
    return true;
}

/* The render thread reads and polls it: it must be an eventfd and must not block. */
static bool is_eventfd(int fd)
{
    char target[64];
    g_autofree char *link = g_strdup_printf("/proc/self/fd/%d", fd);
    ssize_t bytes = readlink(link, target, sizeof target - 1);
    if (bytes < 0) {
        return false;
    }
    target[bytes] = '\0';
    return strcmp(target, "anon_inode:[eventfd]") == 0 &&
           fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) == 0;
}

static bool serve_device(struct peer *peer)
{
    struct trireme_control_answer answer = make_answer(TRIREME_CONTROL_READY);
    struct machine_request request = {
        .slots = peer->hello.slots,
        .window_size = peer->hello.window_size,
        .window_fd = peer->window_fd,
        .shared_fd = peer->shared_fd,
    };
    answer.slots = peer->hello.slots;
    answer.window_size = peer->hello.window_size;
    const char *node = peer->hello.render_node[0] ? peer->hello.render_node : NULL;
    return start_machine(peer, &request, node) &&
           control_send(peer->socket, &answer, sizeof answer, NULL, 0);
}

static bool take_doorbells(struct peer *peer, struct control_packet *packet)
{
    const struct trireme_control_doorbells *message = &packet->body.doorbells;
    if (message->first != peer->doorbell_count || message->count != packet->fd_count ||
        message->count == 0 || message->count > peer->hello.slots - peer->doorbell_count) {
        return refuse(peer, "DOORBELLS out of order: %u from slot %u with %u descriptors",
                      message->count, message->first, packet->fd_count);
    }
    for (unsigned i = 0; i < packet->fd_count; i++) {
        if (!is_eventfd(packet->fds[i])) {
            return refuse(peer, "DOORBELLS: a descriptor is not an eventfd");
        }
        peer->doorbells[peer->doorbell_count++] = packet->fds[i];
        packet->fds[i] = -1;
    }
    if (peer->doorbell_count < peer->hello.slots) {
        return true;
    }
    bool serving = serve_device(peer);
    close_fd(&peer->window_fd);
    close_fd(&peer->shared_fd);
    return serving;
}

/*
 * Messages
 */

static bool take_hello(struct peer *peer, struct control_packet *packet)
{
    const struct trireme_control_hello *hello = &packet->body.hello;
    peer->hello = *hello;
    log_copy_name(peer->hello.name, sizeof peer->hello.name, hello->name, sizeof hello->name);
    if (hello->version >> 16 != TRIREME_ABI_MAJOR) {
        return refuse(peer,
                      "version %u.%u of Trireme's interface cannot talk to the server's "
                      "%u.%u; install the same Trireme on both sides",
                      hello->version >> 16, hello->version & 0xffff, TRIREME_ABI_MAJOR,
                      TRIREME_ABI_MINOR);
    }
    if (!memchr(hello->render_node, '\0', sizeof hello->render_node)) {
        return refuse(peer, "the render node's name does not end");
    }
    if (hello->type == TRIREME_CONTROL_HELLO_DEVICE) {
        return hello_device(peer, packet);
    }
    if (packet->fd_count != 0) {
        return refuse(peer, "descriptors with HELLO_LOCAL");
    }
    bool serving = hello_local(peer);
    close_fd(&peer->window_fd);
    return serving;
}

/* False: the connection ends. */
static bool take_packet(struct peer *peer, struct control_packet *packet)
{
    bool greeted = peer->hello.type != 0;
    switch (packet->body.type) {
    case TRIREME_CONTROL_HELLO_DEVICE:
    case TRIREME_CONTROL_HELLO_LOCAL:
        return !greeted && packet->bytes == sizeof(struct trireme_control_hello) &&
               take_hello(peer, packet);
    case TRIREME_CONTROL_DOORBELLS:
        return peer->hello.type == TRIREME_CONTROL_HELLO_DEVICE && !peer->machine &&
               packet->bytes == sizeof(struct trireme_control_doorbells) &&
               take_doorbells(peer, packet);
    case TRIREME_CONTROL_RESET:
        if (peer->hello.type != TRIREME_CONTROL_HELLO_DEVICE || !peer->machine ||
            packet->bytes != sizeof(struct trireme_control_reset) || packet->fd_count != 0) {
            return false;
        }
        machine_reset(peer->machine);
        return true;
    default:
        return false;
    }
}

static gboolean socket_ready(gint fd, GIOCondition condition, gpointer data)
{
    struct peer *peer = data;
    struct control_packet packet;
    switch (control_receive(fd, &packet)) {
    case CONTROL_NOTHING:
        return G_SOURCE_CONTINUE;
    case CONTROL_CLOSED:
        peer_close(peer);
        return G_SOURCE_CONTINUE;
    case CONTROL_PACKET:
        if (!take_packet(peer, &packet)) {
            g_info("%s: the connection ends after message %u of %zu bytes",
                   peer->hello.name[0] ? peer->hello.name : "a connection", packet.body.type,
                   packet.bytes);
            control_packet_finish(&packet);
            peer_close(peer);
        } else {
            control_packet_finish(&packet);
        }
    }
    return G_SOURCE_CONTINUE;
}

struct peer *peer_create(int socket, const struct config *config, const struct peer_ops *ops,
                         void *data)
{
    struct peer *peer = g_new0(struct peer, 1);
    peer->socket = socket;
    peer->config = config;
    peer->ops = ops;
    peer->data = data;
    peer->window_fd = peer->shared_fd = -1;
    memset(peer->doorbells, -1, sizeof peer->doorbells);
    peer->watch = g_unix_fd_add(socket, G_IO_IN | G_IO_HUP | G_IO_ERR, socket_ready, peer);
    return peer;
}

void peer_look(struct peer *peer, watch_each *each, void *each_data)
{
    if (peer->machine && !peer->closing) {
        machine_look(peer->machine, each, each_data);
    }
}

void peer_look_away(struct peer *peer)
{
    if (peer->machine && !peer->closing) {
        machine_look_away(peer->machine);
    }
}

void peer_report(struct peer *peer)
{
    if (peer->machine && !peer->closing) {
        machine_report(peer->machine);
    }
}
