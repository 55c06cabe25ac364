/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/log.h"

#include <stdio.h>
#include <string.h>

static GLogLevelFlags least_level = G_LOG_LEVEL_MESSAGE;

static const char *find_field(const GLogField *fields, gsize n, const char *key)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(fields[i].key, key) == 0 && fields[i].length < 0) {
            return fields[i].value;
        }
    }
    return NULL;
}

/* One write a line: several processes may share the terminal. Guests can make the server say the
 * same again and again; it is written once, and counted. */
static void write_unless_repeated(const GString *line)
{
    static GMutex lock;
    static GString *last;
    static unsigned repeated;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&lock);

    if (last && g_string_equal(last, line)) {
        repeated++;
        return;
    }
    if (repeated > 0) {
        fprintf(stderr, "trireme: the last message came %u times more\n", repeated);
        repeated = 0;
    }
    if (!last) {
        last = g_string_new(NULL);
    }
    g_string_assign(last, line->str);
    fwrite(line->str, 1, line->len, stderr);
}

static GLogWriterOutput write_line(GLogLevelFlags level, const GLogField *fields, gsize n,
                                   gpointer data)
{
    if ((level & G_LOG_LEVEL_MASK) > least_level) {
        return G_LOG_WRITER_HANDLED;
    }
    const char *program = find_field(fields, n, "PROGRAM");
    const char *process = find_field(fields, n, "PROCESS");
    const char *slot = find_field(fields, n, "SLOT");
    const char *message = find_field(fields, n, "MESSAGE");
    const char *kind = level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL) ? "warning: " : "";
    g_autoptr(GString) line = g_string_new("trireme: ");
    g_string_append(line, kind);
    if (program && slot) {
        g_string_append_printf(line, "%s (process %s, slot %s): ", program, process ? process : "?",
                               slot);
    }
    g_string_append_printf(line, "%s\n", message ? message : "");
    write_unless_repeated(line);
    return G_LOG_WRITER_HANDLED;
}

void log_init(GLogLevelFlags least)
{
    static bool installed;
    least_level = least;
    /* GLib takes a writer once in a process. */
    if (!installed) {
        installed = true;
        g_log_set_writer_func(write_line, NULL, NULL);
    }
}

bool log_parse_level(const char *name, GLogLevelFlags *level)
{
    static const struct {
        const char *name;
        GLogLevelFlags level;
    } levels[] = {
        {"warning", G_LOG_LEVEL_WARNING},
        {"message", G_LOG_LEVEL_MESSAGE},
        {"info", G_LOG_LEVEL_INFO},
        {"debug", G_LOG_LEVEL_DEBUG},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(levels); i++) {
        if (strcmp(levels[i].name, name) == 0) {
            *level = levels[i].level;
            return true;
        }
    }
    return false;
}

void log_copy_name(char *to, size_t size, const char *from, size_t from_size)
{
    size_t n = 0;
    while (n < size - 1 && n < from_size && from[n] != '\0') {
        to[n] = g_ascii_isprint(from[n]) ? from[n] : '?';
        n++;
    }
    to[n] = '\0';
}
