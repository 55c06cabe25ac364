/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Three processes: this one waits; one child is the server; the other becomes the program, which
 * finds the server by TRIREME_SOCKET. The socket lies in a directory of this user alone.
 */
#include "core/run_command.h"

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contexts/trace.h"
#include "core/device_files.h"
#include "core/log.h"
#include "core/server.h"
#include "core/server_command.h"

#define EXIT_CANNOT_START 127
#define EXIT_SIGNAL_BASE 128

struct run {
    char *directory, *socket;
    struct device_files *files; /* NULL: none */
    pid_t server, program;
};

/* For the signal handler alone. */
static volatile pid_t program_to_signal;

static void forward_signal(int number)
{
    if (program_to_signal > 0) {
        kill(program_to_signal, number);
    }
}

/* Where the guest libraries (amd64, i386) lie: in the build tree, or where they are installed. The
 * loader passes over those of the wrong kind. */
static char *library_path(void)
{
    g_autofree char *executable = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *directory = g_path_get_dirname(executable ? executable : ".");
    const char *before = g_getenv("LD_LIBRARY_PATH");
    GString *path = g_string_new(NULL);
    static const char *const beside[] = {
        "guest/linux",
        "guest/linux32",
        "../lib/trireme",
        "../lib32/trireme",
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(beside); i++) {
        g_autofree char *candidate = g_build_filename(directory, beside[i], NULL);
        g_autofree char *library = g_build_filename(candidate, "libGLX_trireme.so.0", NULL);
        if (g_file_test(library, G_FILE_TEST_EXISTS)) {
            g_string_append_printf(path, "%s%s", path->len ? ":" : "", candidate);
        }
    }
    if (path->len == 0) {
        fprintf(stderr,
                "trireme run: no libGLX_trireme.so.0 beside %s; the loader has to find it\n",
                directory);
    }
    if (before && *before) {
        g_string_append_printf(path, "%s%s", path->len ? ":" : "", before);
    }
    return g_string_free(path, FALSE);
}

static bool start_server(struct run *run, const struct config *config)
{
    g_autoptr(GError) error = NULL;
    run->directory = g_dir_make_tmp("trireme-XXXXXX", &error);
    int socket = -1;
    if (run->directory) {
        run->socket = g_build_filename(run->directory, "socket", NULL);
        socket = server_bind(run->socket, &error);
    }
    if (socket < 0) {
        fprintf(stderr, "trireme run: %s\n", error->message);
        return false;
    }
    run->server = fork();
    if (run->server == 0) {
        /* Ctrl-C is for the program; the server ends after it, or with its parent. */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        setpgid(0, 0);
        _exit(server_process(config, socket, false));
    }
    close(socket);
    if (run->server < 0) {
        fprintf(stderr, "trireme run: cannot start a server: %s\n", g_strerror(errno));
        return false;
    }
    return true;
}

static void become_program(const struct run *run, char **argv)
{
    g_autofree char *libraries = library_path();
    g_setenv("TRIREME_SOCKET", run->socket, TRUE);
    if (run->files) {
        g_setenv("TRIREME_DEVICE", run->directory, TRUE);
    }
    g_setenv("__GLX_VENDOR_LIBRARY_NAME", "trireme", TRUE);
    if (*libraries) {
        g_setenv("LD_LIBRARY_PATH", libraries, TRUE);
    }
    execvp(argv[0], argv);
    fprintf(stderr, "trireme run: %s: %s\n", argv[0], g_strerror(errno));
    _exit(EXIT_CANNOT_START);
}

/* After the server was forked, which shall not inherit them. */
static bool make_files(struct run *run)
{
    g_autoptr(GError) error = NULL;
    run->files = device_files_create(run->directory, run->socket, &error);
    if (!run->files) {
        fprintf(stderr, "trireme run: --files: %s\n", error->message);
    }
    return run->files;
}

