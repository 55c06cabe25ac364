/* SPDX-License-Identifier: MIT */
/*
 * Calls that are hardly ever made, out of functions that are called all the time. On i386 a call
 * costs its function a frame and saved registers, also where it is not made; these are assembly
 * that keeps all registers but eax, so that the rest of the function is what it would be without
 * them.
 */
#ifndef TRIREME_GUEST_COLD_CALL_H
#define TRIREME_GUEST_COLD_CALL_H

#if defined(__i386__) && !defined(_WIN32)

/* What the function itself may change of the rest. */
#ifdef __SSE__
#define COLD_CALL_SSE , "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7"
#else
#define COLD_CALL_SSE
#endif
#define COLD_CALL_CLOBBERS                                                                         \
    "memory", "cc", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)",                    \
        "st(7)" COLD_CALL_SSE

/* In one source file: NAME_cold, which calls NAME(eax, edx, ecx), with as many of the three as it
 * takes, leaves ecx and edx as they were and aligns the stack. */
#define COLD_CALL_DEFINE(name)                                                                     \
    __asm__(".pushsection .text.unlikely,\"ax\",@progbits\n"                                       \
            ".globl " #name "_cold\n"                                                              \
            ".hidden " #name "_cold\n"                                                             \
            ".type " #name "_cold, @function\n" #name "_cold:\n\t"                                 \
            "pushl %ebp\n\t"                                                                       \
            "movl %esp, %ebp\n\t"                                                                  \
            "pushl %ecx\n\t"                                                                       \
            "pushl %edx\n\t"                                                                       \
            "andl $-16, %esp\n\t"                                                                  \
            "pushl %ecx\n\t"                                                                       \
            "pushl %ecx\n\t"                                                                       \
            "pushl %edx\n\t"                                                                       \
            "pushl %eax\n\t"                                                                       \
            "call " #name "\n\t"                                                                   \
            "leal -8(%ebp), %esp\n\t"                                                              \
            "popl %edx\n\t"                                                                        \
            "popl %ecx\n\t"                                                                        \
            "popl %ebp\n\t"                                                                        \
            "ret\n"                                                                                \
            ".size " #name "_cold, . - " #name "_cold\n"                                           \
            ".popsection")

/* NAME's result, of 32 bits; its two arguments have 32 bits each. */
#define COLD_CALL(name, first, second)                                                             \
    __extension__({                                                                                \
        __typeof__(name(first, second)) cold_result;                                               \
        __asm__ volatile("call " #name "_cold"                                                     \
                         : "=a"(cold_result)                                                       \
                         : "0"(first), "d"(second)                                                 \
                         : COLD_CALL_CLOBBERS);                                                    \
        cold_result;                                                                               \
    })

/* The same with three arguments. */
#define COLD_CALL_3(name, first, second, third)                                                    \
    __extension__({                                                                                \
        __typeof__(name(first, second, third)) cold_result;                                        \
        __asm__ volatile("call " #name "_cold"                                                     \
                         : "=a"(cold_result)                                                       \
                         : "0"(first), "d"(second), "c"(third)                                     \
                         : COLD_CALL_CLOBBERS);                                                    \
        cold_result;                                                                               \
    })

/* The same without a result. */
#define COLD_CALL_VOID(name, first, second)                                                        \
    __extension__({                                                                                \
        __typeof__(first) cold_first = (first);                                                    \
        __asm__ volatile("call " #name "_cold"                                                     \
                         : "+a"(cold_first)                                                        \
                         : "d"(second)                                                             \
                         : COLD_CALL_CLOBBERS);                                                    \
        (void)0;                                                                                   \
    })

/* The same with three arguments. */
#define COLD_CALL_VOID_3(name, first, second, third)                                               \
    __extension__({                                                                                \
        __typeof__(first) cold_first = (first);                                                    \
        __asm__ volatile("call " #name "_cold"                                                     \
                         : "+a"(cold_first)                                                        \
                         : "d"(second), "c"(third)                                                 \
                         : COLD_CALL_CLOBBERS);                                                    \
        (void)0;                                                                                   \
    })

#else
#define COLD_CALL_DEFINE(name) _Static_assert(1, "an ordinary call")
#define COLD_CALL(name, first, second) name(first, second)
#define COLD_CALL_3(name, first, second, third) name(first, second, third)
#define COLD_CALL_VOID(name, first, second) name(first, second)
#define COLD_CALL_VOID_3(name, first, second, third) name(first, second, third)
#endif

#endif
