/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device's connection to the server: finding it, starting it, losing it.
 *
 *     start ──> hello sent ──READY──> running
 *       ^            │                   │
 *       │            ├──REFUSED──> absent│
 *       └──delay──<──┴──────lost─────<───┘
 *
 * Nothing here waits for the server: messages are sent without blocking, they
 * fit into the socket's buffer, and the answers come through the main loop.
 */
#include "qemu/osdep.h"
#include "qemu/cutils.h"
#include "qemu/error-report.h"
#include "qemu/sockets.h"
#include "trireme.h"
#include "trace.h"
#include "ring/doorbell_ring.h"

#include <sys/un.h>

#define TRIREME_RETRY_FIRST_MS 100
#define TRIREME_RETRY_LAST_MS 5000

/* Said once until a server runs again: it may be retried for hours. */
static void trireme_warn_once(TriremeState *s, const char *message)
{
    if (!s->server.reported) {
        warn_report("%s: %s", trireme_id(s), message);
        s->server.reported = true;
    }
}

static void trireme_server_close(TriremeState *s)
{
    if (s->server.fd >= 0) {
        qemu_set_fd_handler(s->server.fd, NULL, NULL, NULL);
        close(s->server.fd);
        s->server.fd = -1;
    }
}

static void trireme_server_absent(TriremeState *s, const char *why)
{
    trace_trireme_server_absent(trireme_id(s), why);
    trireme_server_close(s);
    trireme_set_server_state(s, TRIREME_SERVER_ABSENT, why);
    trireme_warn_once(s, why);
}

static void trireme_server_retry(TriremeState *s)
{
    trace_trireme_server_retry(trireme_id(s), s->server.retry_ms);
    timer_mod(s->server.retry, qemu_clock_get_ms(QEMU_CLOCK_REALTIME) +
                               s->server.retry_ms);
    s->server.retry_ms = MIN(s->server.retry_ms * 2, TRIREME_RETRY_LAST_MS);
}

static void trireme_server_lost(TriremeState *s, const char *why)
{
    trireme_next_generation(s);
    trace_trireme_server_lost(trireme_id(s), s->generation, why);
    trireme_server_close(s);
    trireme_set_server_state(s, TRIREME_SERVER_RESTARTING, why);
    trireme_warn_once(s, why);
    trireme_server_retry(s);
}

/*
 * Messages from the server
 */

/* What a broken server says must not reach the user's terminal as it is. */
static void trireme_clean_text(char *text, size_t size)
{
    char *c;

    text[size - 1] = '\0';
    for (c = text; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f) {
            *c = ' ';
        }
    }
}

static void trireme_server_ready(TriremeState *s,
                                 const struct trireme_control_answer *answer)
{
    g_autofree char *why = NULL;

    if (answer->version >> 16 != TRIREME_ABI_MAJOR) {
        why = g_strdup_printf("the server speaks version %u.%u of Trireme's "
                              "binary interface, this QEMU %u.%u; build both "
                              "from one Trireme", answer->version >> 16,
                              answer->version & 0xffff, TRIREME_ABI_MAJOR,
                              TRIREME_ABI_MINOR);
        trireme_server_absent(s, why);
        return;
    }
    trace_trireme_server_ready(trireme_id(s), answer->version);
    s->server.retry_ms = TRIREME_RETRY_FIRST_MS;
    s->server.reported = false;
    trireme_set_server_state(s, TRIREME_SERVER_RUNNING, NULL);
}

static void trireme_server_read(void *opaque)
{
    TriremeState *s = opaque;
    struct trireme_control_answer answer;
    ssize_t bytes;

    /* Descriptors that come with it are dropped by the kernel */
    bytes = recv(s->server.fd, &answer, sizeof(answer),
                 MSG_DONTWAIT | MSG_TRUNC);
    if (bytes < 0 && errno == ECONNRESET) {
        /* It left without reading everything; its last word comes after */
        bytes = recv(s->server.fd, &answer, sizeof(answer),
                     MSG_DONTWAIT | MSG_TRUNC);
    }
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (bytes <= 0) {
        trireme_server_lost(s, "the server ended and its contexts are "
                            "lost; the next one is on its way");
    } else if (bytes != sizeof(answer)) {
        trireme_server_absent(s, "the server answers in another language; "
                              "is it Trireme's?");
    } else if (answer.type == TRIREME_CONTROL_READY) {
        trireme_server_ready(s, &answer);
    } else if (answer.type == TRIREME_CONTROL_REFUSED) {
        trireme_clean_text(answer.message, sizeof(answer.message));
        trireme_server_absent(s, answer.message);
    } else {
        trireme_server_absent(s, "the server's answer is unknown to this "
                              "QEMU; build both from one Trireme");
    }
}

