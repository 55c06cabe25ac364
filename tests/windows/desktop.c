/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desktop.exe: starts the process that owns Wine's desktop, says "ready" when programs can have
 * windows, and keeps it until somebody ends this program.
 *
 * A program of Wine that finds no such process starts one and waits ten seconds for it; on a
 * machine that is too slow for that, the program has no windows. The process ends soon after the
 * last program that has windows, so that it would have to be started over and over again.
 */
#include <stdio.h>
#include <windows.h>

int main(void)
{
    char command[] = "C:\\windows\\system32\\explorer.exe /desktop";
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION owner;
    MSG message;
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &owner) ||
        WaitForInputIdle(owner.hProcess, INFINITE) != 0 ||
        !CreateWindowA("STATIC", "desktop", WS_POPUP, 0, 0, 1, 1, NULL, NULL, NULL, NULL)) {
        printf("no desktop, error %lu\n", GetLastError());
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    while (GetMessageA(&message, NULL, 0, 0) > 0) {
        DispatchMessageA(&message);
    }
    return 0;
}
