/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes OpenGL calls and says how long they took, as the program sees it: from the first call to
 * the return of a closing glFinish. `trireme bench` starts it natively, through Trireme and in the
 * guest, all of them at the same time, and gives each its turn.
 *
 *     gl_calls              says "ready", then reads lines "CASE MILLISECONDS" from standard input
 *                           and answers each with "CASE CALLS NANOSECONDS"
 *     gl_calls CASE STEPS   makes that many steps of a case, for those who count; STEPS may be 0
 *     gl_calls --times CASE STEPS PAUSE
 *                           what each step takes, in nanoseconds, a line each; PAUSE microseconds
 *                           before each
 *     gl_calls --instructions CASE
 *                           ticks of the processor's time stamp for a batch of steps, and its
 *                           steps; where each instruction is a tick, as with QEMU's -icount
 *                           shift=0, the program's instructions
 *     gl_calls --contexts N CASE MILLISECONDS
 *                           N processes at once: "CALLS NANOSECONDS" a line each
 *     gl_calls --list       the cases, one "CASE CALLS-OF-A-STEP" a line
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/gl_cases.h"
#include "bench/gl_contexts.h"
#include "tests/programs/gl_window.h"

#define BATCHES_OF_TICKS 50

static struct gl_window window;

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

static struct gl_rate measure(const struct gl_case *c, unsigned milliseconds)
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
    return (struct gl_rate){.calls = steps * c->calls, .ns = end - start};
}

static void serve(void)
{
    char name[64];
    unsigned milliseconds;
    puts("ready");
    fflush(stdout);
    while (scanf("%63s %u", name, &milliseconds) == 2) {
        const struct gl_case *c = gl_case_find(name);
        struct gl_rate rate = c ? measure(c, milliseconds) : (struct gl_rate){0};
        printf("%s %" PRIu64 " %" PRIu64 "\n", name, rate.calls, rate.ns);
        fflush(stdout);
    }
}

static void count(const struct gl_case *c, const char *steps)
{
    prepare(c);
    make_steps(c, strtoull(steps, NULL, 10));
    clean_up(c);
}

static void time_steps(const struct gl_case *c, unsigned steps, unsigned pause_us)
{
    uint64_t *ns = calloc(steps, sizeof *ns);
    if (!ns) {
        return;
    }
    prepare(c);
    for (unsigned i = 0; i < steps; i++) {
        if (pause_us > 0) {
            usleep(pause_us);
        }
        uint64_t start = now_ns();
        c->step();
        ns[i] = now_ns() - start;
    }
    clean_up(c);
    for (unsigned i = 0; i < steps; i++) {
        printf("%" PRIu64 "\n", ns[i]);
    }
    free(ns);
}

static uint64_t time_stamp(void)
{
#if defined(__i386__) || defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    return now_ns();
#endif
}

/* The fewest ticks of many batches, which nothing interrupted. */
static uint64_t fewest_ticks(const struct gl_case *c, uint64_t steps)
{
    uint64_t fewest = UINT64_MAX;
    for (unsigned i = 0; i < BATCHES_OF_TICKS; i++) {
        glFinish();
        uint64_t start = time_stamp();
        make_steps(c, steps);
        uint64_t ticks = time_stamp() - start;
        fewest = ticks < fewest ? ticks : fewest;
    }
    return fewest;
}

static void count_instructions(const struct gl_case *c)
{
    prepare(c);
    make_steps(c, c->batch);
    uint64_t without = fewest_ticks(c, 0), with = fewest_ticks(c, c->batch);
    clean_up(c);
    printf("%" PRIu64 " %u\n", with - without, c->batch);
}

static void open_window(void)
{
    gl_window_open(&window, GL_CASES_WIDTH, GL_CASES_HEIGHT, NULL);
    if (!gl_cases_init(&window)) {
        exit(1);
    }
}

static const struct gl_case *find(const char *name)
{
    const struct gl_case *c = gl_case_find(name);
    if (!c) {
        fprintf(stderr, "gl_calls: there is no case \"%s\"\n", name);
        exit(2);
    }
    return c;
}

static int measure_contexts(unsigned count, const struct gl_case *c, unsigned milliseconds)
{
    struct gl_rate rates[GL_CONTEXTS_MAX];
    if (count < 1 || count > GL_CONTEXTS_MAX) {
        fprintf(stderr, "gl_calls: 1 to %d contexts\n", GL_CONTEXTS_MAX);
        return 2;
    }
    if (gl_contexts_measure(count, rates, open_window, measure, c, milliseconds) != 0) {
        return 1;
    }
    for (unsigned i = 0; i < count; i++) {
        printf("%" PRIu64 " %" PRIu64 "\n", rates[i].calls, rates[i].ns);
    }
    return 0;
}

static int list_cases(void)
{
    for (unsigned i = 0; i < gl_case_count; i++) {
        printf("%s %u\n", gl_cases[i].name, gl_cases[i].calls);
    }
    return 0;
}

static unsigned number(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    if (argc == 2 && strcmp(verb, "--list") == 0) {
        return list_cases();
    }
    if (argc == 5 && strcmp(verb, "--contexts") == 0) {
        return measure_contexts(number(argv[2]), find(argv[3]), number(argv[4]));
    }
    bool times = argc == 5 && strcmp(verb, "--times") == 0;
    bool instructions = argc == 3 && strcmp(verb, "--instructions") == 0;
    if (argc != 1 && argc != 3 && !times) {
        fprintf(stderr, "usage: gl_calls [CASE STEPS | --times CASE STEPS PAUSE |\n"
                        "                 --instructions CASE | --contexts N CASE MILLISECONDS |\n"
                        "                 --list]\n");
        return 2;
    }
    const struct gl_case *c = argc == 1 ? NULL : find(argv[times || instructions ? 2 : 1]);
    open_window();
    if (times) {
        time_steps(c, number(argv[3]), number(argv[4]));
    } else if (instructions) {
        count_instructions(c);
    } else if (c) {
        count(c, argv[2]);
    } else {
        serve();
    }
    gl_window_close(&window);
    return 0;
}
