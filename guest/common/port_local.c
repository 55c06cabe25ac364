/* SPDX-License-Identifier: MIT */
/*
 * The local transport: a server on this machine, reached through a Unix socket (ring/control.h).
 * The window belongs to this process alone; the socket's end tells the server that we are gone
 * and us that it is.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "guest/common/message.h"
#include "guest/common/port.h"
#include "ring/completion.h"
#include "ring/control.h"
#include "ring/note.h"

/* What the server may take to answer. */
#define ANSWER_TIMEOUT_MS 10000

struct port_local {
    struct port port;
    int socket;
    bool dead; /* the socket's other end is closed */
    int doorbells[TRIREME_MAX_SLOTS];
};

static struct port_local *port_local(struct port *port)
{
    return (struct port_local *)port;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void local_doorbell(struct port *port, uint32_t slot, uint32_t position)
{
    struct trireme_slot_page *page = port_slot_page(port, slot);
    uint64_t one = 1;
    if (note_wanted(page)) {
        uint64_t now = now_ns();
        note_write(page, TRIREME_NOTE_DOORBELL, now, now);
    }
    /* The only failure is a counter that is full, and then the reader is being woken already. */
    ssize_t written = write(port_local(port)->doorbells[slot], &one, sizeof one);
    (void)written;
}

static void local_wait(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us)
{
    struct trireme_slot_page *page = port_slot_page(port, slot);
    bool noting = note_wanted(page);
    uint64_t begin = noting ? now_ns() : 0;
    completion_wait(&page->completions, seen, timeout_us);
    if (noting) {
        note_write(page, TRIREME_NOTE_WAIT, begin, now_ns());
    }
}

static bool local_alive(struct port *port)
{
    struct port_local *local = port_local(port);
    if (!__atomic_load_n(&local->dead, __ATOMIC_RELAXED)) {
        struct pollfd poll_socket = {.fd = local->socket, .events = POLLRDHUP};
        if (poll(&poll_socket, 1, 0) > 0 &&
            (poll_socket.revents & (POLLHUP | POLLRDHUP | POLLERR | POLLNVAL))) {
            __atomic_store_n(&local->dead, true, __ATOMIC_RELAXED);
        }
    }
    return !__atomic_load_n(&local->dead, __ATOMIC_RELAXED);
}

static void local_destroy(struct port *port, bool forked)
{
    struct port_local *local = port_local(port);
    for (uint32_t slot = 0; slot < TRIREME_MAX_SLOTS; slot++) {
        if (local->doorbells[slot] >= 0) {
            close(local->doorbells[slot]);
        }
    }
    if (local->socket >= 0) {
        close(local->socket);
    }
    if (port->window) {
        munmap(port->window, port->window_size);
    }
    free(local);
}

static const struct port_ops local_ops = {
    .doorbell = local_doorbell,
    .wait = local_wait,
    .alive = local_alive,
    .destroy = local_destroy,
};

/* One message and the descriptors that come with it. Returns its length; 0: the end; -1: errno. */
static ssize_t receive(int socket, void *message, size_t size, int *fds, size_t *fd_count)
{
    struct pollfd wait = {.fd = socket, .events = POLLIN};
    int ready;
    do {
        ready = poll(&wait, 1, ANSWER_TIMEOUT_MS);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) {
        errno = ETIMEDOUT;
        return -1;
    }

    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
    } control;
    struct iovec data = {.iov_base = message, .iov_len = size};
    struct msghdr packet = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t length;
    do {
        length = recvmsg(socket, &packet, MSG_CMSG_CLOEXEC);
    } while (length < 0 && errno == EINTR);
    *fd_count = 0;
    for (struct cmsghdr *part = length < 0 ? NULL : CMSG_FIRSTHDR(&packet); part;
         part = CMSG_NXTHDR(&packet, part)) {
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS && *fd_count == 0) {
            *fd_count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            memcpy(fds, CMSG_DATA(part), *fd_count * sizeof(int));
        }
    }
    return length;
}

static void close_all(const int *fds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        close(fds[i]);
    }
}

static bool connect_socket(struct port_local *local, const char *path, struct port_error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        port_error_set(error, "TRIREME_SOCKET is too long for a socket's path: %s", path);
        return false;
    }
    strcpy(address.sun_path, path);
    local->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (local->socket < 0 ||
        connect(local->socket, (struct sockaddr *)&address, sizeof address) < 0) {
        port_error_set(error,
                       "no server at %s (%s): start one with \"trireme server --listen "
                       "PATH\", or the program with \"trireme run\"",
                       path, strerror(errno));
        return false;
    }
    return true;
}

