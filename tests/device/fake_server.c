/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A server that draws nothing: enough of ring/control.h to test the device against. It writes what
 * happens to the file that TRIREME_FAKE_LOG names, a line for each event.
 *
 *     fake_server server --fd N            as the device starts it
 *     fake_server server --listen PATH     one process for each device that connects
 *
 * A doorbell on a slot completes once after as many microseconds as the slot page's tail says, or
 * never if it says NEVER. TRIREME_FAKE makes it misbehave: refuse, refuse-at-once, mismatch,
 * garbage, silent.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ring/abi.h"
#include "ring/completion.h"
#include "ring/control.h"
#include "ring/doorbell_ring.h"

#define NEVER UINT32_MAX

struct device {
    int socket;
    uint8_t *window;
    struct trireme_shared_header *shared;
    uint32_t slots;
    int doorbell[TRIREME_MAX_SLOTS];
    uint32_t doorbells; /* that have come so far */
    uint32_t pop[TRIREME_MAX_SLOTS];
};

static int log_fd = STDERR_FILENO;

static void log_event(const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    line[length++] = '\n';
    if (write(log_fd, line, (size_t)length) != length) {
        exit(1);
    }
}

static void fail(const char *what)
{
    log_event("error %s", what);
    exit(1);
}

static bool mode_is(const char *mode)
{
    const char *chosen = getenv("TRIREME_FAKE");
    return chosen && strcmp(chosen, mode) == 0;
}

static struct trireme_slot_page *slot_page(struct device *device, uint32_t slot)
{
    return (struct trireme_slot_page *)(device->window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

static struct trireme_doorbell_slot *doorbell_slot(struct device *device, uint32_t slot)
{
    return (struct trireme_doorbell_slot *)(device->shared + 1) + slot;
}

/* Receives one message of any type; returns its length, 0 at the end. */
static size_t receive(int socket, void *message, size_t size, int *fds, size_t *nfds)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
        struct cmsghdr align;
    } control;
    struct iovec iov = {.iov_base = message, .iov_len = size};
    struct msghdr header = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes,
    };
    ssize_t bytes = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    *nfds = 0;
    struct cmsghdr *cmsg = bytes > 0 ? CMSG_FIRSTHDR(&header) : NULL;
    if (cmsg) {
        *nfds = (cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(cmsg), *nfds * sizeof(int));
    }
    return bytes > 0 ? (size_t)bytes : 0;
}

static void *map_sealed(int fd, size_t size)
{
    int seals = fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) !=
                         (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) {
        fail("memory is not sealed");
    }
    if (ftruncate(fd, 0) == 0) {
        fail("memory can be truncated");
    }
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        fail("mmap");
    }
    return memory;
}

static void answer(struct device *device)
{
    struct trireme_control_answer message = {
        .type = TRIREME_CONTROL_READY,
        .version = TRIREME_ABI_VERSION,
        .slots = device->slots,
    };
    size_t size = sizeof message;
    if (mode_is("refuse") || mode_is("refuse-at-once")) {
        message.type = TRIREME_CONTROL_REFUSED;
        strcpy(message.message, "no EGL here;\x1b[31m install libegl1");
    } else if (mode_is("mismatch")) {
        message.version += 1u << 16;
    } else if (mode_is("garbage")) {
        size = 5;
    } else if (mode_is("silent")) {
        return;
    }
    if (send(device->socket, &message, size, MSG_NOSIGNAL) != (ssize_t)size) {
        fail("send");
    }
    log_event("answered");
}

static void take_hello(struct device *device, const struct trireme_control_hello *hello,
                       const int *fds, size_t nfds)
{
    if (nfds != 2 || hello->slots > TRIREME_MAX_SLOTS || hello->version != TRIREME_ABI_VERSION) {
        fail("hello");
    }
    device->slots = hello->slots;
    device->window = map_sealed(fds[0], hello->window_size);
    device->shared = map_sealed(fds[1], TRIREME_SHARED_SIZE(hello->slots));
    if (device->shared->magic != TRIREME_MAGIC || device->shared->slots != hello->slots) {
        fail("shared header");
    }
    log_event("hello slots=%" PRIu32 " ring=%" PRIu32 " window=%" PRIu64 " node=%s name=%s",
              hello->slots, hello->ring_size, hello->window_size, hello->render_node, hello->name);
    if (mode_is("refuse-at-once")) {
        answer(device);
        exit(0);
    }
}

