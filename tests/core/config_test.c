/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/config.h"
#include "core/log.h"
#include "ring/abi.h"

static struct config *load(const char *text, GError **error)
{
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("trireme-config-XXXXXX", &path, NULL);
    cr_assert_geq(fd, 0);
    g_close(fd, NULL);
    g_file_set_contents(path, text, -1, NULL);
    struct config *config = config_load(path, error);
    g_unlink(path);
    return config;
}

Test(config, defaults_hold_where_the_file_says_nothing)
{
    struct config *config = load("", NULL);
    cr_assert_eq(config->ring_size, TRIREME_RING_DEFAULT);
    cr_assert_eq(config->reply_size, TRIREME_REPLY_RING_DEFAULT);
    cr_assert_null(config->render_node);
    config_free(config);
}

Test(config, the_file_changes_them)
{
    struct config *config = load("[server]\nrender-node = /dev/dri/renderD129\nlog-level=debug\n"
                                 "stats=true\n[rings]\nring-size=100K\nspin-us=0\n"
                                 "[limits]\ndrawable-bytes=2G\n",
                                 NULL);
    cr_assert_str_eq(config->render_node, "/dev/dri/renderD129");
    cr_assert_eq(config->log_level, G_LOG_LEVEL_DEBUG);
    cr_assert(config->stats);
    cr_assert_eq(config->ring_size, 64u << 10, "rounded down to a power of two");
    cr_assert_eq(config->spin_us, 0);
    cr_assert_eq(config->drawable_bytes, UINT64_C(2) << 30);
    config_free(config);
}

Test(config, mistakes_are_named)
{
    static const struct {
        const char *text, *named;
    } mistakes[] = {
        {"[rings]\nring-sise=1M\n", "ring-sise"}, {"[rings]\nring-size=1X\n", "1X"},
        {"[rings]\nring-size=1K\n", "ring-size"}, {"[rings]\nring-size=-1\n", "ring-size"},
        {"[server]\nlog-level=loud\n", "loud"},   {"[server]\nstats=maybe\n", "maybe"},
        {"[rinks]\nring-size=1M\n", "rinks"},     {"ring-size=1M\n", ""},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(mistakes); i++) {
        g_autoptr(GError) error = NULL;
        cr_assert_null(load(mistakes[i].text, &error));
        cr_assert_not_null(strstr(error->message, mistakes[i].named), "%s", error->message);
    }
}

Test(config, a_file_that_was_asked_for_must_exist)
{
    g_autoptr(GError) error = NULL;
    cr_assert_null(config_load("/nonexistent/trireme.conf", &error));
    cr_assert_not_null(strstr(error->message, "/nonexistent/trireme.conf"));
}

Test(config, sizes)
{
    uint64_t bytes;
    cr_assert(config_parse_size("65536", &bytes));
    cr_assert_eq(bytes, 65536);
    cr_assert(config_parse_size("3m", &bytes));
    cr_assert_eq(bytes, 3u << 20);
    cr_assert_not(config_parse_size("", &bytes));
    cr_assert_not(config_parse_size("1MB", &bytes));
    cr_assert_not(config_parse_size("-1", &bytes));
    cr_assert_not(config_parse_size("18446744073709551615G", &bytes));
    cr_assert_eq(config_clamp_ring(0), TRIREME_RING_MIN);
    cr_assert_eq(config_clamp_ring(UINT64_MAX), TRIREME_RING_MAX);
}

Test(log, what_a_guest_calls_itself_is_one_printable_line)
{
    char name[8];
    log_copy_name(name, sizeof name, "a\nb\x1b[2Jlong", 11);
    cr_assert_str_eq(name, "a?b?[2J");
    log_copy_name(name, sizeof name, "ab", 1);
    cr_assert_str_eq(name, "a");
}

Test(log, a_line_that_repeats_is_written_once_and_counted)
{
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    int saved = dup(STDERR_FILENO);
    int fd = g_file_open_tmp("trireme-log-XXXXXX", &path, NULL);
    dup2(fd, STDERR_FILENO);
    log_init(G_LOG_LEVEL_MESSAGE);
    for (unsigned i = 0; i < 3; i++) {
        g_log_structured("trireme", G_LOG_LEVEL_MESSAGE, "MESSAGE", "again");
    }
    g_log_structured("trireme", G_LOG_LEVEL_INFO, "MESSAGE", "not important");
    g_log_structured("trireme", G_LOG_LEVEL_WARNING, "SLOT", "3", "PROGRAM", "gears", "PROCESS",
                     "9", "MESSAGE", "other");
    dup2(saved, STDERR_FILENO);
    g_file_get_contents(path, &text, NULL, NULL);
    g_unlink(path);
    cr_assert_str_eq(text, "trireme: again\n"
                           "trireme: the last message came 2 times more\n"
                           "trireme: warning: gears (process 9, slot 3): other\n");
}
