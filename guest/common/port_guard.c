/* SPDX-License-Identifier: MIT */
#include "guest/common/port_guard.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>

/* Registers and window of the process's device, and of one before it that is not closed yet. */
#define GUARDS 4

/* Read by the handler at any time: the size is 0 while the rest changes. */
static struct {
    uint8_t *memory;
    size_t size; /* atomic */
} guards[GUARDS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t handler_once = PTHREAD_ONCE_INIT;
static struct sigaction handler_before;

static void hand_on(int number, siginfo_t *info, void *context)
{
    if (handler_before.sa_flags & SA_SIGINFO) {
        handler_before.sa_sigaction(number, info, context);
    } else if (handler_before.sa_handler == SIG_DFL || handler_before.sa_handler == SIG_IGN) {
        /* The access is tried again, and then ends the process as it would have without us. */
        signal(number, SIG_DFL);
    } else {
        handler_before.sa_handler(number);
    }
}

static void bus_error(int number, siginfo_t *info, void *context)
{
    for (unsigned i = 0; i < GUARDS; i++) {
        size_t size = __atomic_load_n(&guards[i].size, __ATOMIC_ACQUIRE);
        if (size > 0 && (size_t)((uint8_t *)info->si_addr - guards[i].memory) < size &&
            mmap(guards[i].memory, size, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
            return;
        }
    }
    hand_on(number, info, context);
}

static void install_handler(void)
{
    struct sigaction action = {.sa_sigaction = bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &handler_before);
}

void port_guard_add(void *memory, size_t size)
{
    pthread_once(&handler_once, install_handler);
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].size == 0) {
            guards[i].memory = memory;
            __atomic_store_n(&guards[i].size, size, __ATOMIC_RELEASE);
            break;
        }
    }
    pthread_mutex_unlock(&lock);
}

void port_guard_remove(void *memory)
{
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].memory == memory) {
            __atomic_store_n(&guards[i].size, 0, __ATOMIC_RELEASE);
        }
    }
    pthread_mutex_unlock(&lock);
}
