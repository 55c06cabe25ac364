/* SPDX-License-Identifier: MIT */
/*
 * The event count of a slot (Linux): the server counts completions up whenever there is something
 * that its guest may wait for; a waiter sleeps while the count is what it saw last. The word is a
 * futex in the window, so the device (for a virtual CPU that reads WAIT) and programs of this
 * machine (the local transport) sleep on it directly.
 *
 *     guest                                     server
 *     seen = completions                        the thing itself (reply_tail, head, frame, ...)
 *     is the thing there? done                  ++completions                  (a full fence)
 *     waiting = 1, ring_fence()                 waiting or waiters set? FUTEX_WAKE
 *     is the thing there? done
 *     WAIT register, or completion_wait(seen)
 *
 *     operation × operation     at once?
 *     signal × signal           yes, from any threads of the server
 *     signal × wait             yes: the kernel compares completions with `seen` under its own lock
 *     wait × wait               yes
 *     spin × anything           yes
 *
 *     The guest's `waiting`, fence, look         pairs with  the server's ++, look at waiting
 *     The device's ++waiters, futex comparison   pairs with  the server's ++, look at waiters
 *
 * Where TCG drops the guest's fence (see command_ring.h), `waiting` may be seen too late; but such
 * a guest waits through the device, whose ++waiters is a real locked instruction after it.
 */
#ifndef TRIREME_RING_COMPLETION_H
#define TRIREME_RING_COMPLETION_H

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"

/* Counts up and wakes who sleeps. `device_waiters` is the slot's doorbell page's `waiters`, NULL
 * with the local transport. Everything stored before is visible to whoever sees the new count. */
void completion_signal(struct trireme_slot_page *page, const uint32_t *device_waiters);

/* For what many guests do not wait for, such as ring space: signals only if somebody waits. */
void completion_signal_waiters(struct trireme_slot_page *page, const uint32_t *device_waiters);

/* Sleeps while *completions == seen, for at most timeout_us. True: it is different now. May
 * return early. */
bool completion_wait(const uint32_t *completions, uint32_t seen, uint32_t timeout_us);

/* Looks at *completions for at most so long, without sleeping. True: it is not `seen` any more. */
bool completion_spin(const uint32_t *completions, uint32_t seen, uint32_t limit_us);

/* Makes who sleeps return early, without a completion: for the device, whose sleepers have other
 * reasons to stop. One that is about to sleep is not reached. */
void completion_wake(const uint32_t *completions);

#endif
