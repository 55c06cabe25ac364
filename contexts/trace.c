/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "contexts/json_string.h"

bool trace_is_on;

static struct {
    GMutex lock; /* for the rest */
    FILE *file;
    bool has_events;
} trace;

bool trace_start(const char *path, GError **error)
{
    trace.file = fopen(path, "we");
    if (!trace.file || fputs("[", trace.file) < 0 || fflush(trace.file) != 0) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
                    "cannot write the trace %s: %s", path, g_strerror(errno));
        if (trace.file) {
            fclose(trace.file);
            trace.file = NULL;
        }
        return false;
    }
    trace_is_on = true;
    return true;
}

void trace_stop(void)
{
    if (trace_is_on) {
        trace_is_on = false;
        fputs("\n]\n", trace.file);
        fclose(trace.file);
        trace.file = NULL;
    }
}

void trace_flush(void)
{
    g_mutex_lock(&trace.lock);
    if (trace.file) {
        fflush(trace.file);
    }
    g_mutex_unlock(&trace.lock);
}

uint32_t trace_new_line(void)
{
    static gint last;
    return (uint32_t)g_atomic_int_add(&last, 1) + 1;
}

static void put(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void put(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_mutex_lock(&trace.lock);
    if (trace.file) {
        fputs(trace.has_events ? ",\n" : "\n", trace.file);
        vfprintf(trace.file, format, arguments);
        trace.has_events = true;
    }
    g_mutex_unlock(&trace.lock);
    va_end(arguments);
}

static void put_name(struct trace_track track, const char *what, const char *name)
{
    g_autofree char *quoted = json_string(name);
    put("{\"ph\":\"M\",\"name\":\"%s\",\"pid\":%u,\"tid\":%u,\"args\":{\"name\":%s}}", what,
        track.process, track.line, quoted);
}

void trace_name(struct trace_track track, const char *process, const char *line)
{
    put_name(track, "process_name", process);
    put_name(track, "thread_name", line);
}

/* Microseconds with three places, without a locale's comma. */
#define TIME "%" G_GUINT64_FORMAT ".%03u"
#define TIME_ARGUMENTS(ns) (guint64)((ns) / 1000), (unsigned)((ns) % 1000)

void trace_slice(struct trace_track track, const char *name, uint64_t begin, uint64_t end,
                 const char *arguments)
{
    uint64_t length = end > begin ? end - begin : 0;
    put("{\"ph\":\"X\",\"name\":\"%s\",\"pid\":%u,\"tid\":%u,\"ts\":" TIME ",\"dur\":" TIME
        ",\"args\":{%s}}",
        name, track.process, track.line, TIME_ARGUMENTS(begin), TIME_ARGUMENTS(length),
        arguments ? arguments : "");
}

void trace_instant(struct trace_track track, const char *name, uint64_t at)
{
    put("{\"ph\":\"i\",\"s\":\"t\",\"name\":\"%s\",\"pid\":%u,\"tid\":%u,\"ts\":" TIME "}", name,
        track.process, track.line, TIME_ARGUMENTS(at));
}