/*
 * Messages to the server
 */

static bool trireme_send(TriremeState *s, const void *message, size_t bytes,
                         const int *fds, size_t nfds)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
        struct cmsghdr align;
    } control = { };
    struct iovec iov = { .iov_base = (void *)message, .iov_len = bytes };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
    struct cmsghdr *cmsg;

    if (nfds) {
        msg.msg_control = control.bytes;
        msg.msg_controllen = CMSG_SPACE(sizeof(int) * nfds);
        cmsg = CMSG_FIRSTHDR(&msg);
        cmsg->cmsg_level = SOL_SOCKET;
        cmsg->cmsg_type = SCM_RIGHTS;
        cmsg->cmsg_len = CMSG_LEN(sizeof(int) * nfds);
        memcpy(CMSG_DATA(cmsg), fds, sizeof(int) * nfds);
    }
    return sendmsg(s->server.fd, &msg, MSG_DONTWAIT | MSG_NOSIGNAL) == bytes;
}

/*
 * Where the server is gone, the main loop reads why, if it said so before. Else
 * the socket is full, and who does not read it is as good as gone.
 */
static void trireme_send_failed(TriremeState *s)
{
    if (errno != EPIPE && errno != ECONNRESET) {
        trireme_server_lost(s, "the server does not listen; the next one is "
                            "on its way");
    }
}

static bool trireme_send_hello(TriremeState *s)
{
    struct trireme_control_hello hello = {
        .type = TRIREME_CONTROL_HELLO_DEVICE,
        .version = TRIREME_ABI_VERSION,
        .slots = s->slots,
        .ring_size = s->ring_size,
        .window_size = s->window_size,
    };
    const char *vm = qemu_get_vm_name();
    int fds[] = { memory_region_get_fd(&s->window), s->shared_fd };

    pstrcpy(hello.render_node, sizeof(hello.render_node),
            s->render_node ? s->render_node : "");
    if (vm) {
        pstrcpy(hello.name, sizeof(hello.name), vm);
    } else {
        snprintf(hello.name, sizeof(hello.name), "qemu-%d", (int)getpid());
    }
    return trireme_send(s, &hello, sizeof(hello), fds, ARRAY_SIZE(fds));
}

static bool trireme_send_doorbells(TriremeState *s)
{
    struct trireme_control_doorbells message = {
        .type = TRIREME_CONTROL_DOORBELLS,
    };
    int fds[TRIREME_CONTROL_FDS];
    uint32_t i;

    while (message.first < s->slots) {
        message.count = MIN(s->slots - message.first, TRIREME_CONTROL_FDS);
        for (i = 0; i < message.count; i++) {
            fds[i] = event_notifier_get_fd(
                &s->slot[message.first + i].doorbell);
        }
        if (!trireme_send(s, &message, sizeof(message), fds, message.count)) {
            return false;
        }
        message.first += message.count;
    }
    return true;
}

static bool trireme_send_reset(TriremeState *s)
{
    struct trireme_control_reset message = {
        .type = TRIREME_CONTROL_RESET,
        .generation = s->generation,
    };

    return trireme_send(s, &message, sizeof(message), NULL, 0);
}

/* A server finds empty doorbell rings, whatever the one before it left. */
static void trireme_init_doorbells(TriremeState *s)
{
    uint32_t i;

    trireme_drain_sleepers(s);
    for (i = 0; i < s->slots; i++) {
        doorbell_ring_init(trireme_doorbell_slot(s, i));
        event_notifier_test_and_clear(&s->slot[i].doorbell);
    }
}

/* Introduces the device on the new socket; takes @fd. */
static void trireme_server_greet(TriremeState *s, int fd)
{
    s->server.fd = fd;
    trireme_set_server_state(s, TRIREME_SERVER_RESTARTING,
                             "the server is starting");
    trireme_init_doorbells(s);
    qemu_set_fd_handler(fd, trireme_server_read, NULL, s);
    if (!trireme_send_hello(s) || !trireme_send_doorbells(s)) {
        trireme_send_failed(s);
    }
}

/*
 * Starting a program, connecting to a socket
 */

