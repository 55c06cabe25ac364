/* SPDX-License-Identifier: MIT */
/*
 * The Trireme PCI device of a Linux guest, through sysfs: resource0 holds the registers, resource2
 * the window. Processes share the device; each holds a byte-range lock (open file description
 * locks, released by the kernel with the last descriptor) on resource2 at its slots' numbers.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/common/message.h"
#include "guest/common/port.h"
#include "guest/common/port_guard.h"
#include "guest/common/port_registers.h"

#define PCI_DEVICES "/sys/bus/pci/devices"

/*
 * A wait has three parts, since a virtual CPU that blocks in the device cannot run other threads of
 * the guest, and each read of WAIT leaves the guest: a few looks at the count, giving the processor
 * away in between; WAIT, for the usual reply that is nearly there; then naps, ever longer ones.
 */
#define YIELDS_BEFORE_WAIT 1
#define WAITS_BEFORE_NAPS 2
#define NAP_STEP_US 50u
#define LONGEST_NAP_US 2000u

struct port_device {
    struct port port;
    int resource2;
    struct port_registers registers;
};

static struct port_device *port_device(struct port *port)
{
    return (struct port_device *)port;
}

static void device_doorbell(struct port *port, uint32_t slot, uint32_t position)
{
    port_registers_doorbell(&port_device(port)->registers, slot, position);
}

/* How often this thread has waited in a row for the same thing. */
static unsigned waits_in_a_row(uint32_t slot, uint32_t seen)
{
    static _Thread_local struct {
        uint32_t slot, seen;
        unsigned count;
    } last __attribute__((tls_model("initial-exec")));
    if (last.slot != slot || last.seen != seen) {
        last.slot = slot;
        last.seen = seen;
        last.count = 0;
    }
    return last.count++;
}

static void device_wait(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us)
{
    struct port_device *device = port_device(port);
    struct trireme_slot_page *page = port_slot_page(port, slot);
    unsigned before = waits_in_a_row(slot, seen);
    if (!device->registers.has_wait || before >= WAITS_BEFORE_NAPS) {
        uint64_t nap = (uint64_t)NAP_STEP_US * (before + 1);
        nap = nap < LONGEST_NAP_US ? nap : LONGEST_NAP_US;
        usleep((useconds_t)(nap < timeout_us ? nap : timeout_us));
        return;
    }
    for (int i = 0; i < YIELDS_BEFORE_WAIT; i++) {
        if (__atomic_load_n(&page->completions, __ATOMIC_ACQUIRE) != seen) {
            return;
        }
        sched_yield();
    }
    port_registers_wait(&device->registers, port, slot, seen);
}

/* The window's header tells all there is to know: the device writes the server's state there, and
 * memory of a device that was unplugged reads as zeros (port_guard.h). Asking a register would cost
 * an exit. */
static bool device_alive(struct port *port)
{
    return true;
}

static bool set_lock(int fd, uint32_t slot, short type)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = slot, .l_len = 1};
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

static bool device_lock(struct port *port, uint32_t slot)
{
    return set_lock(port_device(port)->resource2, slot, F_WRLCK);
}

static void device_unlock(struct port *port, uint32_t slot)
{
    set_lock(port_device(port)->resource2, slot, F_UNLCK);
}

/* The locks belong to the open file, which a forked child shares: closing the child's descriptor
 * leaves them to the parent, so `forked` makes no difference. */
static void device_destroy(struct port *port, bool forked)
{
    struct port_device *device = port_device(port);
    if (device->registers.memory) {
        port_guard_remove(device->registers.memory);
        munmap(device->registers.memory, device->registers.size);
    }
    if (port->window) {
        port_guard_remove(port->window);
        munmap(port->window, port->window_size);
    }
    if (device->resource2 >= 0) {
        close(device->resource2);
    }
    free(device);
}

static const struct port_ops device_ops = {
    .doorbell = device_doorbell,
    .wait = device_wait,
    .alive = device_alive,
    .lock = device_lock,
    .unlock = device_unlock,
    .destroy = device_destroy,
};

