/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The control socket: who may connect, with what, and what a device's reset does. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/control.h"
#include "ring/doorbell_ring.h"
#include "ring/records.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

#define SLOTS 4u
#define WINDOW TRIREME_WINDOW_MIN
#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

static struct test_server server;

static void start(void)
{
    test_server_start(&server, NULL);
}

static void stop(void)
{
    test_server_stop(&server);
}

TestSuite(peer, .init = start, .fini = stop, .timeout = 120);

static int connect_socket(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = 20};
    strcpy(address.sun_path, server.socket);
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    cr_assert_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

static struct trireme_control_hello hello_of(enum trireme_control_type type)
{
    return (struct trireme_control_hello){
        .type = type,
        .version = TRIREME_ABI_VERSION,
        .slots = type == TRIREME_CONTROL_HELLO_DEVICE ? SLOTS : 0,
        .window_size = type == TRIREME_CONTROL_HELLO_DEVICE ? WINDOW : 0,
        .name = "test",
    };
}

/* The server says REFUSED with these words, then nothing more. */
static void assert_refused(int fd, const char *words)
{
    struct trireme_control_answer answer;
    cr_assert_eq(recv(fd, &answer, sizeof answer, 0), sizeof answer);
    cr_assert_eq(answer.type, TRIREME_CONTROL_REFUSED);
    cr_assert_not_null(strstr(answer.message, words), "\"%s\" is not in: %s", words,
                       answer.message);
    cr_assert_eq(recv(fd, &answer, sizeof answer, 0), 0);
    close(fd);
}

static void assert_closed(int fd)
{
    char byte;
    cr_assert_leq(recv(fd, &byte, sizeof byte, 0), 0);
    close(fd);
}

static void put(int fd, const void *body, size_t bytes, const int *fds, unsigned count)
{
    cr_assert(control_send(fd, body, bytes, fds, count));
}

static int create_memory(size_t bytes, int seals)
{
    int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    cr_assert_eq(ftruncate(fd, (off_t)bytes), 0);
    cr_assert_eq(fcntl(fd, F_ADD_SEALS, seals), 0);
    return fd;
}

struct device {
    int socket;
    int memory[2]; /* window, shared */
    int doorbells[SLOTS];
};

static void device_init(struct device *device)
{
    device->socket = connect_socket();
    device->memory[0] = create_memory(WINDOW, SEALS);
    device->memory[1] = create_memory(TRIREME_SHARED_SIZE(SLOTS), SEALS);
    for (unsigned i = 0; i < SLOTS; i++) {
        device->doorbells[i] = eventfd(0, EFD_CLOEXEC);
    }
}

static void device_send_doorbells(struct device *device, uint32_t first, uint32_t count)
{
    const struct trireme_control_doorbells message = {
        .type = TRIREME_CONTROL_DOORBELLS,
        .first = first,
        .count = count,
    };
    put(device->socket, &message, sizeof message, device->doorbells + first, count);
}

static void device_greet(struct device *device)
{
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_DEVICE);
    put(device->socket, &hello, sizeof hello, device->memory, 2);
}

static void device_connect(struct device *device)
{
    struct trireme_control_answer answer;
    device_init(device);
    device_greet(device);
    device_send_doorbells(device, 0, 1);
    device_send_doorbells(device, 1, SLOTS - 1);
    cr_assert_eq(recv(device->socket, &answer, sizeof answer, 0), sizeof answer);
    cr_assert_eq(answer.type, TRIREME_CONTROL_READY);
    cr_assert_eq(answer.version, TRIREME_ABI_VERSION);
}

/* The guest behind the device. */
static struct fake_guest device_guest(const struct device *device)
{
    struct fake_guest guest = {.socket = device->socket, .window_size = WINDOW, .slots = SLOTS};
    guest.window = mmap(NULL, WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED, device->memory[0], 0);
    memcpy(guest.doorbells, device->doorbells, sizeof device->doorbells);
    return guest;
}

Test(peer, another_version_is_refused_with_both_named)
{
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_LOCAL);
    hello.version = 7u << 16 | 2u;
    int fd = connect_socket();
    put(fd, &hello, sizeof hello, NULL, 0);
    assert_refused(fd, "7.2 of Trireme's interface cannot talk to the server's ");
}

Test(peer, a_local_program_cannot_name_a_render_node)
{
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_LOCAL);
    strcpy(hello.render_node, "/etc/passwd");
    int fd = connect_socket();
    put(fd, &hello, sizeof hello, NULL, 0);
    assert_refused(fd, "render node");
}

Test(peer, absurd_wishes_of_a_local_program_are_refused)
{
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_LOCAL);
    hello.slots = UINT32_MAX;
    int fd = connect_socket();
    put(fd, &hello, sizeof hello, NULL, 0);
    assert_refused(fd, "too much");
    hello.slots = 2;
    hello.window_size = 4096;
    fd = connect_socket();
    put(fd, &hello, sizeof hello, NULL, 0);
    assert_refused(fd, "window=");
}

Test(peer, messages_of_the_wrong_length_or_order_end_the_connection)
{
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_LOCAL);
    const struct trireme_control_reset reset = {.type = TRIREME_CONTROL_RESET};
    const uint32_t unknown = 99;
    const struct {
        const void *body;
        size_t bytes;
    } wrong[] = {
        {&hello, sizeof hello - 1}, {&hello, 4}, {&hello, 1}, {&unknown, 4}, {&reset, sizeof reset},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        int fd = connect_socket();
        put(fd, wrong[i].body, wrong[i].bytes, NULL, 0);
        assert_closed(fd);
    }
}

