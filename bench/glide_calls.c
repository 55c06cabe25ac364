/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does what Glide programs do and says how long it took, as the program sees it: from the first
 * call to the return of one that waits for everything. `trireme bench glide` starts it through
 * Trireme and in the guest, and as glide_calls_native, which is linked with the renderer in place
 * of a library of Glide's (glide_native.c).
 *
 *     glide_calls              says "ready", then reads lines "CASE MILLISECONDS" from standard
 *                              input and answers each with "CASE UNITS NANOSECONDS"
 *     glide_calls CASE STEPS   makes that many steps of a case, for those who count; STEPS may be 0
 *     glide_calls --list       the cases, one "CASE UNITS-OF-A-STEP UNIT" a line
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/glide_cases.h"
#include "tests/programs/glide_functions.h"

#define LIBRARY "libglide3x.so"

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void make_steps(const struct glide_case *c, uint64_t steps)
{
    void (*const step)(void) = c->step;
    for (uint64_t i = 0; i < steps; i++) {
        step();
    }
}

static void measure(const struct glide_case *c, unsigned milliseconds)
{
    uint64_t steps = 0, start, end;
    c->prepare();
    /* Shaders are translated when they are used first. */
    make_steps(c, c->batch);
    glide_cases_finish();
    start = now_ns();
    end = start + (uint64_t)milliseconds * 1000000u;
    do {
        make_steps(c, c->batch);
        steps += c->batch;
    } while (now_ns() < end);
    glide_cases_finish();
    printf("%s %" PRIu64 " %" PRIu64 "\n", c->name, steps * c->units, now_ns() - start);
    fflush(stdout);
}

static const struct glide_case *find(const char *name)
{
    const struct glide_case *c = glide_case_find(name);
    if (!c) {
        fprintf(stderr, "glide_calls: there is no case \"%s\"\n", name);
        exit(2);
    }
    return c;
}

static void serve(void)
{
    char name[64];
    unsigned milliseconds;
    puts("ready");
    fflush(stdout);
    while (scanf("%63s %u", name, &milliseconds) == 2) {
        measure(find(name), milliseconds);
    }
}

static int list_cases(void)
{
    for (unsigned i = 0; i < glide_case_count; i++) {
        printf("%s %u %s\n", glide_cases[i].name, glide_cases[i].units, glide_cases[i].unit);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        return list_cases();
    }
    if (argc != 1 && argc != 3) {
        fprintf(stderr, "usage: glide_calls [CASE STEPS | --list]\n");
        return 2;
    }
    const struct glide_case *c = argc == 3 ? find(argv[1]) : NULL;
    glide_functions_load(LIBRARY);
    glide_cases_open();
    if (c) {
        c->prepare();
        make_steps(c, strtoull(argv[2], NULL, 10));
        glide_cases_finish();
    } else {
        serve();
    }
    glide_cases_close();
    return 0;
}