static void take_doorbells(struct device *device, const struct trireme_control_doorbells *message,
                           const int *fds, size_t nfds)
{
    if (message->first != device->doorbells || message->count != nfds ||
        message->first + message->count > device->slots) {
        fail("doorbells");
    }
    memcpy(device->doorbell + message->first, fds, nfds * sizeof(int));
    device->doorbells += message->count;
    if (device->doorbells == device->slots) {
        answer(device);
    }
}

/* False at the end of the connection. */
static bool take_message(struct device *device)
{
    union {
        uint32_t type;
        struct trireme_control_hello hello;
        struct trireme_control_doorbells doorbells;
        struct trireme_control_reset reset;
    } message;
    int fds[TRIREME_CONTROL_FDS];
    size_t nfds;
    size_t bytes = receive(device->socket, &message, sizeof message, fds, &nfds);
    if (bytes == 0) {
        return false;
    }
    if (bytes == sizeof message.hello && message.type == TRIREME_CONTROL_HELLO_DEVICE) {
        take_hello(device, &message.hello, fds, nfds);
    } else if (bytes == sizeof message.doorbells && message.type == TRIREME_CONTROL_DOORBELLS) {
        take_doorbells(device, &message.doorbells, fds, nfds);
    } else if (bytes == sizeof message.reset && message.type == TRIREME_CONTROL_RESET) {
        log_event("reset %" PRIu32, message.reset.generation);
    } else {
        fail("unknown message");
    }
    return true;
}

static void take_wake(struct device *device, uint32_t slot)
{
    struct trireme_slot_page *page = slot_page(device, slot);
    struct trireme_doorbell_slot *doorbells = doorbell_slot(device, slot);
    uint64_t count, time;
    uint32_t position;
    if (read(device->doorbell[slot], &count, sizeof count) != sizeof count) {
        return;
    }
    log_event("wake %" PRIu32 " count=%" PRIu64 " doorbells=%" PRIu64 " waits=%" PRIu64, slot,
              count, doorbells->doorbells, doorbells->waits);
    while (doorbell_ring_pop(doorbells, &device->pop[slot], &position, &time)) {
        log_event("bell %" PRIu32 " position=%" PRIu32 " time=%" PRIu64, slot, position, time);
    }
    uint32_t delay = page->tail;
    if (delay != NEVER) {
        usleep(delay);
        completion_signal(page, &doorbells->waiters);
    }
}

static void serve(int socket)
{
    struct device device = {.socket = socket};
    struct pollfd polled[1 + TRIREME_MAX_SLOTS];
    for (;;) {
        uint32_t slots = device.doorbells;
        polled[0] = (struct pollfd){.fd = socket, .events = POLLIN};
        for (uint32_t i = 0; i < slots; i++) {
            polled[1 + i] = (struct pollfd){.fd = device.doorbell[i], .events = POLLIN};
        }
        poll(polled, 1 + slots, -1);
        if (polled[0].revents && !take_message(&device)) {
            log_event("end");
            return;
        }
        for (uint32_t i = 0; i < slots; i++) {
            if (polled[1 + i].revents) {
                take_wake(&device, i);
            }
        }
    }
}

static void listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, 8) < 0) {
        fail("listen");
    }
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (fork() == 0) {
            close(listener);
            serve(connection);
            exit(0);
        }
        close(connection);
    }
}

int main(int argc, char **argv)
{
    const char *log = getenv("TRIREME_FAKE_LOG");
    if (argc != 4 || strcmp(argv[1], "server") != 0) {
        fprintf(stderr, "usage: %s server --fd N | --listen PATH\n", argv[0]);
        return 2;
    }
    if (log) {
        log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    log_event("start %d", (int)getpid());
    if (strcmp(argv[2], "--listen") == 0) {
        listen_at(argv[3]);
    } else {
        serve(atoi(argv[3]));
    }
    return 0;
}
