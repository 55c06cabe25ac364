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
    struct config *config =
        load("[server]\nrender-node = /dev/dri/renderD129\nlog-level=debug\n"
             "stats=true\n[rings]\nring-size=100K\nspin-us=0\n"
             "[limits]\ndrawable-bytes=2G\n[glide]\nbackend=/lib/libglide2x.so\n",
             NULL);
    cr_assert_str_eq(config->render_node, "/dev/dri/renderD129");
    cr_assert_eq(config->log_level, G_LOG_LEVEL_DEBUG);
    cr_assert(config->stats);
    cr_assert_eq(config->ring_size, 64u << 10, "rounded down to a power of two");
    cr_assert_eq(config->spin_us, 0);
    cr_assert_str_eq(config->glide_backend, "/lib/libglide2x.so");
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
        {"[program x]\nsample=1\n", "sample"},    {"[program x]\ngl-version=5\n", "gl-version"},
        {"[program x]\nsamples=64\n", "64"},
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

Test(config, programs_have_options)
{
    struct config *config = load("[program *]\nframe-rate=60\n"
                                 "[program Game*]\ngl-version=1.4\nhide-extensions=GL_EXT_* GL_x\n"
                                 "extensions-bytes=100\nsamples=4\nextensions-year=1999\n"
                                 "swap-interval=2\n",
                                 NULL);
    g_autoptr(GString) wrong = g_string_new(NULL);
    struct program_options *options = config_program_options(config, "gamE.exe", NULL, wrong);
    cr_assert_eq(options->gl_version, 0x104);
    cr_assert_eq(options->frame_rate, 60);
    cr_assert_eq(options->samples, 4);
    cr_assert_eq(options->extensions_year, 1999);
    cr_assert_eq(program_options_frame_us(options, 0), 33333);
    cr_assert_eq(program_options_frame_us(options, 50000), 33333);
    cr_assert_eq(options->extensions_bytes, 100);
    cr_assert_str_eq(options->hidden_extensions[0], "GL_EXT_*");
    cr_assert_str_eq(options->hidden_extensions[1], "GL_x");
    program_options_unref(options);
    options = config_program_options(config, "another", NULL, wrong);
    cr_assert_eq(options->gl_version, 0);
    cr_assert_eq(program_options_frame_us(options, 0), 16666);
    cr_assert_eq(program_options_frame_us(options, 50000), 50000);
    program_options_unref(options);
    config_free(config);
}

/* What the guest says goes before what is built in, the host's file before both. */
Test(config, the_guest_says_something_about_its_programs)
{
    struct config *config = load("[program quake3.x86]\nsamples=8\n", NULL);
    g_autoptr(GString) wrong = g_string_new(NULL);
    struct program_options *options = config_program_options(config, "quake3.x86", NULL, wrong);
    cr_assert_eq(options->extensions_bytes, 4000, "an engine that overruns its array");
    program_options_unref(options);
    options = config_program_options(config, "quake3.x86",
                                     "extensions-bytes = 200\nsamples=2\nnonsense\n\nframe-rate=x\n"
                                     "\x1b[2J=1\n",
                                     wrong);
    cr_assert_eq(options->extensions_bytes, 200);
    cr_assert_eq(options->samples, 8);
    cr_assert_eq(options->frame_rate, 0);
    cr_assert_str_eq(wrong->str, "\"nonsense\", \"frame-rate=x\", \"\\033[2J=1\"");
    program_options_unref(options);
    config_free(config);
}
