/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "core/slot_watch.h"
#include "gl_opcodes.h"

/* A memfd that could shrink, or whose pages could run out, would kill the server with SIGBUS. */
static bool check_memory(int fd, uint64_t bytes, const char *what, GError **error)
{
    struct stat status;
    struct statfs system;
    int seals = fcntl(fd, F_GET_SEALS);
    if (fstat(fd, &status) < 0 || fstatfs(fd, &system) < 0 || system.f_type != TMPFS_MAGIC ||
        seals < 0 || !(seals & F_SEAL_SHRINK)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "the %s is not a memfd that is sealed against shrinking", what);
        return false;
    }
    if (status.st_size < 0 || (uint64_t)status.st_size < bytes) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "the %s has %lld bytes instead of %" G_GUINT64_FORMAT, what,
                    (long long)status.st_size, bytes);
        return false;
    }
    return true;
}

static void *map_memory(int fd, uint64_t bytes, const char *what, GError **error)
{
    if (!check_memory(fd, bytes, what, error)) {
        return NULL;
    }
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot map the %s: %s",
                    what, g_strerror(errno));
        return NULL;
    }
    return memory;
}

static bool check_sizes(const struct machine_request *request, GError **error)
{
    if (request->slots < 1 || request->slots > TRIREME_MAX_SLOTS) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%u slots; there can be 1 to %u",
                    request->slots, TRIREME_MAX_SLOTS);
        return false;
    }
    if (request->window_size < TRIREME_WINDOW_MIN || request->window_size > TRIREME_WINDOW_MAX ||
        request->window_size % TRIREME_PAGE != 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "a window of %" G_GUINT64_FORMAT
                    " bytes; it can have %u to %u MiB: say window=",
                    request->window_size, TRIREME_WINDOW_MIN >> 20, TRIREME_WINDOW_MAX >> 20);
        return false;
    }
    return true;
}

static bool map(struct machine *machine, const struct machine_request *request, GError **error)
{
    machine->window = map_memory(request->window_fd, request->window_size, "window", error);
    if (!machine->window) {
        return false;
    }
    if (request->shared_fd >= 0) {
        machine->shared_size = TRIREME_SHARED_SIZE(request->slots);
        machine->shared = map_memory(request->shared_fd, machine->shared_size,
                                     "memory shared with the device", error);
        return machine->shared;
    }
    return true;
}

static void write_header(struct machine *machine)
{
    struct trireme_window_header *header = (struct trireme_window_header *)machine->window;
    header->version = TRIREME_ABI_VERSION;
    header->features = TRIREME_FEATURE_AREAS | (machine->local ? 0 : TRIREME_FEATURE_WAIT);
    header->slots = machine->slot_count;
    header->window_size = machine->window_size;
    header->gl_opcodes = GL_OPCODES_FINGERPRINT;
    if (machine->local) {
        header->server_state = TRIREME_SERVER_RUNNING;
        header->generation = 1;
    }
    __atomic_store_n(&header->magic, TRIREME_MAGIC, __ATOMIC_RELEASE);
}

static void destroy(struct machine *machine)
{
    void (*closed)(void *) = machine->closed;
    void *data = machine->closed_data;
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_finish(&machine->slots[i]);
    }
    if (machine->events_watch) {
        g_source_remove(machine->events_watch);
    }
    if (machine->table) {
        context_table_destroy(machine->table);
        render_events_finish(&machine->events);
        window_space_finish(&machine->space);
    }
    if (machine->shared) {
        munmap(machine->shared, machine->shared_size);
    }
    if (machine->window) {
        munmap(machine->window, machine->window_size);
    }
    g_free(machine->slots);
    g_free(machine->display_error);
    g_free(machine);
    if (closed) {
        closed(data);
    }
}

static gboolean events_came(gint fd, GIOCondition condition, gpointer data)
{
    struct machine *machine = data;
    struct slot *slot;
    render_events_acknowledge(&machine->events);
    while ((slot = render_events_take(&machine->events))) {
        machine->threads--;
        slot_thread_ended(slot);
    }
    if (machine->closing && machine->threads == 0) {
        destroy(machine);
    }
    return G_SOURCE_CONTINUE;
}

struct machine *machine_create(const struct machine_request *request, GError **error)
{
    if (!check_sizes(request, error)) {
        return NULL;
    }
    struct machine *machine = g_new0(struct machine, 1);
    machine->config = request->config;
    machine->display = request->display;
    machine->display_error = g_strdup(request->display_error);
    machine->local = request->local;
    machine->ring_size = request->ring_size ? request->ring_size : request->config->ring_size;
    machine->window_size = (uint32_t)request->window_size;
    memcpy(machine->name, request->name, sizeof machine->name);
    if (!map(machine, request, error)) {
        destroy(machine);
        return NULL;
    }
    machine->table = context_table_create();
    window_space_init(&machine->space, TRIREME_SPACE_OFFSET(request->slots), machine->window_size);
    if (!render_events_init(&machine->events)) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "no eventfd: %s",
                    g_strerror(errno));
        destroy(machine);
        return NULL;
    }
    machine->events_watch = g_unix_fd_add(machine->events.fd, G_IO_IN, events_came, machine);
    machine->slots = g_new0(struct slot, request->slots);
    machine->slot_count = request->slots;
    for (uint32_t i = 0; i < request->slots; i++) {
        slot_init(&machine->slots[i], machine, i, request->doorbells[i]);
        request->doorbells[i] = -1;
    }
    write_header(machine);
    return machine;
}

static void stop_slots(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_stop(&machine->slots[i]);
    }
}

void machine_reset(struct machine *machine)
{
    stop_slots(machine);
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_space_reset(&machine->slots[i].space);
    }
    write_header(machine);
}

void machine_close(struct machine *machine, void (*closed)(void *data), void *data)
{
    if (!machine) {
        return;
    }
    machine->closing = true;
    machine->closed = closed;
    machine->closed_data = data;
    stop_slots(machine);
    if (machine->threads == 0) {
        destroy(machine);
    }
}

void machine_report(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_report(&machine->slots[i]);
    }
}

void machine_look(struct machine *machine, watch_each *each, void *each_data)
{
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_look(&machine->slots[i], each, each_data);
    }
}

void machine_look_away(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->slot_count; i++) {
        slot_look_away(&machine->slots[i]);
    }
}
