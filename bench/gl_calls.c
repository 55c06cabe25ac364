/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes OpenGL calls and says how long they took, as the program sees it: from the first call to
 * the return of a closing glFinish. `trireme bench` starts it natively, through Trireme and in the
 * guest, all of them at the same time, and gives each its turn.
 *
 *     gl_calls              says "ready", then reads lines "CASE MILLISECONDS" from standard input
 *                           and answers each with "CASE CALLS NANOSECONDS"
 *     gl_calls CASE STEPS   makes that many steps of a case, for those who count; STEPS may be 0
 *     gl_calls --list       the cases, one "CASE CALLS-OF-A-STEP" a line
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/gl_cases.h"
#include "tests/programs/gl_window.h"

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void prepare(const struct gl_case *c)
{
    if (c->prepare) {
        c->prepare();
    }
    glFinish();
}

static void clean_up(const struct gl_case *c)
{
    if (c->clean_up) {
        c->clean_up();
    }
    glFinish();
}

static void make_steps(const struct gl_case *c, uint64_t steps)
{
    void (*const step)(void) = c->step;
    for (uint64_t i = 0; i < steps; i++) {
        step();
    }
}

static void measure(const struct gl_case *c, unsigned milliseconds)
{
    uint64_t steps = 0, start, end;
    prepare(c);
    /* A GL translates shaders and the like when they are used first. */
    make_steps(c, c->batch);
    glFinish();
    start = now_ns();
    end = start + (uint64_t)milliseconds * 1000000u;
    do {
        make_steps(c, c->batch);
        steps += c->batch;
    } while (now_ns() < end);
    glFinish();
    end = now_ns();
    clean_up(c);
    printf("%s %" PRIu64 " %" PRIu64 "\n", c->name, steps * c->calls, end - start);
}

static void serve(void)
{
    char name[64];
    unsigned milliseconds;
    puts("ready");
    fflush(stdout);
    while (scanf("%63s %u", name, &milliseconds) == 2) {
        const struct gl_case *c = gl_case_find(name);
        if (c) {
            measure(c, milliseconds);
        } else {
            printf("%s 0 0\n", name);
        }
        fflush(stdout);
    }
}

static int count(const char *name, const char *steps)
{
    const struct gl_case *c = gl_case_find(name);
    if (!c) {
        fprintf(stderr, "gl_calls: there is no case \"%s\"\n", name);
        return 2;
    }
    prepare(c);
    make_steps(c, strtoull(steps, NULL, 10));
    clean_up(c);
    return 0;
}

int main(int argc, char **argv)
{
    struct gl_window window;
    int status = 0;
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (unsigned i = 0; i < gl_case_count; i++) {
            printf("%s %u\n", gl_cases[i].name, gl_cases[i].calls);
        }
        return 0;
    }
    if (argc != 1 && argc != 3) {
        fprintf(stderr, "usage: gl_calls [CASE STEPS | --list]\n");
        return 2;
    }
    gl_window_open(&window, GL_CASES_WIDTH, GL_CASES_HEIGHT, NULL);
    if (!gl_cases_init(&window)) {
        return 1;
    }
    if (argc == 3) {
        status = count(argv[1], argv[2]);
    } else {
        serve();
    }
    gl_window_close(&window);
    return status;
}
