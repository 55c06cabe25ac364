/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/top_command.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "core/top_servers.h"
#include "core/top_table.h"

#define CLEAR_SCREEN "\033[H\033[J"

struct top_options {
    gboolean once, json;
    double interval; /* seconds */
};

static void print(const GArray *before, const GArray *after, const struct top_options *options)
{
    g_autofree char *text =
        options->json ? top_table_json(before, after) : top_table_text(before, after);
    bool in_place = !options->once && !options->json && isatty(STDOUT_FILENO);
    printf("%s%s", in_place ? CLEAR_SCREEN : "", text);
    fflush(stdout);
}

static int watch_servers(const struct top_options *options)
{
    struct top_servers *servers = top_servers_create();
    GArray *before = top_servers_ask(servers);
    int status = 0;
    if (options->once && top_servers_count(servers) == 0) {
        fprintf(stderr, "trireme top: no server of this user runs\n");
        status = 1;
    }
    while (status == 0) {
        g_usleep((gulong)(options->interval * G_USEC_PER_SEC));
        GArray *after = top_servers_ask(servers);
        print(before, after, options);
        g_array_unref(before);
        before = after;
        if (options->once || ferror(stdout)) {
            break;
        }
    }
    g_array_unref(before);
    top_servers_destroy(servers);
    return status;
}

int top_command(int argc, char **argv)
{
    struct top_options options = {.interval = 1};
    const GOptionEntry entries[] = {
        {"once", 0, 0, G_OPTION_ARG_NONE, &options.once, "Print once and end", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON, an array a line", NULL},
        {"interval", 0, 0, G_OPTION_ARG_DOUBLE, &options.interval,
         "What is counted in so many seconds (default: 1)", "SECONDS"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context =
        g_option_context_new("- what the contexts of this user's servers do");
    g_autoptr(GError) error = NULL;
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_description(context, "ring is how full the command ring is at the moment. "
                                              "Of a render thread's time it is asleep,\n"
                                              "looks at an empty ring before it sleeps, waits (for "
                                              "its turn at the GL, another context, its\n"
                                              "frame's time), decodes commands, or is in the GL.");
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "trireme top: %s\n", error->message);
        return 2;
    }
    if (argc > 1) {
        fprintf(stderr, "trireme top: unexpected argument %s; see --help\n", argv[1]);
        return 2;
    }
    if (!(options.interval >= 0.01 && options.interval <= 3600)) {
        fprintf(stderr, "trireme top: --interval: 0.01 to 3600 seconds\n");
        return 2;
    }
    return watch_servers(&options);
}
