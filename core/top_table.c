/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/top_table.h"

#include <string.h>

#include "contexts/json_string.h"
#include "core/top_servers.h"

/* What a context did in `seconds`. */
struct activity {
    double seconds, frames, commands, bytes, round_trips, exits;
    double parts[THREAD_STATES]; /* of the time */
    double decoding, gl;         /* what parts[THREAD_BUSY] consists of */
    double ring;
};

static bool same_context(const struct top_context *a, const struct top_context *b)
{
    return a->server == b->server && a->sample.slot == b->sample.slot &&
           a->sample.serial == b->sample.serial && a->sample.process == b->sample.process &&
           strcmp(a->sample.machine, b->sample.machine) == 0;
}

static struct watch_context find_before(const GArray *before, const struct top_context *context)
{
    for (guint i = 0; i < before->len; i++) {
        const struct top_context *candidate = &g_array_index(before, struct top_context, i);
        if (same_context(candidate, context) && candidate->sample.now < context->sample.now) {
            return candidate->sample;
        }
    }
    return (struct watch_context){.now = context->sample.now - context->sample.age};
}

static double difference(uint64_t before, uint64_t after)
{
    return after > before ? (double)(after - before) : 0;
}

static struct activity find_activity(const GArray *before, const struct top_context *context)
{
    const struct watch_context *after = &context->sample;
    const struct watch_context first = find_before(before, context);
    struct activity activity = {
        .seconds = MAX(difference(first.now, after->now), 1) / 1e9,
        .frames = difference(first.frames, after->frames),
        .commands = difference(first.commands, after->commands),
        .bytes = difference(first.bytes, after->bytes),
        .round_trips = difference(first.round_trips, after->round_trips),
        .exits = difference(first.doorbells + first.waits, after->doorbells + after->waits),
        .ring = after->ring_size ? (double)after->ring_used / after->ring_size : 0,
    };
    double total = 0;
    for (unsigned i = 0; i < THREAD_STATES; i++) {
        activity.parts[i] = difference(first.ns[i], after->ns[i]);
        total += activity.parts[i];
    }
    for (unsigned i = 0; total > 0 && i < THREAD_STATES; i++) {
        activity.parts[i] /= total;
    }
    double busy = activity.parts[THREAD_BUSY];
    activity.decoding =
        total > 0 ? MIN(difference(first.decoding_ns, after->decoding_ns) / total, busy) : 0;
    activity.gl = busy - activity.decoding;
    return activity;
}

/* "-" where there was no frame. */
static char *per_frame(const struct activity *activity, double count, const char *none)
{
    return activity->frames > 0 ? g_strdup_printf("%.2f", count / activity->frames)
                                : g_strdup(none);
}

char *top_table_text(const GArray *before, const GArray *after)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%8s %4s %-20s %8s %10s %8s %5s %7s %6s %5s %7s %5s %12s %12s\n",
                           "server", "slot", "program", "frames/s", "calls/s", "MB/s", "ring",
                           "asleep", "looks", "waits", "decodes", "GL", "trips/frame",
                           "exits/frame");
    for (guint i = 0; i < after->len; i++) {
        const struct top_context *context = &g_array_index(after, struct top_context, i);
        struct activity activity = find_activity(before, context);
        g_autofree char *trips = per_frame(&activity, activity.round_trips, "-");
        g_autofree char *exits = per_frame(&activity, activity.exits, "-");
        g_string_append_printf(
            text,
            "%8d %4u %-20.20s %8.1f %10.0f %8.2f %4.0f%% %6.0f%% %5.0f%% %4.0f%% %6.0f%% %4.0f%% "
            "%12s %12s\n",
            context->server, context->sample.slot, context->sample.program,
            activity.frames / activity.seconds, activity.commands / activity.seconds,
            activity.bytes / activity.seconds / 1e6, activity.ring * 100,
            activity.parts[THREAD_ASLEEP] * 100, activity.parts[THREAD_LOOKING] * 100,
            activity.parts[THREAD_WAITING] * 100, activity.decoding * 100, activity.gl * 100, trips,
            exits);
    }
    return g_string_free(text, FALSE);
}

/* With a point, whatever the locale. */
static void append_number(GString *text, const char *name, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(text, ", \"%s\": %s", name,
                           g_ascii_formatd(digits, sizeof digits, "%.4f", value));
}

char *top_table_json(const GArray *before, const GArray *after)
{
    GString *text = g_string_new("[");
    for (guint i = 0; i < after->len; i++) {
        const struct top_context *context = &g_array_index(after, struct top_context, i);
        struct activity activity = find_activity(before, context);
        g_autofree char *machine = json_string(context->sample.machine);
        g_autofree char *program = json_string(context->sample.program);
        g_string_append_printf(
            text,
            "%s{\"server\": %d, \"machine\": %s, \"program\": %s, \"process\": %u, \"slot\": %u",
            i > 0 ? ", " : "", context->server, machine, program, context->sample.process,
            context->sample.slot);
        append_number(text, "frames", activity.frames / activity.seconds);
        append_number(text, "calls", activity.commands / activity.seconds);
        append_number(text, "bytes", activity.bytes / activity.seconds);
        append_number(text, "round_trips", activity.round_trips / activity.seconds);
        append_number(text, "exits", activity.exits / activity.seconds);
        append_number(text, "ring", activity.ring);
        append_number(text, "asleep", activity.parts[THREAD_ASLEEP]);
        append_number(text, "looking", activity.parts[THREAD_LOOKING]);
        append_number(text, "waiting", activity.parts[THREAD_WAITING]);
        append_number(text, "decoding", activity.decoding);
        append_number(text, "gl", activity.gl);
        g_string_append_c(text, '}');
    }
    return g_string_free(g_string_append(text, "]\n"), FALSE);
}
