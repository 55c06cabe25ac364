/* SPDX-License-Identifier: MIT */
#include "guest/common/program_options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/system.h"

#define GROUP "program "
#define LINE_BYTES 512
#define PATH_BYTES 4096

bool program_options_match(const char *pattern, const char *name)
{
    const char *star = NULL, *tried = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            tried = name;
        } else if (*pattern == '?' ||
                   tolower((unsigned char)*pattern) == tolower((unsigned char)*name)) {
            pattern++;
            name++;
        } else if (star) {
            /* The last star takes one character more. */
            pattern = star + 1;
            name = ++tried;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

static char *stripped(char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        length--;
    }
    text[length] = '\0';
    return text;
}

static bool append(const char *line, char *lines, size_t size)
{
    size_t used = strlen(lines), length = strlen(line);
    if (used + length + 2 > size) {
        return false;
    }
    memcpy(lines + used, line, length);
    memcpy(lines + used + length, "\n", 2);
    return true;
}

bool program_options_read_file(FILE *file, const char *program, char *lines, size_t size)
{
    char buffer[LINE_BYTES];
    bool ours = false, room = true;
    while (room && fgets(buffer, sizeof buffer, file)) {
        char *line = stripped(buffer), *end = strchr(line, ']');
        if (*line == '[' && end) {
            *end = '\0';
            ours = strncmp(line + 1, GROUP, strlen(GROUP)) == 0 &&
                   program_options_match(line + 1 + strlen(GROUP), program);
        } else if (ours && *line && *line != '#') {
            room = append(line, lines, size);
        }
    }
    return room;
}

static bool read_path(const char *path, const char *program, char *lines, size_t size)
{
    FILE *file = system_open_text(path);
    if (!file) {
        return true;
    }
    bool room = program_options_read_file(file, program, lines, size);
    fclose(file);
    return room;
}

static bool read_files(const char *program, char *lines, size_t size)
{
    char path[PATH_BYTES];
    bool room = true;
    for (unsigned i = 0; room && system_options_path(i, path, sizeof path); i++) {
        room = read_path(path, program, lines, size);
    }
    return room;
}

static bool read_environment(char *lines, size_t size)
{
    const char *at = getenv("TRIREME_OPTIONS");
    bool room = true;
    while (at && *at && room) {
        size_t length = strcspn(at, ";");
        char line[LINE_BYTES];
        snprintf(line, sizeof line, "%.*s", (int)length, at);
        room = append(stripped(line), lines, size);
        at += length + (at[length] == ';');
    }
    return room;
}

bool program_options_read(const char *program, char *lines, size_t size)
{
    lines[0] = '\0';
    return read_files(program, lines, size) && read_environment(lines, size);
}
