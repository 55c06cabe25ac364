/* SPDX-License-Identifier: MIT */
/*
 * What every access to memory shared with an untrusted peer needs, and C does not say: a fence
 * that also a Pentium has, and a copy that is really made once.
 */
#ifndef TRIREME_RING_SHARED_MEMORY_H
#define TRIREME_RING_SHARED_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Full fence: no load or store moves across it in either direction. On x86 a locked instruction
 * on the top of the stack: mfence is SSE2 (32-bit guests may lack it) and slower, and the locked
 * instruction also empties write-combining buffers.
 */
static inline void ring_fence(void)
{
#if defined(__i386__)
    __asm__ __volatile__("lock; addl $0, (%%esp)" ::: "memory", "cc");
#elif defined(__x86_64__)
    __asm__ __volatile__("lock; addl $0, (%%rsp)" ::: "memory", "cc");
#else
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

/*
 * Copies `bytes` out of shared memory. The barrier behind the copy keeps the compiler from reading
 * `from` again later instead of the copy, so that what was checked is what is used.
 */
static inline void ring_copy_once(void *to, const void *from, size_t bytes)
{
    memcpy(to, from, bytes);
    __asm__ __volatile__("" ::: "memory");
}

#endif
