/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/thread_profile.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

/* Of processor time. The kernel looks at such timers at its own ticks and counts what it missed. */
#define PERIOD_NS 1000000

/* The thread's part of the kernel's encoding of clocks: CPUCLOCK_SCHED of one thread. */
#define THREAD_CLOCK(thread) ((clockid_t)((~(unsigned)(thread)) << 3 | 6u))

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* The linker's: where this program's code begins and ends. */
extern const char __executable_start, etext;

static uintptr_t interrupted_at(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uintptr_t)context->uc_mcontext.pc;
#else
    return 0;
#endif
}

static void sample(int number, siginfo_t *info, void *context)
{
    (void)number;
    struct thread_times *times = info->si_code == SI_TIMER ? info->si_value.sival_ptr : NULL;
    uintptr_t place = interrupted_at(context);
    if (times && place >= (uintptr_t)&__executable_start && place < (uintptr_t)&etext &&
        atomic_load_explicit(&times->state, memory_order_relaxed) == THREAD_BUSY) {
        uint64_t periods = 1 + (uint64_t)info->si_overrun;
        atomic_fetch_add_explicit(&times->decoding_ns, periods * PERIOD_NS, memory_order_relaxed);
    }
}

void thread_profile_setup(void)
{
    struct sigaction action = {.sa_sigaction = sample, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigaction(SIGPROF, &action, NULL);
}

void thread_profile_init(struct thread_profile *profile, struct thread_times *times)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPROF);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    profile->times = times;
    atomic_store_explicit(&profile->thread, gettid(), memory_order_release);
}

void thread_profile_start(struct thread_profile *profile)
{
    pid_t thread = atomic_load_explicit(&profile->thread, memory_order_acquire);
    if (profile->running || thread == 0) {
        return;
    }
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    const struct itimerspec often = {.it_interval.tv_nsec = PERIOD_NS,
                                     .it_value.tv_nsec = PERIOD_NS};
    event.sigev_value.sival_ptr = profile->times;
    event.sigev_notify_thread_id = thread;
    if (timer_create(THREAD_CLOCK(thread), &event, &profile->timer) == 0) {
        profile->running = timer_settime(profile->timer, 0, &often, NULL) == 0;
        if (!profile->running) {
            timer_delete(profile->timer);
        }
    }
}

void thread_profile_stop(struct thread_profile *profile)
{
    if (profile->running) {
        profile->running = false;
        timer_delete(profile->timer);
    }
}
