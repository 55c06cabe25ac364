/* SPDX-License-Identifier: MIT */
#include "guest/common/system.h"

#include <stdlib.h>
#include <string.h>

#include "guest/common/threads.h"

#define THREAD_STACK_BYTES (64u << 10)
#define THREAD_START_MS 500
#define LOG_NAME "trireme.log"

uint64_t system_now_us(void)
{
    /* Split, so that the product stays within 64 bits: counters of some GHz run for years. */
    LARGE_INTEGER frequency, now;
    if (!QueryPerformanceFrequency(&frequency) || frequency.QuadPart <= 0 ||
        !QueryPerformanceCounter(&now)) {
        return (uint64_t)GetTickCount() * 1000;
    }
    uint64_t per_second = (uint64_t)frequency.QuadPart, count = (uint64_t)now.QuadPart;
    return count / per_second * 1000000 + count % per_second * 1000000 / per_second;
}

/* Sleep() counts milliseconds. Less than one is a turn of the other threads. */
void system_sleep_us(uint32_t us)
{
    Sleep(us / 1000);
}

const char *system_program_name(void)
{
    static char path[MAX_PATH];
    static const char *name;
    if (!name) {
        DWORD length = GetModuleFileNameA(NULL, path, sizeof path - 1);
        path[length < sizeof path ? length : sizeof path - 1] = '\0';
        const char *folder = strrchr(path, '\\');
        name = folder ? folder + 1 : path;
    }
    return name;
}

uint32_t system_process_id(void)
{
    return GetCurrentProcessId();
}

/* TRIREME_LOG names the log; else it lies in the folder for temporary files. */
static bool log_path(char *path, size_t size)
{
    const char *named = getenv("TRIREME_LOG");
    DWORD length = named ? 0 : GetTempPathA((DWORD)(size - sizeof LOG_NAME), path);
    if (named) {
        return snprintf(path, size, "%s", named) < (int)size;
    }
    if (length == 0 || length > size - sizeof LOG_NAME) {
        return false;
    }
    strcpy(path + length, LOG_NAME);
    return true;
}

static void write_line(HANDLE file, const char *line)
{
    DWORD written;
    WriteFile(file, line, (DWORD)strlen(line), &written, NULL);
    WriteFile(file, "\r\n", 2, &written, NULL);
}

/* To a debugger, to the log, and to stderr where there is one. */
void system_say(const char *line)
{
    char path[MAX_PATH];
    OutputDebugStringA(line);
    HANDLE console = GetStdHandle(STD_ERROR_HANDLE);
    if (console && console != INVALID_HANDLE_VALUE) {
        write_line(console, line);
    }
    HANDLE log = log_path(path, sizeof path)
                     ? CreateFileA(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                   OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL)
                     : INVALID_HANDLE_VALUE;
    if (log != INVALID_HANDLE_VALUE) {
        SetFilePointer(log, 0, NULL, FILE_END);
        write_line(log, line);
        CloseHandle(log);
    }
}

/* trireme.conf in Windows' folder, then beside the program. */
bool system_options_path(unsigned index, char *path, size_t size)
{
    char folder[MAX_PATH];
    DWORD length = index == 0 ? GetWindowsDirectoryA(folder, sizeof folder)
                              : GetModuleFileNameA(NULL, folder, sizeof folder - 1);
    folder[length < sizeof folder ? length : 0] = '\0';
    if (index > 0) {
        char *last = strrchr(folder, '\\');
        *(last ? last : folder) = '\0';
    }
    if (snprintf(path, size, "%s\\trireme.conf", folder) >= (int)size) {
        path[0] = '\0';
    }
    return index < 2;
}

FILE *system_open_text(const char *path)
{
    return fopen(path, "r");
}

static LONG threads_begun;

static DWORD WINAPI thread_run(void *data)
{
    void (*main)(void) = (void (*)(void))data;
    __atomic_add_fetch(&threads_begun, 1, __ATOMIC_RELEASE);
    main();
    return 0;
}

bool thread_start_windows(void (*main)(void))
{
    static LONG stays;
    char path[MAX_PATH];
    MEMORY_BASIC_INFORMATION self;
    DWORD id;
    if (!__atomic_exchange_n(&stays, 1, __ATOMIC_RELAXED) &&
        VirtualQuery(thread_run, &self, sizeof self) != 0 &&
        GetModuleFileNameA((HMODULE)self.AllocationBase, path, sizeof path) != 0) {
        LoadLibraryA(path);
    }
    LONG begun = __atomic_load_n(&threads_begun, __ATOMIC_ACQUIRE);
    HANDLE thread = CreateThread(NULL, THREAD_STACK_BYTES, thread_run, (void *)main, 0, &id);
    if (!thread) {
        return false;
    }
    CloseHandle(thread);
    /* A process that ends while Wine is still making one of its threads may end with a segmentation
     * fault. Not for ever: a thread begins only after DllMain(), and a program may call from there.
     */
    for (int i = 0;
         i < THREAD_START_MS && __atomic_load_n(&threads_begun, __ATOMIC_ACQUIRE) == begun; i++) {
        Sleep(1);
    }
    return true;
}
