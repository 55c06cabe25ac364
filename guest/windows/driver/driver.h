/* SPDX-License-Identifier: MIT */
/* What the parts of trireme.sys that need the kernel share. */
#ifndef TRIREME_DRIVER_H
#define TRIREME_DRIVER_H

#include <ntddk.h>

#include "guest/windows/driver/slots.h"

#define DRIVER_TAG 0x6d725454u /* "TTrm" in a dump of the pool */

/* The driver's one device, as far as it is there, and the slots that programs have of it. */
struct driver {
    DEVICE_OBJECT *control; /* what programs open */
    KMUTEX lock;            /* for all of the following */
    struct slots slots;
    DEVICE_OBJECT *device; /* the function device that started; NULL: none */
    PHYSICAL_ADDRESS window, registers;
    LIST_ENTRY openers;
};

extern struct driver driver;

void driver_lock(void);
void driver_unlock(void);
NTSTATUS driver_complete(IRP *irp, NTSTATUS status, ULONG_PTR bytes);

/* pnp.c */
NTSTATUS NTAPI pnp_add_device(DRIVER_OBJECT *object, DEVICE_OBJECT *physical);
NTSTATUS pnp_dispatch(DEVICE_OBJECT *device, IRP *irp);
NTSTATUS pnp_power(DEVICE_OBJECT *device, IRP *irp);
NTSTATUS pnp_pass_on(DEVICE_OBJECT *device, IRP *irp);

/* user_memory.c: slots_system.map and .unmap; the data is the driver. */
bool user_memory_map(void *data, bool registers, struct user_view *view);
void user_memory_unmap(void *data, struct user_view *view);

/* guarded_call.S: calls function(data). Non-zero: it raised an exception, and got no further. */
int guarded_call(void (*function)(void *data), void *data);

#endif
