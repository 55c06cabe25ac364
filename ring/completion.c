/* SPDX-License-Identifier: MIT */
#include "completion.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "shared_memory.h"

/* Looks at the count between two looks at the clock. */
#define SPINS_PER_LOOK 16

/* What the futex system call takes, whatever the C library's time_t is. */
struct futex_timeout {
    long seconds, nanoseconds;
};

static bool somebody_waits(const struct trireme_slot_page *page, const uint32_t *device_waiters)
{
    return __atomic_load_n(&page->waiting, __ATOMIC_RELAXED) != 0 ||
           (device_waiters && __atomic_load_n(device_waiters, __ATOMIC_RELAXED) != 0);
}

void completion_signal(struct trireme_slot_page *page, const uint32_t *device_waiters)
{
    __atomic_fetch_add(&page->completions, 1, __ATOMIC_SEQ_CST);
    ring_fence();
    if (somebody_waits(page, device_waiters)) {
        completion_wake(&page->completions);
    }
}

void completion_signal_waiters(struct trireme_slot_page *page, const uint32_t *device_waiters)
{
    ring_fence();
    if (somebody_waits(page, device_waiters)) {
        completion_signal(page, device_waiters);
    }
}

bool completion_wait(const uint32_t *completions, uint32_t seen, uint32_t timeout_us)
{
    struct futex_timeout timeout = {
        .seconds = (long)(timeout_us / 1000000),
        .nanoseconds = (long)(timeout_us % 1000000) * 1000,
    };
    if (__atomic_load_n(completions, __ATOMIC_ACQUIRE) != seen) {
        return true;
    }
    syscall(SYS_futex, completions, FUTEX_WAIT, seen, &timeout, NULL, 0);
    return __atomic_load_n(completions, __ATOMIC_ACQUIRE) != seen;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void relax(void)
{
#if defined(__i386__) || defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

bool completion_spin(const uint32_t *completions, uint32_t seen, uint32_t limit_us)
{
    const uint64_t end = now_ns() + (uint64_t)limit_us * 1000;
    do {
        for (unsigned i = 0; i < SPINS_PER_LOOK; i++) {
            if (__atomic_load_n(completions, __ATOMIC_ACQUIRE) != seen) {
                return true;
            }
            relax();
        }
    } while (now_ns() < end);
    return false;
}

void completion_wake(const uint32_t *completions)
{
    syscall(SYS_futex, completions, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
