/* SPDX-License-Identifier: MIT */
/*
 * trireme.sys: the entry, and the device that programs open (protocol.h). It exists as long as the
 * driver is loaded, also while no PCI device is there: programs are then told so.
 */
#include "guest/windows/driver/driver.h"

#include <ntifs.h>

#define DEVICE_NAME L"\\Device\\Trireme"
#define LINK_NAME L"\\DosDevices\\Trireme"

/* An open handle. Its address is the owner of what is claimed through it. */
struct opener {
    LIST_ENTRY entry;
    PEPROCESS process; /* referenced; who opened it, and the only one who may use it */
    HANDLE process_id;
};

struct driver driver;

void driver_lock(void)
{
    KeWaitForSingleObject(&driver.lock, Executive, KernelMode, FALSE, NULL);
}

void driver_unlock(void)
{
    KeReleaseMutex(&driver.lock, FALSE);
}

NTSTATUS driver_complete(IRP *irp, NTSTATUS status, ULONG_PTR bytes)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = bytes;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static void *allocate(size_t bytes)
{
    return ExAllocatePoolWithTag(NonPagedPool, bytes, DRIVER_TAG);
}

static void free_memory(void *memory)
{
    ExFreePoolWithTag(memory, DRIVER_TAG);
}

/*
 * Handles
 */

static NTSTATUS open_handle(FILE_OBJECT *file)
{
    struct opener *opener = allocate(sizeof *opener);
    if (!opener) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    opener->process = IoGetCurrentProcess();
    opener->process_id = PsGetCurrentProcessId();
    ObReferenceObject(opener->process);
    file->FsContext = opener;
    driver_lock();
    InsertTailList(&driver.openers, &opener->entry);
    driver_unlock();
    return STATUS_SUCCESS;
}

/* The handle's last copy may be closed by another process than the one that sees the slots. */
static void clean_up(struct opener *opener)
{
    KAPC_STATE state;
    bool elsewhere = opener->process != IoGetCurrentProcess();
    driver_lock();
    if (!IsListEmpty(&opener->entry)) {
        RemoveEntryList(&opener->entry);
        InitializeListHead(&opener->entry);
        if (elsewhere) {
            KeStackAttachProcess((PKPROCESS)opener->process, &state);
        }
        slots_release_all(&driver.slots, opener);
        if (elsewhere) {
            KeUnstackDetachProcess(&state);
        }
    }
    driver_unlock();
}

/* In the process that ends, before its memory goes: another one may have a copy of its handle. */
static VOID NTAPI process_changes(HANDLE parent, HANDLE process, BOOLEAN created)
{
    if (created) {
        return;
    }
    driver_lock();
    for (LIST_ENTRY *at = driver.openers.Flink; at != &driver.openers;) {
        struct opener *opener = CONTAINING_RECORD(at, struct opener, entry);
        at = at->Flink;
        if (opener->process_id == process) {
            RemoveEntryList(&opener->entry);
            InitializeListHead(&opener->entry);
            slots_release_all(&driver.slots, opener);
        }
    }
    driver_unlock();
}

/*
 * Requests
 */

