/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `trireme bench glide` measures: each case is something that Glide programs do all the time,
 * done over and over. A case begins with its prepare(), and any number of steps. What is counted
 * in a step has a name, such as triangles or bytes of textures.
 */
#ifndef TRIREME_BENCH_GLIDE_CASES_H
#define TRIREME_BENCH_GLIDE_CASES_H

struct glide_case {
    const char *name;
    const char *unit;
    unsigned units; /* of a step */
    unsigned batch; /* steps between two looks at the clock */
    void (*prepare)(void);
    void (*step)(void);
};

extern const struct glide_case glide_cases[];
extern const unsigned glide_case_count;

/* Opens the board and its screen. What fails ends the program with a line that says what. */
void glide_cases_open(void);
void glide_cases_close(void);

/* Returns when everything that was asked for has been drawn. */
void glide_cases_finish(void);

/* NULL: there is none. */
const struct glide_case *glide_case_find(const char *name);

#endif
