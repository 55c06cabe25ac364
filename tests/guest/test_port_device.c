/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The device through files that stand for its sysfs directory. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/common/port.h"

#define SLOTS 4u
#define WINDOW (64u << 10)

static char directory[64];

static void *make_resource(const char *name, size_t size)
{
    char path[96];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    cr_assert_geq(fd, 0);
    cr_assert_eq(ftruncate(fd, (off_t)size), 0);
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    cr_assert_neq(memory, MAP_FAILED);
    close(fd);
    return memory;
}

static uint32_t *registers;
static struct trireme_window_header *header;

static void make_device(void)
{
    strcpy(directory, "/tmp/trireme-device-XXXXXX");
    cr_assert_not_null(mkdtemp(directory));
    registers = make_resource("resource0", TRIREME_SLOT_REGISTERS(SLOTS));
    header = make_resource("resource2", WINDOW);
    registers[TRIREME_REG_MAGIC / 4] = TRIREME_MAGIC;
    registers[TRIREME_REG_VERSION / 4] = TRIREME_ABI_VERSION;
    *header = (struct trireme_window_header){.magic = TRIREME_MAGIC,
                                             .version = TRIREME_ABI_VERSION,
                                             .slots = SLOTS,
                                             .window_size = WINDOW,
                                             .server_state = TRIREME_SERVER_RUNNING,
                                             .generation = 1};
    setenv("TRIREME_DEVICE", directory, 1);
    unsetenv("TRIREME_SOCKET");
}

static void remove_device(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", directory);
    cr_expect_eq(system(command), 0);
}

TestSuite(port_device, .init = make_device, .fini = remove_device, .timeout = 30);

static struct port *open_device(void)
{
    struct port_error error = {.text = ""};
    struct port *port = port_open(&error);
    cr_assert_not_null(port, "%s", error.text);
    return port;
}

static void expect_failure(const char *part)
{
    struct port_error error = {.text = ""};
    cr_expect_null(port_open(&error));
    cr_expect(strstr(error.text, part), "\"%s\" lacks \"%s\"", error.text, part);
}

Test(port_device, opens_and_rings)
{
    struct port *port = open_device();
    cr_expect_eq(port->slots, SLOTS);
    port->ops->doorbell(port, 2, 4711);
    cr_expect_eq(registers[(TRIREME_SLOT_REGISTERS(2) + TRIREME_REG_DOORBELL) / 4], 4711);
    port_destroy(port, false);
}

static void truncate_resource(const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    cr_assert_eq(truncate(path, 0), 0);
}

/* What Linux does to a device's memory when it goes, a file that shrinks does too. */
Test(port_device, unplugged_while_in_use)
{
    struct port *port = open_device();
    cr_expect(port_usable(port, 1));
    truncate_resource("resource0");
    truncate_resource("resource2");
    port->ops->doorbell(port, 2, 4711);
    port_slot_page(port, 1)->tail = 8;
    cr_expect_not(port_usable(port, 1));
    port_destroy(port, false);
}

static void own_handler(int number)
{
    _exit(0);
}

static void *lost_page;

Test(port_device, bus_errors_of_others_are_theirs, .exit_code = 0)
{
    signal(SIGBUS, own_handler);
    lost_page = make_resource("other", TRIREME_PAGE);
    open_device();
    truncate_resource("other");
    *(volatile int *)lost_page = 1;
    _exit(1);
}

Test(port_device, bus_errors_of_nobody_end_the_process, .signal = SIGBUS)
{
    lost_page = make_resource("other", TRIREME_PAGE);
    open_device();
    truncate_resource("other");
    *(volatile int *)lost_page = 1;
}

/* WAIT is an exit: a long wait must not be many of them. A plain file does not block, so what is
 * counted is that later waits take their time in the guest. */
Test(port_device, long_waits_are_naps)
{
    struct trireme_slot_page *page = (void *)((uint8_t *)header + TRIREME_SLOT_PAGE_OFFSET(1));
    registers[TRIREME_REG_FEATURES / 4] = TRIREME_FEATURE_WAIT;
    struct port *port = open_device();
    page->completions = 8;
    page->wait_for = 77;
    port->ops->wait(port, 1, 8, 100000);
    cr_expect_eq(page->wait_for, 8, "the first asks the device");
    port->ops->wait(port, 1, 8, 100000);
    page->wait_for = 77;
    for (int i = 0; i < 10; i++) {
        port->ops->wait(port, 1, 8, 100000);
    }
    cr_expect_eq(page->wait_for, 77, "later ones leave it alone");
    page->completions = 9;
    port->ops->wait(port, 1, 9, 100000);
    cr_expect_eq(page->wait_for, 9, "another wait asks it again");
    port_destroy(port, false);
}

Test(port_device, absent)
{
    setenv("TRIREME_DEVICE", "", 1);
    expect_failure("-device trireme");
}

Test(port_device, not_a_device)
{
    setenv("TRIREME_DEVICE", "/tmp/trireme-no-such-device", 1);
    expect_failure("cannot open /tmp/trireme-no-such-device/resource0");
}

Test(port_device, version_mismatch_names_both)
{
    registers[TRIREME_REG_VERSION / 4] = 7u << 16 | 2;
    expect_failure("version 7.2");
    expect_failure("this library version");
}

Test(port_device, server_that_is_not_there)
{
    header->server_state = TRIREME_SERVER_ABSENT;
    strcpy(header->message, "no EGL on this host");
    expect_failure("no EGL on this host");
}

Test(port_device, unplugged)
{
    registers[TRIREME_REG_MAGIC / 4] = 0xffffffff;
    expect_failure("does not answer");
}

Test(port_device, window_too_small)
{
    header->slots = TRIREME_MAX_SLOTS;
    expect_failure("window=");
}

Test(port_device, usable_ends_with_server_and_generation)
{
    struct port *port = open_device();
    cr_expect(port_usable(port, 1));
    cr_expect_not(port_usable(port, 2));
    header->server_state = TRIREME_SERVER_RESTARTING;
    cr_expect_not(port_usable(port, 1));
    port_destroy(port, false);
}

Test(port_device, processes_keep_their_slots_apart)
{
    struct port *first = open_device();
    cr_expect_eq(port_claim_slot(first), 0);
    cr_expect_eq(port_claim_slot(first), 1);
    pid_t child = fork();
    if (child == 0) {
        struct port_error error;
        struct port *port = port_open(&error);
        _exit(port ? port_claim_slot(port) : 99);
    }
    int status;
    waitpid(child, &status, 0);
    cr_expect_eq(WEXITSTATUS(status), 2);
    /* The child is dead, and its lock with it. */
    cr_expect_eq(port_claim_slot(first), 2);
    port_release_slot(first, 0);
    struct port *second = open_device();
    cr_expect_eq(port_claim_slot(second), 0);
    cr_expect_eq(port_claim_slot(second), 3);
    cr_expect_eq(port_claim_slot(second), -1);
    port_destroy(second, false);
    port_destroy(first, false);
}
