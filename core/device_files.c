/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/device_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/control.h"
#include "ring/abi.h"

struct device_files {
    char *window_link, *doorbell_path;
    int socket, fifo, window;
    int doorbells[TRIREME_MAX_SLOTS]; /* eventfds; -1: none */
    uint32_t slots;
    GThread *thread;
};

static bool fail(GError **error, const char *what)
{
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", what,
                g_strerror(errno));
    return false;
}

static bool connect_server(struct device_files *files, const char *path, GError **error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct trireme_control_hello hello = {
        .type = TRIREME_CONTROL_HELLO_LOCAL,
        .version = TRIREME_ABI_VERSION,
        .name = "programs that use files",
    };
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    files->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (files->socket < 0 ||
        connect(files->socket, (struct sockaddr *)&address, sizeof address) < 0 ||
        !control_send(files->socket, &hello, sizeof hello, NULL, 0)) {
        return fail(error, "cannot connect to the server");
    }
    return true;
}

/* One message with the descriptors that come along; -1 descriptors: the connection ended. */
static int receive(int socket, void *message, size_t size, int fds[TRIREME_CONTROL_FDS])
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
    } control;
    struct iovec body = {.iov_base = message, .iov_len = size};
    struct msghdr packet = {
        .msg_iov = &body,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t bytes;
    do {
        bytes = recvmsg(socket, &packet, MSG_CMSG_CLOEXEC);
    } while (bytes < 0 && errno == EINTR);
    if (bytes != (ssize_t)size) {
        return -1;
    }
    struct cmsghdr *part = CMSG_FIRSTHDR(&packet);
    if (!part || part->cmsg_type != SCM_RIGHTS) {
        return 0;
    }
    size_t length = part->cmsg_len - CMSG_LEN(0);
    memcpy(fds, CMSG_DATA(part), length);
    return (int)(length / sizeof(int));
}

/* The server is of this very program: what it sends needs no more checks than these. */
static bool take_parts(struct device_files *files, GError **error)
{
    struct trireme_control_answer answer;
    struct trireme_control_doorbells doorbells;
    int fds[TRIREME_CONTROL_FDS];
    if (receive(files->socket, &answer, sizeof answer, fds) != 1 ||
        answer.type != TRIREME_CONTROL_WELCOME || answer.slots > TRIREME_MAX_SLOTS) {
        return fail(error, "the server gives no window");
    }
    files->window = fds[0];
    while (files->slots < answer.slots) {
        int count = receive(files->socket, &doorbells, sizeof doorbells, fds);
        if (count < 1 || (uint32_t)count > answer.slots - files->slots) {
            return fail(error, "the server gives no doorbells");
        }
        memcpy(files->doorbells + files->slots, fds, sizeof(int) * (size_t)count);
        files->slots += (uint32_t)count;
    }
    return true;
}

/* Programs write one number at a time, which a FIFO keeps together. */
static void *ring_doorbells(void *data)
{
    struct device_files *files = data;
    uint32_t numbers[64];
    for (;;) {
        ssize_t bytes = read(files->fifo, numbers, sizeof numbers);
        if (bytes < 0 && errno != EINTR) {
            return NULL;
        }
        for (ssize_t i = 0; i < bytes / (ssize_t)sizeof numbers[0]; i++) {
            if (numbers[i] == UINT32_MAX) {
                return NULL;
            }
            if (numbers[i] < files->slots) {
                eventfd_write(files->doorbells[numbers[i]], 1);
            }
        }
    }
}

static bool make_files(struct device_files *files, const char *folder, GError **error)
{
    g_autofree char *window = g_strdup_printf("/proc/%d/fd/%d", (int)getpid(), files->window);
    files->window_link = g_build_filename(folder, "resource2", NULL);
    files->doorbell_path = g_build_filename(folder, "doorbell", NULL);
    if (symlink(window, files->window_link) < 0 || mkfifo(files->doorbell_path, 0600) < 0) {
        return fail(error, "cannot make the device's files");
    }
    /* For writing, too: a FIFO without writers reads as at its end. */
    files->fifo = open(files->doorbell_path, O_RDWR | O_CLOEXEC);
    return files->fifo >= 0 || fail(error, "cannot open the doorbell");
}

struct device_files *device_files_create(const char *folder, const char *socket_path,
                                         GError **error)
{
    struct device_files *files = g_new0(struct device_files, 1);
    files->socket = files->fifo = files->window = -1;
    memset(files->doorbells, -1, sizeof files->doorbells);
    if (!connect_server(files, socket_path, error) || !take_parts(files, error) ||
        !make_files(files, folder, error)) {
        device_files_destroy(files);
        return NULL;
    }
    files->thread = g_thread_new("doorbells", ring_doorbells, files);
    return files;
}

static void close_fd(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

void device_files_destroy(struct device_files *files)
{
    if (!files) {
        return;
    }
    if (files->thread) {
        const uint32_t end = UINT32_MAX;
        while (write(files->fifo, &end, sizeof end) < 0 && errno == EINTR) {
        }
        g_thread_join(files->thread);
    }
    if (files->window_link) {
        unlink(files->window_link);
        unlink(files->doorbell_path);
    }
    g_free(files->window_link);
    g_free(files->doorbell_path);
    close_fd(files->socket);
    close_fd(files->fifo);
    close_fd(files->window);
    for (uint32_t i = 0; i < files->slots; i++) {
        close_fd(files->doorbells[i]);
    }
    g_free(files);
}
