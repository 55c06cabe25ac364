/* SPDX-License-Identifier: MIT */
/*
 * How the thread that reads a command ring falls asleep (Linux). Entries (3) and (4) of the table
 * in command_ring.h:
 *
 *     for (;;) {
 *         ... decode until RING_EMPTY, ring_consumer_release() ...
 *         if (reader_sleep_begin(&page->reader_status, TRIREME_READER_IDLE, &page->tail,
 *                                consumer.seen_tail)) {
 *             poll(eventfd, 100 ms);
 *             reader_sleep_end(&page->reader_status);
 *         }
 *     }
 *
 * The timeout is for guests that break the rules, not for correctness. One thread for each status.
 */
#ifndef TRIREME_RING_READER_SLEEP_H
#define TRIREME_RING_READER_SLEEP_H

#include <stdbool.h>
#include <stdint.h>

/* Lets other processes' membarriers reach the threads of this one. Called once by QEMU, whose
 * virtual CPUs may run without the guest's fences. False: this kernel or sandbox has no
 * membarrier; wake-ups may then come late, by as much as the reader's timeout. */
bool reader_sleep_register(void);

/* Stores `status` (IDLE or FULL of enum trireme_reader_status) and looks at *word again. True: it
 * still equals `seen`, the caller may block; the producer will ring. False: it moved, the status is
 * AWAKE again. */
bool reader_sleep_begin(uint32_t *reader_status, uint32_t status, const uint32_t *word,
                        uint32_t seen);

/* Awake: the producer need not ring any more. */
void reader_sleep_end(uint32_t *reader_status);

#endif
