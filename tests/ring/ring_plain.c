/* SPDX-License-Identifier: MIT */
/* The checks one after the other, without Criterion: for ThreadSanitizer and debuggers. Arguments
 * are the names of checks to run; none: all. */
#include <stdlib.h>
#include <string.h>

#include "tests/ring/ring_checks.h"

static const struct {
    const char *name;
    bool (*run)(void);
} checks[] = {
#define RING_ROW(name) {#name, check_##name},
    RING_CHECKS(RING_ROW)
#undef RING_ROW
};

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return true;
        }
    }
    return argc < 2;
}

int main(int argc, char **argv)
{
    unsigned run = 0, failed = 0;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (wanted(checks[i].name, argc, argv)) {
            bool well = checks[i].run();
            printf("%s %s\n", well ? "ok    " : "FAILED", checks[i].name);
            fflush(stdout);
            run++;
            failed += !well;
        }
    }
    printf("%u checks, %u failed\n", run, failed);
    return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
