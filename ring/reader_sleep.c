/* SPDX-License-Identifier: MIT */
#include "reader_sleep.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "abi.h"
#include "shared_memory.h"

/* Pairs with load_reader_status() in command_ring.c, which may read an old value without harm:
 * reader_sleep_begin() looks again, and a doorbell too many is only a doorbell. */
static void store_reader_status(uint32_t *reader_status, uint32_t status)
{
    __atomic_store_n(reader_status, status, __ATOMIC_RELAXED);
}

bool reader_sleep_register(void)
{
    return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, 0, 0) == 0;
}

bool reader_sleep_begin(uint32_t *reader_status, uint32_t status, const uint32_t *word,
                        uint32_t seen)
{
    store_reader_status(reader_status, status);
    /* Fences every core that runs a registered process; this one needs its own fence, since the
     * call may fail where a sandbox forbids it. */
    (void)syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0);
    ring_fence();
    if (__atomic_load_n(word, __ATOMIC_RELAXED) == seen) {
        return true;
    }
    store_reader_status(reader_status, TRIREME_READER_AWAKE);
    return false;
}

void reader_sleep_end(uint32_t *reader_status)
{
    store_reader_status(reader_status, TRIREME_READER_AWAKE);
}
