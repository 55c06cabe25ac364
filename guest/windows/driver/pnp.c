/* SPDX-License-Identifier: MIT */
/*
 * The PCI device: Plug and Play gives its memory and takes it away. One device serves; a second one
 * does not start.
 */
#include "guest/windows/driver/driver.h"
#include "guest/windows/driver/resources.h"

/* Memory ranges that are looked at; a Trireme has two. */
#define RANGES 4u

/* Of the function device. */
struct function {
    DEVICE_OBJECT *below;
    IO_REMOVE_LOCK lock;
    struct device_resources resources;
    uint8_t *window, *registers; /* the kernel's mappings; NULL: not started */
    SIZE_T window_bytes, registers_bytes;
};

static struct function *function_of(DEVICE_OBJECT *device)
{
    return device->DeviceExtension;
}

NTSTATUS NTAPI pnp_add_device(DRIVER_OBJECT *object, DEVICE_OBJECT *physical)
{
    DEVICE_OBJECT *device;
    NTSTATUS status = IoCreateDevice(object, sizeof(struct function), NULL, FILE_DEVICE_UNKNOWN,
                                     FILE_DEVICE_SECURE_OPEN, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    struct function *function = function_of(device);
    IoInitializeRemoveLock(&function->lock, DRIVER_TAG, 0, 0);
    function->below = IoAttachDeviceToDeviceStack(device, physical);
    if (!function->below) {
        IoDeleteDevice(device);
        return STATUS_NO_SUCH_DEVICE;
    }
    device->Flags |= function->below->Flags & (DO_POWER_PAGABLE | DO_POWER_INRUSH);
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

NTSTATUS pnp_pass_on(DEVICE_OBJECT *device, IRP *irp)
{
    struct function *function = function_of(device);
    NTSTATUS status = IoAcquireRemoveLock(&function->lock, irp);
    if (!NT_SUCCESS(status)) {
        return driver_complete(irp, status, 0);
    }
    IoSkipCurrentIrpStackLocation(irp);
    status = IoCallDriver(function->below, irp);
    IoReleaseRemoveLock(&function->lock, irp);
    return status;
}

NTSTATUS pnp_power(DEVICE_OBJECT *device, IRP *irp)
{
    struct function *function = function_of(device);
    NTSTATUS status = IoAcquireRemoveLock(&function->lock, irp);
    PoStartNextPowerIrp(irp);
    if (!NT_SUCCESS(status)) {
        return driver_complete(irp, status, 0);
    }
    IoSkipCurrentIrpStackLocation(irp);
    status = PoCallDriver(function->below, irp);
    IoReleaseRemoveLock(&function->lock, irp);
    return status;
}

/*
 * Starting
 */

static NTSTATUS NTAPI below_is_done(DEVICE_OBJECT *device, IRP *irp, void *event)
{
    KeSetEvent(event, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/* The drivers below start first. */
static NTSTATUS call_below(struct function *function, IRP *irp)
{
    KEVENT done;
    KeInitializeEvent(&done, NotificationEvent, FALSE);
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, below_is_done, &done, TRUE, TRUE, TRUE);
    NTSTATUS status = IoCallDriver(function->below, irp);
    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
        status = irp->IoStatus.Status;
    }
    return status;
}

static ULONG memory_ranges(const CM_RESOURCE_LIST *list, struct device_memory *ranges)
{
    ULONG found = 0;
    if (!list || list->Count < 1) {
        return 0;
    }
    const CM_PARTIAL_RESOURCE_LIST *partial = &list->List[0].PartialResourceList;
    for (ULONG i = 0; i < partial->Count && found < RANGES; i++) {
        const CM_PARTIAL_RESOURCE_DESCRIPTOR *one = &partial->PartialDescriptors[i];
        if (one->Type == CmResourceTypeMemory) {
            ranges[found].start = (uint64_t)one->u.Memory.Start.QuadPart;
            ranges[found++].bytes = one->u.Memory.Length;
        }
    }
    return found;
}

static void unmap(struct function *function)
{
    if (function->window) {
        MmUnmapIoSpace(function->window, function->window_bytes);
    }
    if (function->registers) {
        MmUnmapIoSpace(function->registers, function->registers_bytes);
    }
    function->window = function->registers = NULL;
}

static uint32_t reg(const struct function *function, uint32_t offset)
{
    return *(volatile uint32_t *)(function->registers + offset);
}

static void *map_io(uint64_t start, SIZE_T bytes, MEMORY_CACHING_TYPE caching)
{
    PHYSICAL_ADDRESS physical;
    physical.QuadPart = (LONGLONG)start;
    return MmMapIoSpace(physical, bytes, caching);
}

/* Registers, and of the window what comes before the space for rings. */
static NTSTATUS map(struct function *function)
{
    const struct device_resources *resources = &function->resources;
    function->registers_bytes = (SIZE_T)resources->registers.bytes;
    function->registers =
        map_io(resources->registers.start, function->registers_bytes, MmNonCached);
    if (!function->registers) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    uint32_t slots = reg(function, TRIREME_REG_SLOTS);
    if (reg(function, TRIREME_REG_MAGIC) != TRIREME_MAGIC ||
        reg(function, TRIREME_REG_VERSION) >> 16 != TRIREME_ABI_MAJOR ||
        !device_resources_fit(resources, slots, reg(function, TRIREME_REG_WINDOW_SIZE))) {
        return STATUS_REVISION_MISMATCH;
    }
    function->window_bytes = TRIREME_SPACE_OFFSET(slots);
    function->window = map_io(resources->window.start, function->window_bytes, MmCached);
    return function->window ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static NTSTATUS start(DEVICE_OBJECT *device, const CM_RESOURCE_LIST *translated)
{
    struct function *function = function_of(device);
    struct device_memory ranges[RANGES];
    if (!device_resources_pick(ranges, memory_ranges(translated, ranges), &function->resources)) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    driver_lock();
    /* In use: programs see a device still that was pulled out. */
    NTSTATUS status =
        driver.device || slots_in_use(&driver.slots) ? STATUS_DEVICE_BUSY : map(function);
    if (NT_SUCCESS(status)) {
        driver.device = device;
        driver.window.QuadPart = (LONGLONG)function->resources.window.start;
        driver.registers.QuadPart = (LONGLONG)function->resources.registers.start;
        slots_start(&driver.slots, function->window, reg(function, TRIREME_REG_WINDOW_SIZE),
                    function->registers, reg(function, TRIREME_REG_SLOTS));
    } else {
        unmap(function);
    }
    driver_unlock();
    return status;
}

static void stop(DEVICE_OBJECT *device)
{
    driver_lock();
    if (driver.device == device) {
        slots_stop(&driver.slots);
        driver.device = NULL;
    }
    unmap(function_of(device));
    driver_unlock();
}

/* Moving the device's memory would leave programs with what lies there then. */
static bool may_stop(DEVICE_OBJECT *device)
{
    driver_lock();
    bool may = driver.device != device || !slots_in_use(&driver.slots);
    driver_unlock();
    return may;
}

static NTSTATUS remove(DEVICE_OBJECT *device, IRP *irp)
{
    struct function *function = function_of(device);
    DEVICE_OBJECT *below = function->below;
    stop(device);
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoSkipCurrentIrpStackLocation(irp);
    NTSTATUS status = IoCallDriver(below, irp);
    IoReleaseRemoveLockAndWait(&function->lock, irp);
    IoDetachDevice(below);
    IoDeleteDevice(device);
    return status;
}

NTSTATUS pnp_dispatch(DEVICE_OBJECT *device, IRP *irp)
{
    struct function *function = function_of(device);
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS status = IoAcquireRemoveLock(&function->lock, irp);
    if (!NT_SUCCESS(status)) {
        return driver_complete(irp, status, 0);
    }
    switch (stack->MinorFunction) {
    case IRP_MN_START_DEVICE:
        status = call_below(function, irp);
        if (NT_SUCCESS(status)) {
            status = start(device, stack->Parameters.StartDevice.AllocatedResourcesTranslated);
        }
        driver_complete(irp, status, irp->IoStatus.Information);
        break;
    case IRP_MN_QUERY_STOP_DEVICE:
    case IRP_MN_QUERY_REMOVE_DEVICE:
        if (!may_stop(device)) {
            status = driver_complete(irp, STATUS_DEVICE_BUSY, 0);
            break;
        }
        irp->IoStatus.Status = STATUS_SUCCESS;
        IoSkipCurrentIrpStackLocation(irp);
        status = IoCallDriver(function->below, irp);
        break;
    case IRP_MN_REMOVE_DEVICE:
        return remove(device, irp);
    case IRP_MN_STOP_DEVICE:
    case IRP_MN_SURPRISE_REMOVAL:
        stop(device);
        /* fall through */
    case IRP_MN_CANCEL_STOP_DEVICE:
    case IRP_MN_CANCEL_REMOVE_DEVICE:
        irp->IoStatus.Status = STATUS_SUCCESS;
        /* fall through */
    default:
        IoSkipCurrentIrpStackLocation(irp);
        status = IoCallDriver(function->below, irp);
    }
    IoReleaseRemoveLock(&function->lock, irp);
    return status;
}
