/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/stats.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "contexts/json_string.h"

static double per(double value, double of)
{
    return of > 0 ? value / of : 0;
}

/* The round trips by command; `format` is for comma, name and count. */
static char *list_commands(const struct stats_entry *entry, const char *format)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; entry->by_command && i < entry->by_command->len; i++) {
        const struct round_trip_count *trips =
            &g_array_index(entry->by_command, struct round_trip_count, i);
        g_string_append_printf(out, format, i > 0 ? ", " : "", trips->command, trips->count);
    }
    return g_string_free(out, FALSE);
}

static void print(const struct stats_entry *entry)
{
    double frames = (double)entry->frames;
    double exits = (double)(entry->doorbells + entry->waits);
    g_autofree char *line = g_strdup_printf(
        "trireme: stats: %s (process %u, slot %u%s%s): %.1f s, %.0f frames (%.1f/s), "
        "%.0f calls/s, %.0f bytes/s, %.2f exits/frame, %.2f round trips/frame\n",
        entry->program, entry->process, entry->slot, entry->lost ? ", lost" : "",
        entry->running ? ", running" : "", entry->seconds, frames, per(frames, entry->seconds),
        per((double)entry->commands, entry->seconds), per((double)entry->bytes, entry->seconds),
        per(exits, frames), per((double)entry->round_trips, frames));
    fputs(line, stderr);
    if (entry->worst_wake_us > 0) {
        fprintf(stderr, "trireme: stats: %s: awake %.0f us after a doorbell, %.0f us at worst\n",
                entry->program, entry->wake_us, entry->worst_wake_us);
    }
    g_autofree char *commands = list_commands(entry, "%s%s %" G_GUINT64_FORMAT);
    if (*commands) {
        fprintf(stderr, "trireme: stats: %s: round trips: %s\n", entry->program, commands);
    }
}

static void append(const char *path, const struct stats_entry *entry)
{
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    char wake[G_ASCII_DTOSTR_BUF_SIZE], worst_wake[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *program = json_string(entry->program);
    g_autofree char *commands = list_commands(entry, "%s\"%s\": %" G_GUINT64_FORMAT);
    g_autofree char *line = g_strdup_printf(
        "{\"program\": %s, \"process\": %u, \"slot\": %u, \"frames\": %" G_GUINT64_FORMAT
        ", \"commands\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT
        ", \"doorbells\": %" G_GUINT64_FORMAT ", \"waits\": %" G_GUINT64_FORMAT
        ", \"wakes\": %" G_GUINT64_FORMAT ", \"round_trips\": %" G_GUINT64_FORMAT
        ", \"round_trips_by_command\": {%s}"
        ", \"wake_us\": %s, \"worst_wake_us\": %s, \"seconds\": %s, \"lost\": %s, "
        "\"running\": %s}\n",
        program, entry->process, entry->slot, entry->frames, entry->commands, entry->bytes,
        entry->doorbells, entry->waits, entry->wakes, entry->round_trips, commands,
        g_ascii_formatd(wake, sizeof wake, "%.1f", entry->wake_us),
        g_ascii_formatd(worst_wake, sizeof worst_wake, "%.1f", entry->worst_wake_us),
        g_ascii_formatd(seconds, sizeof seconds, "%.3f", entry->seconds),
        entry->lost ? "true" : "false", entry->running ? "true" : "false");
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    /* One write, so that several servers can share the file. */
    if (fd < 0 || write(fd, line, strlen(line)) < 0) {
        g_warning("cannot write statistics to %s: %s", path, g_strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
}

void stats_report(const struct config *config, const struct stats_entry *entry)
{
    if (config->stats) {
        print(entry);
    }
    if (config->stats_file) {
        append(config->stats_file, entry);
    }
}
