/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trireme: one program, several verbs.
 *
 * `trireme server` is the process that owns the host's GL. A QEMU device starts one for its virtual
 * machine and talks to it over the socket that it inherits (--fd); or one listens (--listen) and
 * devices and programs of this machine connect. GL drivers crash and guests are not trusted, so
 * nothing else lives in that process, and QEMU starts another when it dies. Inside it one main loop
 * handles connections and slots, and one render thread for each context does the drawing.
 *
 * `trireme run` is the short way for a program of this machine: a server, the program, and an end
 * when the program ends.
 */
#include <glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "bench/bench_command.h"
#include "core/run_command.h"
#include "core/server_command.h"
#include "core/top_command.h"

static const char usage[] =
    "Usage: trireme VERB [OPTION…]\n"
    "\n"
    "  server   the server of virtual machines' devices and of local programs\n"
    "  run      run a program through a server, without a virtual machine\n"
    "  top      what the contexts of running servers do\n"
    "  bench    measure: rings, OpenGL and Glide calls\n"
    "\n"
    "  --help, --version\n"
    "\n"
    "\"trireme VERB --help\" describes a verb.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
    {"server", server_command},
    {"run", run_command},
    {"top", top_command},
    {"bench", bench_command},
};

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    const char *verb = argc > 1 ? argv[1] : "";
    for (unsigned i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(verb, verbs[i].name) == 0) {
            return verbs[i].run(argc - 1, argv + 1);
        }
    }
    if (strcmp(verb, "--version") == 0) {
        printf("trireme %s\n", TRIREME_VERSION);
        return 0;
    }
    bool help = strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0;
    if (!help && *verb) {
        fprintf(stderr, "trireme: there is no verb \"%s\"\n\n", verb);
    }
    fputs(usage, help ? stdout : stderr);
    return help ? 0 : 2;
}
