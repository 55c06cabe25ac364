/* SPDX-License-Identifier: MIT */
#include "guest/common/system.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

uint64_t system_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void system_sleep_us(uint32_t us)
{
    usleep(us);
}

const char *system_program_name(void)
{
    return program_invocation_short_name;
}

uint32_t system_process_id(void)
{
    return (uint32_t)getpid();
}

void system_say(const char *line)
{
    fprintf(stderr, "%s\n", line);
}

static int user_options_path(char *path, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && *config) {
        return snprintf(path, size, "%s/trireme/trireme.conf", config);
    }
    return snprintf(path, size, "%s/.config/trireme/trireme.conf", home ? home : "");
}

bool system_options_path(unsigned index, char *path, size_t size)
{
    int length =
        index == 0 ? snprintf(path, size, "/etc/trireme.conf") : user_options_path(path, size);
    if (length >= (int)size) {
        path[0] = '\0';
    }
    return index < 2;
}

FILE *system_open_text(const char *path)
{
    return fopen(path, "re");
}