Test(peer, a_second_hello_ends_the_connection)
{
    struct fake_guest guest;
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_LOCAL);
    fake_guest_connect(&guest, server.socket, 0, 0);
    put(guest.socket, &hello, sizeof hello, NULL, 0);
    assert_closed(dup(guest.socket));
    fake_guest_disconnect(&guest);
}

Test(peer, a_device_without_its_memory_is_refused)
{
    struct device device;
    struct trireme_control_hello hello = hello_of(TRIREME_CONTROL_HELLO_DEVICE);
    device_init(&device);
    put(device.socket, &hello, sizeof hello, device.memory, 1);
    assert_refused(device.socket, "1 descriptors with HELLO_DEVICE");
}

static void assert_memory_refused(int which, int fd, const char *words)
{
    struct device device;
    device_init(&device);
    close(device.memory[which]);
    device.memory[which] = fd;
    device_greet(&device);
    device_send_doorbells(&device, 0, SLOTS);
    assert_refused(device.socket, words);
}

Test(peer, memory_that_could_vanish_is_refused)
{
    assert_memory_refused(0, create_memory(WINDOW, F_SEAL_GROW), "sealed against shrinking");
    assert_memory_refused(1, create_memory(TRIREME_SHARED_SIZE(SLOTS), 0),
                          "sealed against shrinking");
    assert_memory_refused(0, open("/dev/zero", O_RDWR), "sealed against shrinking");
}

Test(peer, memory_that_is_too_small_is_refused)
{
    assert_memory_refused(0, create_memory(WINDOW - 1, SEALS), "the window has");
    assert_memory_refused(1, create_memory(TRIREME_SHARED_SIZE(SLOTS) - 1, SEALS),
                          "shared with the device has");
}

Test(peer, doorbells_come_in_order_and_are_eventfds)
{
    struct device device;
    device_init(&device);
    device_greet(&device);
    device_send_doorbells(&device, 1, 1);
    assert_refused(device.socket, "DOORBELLS out of order");

    device_init(&device);
    device_greet(&device);
    device.doorbells[0] = open("/dev/null", O_RDWR);
    device_send_doorbells(&device, 0, SLOTS);
    assert_refused(device.socket, "not an eventfd");
}

Test(peer, a_device_serves_its_guest_and_counts)
{
    struct device device;
    struct fake_slot session, slot;
    device_connect(&device);
    struct fake_guest guest = device_guest(&device);
    const struct trireme_window_header *header = (const struct trireme_window_header *)guest.window;
    cr_assert_eq(header->magic, TRIREME_MAGIC);
    cr_assert_eq(header->slots, SLOTS);
    fake_slot_open_session(&session, &guest, 0);
    fake_slot_open_context(&slot, &guest, 1, &session);
    cr_assert_eq(fake_context_create(&slot, 1), 0);
    fake_slot_close(&slot);
}

/* What runs is closed and its slots serve the next generation, from the state of the page that the
 * reset finds. */
Test(peer, a_reset_closes_everything_while_it_draws)
{
    struct device device;
    struct fake_slot session, slot;
    const struct trireme_control_reset reset = {.type = TRIREME_CONTROL_RESET, .generation = 2};
    device_connect(&device);
    struct fake_guest guest = device_guest(&device);
    for (unsigned round = 0; round < 5; round++) {
        fake_slot_open_session(&session, &guest, 0);
        uint32_t config = fake_session_find_config(&session, 24, 0);
        fake_slot_open_context(&slot, &guest, 1, &session);
        cr_assert_eq(fake_context_create(&slot, 1), 0);
        fake_context_make_current(&slot, config, 7, 512, 512);
        for (unsigned i = 0; i < 200; i++) {
            fake_context_clear(&slot, 0, 1, 0);
        }
        fake_slot_flush(&slot);
        put(device.socket, &reset, sizeof reset, NULL, 0);
        cr_assert(fake_slot_becomes(&slot, TRIREME_SLOT_LOST));
        cr_assert(fake_slot_becomes(&session, TRIREME_SLOT_LOST));
    }
}

Test(peer, a_new_server_does_not_take_old_requests_for_new_ones)
{
    struct device device;
    device_init(&device);
    struct fake_guest guest = device_guest(&device);
    struct trireme_slot_page *page =
        (struct trireme_slot_page *)(guest.window + TRIREME_SLOT_PAGE_OFFSET(1));
    page->request = fake_request(TRIREME_ROLE_SESSION);
    page->request.serial = 41;
    page->answer.state = TRIREME_SLOT_OPEN;
    device_greet(&device);
    device_send_doorbells(&device, 0, SLOTS);
    struct trireme_control_answer answer;
    cr_assert_eq(recv(device.socket, &answer, sizeof answer, 0), sizeof answer);
    cr_assert_eq(answer.type, TRIREME_CONTROL_READY);
    cr_assert_eq(page->answer.state, TRIREME_SLOT_FREE);
    struct fake_slot session;
    fake_slot_open_session(&session, &guest, 1);
    cr_assert_eq(session.serial, 42);
}

static void without_egl(struct config *config)
{
    config->render_node = g_strdup("/dev/dri/none");
}

Test(no_egl, the_server_runs_and_contexts_are_refused_with_the_reason, .timeout = 60)
{
    struct fake_guest guest;
    struct fake_slot slot;
    test_server_start(&server, without_egl);
    fake_guest_connect(&guest, server.socket, 0, 0);
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_SESSION);
    cr_assert_eq(fake_slot_ask(&slot, &guest, 0, &request), TRIREME_SLOT_REFUSED);
    cr_assert_not_null(strstr(slot.page->answer.message, "/dev/dri/none"));
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}
