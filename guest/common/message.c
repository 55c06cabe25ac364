/* SPDX-License-Identifier: MIT */
#include "guest/common/message.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/system.h"

#define LINE_BYTES 512
#define PREFIX "trireme: "

static uint_fast32_t line_hash(const char *line)
{
    uint_fast32_t hash = 5381;
    while (*line) {
        hash = hash * 33 + (unsigned char)*line++;
    }
    return hash;
}

static void say(const char *text)
{
    char line[sizeof PREFIX + LINE_BYTES];
    snprintf(line, sizeof line, PREFIX "%s", text);
    system_say(line);
}

void message_error(const char *format, ...)
{
    static uint_fast32_t last;
    char line[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    uint_fast32_t hash = line_hash(line);
    if (__atomic_exchange_n(&last, hash, __ATOMIC_RELAXED) != hash) {
        say(line);
    }
}

void message_debug(const char *format, ...)
{
    const char *debug = getenv("TRIREME_DEBUG");
    if (!debug || strcmp(debug, "1") != 0) {
        return;
    }
    char line[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    say(line);
}
