/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/contexts/test_server.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/server.h"
#include "core/server_command.h"

#define PATIENCE_SECONDS 20
#define POLL_MICROSECONDS 2000

static void become_server(const struct test_server *server, int socket, struct config *config)
{
    int log = open(server->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDERR_FILENO);
    close(log);
    _exit(server_process(config, socket, false));
}

void test_server_start(struct test_server *server, void (*adjust)(struct config *config))
{
    g_autoptr(GError) error = NULL;
    g_setenv("XDG_CONFIG_HOME", "/nonexistent", TRUE);
    server->directory = g_dir_make_tmp("trireme-test-XXXXXX", &error);
    cr_assert_not_null(server->directory);
    server->socket = g_build_filename(server->directory, "socket", NULL);
    server->log = g_build_filename(server->directory, "log", NULL);
    int socket = server_bind(server->socket, &error);
    cr_assert_geq(socket, 0);
    struct config *config = config_load(NULL, &error);
    cr_assert_not_null(config);
    config->log_level = G_LOG_LEVEL_INFO;
    if (adjust) {
        adjust(config);
    }
    server->pid = fork();
    cr_assert_geq(server->pid, 0);
    if (server->pid == 0) {
        become_server(server, socket, config);
    }
    close(socket);
    config_free(config);
}

void test_server_stop(struct test_server *server)
{
    int status = 0;
    kill(server->pid, SIGTERM);
    cr_assert_eq(waitpid(server->pid, &status, 0), server->pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        g_autofree char *log = NULL;
        g_file_get_contents(server->log, &log, NULL, NULL);
        cr_assert_fail("the server ended with status %d; its log:\n%s", status, log);
    }
    g_unlink(server->socket);
    g_unlink(server->log);
    g_rmdir(server->directory);
    g_free(server->directory);
    g_free(server->socket);
    g_free(server->log);
}

bool test_eventually(bool (*condition)(void *data), void *data)
{
    gint64 end = g_get_monotonic_time() + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;
    while (!condition(data)) {
        if (g_get_monotonic_time() > end) {
            return false;
        }
        g_usleep(POLL_MICROSECONDS);
    }
    return true;
}

struct wanted_line {
    const char *path, *text;
};

static bool is_logged(void *data)
{
    const struct wanted_line *wanted = data;
    g_autofree char *log = NULL;
    return g_file_get_contents(wanted->path, &log, NULL, NULL) && strstr(log, wanted->text);
}

bool test_server_logs(struct test_server *server, const char *text)
{
    struct wanted_line wanted = {server->log, text};
    return test_eventually(is_logged, &wanted);
}

unsigned test_server_descriptors(const struct test_server *server)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/fd", server->pid);
    g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
    unsigned count = 0;
    cr_assert_not_null(directory);
    while (g_dir_read_name(directory)) {
        count++;
    }
    return count;
}

unsigned test_server_mappings(const struct test_server *server)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/maps", server->pid);
    g_autofree char *maps = NULL;
    unsigned count = 0;
    cr_assert(g_file_get_contents(path, &maps, NULL, NULL));
    for (const char *at = maps; (at = strstr(at, "trireme-window")); at++) {
        count++;
    }
    return count;
}
