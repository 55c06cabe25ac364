/* SPDX-License-Identifier: MIT */
/* What a cold call promises, built for i386, where it is assembly. A plain main(), since Criterion
 * has no such library. */
#include <stdint.h>
#include <stdio.h>

#include "guest/common/cold_call.h"

#pragma GCC visibility push(hidden)
uint32_t take_three(uint32_t a, uint32_t b, uint32_t c);
void note_three(uint32_t a, uint32_t b, uint32_t c);
#pragma GCC visibility pop

static uint32_t noted, misaligned;

COLD_CALL_DEFINE(take_three);
COLD_CALL_DEFINE(note_three);

/* Changes what a function may change. */
uint32_t __attribute__((noinline)) take_three(uint32_t a, uint32_t b, uint32_t c)
{
    uint8_t place[16] __attribute__((aligned(16)));
    uintptr_t where = (uintptr_t)place;
    /* The compiler takes it for granted, and would not look. */
    __asm__ volatile("" : "+r"(where) : : "memory");
    misaligned += where % 16 != 0;
#if defined(__i386__)
    __asm__ volatile("" : : : "eax", "ecx", "edx");
#endif
    return a * 100 + b * 10 + c;
}

void __attribute__((noinline)) note_three(uint32_t a, uint32_t b, uint32_t c)
{
    noted = take_three(a, b, c);
}

/* More values live across the calls than there are registers. */
static uint32_t __attribute__((noinline))
mixed(uint32_t a, uint32_t b, uint32_t c, float f, double d)
{
    float g = f * 3;
    uint32_t first = COLD_CALL_3(take_three, a, b, c);
    COLD_CALL_VOID_3(note_three, c, b, a);
    uint32_t second = COLD_CALL_3(take_three, noted & 1, a, b);
    return first + second + a + 2 * b + 3 * c + (uint32_t)g + (uint32_t)(d * 2);
}

#if defined(__i386__)
/* From a stack as functions without calls may leave it. */
#define CALL_FROM(bytes, eax)                                                                      \
    __asm__ volatile("subl $" #bytes ", %%esp\n\t"                                                 \
                     "call take_three_cold\n\t"                                                    \
                     "addl $" #bytes ", %%esp"                                                     \
                     : "+a"(eax)                                                                   \
                     : "d"(0), "c"(0)                                                              \
                     : COLD_CALL_CLOBBERS)

static void __attribute__((noinline)) call_from_odd_places(void)
{
    uint32_t eax = 0;
    CALL_FROM(0, eax);
    CALL_FROM(4, eax);
    CALL_FROM(8, eax);
    CALL_FROM(12, eax);
}
#else
static void call_from_odd_places(void)
{
}
#endif

int main(void)
{
    uint32_t wrong = 0;
    call_from_odd_places();
    for (uint32_t a = 0; a < 8; a++) {
        for (uint32_t b = 0; b < 8; b++) {
            for (uint32_t c = 0; c < 8; c++) {
                uint32_t found = mixed(a, b, c, (float)a, (double)b);
                uint32_t last = c * 100 + b * 10 + a;
                uint32_t wanted = a * 100 + b * 10 + c + (last & 1) * 100 + a * 10 + b + a + 2 * b +
                                  3 * c + 3 * a + 2 * b;
                wrong += found != wanted || noted != last;
            }
        }
    }
    if (wrong || misaligned) {
        fprintf(stderr, "%u results are wrong, the stack was not aligned %u times\n", wrong,
                misaligned);
    }
    return wrong || misaligned;
}