static bool read_number(const char *directory, const char *name, unsigned long *value)
{
    char path[512], text[32] = "";
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "re");
    if (!file) {
        return false;
    }
    bool read = fgets(text, sizeof text, file) != NULL;
    fclose(file);
    *value = strtoul(text, NULL, 0);
    return read;
}

/* The sysfs directory of the first Trireme device. */
static bool find_device(char *directory, size_t size)
{
    const char *given = getenv("TRIREME_DEVICE");
    if (given && *given) {
        snprintf(directory, size, "%s", given);
        return true;
    }
    DIR *devices = opendir(PCI_DEVICES);
    struct dirent *entry;
    bool found = false;
    while (devices && !found && (entry = readdir(devices))) {
        unsigned long vendor, device;
        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(directory, size, PCI_DEVICES "/%.200s", entry->d_name);
        found = read_number(directory, "vendor", &vendor) && vendor == TRIREME_PCI_VENDOR &&
                read_number(directory, "device", &device) && device == TRIREME_PCI_DEVICE;
    }
    if (devices) {
        closedir(devices);
    }
    return found;
}

/* Firmware and kernel leave the memory of a device without a driver switched off. */
static bool enable_device(const char *directory, struct port_error *error)
{
    unsigned long enabled = 0;
    char path[512];
    /* A file in place of the device (tests, other transports) has no switch. */
    if (!read_number(directory, "enable", &enabled) || enabled > 0) {
        return true;
    }
    snprintf(path, sizeof path, "%s/enable", directory);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool done = fd >= 0 && write(fd, "1", 1) == 1;
    if (!done) {
        port_error_set(error,
                       "cannot switch on the device (%s: %s): run once as root, or install "
                       "60-trireme.rules for udev",
                       path, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

/* Maps a whole resource file. The descriptor goes to *keep, or is closed where keep is NULL. */
static void *map_resource(const char *directory, const char *name, size_t *size, int *keep,
                          struct port_error *error)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        port_error_set(error,
                       errno == EACCES || errno == EPERM
                           ? "cannot open %s (%s): run as root, or install 60-trireme.rules "
                             "for udev and join the group \"video\""
                           : "cannot open %s (%s): is this a Trireme device?",
                       path, strerror(errno));
        return NULL;
    }
    struct stat status;
    void *memory = MAP_FAILED;
    if (fstat(fd, &status) == 0 && status.st_size >= (off_t)TRIREME_PAGE &&
        status.st_size <= (off_t)TRIREME_WINDOW_MAX) {
        *size = (size_t)status.st_size;
        memory = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    }
    if (memory == MAP_FAILED) {
        port_error_set(error, "cannot map %s (%s)", path, strerror(errno));
        close(fd);
        return NULL;
    }
    port_guard_add(memory, *size);
    if (keep) {
        *keep = fd;
    } else {
        close(fd);
    }
    return memory;
}

struct port *port_device_open(bool *absent, struct port_error *error)
{
    char directory[256];
    *absent = !find_device(directory, sizeof directory);
    if (*absent) {
        return NULL;
    }
    struct port_device *device = calloc(1, sizeof *device);
    if (!device) {
        port_error_set(error, "out of memory");
        return NULL;
    }
    device->port.ops = &device_ops;
    device->resource2 = -1;
    size_t window_size = 0;
    if (!enable_device(directory, error)) {
        goto failed;
    }
    device->registers.memory =
        map_resource(directory, "resource0", &device->registers.size, NULL, error);
    if (!device->registers.memory || !port_registers_check(&device->registers, error)) {
        goto failed;
    }
    device->port.window =
        map_resource(directory, "resource2", &window_size, &device->resource2, error);
    if (!device->port.window) {
        goto failed;
    }
    device->port.window_size = window_size;
    if (!port_check_header(&device->port, error) ||
        !port_registers_cover(&device->registers, device->port.slots, error)) {
        goto failed;
    }
    message_debug("device %s: %u slots, window %llu bytes%s", directory, device->port.slots,
                  (unsigned long long)window_size,
                  device->registers.has_wait ? "" : ", no WAIT register");
    return &device->port;

failed:
    device_destroy(&device->port, false);
    return NULL;
}