static int exit_status(int status)
{
    return WIFSIGNALED(status) ? EXIT_SIGNAL_BASE + WTERMSIG(status) : WEXITSTATUS(status);
}

static int wait_for(pid_t process)
{
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return exit_status(status);
}

static void forward_signals(void)
{
    struct sigaction action = {.sa_handler = forward_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    /* The terminal sends these to the program as well. */
    action.sa_handler = SIG_IGN;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGQUIT, &action, NULL);
}

static int run_program(struct run *run, char **argv)
{
    run->program = fork();
    if (run->program == 0) {
        become_program(run, argv);
    }
    if (run->program < 0) {
        fprintf(stderr, "trireme run: cannot start %s: %s\n", argv[0], g_strerror(errno));
        return EXIT_CANNOT_START;
    }
    program_to_signal = run->program;
    forward_signals();
    return wait_for(run->program);
}

static void finish(struct run *run)
{
    device_files_destroy(run->files);
    if (run->server > 0) {
        kill(run->server, SIGTERM);
        wait_for(run->server);
    }
    if (run->socket) {
        unlink(run->socket);
        g_rmdir(run->directory);
    }
    g_free(run->socket);
    g_free(run->directory);
}

static int run_with(struct config *config, const char *ring_size, bool files, char **argv)
{
    struct run run = {0};
    g_autoptr(GError) error = NULL;
    uint64_t bytes;
    if (ring_size) {
        if (!config_parse_size(ring_size, &bytes)) {
            fprintf(stderr, "trireme run: --ring-size %s: say 64K, 1M, …\n", ring_size);
            return 2;
        }
        config->ring_size = config_clamp_ring(bytes);
    }
    /* Here, where the user sees what is wrong; the server is forked with it, and ends it. */
    if (config->trace_file && !trace_start(config->trace_file, &error)) {
        fprintf(stderr, "trireme run: %s\n", error->message);
        return EXIT_CANNOT_START;
    }
    int status = start_server(&run, config) && (!files || make_files(&run))
                     ? run_program(&run, argv)
                     : EXIT_CANNOT_START;
    finish(&run);
    return status;
}

int run_command(int argc, char **argv)
{
    g_autofree char *ring_size = NULL;
    g_autofree char *config_path = NULL;
    g_autofree char *trace = NULL;
    gboolean stats = FALSE, files = FALSE;
    const GOptionEntry entries[] = {
        {"ring-size", 0, 0, G_OPTION_ARG_STRING, &ring_size,
         "Command ring of each context, 16K to 16M", "SIZE"},
        {"stats", 0, 0, G_OPTION_ARG_NONE, &stats, "Print statistics of each context at its end",
         NULL},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME, &trace,
         "Write a timeline as JSON, which Perfetto and Chrome's about:tracing open", "FILE"},
        {"files", 0, 0, G_OPTION_ARG_NONE, &files,
         "Let Windows programs under Wine find the server through files (TRIREME_DEVICE)", NULL},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &config_path,
         "Configuration instead of ~/.config/trireme/trireme.conf", "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(
        "-- PROGRAM [ARGUMENT…] - run a program through Trireme, without a VM");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_strict_posix(context, TRUE);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "trireme run: %s\n", error->message);
        return 2;
    }
    char **program = argv + 1;
    if (program[0] && strcmp(program[0], "--") == 0) {
        program++;
    }
    if (!program[0]) {
        fprintf(stderr, "trireme run: which program? trireme run [OPTION…] -- PROGRAM\n");
        return 2;
    }
    struct config *config = config_load(config_path, &error);
    if (!config) {
        fprintf(stderr, "trireme run: %s\n", error->message);
        return 2;
    }
    config->stats = config->stats || stats;
    if (trace) {
        g_free(config->trace_file);
        config->trace_file = g_strdup(trace);
    }
    int status = run_with(config, ring_size, files, program);
    config_free(config);
    return status;
}
