/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver_checks.exe SYS: loads the driver as a service and talks to it. There is no PCI device
 * under Wine, so the driver must say so where a request is in order, and what is wrong where it is
 * not.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "guest/windows/driver/protocol.h"

#ifndef ERROR_NO_SUCH_DEVICE
#define ERROR_NO_SUCH_DEVICE 433
#endif

int guarded_call(void (*function)(void *data), void *data);

static int failures;

#define EXPECT(condition, ...)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            failures++;                                                                            \
            printf("line %d: %s: ", __LINE__, #condition);                                         \
            printf(__VA_ARGS__);                                                                   \
            printf(" (error %lu)\n", GetLastError());                                              \
        }                                                                                          \
    } while (0)

/* Wine's, which runs drivers, and is not started for programs that need none. */
static void start_services(void)
{
    char line[] = "C:\\windows\\system32\\services.exe";
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    SetEnvironmentVariableA("WINEDLLOVERRIDES", "mscoree,mshtml=");
    HANDLE started = CreateEventA(NULL, TRUE, FALSE, "__wine_SvcctlStarted");
    EXPECT(CreateProcessA(NULL, line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &startup,
                          &process),
           "CreateProcess");
    EXPECT(WaitForSingleObject(started, 60000) == WAIT_OBJECT_0, "services do not start");
}

static SC_HANDLE load(const char *path)
{
    SC_HANDLE manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    EXPECT(manager, "OpenSCManager");
    SC_HANDLE old = OpenServiceA(manager, "Trireme", SERVICE_ALL_ACCESS);
    if (old) {
        DeleteService(old);
        CloseServiceHandle(old);
    }
    SC_HANDLE service = CreateServiceA(manager, "Trireme", "Trireme", SERVICE_ALL_ACCESS,
                                       SERVICE_KERNEL_DRIVER, SERVICE_DEMAND_START,
                                       SERVICE_ERROR_NORMAL, path, NULL, NULL, NULL, NULL, NULL);
    EXPECT(service, "CreateService");
    EXPECT(StartServiceA(service, 0, NULL), "StartService");
    return service;
}

static HANDLE open_driver(void)
{
    return CreateFileA(TRIREME_DRIVER_NT, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0,
                       NULL);
}

/* 0: it succeeded. */
static DWORD ask(HANDLE device, DWORD code, DWORD in_bytes, DWORD out_bytes)
{
    static char in[4096], out[4096];
    DWORD returned = 12345;
    memset(in, 0xff, sizeof in);
    SetLastError(0);
    return DeviceIoControl(device, code, in, in_bytes, out, out_bytes, &returned, NULL)
               ? 0
               : GetLastError();
}

static void expect_error(int line, DWORD got, DWORD wanted)
{
    if (got != wanted) {
        failures++;
        printf("line %d: error %lu instead of %lu\n", line, got, wanted);
    }
}

#define EXPECT_ERROR(got, wanted) expect_error(__LINE__, got, wanted)

static void check_codes(HANDLE device)
{
    static const DWORD codes[] = {0,
                                  1,
                                  0xffffffff,
                                  TRIREME_DRIVER_HEADER - 4,
                                  TRIREME_DRIVER_MAP + 4,
                                  TRIREME_DRIVER_CLAIM | 1,
                                  TRIREME_DRIVER_CLAIM | 2,
                                  TRIREME_DRIVER_CLAIM & ~0xc000u};
    for (unsigned i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        EXPECT_ERROR(ask(device, codes[i], 8, 64), ERROR_INVALID_FUNCTION);
    }
}