static NTSTATUS nt_status(enum driver_status status)
{
    switch (status) {
    case DRIVER_OK:
        return STATUS_SUCCESS;
    case DRIVER_UNKNOWN_CODE:
        return STATUS_INVALID_DEVICE_REQUEST;
    case DRIVER_BAD_INPUT:
        return STATUS_INVALID_PARAMETER;
    case DRIVER_SMALL_OUTPUT:
        return STATUS_BUFFER_TOO_SMALL;
    case DRIVER_NO_DEVICE:
        return STATUS_NO_SUCH_DEVICE;
    case DRIVER_OLD_HOST:
        return STATUS_REVISION_MISMATCH;
    case DRIVER_BUSY:
        return STATUS_DEVICE_BUSY;
    case DRIVER_AGAIN:
        return STATUS_RETRY;
    case DRIVER_NOT_YOURS:
        return STATUS_ACCESS_DENIED;
    case DRIVER_NO_MEMORY:
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_UNSUCCESSFUL;
}

/* Under the lock. The answer goes to `buffer`, which is large enough. */
static enum driver_status execute(const struct opener *opener, const struct driver_request *request,
                                  void *buffer, ULONG_PTR *bytes)
{
    enum driver_status status = DRIVER_UNKNOWN_CODE;
    switch (request->code) {
    case TRIREME_DRIVER_HEADER:
        status = slots_header(&driver.slots, buffer);
        *bytes = sizeof(struct trireme_driver_header);
        break;
    case TRIREME_DRIVER_CLAIM:
        status = slots_claim(&driver.slots, opener, request->slot, buffer);
        *bytes = sizeof(struct trireme_driver_pages);
        break;
    case TRIREME_DRIVER_RELEASE:
        status = slots_release(&driver.slots, opener, request->slot);
        break;
    case TRIREME_DRIVER_MAP:
        status = slots_map(&driver.slots, opener, request, buffer);
        *bytes = sizeof(struct trireme_driver_view);
        break;
    }
    return status;
}

static NTSTATUS device_control(IRP *irp, const IO_STACK_LOCATION *stack)
{
    const struct opener *opener = stack->FileObject->FsContext;
    void *buffer = irp->AssociatedIrp.SystemBuffer; /* a copy; METHOD_BUFFERED */
    struct driver_request request;
    ULONG_PTR bytes = 0;
    enum driver_status status =
        driver_request_parse(stack->Parameters.DeviceIoControl.IoControlCode, buffer,
                             stack->Parameters.DeviceIoControl.InputBufferLength,
                             stack->Parameters.DeviceIoControl.OutputBufferLength, &request);
    if (status == DRIVER_OK) {
        driver_lock();
        /* Not in the list: its process has ended, or the handle is being closed. */
        status = opener->process == IoGetCurrentProcess() && !IsListEmpty(&opener->entry)
                     ? execute(opener, &request, buffer, &bytes)
                     : DRIVER_NOT_YOURS;
        driver_unlock();
    }
    return driver_complete(irp, nt_status(status), status == DRIVER_OK ? bytes : 0);
}

static NTSTATUS control_dispatch(IRP *irp)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(irp);
    struct opener *opener;
    switch (stack->MajorFunction) {
    case IRP_MJ_CREATE:
        return driver_complete(irp, open_handle(stack->FileObject), 0);
    case IRP_MJ_DEVICE_CONTROL:
        return device_control(irp, stack);
    case IRP_MJ_CLEANUP:
        clean_up(stack->FileObject->FsContext);
        return driver_complete(irp, STATUS_SUCCESS, 0);
    case IRP_MJ_CLOSE:
        opener = stack->FileObject->FsContext;
        ObDereferenceObject(opener->process);
        free_memory(opener);
        return driver_complete(irp, STATUS_SUCCESS, 0);
    default:
        return driver_complete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

static NTSTATUS NTAPI dispatch(DEVICE_OBJECT *device, IRP *irp)
{
    if (device == driver.control) {
        return control_dispatch(irp);
    }
    switch (IoGetCurrentIrpStackLocation(irp)->MajorFunction) {
    case IRP_MJ_PNP:
        return pnp_dispatch(device, irp);
    case IRP_MJ_POWER:
        return pnp_power(device, irp);
    case IRP_MJ_SYSTEM_CONTROL:
        return pnp_pass_on(device, irp);
    default:
        return driver_complete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

/*
 * Coming and going
 */

static NTSTATUS create_control(DRIVER_OBJECT *object)
{
    UNICODE_STRING name, link;
    RtlInitUnicodeString(&name, DEVICE_NAME);
    RtlInitUnicodeString(&link, LINK_NAME);
    NTSTATUS status = IoCreateDevice(object, 0, &name, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN,
                                     FALSE, &driver.control);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoCreateSymbolicLink(&link, &name);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(driver.control);
        return status;
    }
    driver.control->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

static VOID NTAPI unload(DRIVER_OBJECT *object)
{
    UNICODE_STRING link;
    RtlInitUnicodeString(&link, LINK_NAME);
    PsSetCreateProcessNotifyRoutine(process_changes, TRUE);
    IoDeleteSymbolicLink(&link);
    IoDeleteDevice(driver.control);
}

NTSTATUS NTAPI DriverEntry(DRIVER_OBJECT *object, UNICODE_STRING *registry_path);

NTSTATUS NTAPI DriverEntry(DRIVER_OBJECT *object, UNICODE_STRING *registry_path)
{
    KeInitializeMutex(&driver.lock, 0);
    InitializeListHead(&driver.openers);
    driver.slots.system = (struct slots_system){
        .map = user_memory_map,
        .unmap = user_memory_unmap,
        .allocate = allocate,
        .free = free_memory,
        .data = &driver,
    };
    for (ULONG i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        object->MajorFunction[i] = dispatch;
    }
    object->DriverExtension->AddDevice = pnp_add_device;
    object->DriverUnload = unload;
    /* Before there is anything to open: handles must not outlive the memory that they map. */
    NTSTATUS status = PsSetCreateProcessNotifyRoutine(process_changes, FALSE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = create_control(object);
    if (!NT_SUCCESS(status)) {
        PsSetCreateProcessNotifyRoutine(process_changes, TRUE);
    }
    return status;
}
