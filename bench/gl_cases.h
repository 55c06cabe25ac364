/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `trireme bench calls` measures: each case is a kind of OpenGL call, made over and over in
 * the way programs make it. A case begins with its prepare(), and any number of steps; it ends with
 * its clean_up(), after which the context is as it was.
 */
#ifndef TRIREME_BENCH_GL_CASES_H
#define TRIREME_BENCH_GL_CASES_H

#define GL_CASES_WIDTH 320
#define GL_CASES_HEIGHT 240

struct gl_window;

struct gl_case {
    const char *name;
    unsigned calls; /* of OpenGL, in a step; what only frames them is not counted */
    unsigned batch; /* steps between two looks at the clock */
    void (*prepare)(void);
    void (*step)(void);
    void (*clean_up)(void);
};

extern const struct gl_case gl_cases[];
extern const unsigned gl_case_count;

/* For a window of the size above whose context is current. False: something is missing, and a line
 * on standard error says what. */
int gl_cases_init(struct gl_window *window);

/* NULL: there is none. */
const struct gl_case *gl_case_find(const char *name);

#endif
