/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/gl_contexts.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Children write a byte when they are ready, and their rate at the end; they start when the parent
 * closes its end of `go`. */
struct pipes {
    int go[2], results[2];
};

static void child(struct pipes *pipes, void (*open)(void),
                  struct gl_rate (*measure)(const struct gl_case *, unsigned),
                  const struct gl_case *c, unsigned milliseconds)
{
    char byte = 0;
    close(pipes->go[1]);
    open();
    if (write(pipes->results[1], &byte, 1) != 1 || read(pipes->go[0], &byte, 1) != 0) {
        _exit(1);
    }
    struct gl_rate rate = measure(c, milliseconds);
    /* Short enough to arrive in one piece. */
    _exit(write(pipes->results[1], &rate, sizeof rate) != sizeof rate);
}

static int receive(const struct pipes *pipes, void *place, size_t bytes)
{
    return read(pipes->results[0], place, bytes) == (ssize_t)bytes;
}

static int collect(struct pipes *pipes, unsigned count, struct gl_rate *rates)
{
    char byte;
    int fine = 1;
    close(pipes->results[1]);
    for (unsigned i = 0; fine && i < count; i++) {
        fine = receive(pipes, &byte, 1);
    }
    close(pipes->go[1]);
    for (unsigned i = 0; fine && i < count; i++) {
        fine = receive(pipes, &rates[i], sizeof rates[i]);
    }
    return fine;
}

int gl_contexts_measure(unsigned count, struct gl_rate *rates, void (*open)(void),
                        struct gl_rate (*measure)(const struct gl_case *, unsigned),
                        const struct gl_case *c, unsigned milliseconds)
{
    struct pipes pipes;
    unsigned started = 0;
    if (pipe(pipes.go) != 0 || pipe(pipes.results) != 0) {
        perror("pipe");
        return 1;
    }
    fflush(stdout);
    for (; started < count; started++) {
        pid_t process = fork();
        if (process == 0) {
            child(&pipes, open, measure, c, milliseconds);
        }
        if (process < 0) {
            perror("fork");
            break;
        }
    }
    int fine = collect(&pipes, started, rates) && started == count;
    while (wait(NULL) > 0) {
    }
    if (!fine) {
        fprintf(stderr, "gl_calls: not all of %u contexts made their calls\n", count);
    }
    return !fine;
}