static void check_sizes(HANDLE device)
{
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_HEADER, 1, 4096), ERROR_INVALID_PARAMETER);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_HEADER, 0, 0), ERROR_INSUFFICIENT_BUFFER);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_HEADER, 0, sizeof(struct trireme_driver_header) - 1),
                 ERROR_INSUFFICIENT_BUFFER);
    for (DWORD bytes = 0; bytes < 64; bytes++) {
        if (bytes != sizeof(struct trireme_driver_slot)) {
            EXPECT_ERROR(ask(device, TRIREME_DRIVER_CLAIM, bytes, 64), ERROR_INVALID_PARAMETER);
            EXPECT_ERROR(ask(device, TRIREME_DRIVER_RELEASE, bytes, 64), ERROR_INVALID_PARAMETER);
        }
        if (bytes != sizeof(struct trireme_driver_range)) {
            EXPECT_ERROR(ask(device, TRIREME_DRIVER_MAP, bytes, 64), ERROR_INVALID_PARAMETER);
        }
    }
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_CLAIM, 8, 15), ERROR_INSUFFICIENT_BUFFER);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_MAP, 16, 0), ERROR_INSUFFICIENT_BUFFER);
}

static void check_no_device(HANDLE device)
{
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_HEADER, 0, sizeof(struct trireme_driver_header)),
                 ERROR_NO_SUCH_DEVICE);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_CLAIM, 8, 16), ERROR_NO_SUCH_DEVICE);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_MAP, 16, 16), ERROR_NO_SUCH_DEVICE);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_RELEASE, 8, 0), ERROR_ACCESS_DENIED);
}

static void check_handles(HANDLE device)
{
    HANDLE others[100], copy;
    for (int i = 0; i < 100; i++) {
        others[i] = open_driver();
        EXPECT(others[i] != INVALID_HANDLE_VALUE, "handle %d", i);
    }
    EXPECT(DuplicateHandle(GetCurrentProcess(), others[0], GetCurrentProcess(), &copy, 0, FALSE,
                           DUPLICATE_SAME_ACCESS),
           "DuplicateHandle");
    for (int i = 0; i < 100; i++) {
        EXPECT(CloseHandle(others[i]), "handle %d", i);
    }
    EXPECT_ERROR(ask(others[0], TRIREME_DRIVER_CLAIM, 8, 16), ERROR_INVALID_HANDLE);
    EXPECT_ERROR(ask(copy, TRIREME_DRIVER_CLAIM, 8, 16), ERROR_NO_SUCH_DEVICE);
    CloseHandle(copy);
    EXPECT_ERROR(ask(device, TRIREME_DRIVER_CLAIM, 8, 16), ERROR_NO_SUCH_DEVICE);
}

static void raise_exception(void *data)
{
    volatile char room[3000];
    room[0] = (char)(size_t)data;
    RaiseException(0xe0000000u + (DWORD)room[0], 0, 0, NULL);
}

static void write_nowhere(void *data)
{
    *(volatile int *)data = 1;
}

static void count(void *data)
{
    ++*(int *)data;
}

static void check_guarded_call(void)
{
    int calls = 0, canary = 4711;
    for (int i = 0; i < 1000; i++) {
        EXPECT(guarded_call(count, &calls) == 0, "no exception");
        EXPECT(guarded_call(raise_exception, (void *)1) == 1, "an exception");
        EXPECT(guarded_call(write_nowhere, NULL) == 1, "a fault");
    }
    EXPECT(calls == 1000 && canary == 4711, "%d calls, %d", calls, canary);
}

int main(int argc, char **argv)
{
    SERVICE_STATUS status;
    if (argc != 2) {
        return 2;
    }
    check_guarded_call();
    start_services();
    EXPECT(open_driver() == INVALID_HANDLE_VALUE, "there is a driver before it is loaded");
    SC_HANDLE service = load(argv[1]);
    HANDLE device = open_driver();
    EXPECT(device != INVALID_HANDLE_VALUE, "opening the driver");
    check_codes(device);
    check_sizes(device);
    check_no_device(device);
    check_handles(device);
    CloseHandle(device);
    EXPECT(ControlService(service, SERVICE_CONTROL_STOP, &status), "stopping the service");
    EXPECT(open_driver() == INVALID_HANDLE_VALUE, "the driver is still there");
    EXPECT(DeleteService(service), "deleting the service");
    printf("%d failures\n", failures);
    return failures != 0;
}
