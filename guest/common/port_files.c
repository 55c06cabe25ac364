/* SPDX-License-Identifier: MIT */
/*
 * A Windows program under Wine: the device is a folder of the Unix side with the device's files, as
 * Linux has it in sysfs. `resource2` is the window and `resource0` the registers. Where there are
 * no registers, a FIFO `doorbell` takes the numbers of slots ("trireme run --files").
 *
 * Processes share the window; each locks the bytes of `resource2` at its slots' numbers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "guest/common/port_registers.h"
#include "guest/common/port_windows.h"

/* Wine's name for the root of the Unix side, and where the device is unless TRIREME_DEVICE says. */
#define UNIX_ROOT "Z:"
#define DEFAULT_FOLDER "/run/trireme"

struct port_files {
    struct port port;
    HANDLE window_file, doorbell; /* doorbell: INVALID_HANDLE_VALUE where there are registers */
    struct port_registers registers;
};

static struct port_files *port_files(struct port *port)
{
    return (struct port_files *)port;
}

static void files_doorbell(struct port *port, uint32_t slot, uint32_t position)
{
    struct port_files *files = port_files(port);
    DWORD written;
    if (files->registers.memory) {
        port_registers_doorbell(&files->registers, slot, position);
    } else {
        WriteFile(files->doorbell, &slot, sizeof slot, &written, NULL);
    }
}

static void files_wait(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us)
{
    struct port_files *files = port_files(port);
    if (port_windows_wait(port, slot, seen, files->registers.has_wait)) {
        port_registers_wait(&files->registers, port, slot, seen);
    }
}

/* The window's header tells all there is to know. */
static bool files_alive(struct port *port)
{
    return true;
}

static bool files_lock(struct port *port, uint32_t slot)
{
    return LockFile(port_files(port)->window_file, slot, 0, 1, 0);
}

static void files_unlock(struct port *port, uint32_t slot)
{
    UnlockFile(port_files(port)->window_file, slot, 0, 1, 0);
}

static void close_handle(HANDLE handle)
{
    if (handle != INVALID_HANDLE_VALUE) {
        CloseHandle(handle);
    }
}

static void files_destroy(struct port *port, bool forked)
{
    struct port_files *files = port_files(port);
    if (files->registers.memory) {
        UnmapViewOfFile(files->registers.memory);
    }
    if (port->window) {
        UnmapViewOfFile(port->window);
    }
    close_handle(files->doorbell);
    close_handle(files->window_file);
    free(files);
}

static const struct port_ops files_ops = {
    .doorbell = files_doorbell,
    .wait = files_wait,
    .alive = files_alive,
    .lock = files_lock,
    .unlock = files_unlock,
    .destroy = files_destroy,
};

/* Opens a file of the device's folder. */
static HANDLE open_file(const char *name, DWORD access)
{
    const char *folder = getenv("TRIREME_DEVICE");
    char path[MAX_PATH];
    if (!folder || !*folder) {
        folder = DEFAULT_FOLDER;
    }
    if (snprintf(path, sizeof path, "%s%s\\%s", folder[0] == '/' ? UNIX_ROOT : "", folder, name) >=
        (int)sizeof path) {
        return INVALID_HANDLE_VALUE;
    }
    for (char *at = path; *at; at++) {
        *at = *at == '/' ? '\\' : *at;
    }
    return CreateFileA(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                       FILE_ATTRIBUTE_NORMAL, NULL);
}

/* A view of the whole file; NULL: there can be none. */
static void *map_file(HANDLE file)
{
    HANDLE mapping = CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0, NULL);
    void *view = mapping ? MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0) : NULL;
    if (mapping) {
        CloseHandle(mapping);
    }
    return view;
}

static bool map_registers(struct port_files *files)
{
    HANDLE file = open_file("resource0", GENERIC_READ | GENERIC_WRITE);
    if (file == INVALID_HANDLE_VALUE) {
        files->doorbell = open_file("doorbell", GENERIC_WRITE);
        return files->doorbell != INVALID_HANDLE_VALUE;
    }
    DWORD size = GetFileSize(file, NULL);
    if (size != INVALID_FILE_SIZE && size >= TRIREME_PAGE) {
        files->registers.memory = map_file(file);
        files->registers.size = size;
    }
    CloseHandle(file);
    return files->registers.memory != NULL;
}

static bool open_device(struct port_files *files, struct port_error *error)
{
    struct port *port = &files->port;
    files->window_file = open_file("resource2", GENERIC_READ | GENERIC_WRITE);
    if (files->window_file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED) {
        port_error_set(error, "this user may not use the Trireme device: install 60-trireme.rules "
                              "for udev and join the group \"video\"");
        error->fault = PORT_FAULT_ACCESS;
        return false;
    }
    if (files->window_file == INVALID_HANDLE_VALUE) {
        port_error_set(error,
                       "no Trireme device: start QEMU with \"-device trireme\" and install the "
                       "driver in the guest, or the program with \"trireme run --files\"; under "
                       "Wine TRIREME_DEVICE names the folder "
                       "with the device's files (error %lu)",
                       GetLastError());
        error->fault = PORT_FAULT_ABSENT;
        return false;
    }
    DWORD size = GetFileSize(files->window_file, NULL);
    if (size == INVALID_FILE_SIZE || size < TRIREME_WINDOW_MIN ||
        !(port->window = map_file(files->window_file))) {
        port_error_set(error, "cannot map the device's window of %lu bytes (error %lu)", size,
                       GetLastError());
        return false;
    }
    port->window_size = size;
    if (!map_registers(files)) {
        port_error_set(error,
                       "the device's folder has neither registers (resource0) nor a doorbell "
                       "that can be opened (error %lu)",
                       GetLastError());
        return false;
    }
    struct port_registers *registers = &files->registers;
    return (!registers->memory || port_registers_check(registers, error)) &&
           port_check_header(port, error) &&
           (!registers->memory || port_registers_cover(registers, port->slots, error));
}

struct port *port_files_open(struct port_error *error)
{
    struct port_files *files = calloc(1, sizeof *files);
    if (!files) {
        port_error_set(error, "out of memory");
        return NULL;
    }
    files->port.ops = &files_ops;
    files->window_file = files->doorbell = INVALID_HANDLE_VALUE;
    if (!open_device(files, error)) {
        files_destroy(&files->port, false);
        return NULL;
    }
    return &files->port;
}
