/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzzers of records share: rounds that are processes of their own, so that one that dies
 * can be named with the record that it died of.
 */
#ifndef TRIREME_TESTS_FUZZ_ROUNDS_H
#define TRIREME_TESTS_FUZZ_ROUNDS_H

#include <stdint.h>

/* Shared with the round's process: what it did last, and how much. */
struct fuzz_progress {
    uint16_t opcode;
    uint64_t records, refused, plain;
    uint64_t fixed[8]; /* the record's first words */
};

struct fuzz_target {
    /* 0: nothing died. */
    int (*run_round)(uint64_t round, struct fuzz_progress *progress);
    const char *(*command_name)(uint16_t opcode);
};

/* A program's main(): `SECONDS [FIRST_ROUND]`. */
int fuzz_rounds_main(const struct fuzz_target *target, int argc, char **argv);

/* Random numbers, the same after the same seed. */
void fuzz_seed(uint64_t seed);
uint64_t fuzz_word(void);

#endif
