/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/bench_command.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/ring_bench.h"

static const char usage[] =
    "Usage: trireme bench VERB [OPTION…]\n"
    "\n"
    "  ring      records, bytes and wake-ups of a command ring, for ring sizes 16 KiB to 16 MiB\n"
    "  calls     OpenGL calls a second: on the host's GL, through Trireme without a VM, in the VM\n"
    "  contexts  the same with several contexts at once: the sum, and how fair it is\n"
    "  sync      how long calls take that wait for their answer, and what of it\n"
    "  apps      frames a second of real programs\n"
    "  idle      what a program costs that does nothing\n"
    "  glide     what Glide programs do, a second: with the renderer alone, through Trireme, in "
    "the VM\n"
    "\n"
    "\"trireme bench VERB --help\" describes a verb.\n";

static const char *const python_verbs[] = {"calls", "contexts", "sync", "apps", "glide", "idle"};

/* The scripts take over this process, and find the build by the path of this executable. */
static int become_script(char **arguments)
{
    g_autofree char *script = g_build_filename(TRIREME_BENCH_SCRIPTS, "bench.py", NULL);
    g_autofree char *executable = g_file_read_link("/proc/self/exe", NULL);
    if (!g_file_test(script, G_FILE_TEST_EXISTS)) {
        fprintf(stderr, "trireme bench: %s is missing: this needs the source tree\n", script);
        return 1;
    }
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    g_ptr_array_add(argv, (char *)"python3");
    g_ptr_array_add(argv, script);
    while (*arguments) {
        g_ptr_array_add(argv, *arguments++);
    }
    g_ptr_array_add(argv, NULL);
    g_setenv("TRIREME_EXECUTABLE", executable ? executable : "trireme", TRUE);
    execvp("python3", (char **)argv->pdata);
    fprintf(stderr, "trireme bench: python3: %s\n", g_strerror(errno));
    return 1;
}

int bench_command(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "ring") == 0) {
        return ring_bench_main(argc - 1, argv + 1);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(python_verbs); i++) {
        if (strcmp(verb, python_verbs[i]) == 0) {
            return become_script(argv + 1);
        }
    }
    bool help = strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0;
    if (!help && *verb) {
        fprintf(stderr, "trireme bench: there is no verb \"%s\"\n\n", verb);
    }
    fputs(usage, help ? stdout : stderr);
    return help ? 0 : 2;
}
