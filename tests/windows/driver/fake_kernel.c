/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Wine cannot do: a driver that maps a device's memory into a program. Linked into a program,
 * this answers the DLL's calls to the driver inside the process, with the driver's own request.c
 * and slots.c on the window that `trireme run --files` shares. Registers are memory that a thread
 * looks at. The program's last line says how many views there were, and how many are left when the
 * handle is closed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "guest/windows/driver/slots.h"

#define NOT_RUNG 0x5a5a5a5au

static struct slots slots;
static CRITICAL_SECTION lock;
static uint8_t *window;
static uint8_t registers[TRIREME_SLOT_REGISTERS(TRIREME_MAX_SLOTS)];
static HANDLE device, doorbell;
static unsigned views, left;

static void fail(const char *what)
{
    printf("fake kernel: %s: error %lu\n", what, GetLastError());
    fflush(stdout);
    ExitProcess(3);
}

static HANDLE open_file(const char *name)
{
    char path[MAX_PATH];
    snprintf(path, sizeof path, "Z:%s\\%s", getenv("TRIREME_DEVICE"), name);
    HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        fail(path);
    }
    return file;
}

static bool map(void *data, bool of_registers, struct user_view *view)
{
    view->address = (uintptr_t)(of_registers ? registers : window) + view->offset;
    views++;
    left++;
    return true;
}

static void unmap(void *data, struct user_view *view)
{
    left--;
}

/* The device, as far as doorbells go. */
static DWORD WINAPI look_at_doorbells(void *data)
{
    for (;;) {
        for (uint32_t slot = 0; slot < slots.slots; slot++) {
            uint32_t *word = (uint32_t *)(registers + TRIREME_SLOT_REGISTERS(slot));
            DWORD written;
            if (__atomic_exchange_n(word, NOT_RUNG, __ATOMIC_SEQ_CST) != NOT_RUNG) {
                WriteFile(doorbell, &slot, sizeof slot, &written, NULL);
            }
        }
        Sleep(1);
    }
    return 0;
}

static void start(void)
{
    HANDLE file = open_file("resource2");
    HANDLE mapping = CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0, NULL);
    window = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    if (!window) {
        fail("mapping the window");
    }
    const struct trireme_window_header *header = (void *)window;
    for (uint32_t slot = 0; slot < header->slots; slot++) {
        *(uint32_t *)(registers + TRIREME_SLOT_REGISTERS(slot)) = NOT_RUNG;
    }
    doorbell = open_file("doorbell");
    slots.system = (struct slots_system){map, unmap, malloc, free, NULL};
    slots_start(&slots, window, GetFileSize(file, NULL), registers, header->slots);
    device = CreateEventA(NULL, FALSE, FALSE, NULL);
    CreateThread(NULL, 0, look_at_doorbells, NULL, 0, NULL);
}

static HANDLE WINAPI create_file(const char *name, DWORD access, DWORD share,
                                 SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                 HANDLE template)
{
    if (strcmp(name, TRIREME_DRIVER_NT) == 0) {
        return device;
    }
    if (strstr(name, "resource")) {
        fail("the DLL opens the device's files");
    }
    return CreateFileA(name, access, share, security, disposition, flags, template);
}

static enum driver_status execute(const struct driver_request *request, void *out, DWORD *bytes)
{
    switch (request->code) {
    case TRIREME_DRIVER_HEADER:
        *bytes = sizeof(struct trireme_driver_header);
        return slots_header(&slots, out);
    case TRIREME_DRIVER_CLAIM:
        *bytes = sizeof(struct trireme_driver_pages);
        return slots_claim(&slots, device, request->slot, out);
    case TRIREME_DRIVER_RELEASE:
        return slots_release(&slots, device, request->slot);
    default:
        *bytes = sizeof(struct trireme_driver_view);
        return slots_map(&slots, device, request, out);
    }
}

static BOOL WINAPI device_io_control(HANDLE handle, DWORD code, void *in, DWORD in_bytes, void *out,
                                     DWORD out_bytes, DWORD *returned, OVERLAPPED *overlapped)
{
    struct driver_request request;
    enum driver_status status = driver_request_parse(code, in, in_bytes, out_bytes, &request);
    *returned = 0;
    EnterCriticalSection(&lock);
    if (status == DRIVER_OK) {
        status = execute(&request, out, returned);
    }
    LeaveCriticalSection(&lock);
    SetLastError(status == DRIVER_OK ? 0 : status == DRIVER_AGAIN ? ERROR_RETRY : ERROR_BUSY);
    return status == DRIVER_OK;
}

/* Lets the DLL's import of kernel32's function lead here. */
static void replace(HMODULE dll, const char *name, void *function)
{
    uint8_t *base = (uint8_t *)dll;
    const IMAGE_NT_HEADERS *headers = (void *)(base + ((IMAGE_DOS_HEADER *)base)->e_lfanew);
    void *wanted = (void *)GetProcAddress(GetModuleHandleA("kernel32.dll"), name);
    IMAGE_IMPORT_DESCRIPTOR *from =
        (void *)(base + headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT]
                            .VirtualAddress);
    for (; from->Name; from++) {
        for (void **entry = (void **)(base + from->FirstThunk); *entry; entry++) {
            DWORD protection;
            if (*entry == wanted) {
                VirtualProtect(entry, sizeof *entry, PAGE_READWRITE, &protection);
                *entry = function;
                return;
            }
        }
    }
    fail(name);
}

static void finish(void)
{
    unsigned held = left;
    slots_release_all(&slots, device);
    printf("%u views, %u held to the end, %u left\n", views, held, left);
    fflush(stdout);
    Sleep(100); /* for the doorbells */
}

__attribute__((constructor)) static void replace_driver(void)
{
    HMODULE dll = GetModuleHandleA("opengl32.dll");
    InitializeCriticalSection(&lock);
    start();
    replace(dll, "CreateFileA", (void *)create_file);
    replace(dll, "DeviceIoControl", (void *)device_io_control);
    atexit(finish);
}