static bool take_window(struct port_local *local, struct port_error *error)
{
    struct trireme_control_answer answer = {0};
    int fds[TRIREME_CONTROL_FDS];
    size_t count = 0;
    ssize_t length = receive(local->socket, &answer, sizeof answer, fds, &count);
    if (length < (ssize_t)sizeof answer) {
        close_all(fds, count);
        port_error_set(error, "the server at TRIREME_SOCKET did not answer (%s): see its log",
                       length < 0 ? strerror(errno) : "connection closed");
        return false;
    }
    answer.message[sizeof answer.message - 1] = '\0';
    if (answer.version >> 16 != TRIREME_ABI_MAJOR) {
        close_all(fds, count);
        port_error_set(error,
                       "the server speaks version %u.%u, this library version %u.%u: use "
                       "those of one Trireme",
                       answer.version >> 16, answer.version & 0xffff, TRIREME_ABI_MAJOR,
                       TRIREME_ABI_MINOR);
        return false;
    }
    if (answer.type != TRIREME_CONTROL_WELCOME || count != 1 || answer.slots < 1 ||
        answer.slots > TRIREME_MAX_SLOTS || answer.window_size < TRIREME_PAGE ||
        answer.window_size > TRIREME_WINDOW_MAX) {
        close_all(fds, count);
        port_error_set(error, "the server refused: %s",
                       answer.message[0] ? answer.message : "no reason given, see its log");
        return false;
    }
    void *window = mmap(NULL, answer.window_size, PROT_READ | PROT_WRITE, MAP_SHARED, fds[0], 0);
    close(fds[0]);
    if (window == MAP_FAILED) {
        port_error_set(error, "cannot map the server's window of %llu bytes: %s",
                       (unsigned long long)answer.window_size, strerror(errno));
        return false;
    }
    local->port.window = window;
    local->port.window_size = answer.window_size;
    local->port.slots = answer.slots;
    return true;
}

static bool take_doorbells(struct port_local *local, struct port_error *error)
{
    uint32_t have = 0;
    while (have < local->port.slots) {
        struct trireme_control_doorbells message = {0};
        int fds[TRIREME_CONTROL_FDS];
        size_t count = 0;
        ssize_t length = receive(local->socket, &message, sizeof message, fds, &count);
        if (length != sizeof message || message.type != TRIREME_CONTROL_DOORBELLS ||
            message.first != have || message.count != count || count == 0 ||
            count > local->port.slots - have) {
            close_all(fds, count);
            port_error_set(error, "the server sent no doorbells for slots %u to %u: see its log",
                           have, local->port.slots - 1);
            return false;
        }
        memcpy(local->doorbells + have, fds, count * sizeof(int));
        have += (uint32_t)count;
    }
    return true;
}

struct port *port_local_open(const char *socket_path, struct port_error *error)
{
    struct port_local *local = calloc(1, sizeof *local);
    if (!local) {
        port_error_set(error, "out of memory");
        return NULL;
    }
    local->port.ops = &local_ops;
    local->socket = -1;
    for (uint32_t slot = 0; slot < TRIREME_MAX_SLOTS; slot++) {
        local->doorbells[slot] = -1;
    }
    struct trireme_control_hello hello = {
        .type = TRIREME_CONTROL_HELLO_LOCAL,
        .version = TRIREME_ABI_VERSION,
    };
    snprintf(hello.name, sizeof hello.name, "%s", program_invocation_short_name);

    uint32_t announced;
    if (!connect_socket(local, socket_path, error)) {
        goto failed;
    }
    if (send(local->socket, &hello, sizeof hello, MSG_NOSIGNAL) != sizeof hello) {
        port_error_set(error, "the server at %s hung up: %s", socket_path, strerror(errno));
        goto failed;
    }
    if (!take_window(local, error) || !take_doorbells(local, error)) {
        goto failed;
    }
    announced = local->port.slots;
    if (!port_check_header(&local->port, error)) {
        goto failed;
    }
    if (local->port.slots != announced) {
        port_error_set(error,
                       "the server's window has %u slots, but %u were announced: see its "
                       "log",
                       local->port.slots, announced);
        goto failed;
    }
    message_debug("connected to %s: %u slots, window %llu bytes", socket_path, announced,
                  (unsigned long long)local->port.window_size);
    return &local->port;

failed:
    local_destroy(&local->port, false);
    return NULL;
}