/* In the child, between fork and exec: signal-safe calls only. */
static void trireme_server_child(gpointer opaque)
{
    int fd = GPOINTER_TO_INT(opaque);
    sigset_t none;

    fcntl(fd, F_SETFD, 0);
    /* Ctrl-C in QEMU's terminal is for QEMU; the server ends after it */
    setsid();
    /* QEMU's standard output may be the guest's serial line */
    dup2(STDERR_FILENO, STDOUT_FILENO);
    /* The main loop reads some signals from a descriptor and blocks them */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The device may be gone by then, so this knows nothing of it. */
static void trireme_server_reap(GPid pid, gint status, gpointer opaque)
{
    trace_trireme_server_exit(pid, status);
    g_spawn_close_pid(pid);
}

static void trireme_server_spawn(TriremeState *s)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *number = NULL;
    g_autofree char *why = NULL;
    int fds[2];
    GPid pid;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0) {
        why = g_strdup_printf("no socket for the server: %s",
                              g_strerror(errno));
        trireme_server_absent(s, why);
        return;
    }
    number = g_strdup_printf("%d", fds[1]);
    char *argv[] = { s->server.path, (char *)"server", (char *)"--fd", number,
                     NULL };
    if (g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                      trireme_server_child, GINT_TO_POINTER(fds[1]), &pid,
                      &error)) {
        g_child_watch_add(pid, trireme_server_reap, NULL);
        trace_trireme_server_spawn(trireme_id(s), s->server.path, pid);
        close(fds[1]);
        trireme_server_greet(s, fds[0]);
    } else {
        close(fds[0]);
        close(fds[1]);
        why = g_strdup_printf("the server cannot be started: %s; say "
                              "server=PATH", error->message);
        trireme_server_absent(s, why);
    }
}

static void trireme_server_connect(TriremeState *s)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    g_autofree char *why = NULL;
    int fd = qemu_socket(AF_UNIX, SOCK_SEQPACKET, 0);

    trace_trireme_server_connect(trireme_id(s), s->server.path);
    pstrcpy(address.sun_path, sizeof(address.sun_path), s->server.path);
    if (fd >= 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
        connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
        trireme_server_greet(s, fd);
        return;
    }
    why = g_strdup_printf("no server answers at %s: %s; start one with "
                          "`trireme server --listen %s`", s->server.path,
                          g_strerror(errno), s->server.path);
    if (fd >= 0) {
        close(fd);
    }
    trireme_server_absent(s, why);
    trireme_server_retry(s);
}

static void trireme_server_launch(void *opaque)
{
    TriremeState *s = opaque;

    if (s->server.is_socket) {
        trireme_server_connect(s);
    } else {
        trireme_server_spawn(s);
    }
}

static char *trireme_find_server(TriremeState *s)
{
    const char *variable = g_getenv("TRIREME_SERVER");
    g_autofree char *qemu = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = qemu ? g_path_get_dirname(qemu) : NULL;
    g_autofree char *beside = NULL;

    if (s->server_path) {
        return g_strdup(s->server_path);
    }
    if (variable && *variable) {
        return g_strdup(variable);
    }
    if (folder) {
        beside = g_build_filename(folder, "trireme", NULL);
        if (g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE)) {
            return g_steal_pointer(&beside);
        }
    }
    return g_find_program_in_path("trireme");
}

void trireme_server_start(TriremeState *s)
{
    struct stat st;
    g_autofree char *why = NULL;

    s->server.retry = timer_new_ms(QEMU_CLOCK_REALTIME, trireme_server_launch,
                                   s);
    s->server.retry_ms = TRIREME_RETRY_FIRST_MS;
    s->server.path = trireme_find_server(s);
    if (!s->server.path) {
        trireme_server_absent(s, "no `trireme` program beside QEMU or in "
                              "$PATH; say server=PATH");
    } else if (stat(s->server.path, &st) < 0) {
        why = g_strdup_printf("no server at %s: %s; say server=PATH",
                              s->server.path, g_strerror(errno));
        trireme_server_absent(s, why);
    } else {
        s->server.is_socket = S_ISSOCK(st.st_mode);
        if (s->server.is_socket && strlen(s->server.path) >=
                                   sizeof_field(struct sockaddr_un, sun_path)) {
            trireme_server_absent(s, "the path of the server's socket is too "
                                  "long; say server=PATH with a shorter one");
        } else {
            trireme_server_launch(s);
        }
    }
}

void trireme_server_reset(TriremeState *s)
{
    if (s->server.fd >= 0 && !trireme_send_reset(s)) {
        trireme_send_failed(s);
    }
}

void trireme_server_stop(TriremeState *s)
{
    trireme_server_close(s);
    timer_free(s->server.retry);
    s->server.retry = NULL;
    g_free(s->server.path);
    s->server.path = NULL;
}
