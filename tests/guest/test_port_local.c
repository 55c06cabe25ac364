/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The local transport's bad days: each is a message that says what to do. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "guest/common/port.h"
#include "ring/control.h"

static char path[64];
static int listener;

static void listen_somewhere(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(path, sizeof path, "/tmp/trireme-port-%d", (int)getpid());
    strcpy(address.sun_path, path);
    listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(listen(listener, 1), 0);
}

static void stop_listening(void)
{
    close(listener);
    unlink(path);
}

TestSuite(port_local, .init = listen_somewhere, .fini = stop_listening, .timeout = 30);

/* A server's first answer; `window` a descriptor to send along, -1: none. */
struct script {
    struct trireme_control_answer answer;
    int window;
    bool hang_up;
};

static void *serve(void *data)
{
    struct script *script = data;
    struct trireme_control_hello hello;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec bytes = {.iov_base = &script->answer, .iov_len = sizeof script->answer};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    int peer = accept(listener, NULL, NULL);
    cr_expect_eq(recv(peer, &hello, sizeof hello, 0), (ssize_t)sizeof hello);
    cr_expect_eq(hello.type, TRIREME_CONTROL_HELLO_LOCAL);
    if (script->window >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.header), &script->window, sizeof(int));
    }
    if (!script->hang_up) {
        sendmsg(peer, &message, 0);
    }
    close(peer);
    return NULL;
}

static void expect_failure(struct script *script, const char *part)
{
    struct port_error error = {.text = ""};
    pthread_t thread;
    pthread_create(&thread, NULL, serve, script);
    cr_expect_null(port_local_open(path, &error));
    pthread_join(thread, NULL);
    cr_expect(strstr(error.text, part), "\"%s\" lacks \"%s\"", error.text, part);
}

Test(port_local, no_server)
{
    struct port_error error = {.text = ""};
    cr_expect_null(port_local_open("/tmp/trireme-no-such-socket", &error));
    cr_expect(strstr(error.text, "no server at /tmp/trireme-no-such-socket"), "%s", error.text);
    cr_expect(strstr(error.text, "trireme run"), "%s", error.text);
}

Test(port_local, refusal_is_passed_on)
{
    struct script script = {
        .answer = {.type = TRIREME_CONTROL_REFUSED,
                   .version = TRIREME_ABI_VERSION,
                   .message = "no EGL on this host: install libegl1"},
        .window = -1,
    };
    expect_failure(&script, "install libegl1");
}

Test(port_local, version_mismatch_names_both)
{
    struct script script = {.answer = {.type = TRIREME_CONTROL_REFUSED, .version = 9u << 16 | 4},
                            .window = -1};
    expect_failure(&script, "version 9.4");
    char own[32];
    snprintf(own, sizeof own, "version %u.%u", TRIREME_ABI_MAJOR, TRIREME_ABI_MINOR);
    expect_failure(&script, own);
}

Test(port_local, hang_up)
{
    struct script script = {.window = -1, .hang_up = true};
    expect_failure(&script, "see its log");
}

Test(port_local, no_doorbells)
{
    struct script script = {
        .answer = {.type = TRIREME_CONTROL_WELCOME,
                   .version = TRIREME_ABI_VERSION,
                   .slots = 4,
                   .window_size = 1 << 20},
        .window = memfd_create("window", MFD_CLOEXEC),
    };
    cr_assert_eq(ftruncate(script.window, 1 << 20), 0);
    expect_failure(&script, "no doorbells");
}

Test(port_local, absurd_sizes)
{
    struct script script = {
        .answer = {.type = TRIREME_CONTROL_WELCOME,
                   .version = TRIREME_ABI_VERSION,
                   .slots = 4000,
                   .window_size = 1 << 20},
        .window = memfd_create("window", MFD_CLOEXEC),
    };
    expect_failure(&script, "refused");
    script.answer.slots = 4;
    script.answer.window_size = (uint64_t)1 << 60;
    expect_failure(&script, "refused");
}
