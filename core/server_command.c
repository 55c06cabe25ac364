/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/server_command.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "contexts/trace.h"
#include "core/log.h"
#include "core/server.h"

/* Half of the way to the first in line. */
#define OOM_SCORE "500"

struct server_options {
    char *listen, *render_node, *config, *ring_size, *log_level, *trace;
    gint fd;
    gboolean stats;
};

static void free_options(struct server_options *options)
{
    g_free(options->listen);
    g_free(options->render_node);
    g_free(options->config);
    g_free(options->ring_size);
    g_free(options->log_level);
    g_free(options->trace);
}

/* Each connection brings an eventfd for each slot. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* A guest can make the GL allocate more than there is. Then this process shall go, whose end costs
 * contexts, and not a virtual machine. */
static void be_killed_first(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t written = write(fd, OOM_SCORE, strlen(OOM_SCORE));
        (void)written;
        close(fd);
    }
}

/* Beyond it the GL is out of memory; guests can ask it for any number of textures. */
static void limit_memory(uint64_t bytes)
{
    if (bytes == 0) {
        bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE) / 4 * 3;
    }
    struct rlimit limit;
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && bytes < limit.rlim_cur) {
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_DATA, &limit);
    }
}

int server_process(const struct config *config, int socket, bool connected)
{
    limit_memory(config->memory);
    raise_descriptor_limit();
    be_killed_first();
    log_init(config->log_level);
    struct server *server = server_create(config);
    if (connected) {
        server_serve_one(server, socket);
    } else {
        server_listen(server, socket);
    }
    if (!server_run(server)) {
        _exit(1);
    }
    server_destroy(server);
    trace_stop();
    return 0;
}

static bool apply(struct config *config, const struct server_options *options)
{
    uint64_t ring_size;
    if (options->render_node) {
        g_free(config->render_node);
        config->render_node = g_strdup(options->render_node);
    }
    if (options->ring_size) {
        if (!config_parse_size(options->ring_size, &ring_size)) {
            fprintf(stderr, "trireme server: --ring-size %s: say 64K, 1M, …\n", options->ring_size);
            return false;
        }
        config->ring_size = config_clamp_ring(ring_size);
    }
    if (options->log_level && !log_parse_level(options->log_level, &config->log_level)) {
        fprintf(stderr, "trireme server: --log-level: warning, message, info or debug\n");
        return false;
    }
    if (options->trace) {
        g_free(config->trace_file);
        config->trace_file = g_strdup(options->trace);
    }
    config->stats = config->stats || options->stats;
    return true;
}

static bool is_packet_socket(int fd)
{
    int type;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

static int serve(const struct server_options *options)
{
    g_autoptr(GError) error = NULL;
    struct config *config = config_load(options->config, &error);
    int status = 1;
    int socket = -1;

    if (!config) {
        fprintf(stderr, "trireme server: %s\n", error->message);
        return 1;
    }
    if (!apply(config, options)) {
        status = 2;
    } else if (!options->listen == (options->fd < 0)) {
        fprintf(stderr, "trireme server: say either --listen PATH or --fd N\n");
        status = 2;
    } else if (options->fd >= 0 && !is_packet_socket(options->fd)) {
        fprintf(stderr, "trireme server: --fd %d is not a SOCK_SEQPACKET socket\n", options->fd);
    } else {
        socket = options->fd;
        if (options->listen) {
            server_hold_signals();
            socket = server_bind(options->listen, &error);
        } else {
            fcntl(socket, F_SETFD, FD_CLOEXEC);
        }
        if (socket < 0 || (config->trace_file && !trace_start(config->trace_file, &error))) {
            fprintf(stderr, "trireme server: %s\n", error->message);
        } else {
            status = server_process(config, socket, !options->listen);
        }
        if (socket >= 0 && options->listen) {
            unlink(options->listen);
        }
    }
    config_free(config);
    return status;
}

int server_command(int argc, char **argv)
{
    struct server_options options = {.fd = -1};
    const GOptionEntry entries[] = {
        {"listen", 0, 0, G_OPTION_ARG_FILENAME, &options.listen, "Listen on a Unix socket at PATH",
         "PATH"},
        {"fd", 0, 0, G_OPTION_ARG_INT, &options.fd,
         "Serve the connected socket that was inherited as descriptor N, then end", "N"},
        {"render-node", 0, 0, G_OPTION_ARG_FILENAME, &options.render_node,
         "DRM node to draw with; without it Mesa's surfaceless platform", "PATH"},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &options.config,
         "Configuration instead of ~/.config/trireme/trireme.conf", "FILE"},
        {"ring-size", 0, 0, G_OPTION_ARG_STRING, &options.ring_size,
         "Command ring of contexts that ask for no size, 16K to 16M", "SIZE"},
        {"stats", 0, 0, G_OPTION_ARG_NONE, &options.stats,
         "Print statistics of each context that ends; SIGUSR1 prints those that run", NULL},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME, &options.trace,
         "Write a timeline as JSON, which Perfetto and Chrome's about:tracing open", "FILE"},
        {"log-level", 0, 0, G_OPTION_ARG_STRING, &options.log_level,
         "warning, message, info or debug", "LEVEL"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new("- run Trireme's server");
    g_autoptr(GError) error = NULL;
    g_autofree char *keys = config_describe();
    g_autofree char *help = g_strdup_printf(
        "Keys of the configuration file (defaults in parentheses):\n%s\n"
        "TRIREME_STATS=1 is --stats; TRIREME_STATS_FILE=PATH appends them as JSON lines.\n"
        "TRIREME_TRACE=FILE is --trace FILE.",
        keys);
    int status = 2;

    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_description(context, help);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "trireme server: %s\n", error->message);
    } else if (argc > 1) {
        fprintf(stderr, "trireme server: unexpected argument %s; see --help\n", argv[1]);
    } else {
        status = serve(&options);
    }
    free_options(&options);
    return status;
}
