/* SPDX-License-Identifier: MIT */
#include "guest/common/message.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 512

static uint_fast32_t line_hash(const char *line)
{
    uint_fast32_t hash = 5381;
    while (*line) {
        hash = hash * 33 + (unsigned char)*line++;
    }
    return hash;
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
        fprintf(stderr, "trireme: %s\n", line);
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
    fprintf(stderr, "trireme: %s\n", line);
}
