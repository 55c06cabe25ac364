/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/fuzz_rounds.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUND_SECONDS 20

static uint64_t state;

void fuzz_seed(uint64_t seed)
{
    state = seed;
}

/* splitmix64 */
uint64_t fuzz_word(void)
{
    uint64_t value = state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static void report(const struct fuzz_target *target, const struct fuzz_progress *progress,
                   uint64_t round, int status)
{
    const char *name = target->command_name(progress->opcode);
    printf("round %lu: %s, status %#x, words", (unsigned long)round, name ? name : "nothing",
           status);
    for (size_t i = 0; i < G_N_ELEMENTS(progress->fixed); i++) {
        printf(" %016lx", (unsigned long)progress->fixed[i]);
    }
    printf("\n");
    fflush(stdout);
}

int fuzz_rounds_main(const struct fuzz_target *target, int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s SECONDS [FIRST_ROUND]\n", argv[0]);
        return 2;
    }
    time_t end = time(NULL) + atol(argv[1]);
    uint64_t round = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    unsigned died = 0, slow = 0;
    struct fuzz_progress *progress =
        mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (; time(NULL) < end; round++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            fuzz_seed(round * 1000003);
            alarm(ROUND_SECONDS);
            _exit(target->run_round(round, progress));
        }
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
            slow++;
            report(target, progress, round, status);
        } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            died++;
            report(target, progress, round, status);
        }
    }
    printf("%lu records, %lu by the short way, %lu refused, %u rounds died, %u were stopped after "
           "%d s\n",
           (unsigned long)progress->records, (unsigned long)progress->plain,
           (unsigned long)progress->refused, died, slow, ROUND_SECONDS);
    return died > 0;
}
