/* SPDX-License-Identifier: MIT */
/*
 * A device can be unplugged while programs draw. Linux then takes its memory out of them, and the
 * next access is a SIGBUS. Guarded memory turns into zeros instead, which is what a window without
 * a server looks like: the contexts are lost, the program goes on.
 */
#ifndef TRIREME_GUEST_PORT_GUARD_H
#define TRIREME_GUEST_PORT_GUARD_H

#include <stddef.h>

/* Of a mapping, whole pages. The program's own handler for SIGBUS gets what is not guarded. */
void port_guard_add(void *memory, size_t size);
/* Before it is unmapped. */
void port_guard_remove(void *memory);

#endif
