/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The timeline of a server in a file: the JSON of Chrome's trace viewer, an event a line, which
 * Perfetto opens. One for the process. Where none was started, looking at trace_is_on is all that
 * it costs.
 *
 *     start, stop   on the main thread, before the first and after the last render thread
 *     the rest      any thread, while it is on; times are CLOCK_MONOTONIC in ns
 */
#ifndef TRIREME_TRACE_H
#define TRIREME_TRACE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

extern bool trace_is_on;

/* A line of the timeline. */
struct trace_track {
    uint32_t process; /* lines of one process stand together */
    uint32_t line;    /* trace_new_line() */
};

/* Writes a new file. */
bool trace_start(const char *path, GError **error);
/* Ends the file as JSON wants it; viewers bear without. */
void trace_stop(void);
/* What was written so far is in the file. */
void trace_flush(void);

/* A number that no other line has. */
uint32_t trace_new_line(void);

/* What the process and the line are called; printable ASCII. */
void trace_name(struct trace_track track, const char *process, const char *line);
/* Something that took a while. `arguments`: members of a JSON object, NULL: none. */
void trace_slice(struct trace_track track, const char *name, uint64_t begin, uint64_t end,
                 const char *arguments);
/* Something that happened. */
void trace_instant(struct trace_track track, const char *name, uint64_t at);

#endif
