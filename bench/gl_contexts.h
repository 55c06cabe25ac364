/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several processes that make the same calls at the same time, each in a context of its own. */
#ifndef TRIREME_BENCH_GL_CONTEXTS_H
#define TRIREME_BENCH_GL_CONTEXTS_H

#include <stdint.h>

#include "bench/gl_cases.h"

#define GL_CONTEXTS_MAX 64

struct gl_rate {
    uint64_t calls, ns;
};

/*
 * Starts `count` children, each of which runs `open`, then, when all are there, `measure`. Fills
 * rates[0..count). 0, or 1 with a line on standard error.
 */
int gl_contexts_measure(unsigned count, struct gl_rate *rates, void (*open)(void),
                        struct gl_rate (*measure)(const struct gl_case *, unsigned milliseconds),
                        const struct gl_case *c, unsigned milliseconds);

#endif
