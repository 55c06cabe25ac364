/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/control.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control_space {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
};

static void take_descriptors(struct msghdr *message, struct control_packet *packet)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        unsigned count = (unsigned)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (unsigned i = 0; i < count && packet->fd_count < TRIREME_CONTROL_FDS; i++) {
            memcpy(&packet->fds[packet->fd_count++], CMSG_DATA(part) + i * sizeof(int),
                   sizeof(int));
        }
    }
}

enum control_receive control_receive(int socket, struct control_packet *packet)
{
    union control_space space;
    struct iovec data = {.iov_base = &packet->body, .iov_len = sizeof packet->body};
    struct msghdr message = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = &space,
        .msg_controllen = sizeof space,
    };
    memset(packet, 0, sizeof *packet);
    ssize_t bytes = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) {
        return CONTROL_NOTHING;
    }
    if (bytes < 0) {
        return CONTROL_CLOSED;
    }
    take_descriptors(&message, packet);
    packet->bytes = (size_t)bytes;
    if (bytes < (ssize_t)sizeof packet->body.type ||
        (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        control_packet_finish(packet);
        return CONTROL_CLOSED;
    }
    return CONTROL_PACKET;
}

void control_packet_finish(struct control_packet *packet)
{
    for (unsigned i = 0; i < packet->fd_count; i++) {
        if (packet->fds[i] >= 0) {
            close(packet->fds[i]);
        }
    }
    packet->fd_count = 0;
}

bool control_send(int socket, const void *body, size_t bytes, const int *fds, unsigned fd_count)
{
    union control_space space;
    struct iovec data = {.iov_base = (void *)body, .iov_len = bytes};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    if (fd_count > 0) {
        memset(&space, 0, sizeof space);
        message.msg_control = &space;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
        struct cmsghdr *part = CMSG_FIRSTHDR(&message);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int) * fd_count);
        memcpy(CMSG_DATA(part), fds, sizeof(int) * fd_count);
    }
    return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)bytes;
}
