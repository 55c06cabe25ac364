/* SPDX-License-Identifier: MIT */
/*
 * Device memory in a program's address space, by pages: the kernel's mapping of it, described by an
 * MDL, is mapped once more for the program. A section of \Device\PhysicalMemory would show 64 KiB
 * at least, and so parts of other programs' slots.
 */
#include "guest/windows/driver/driver.h"

struct mapping {
    MDL *mdl;
    MEMORY_CACHING_TYPE caching;
    void *address;
};

/* The window is memory of the host and cached; registers are not. */
static MEMORY_CACHING_TYPE caching(bool registers)
{
    return registers ? MmNonCached : MmCached;
}

/* Raises an exception where the program has no room for it. */
static void map_for_program(void *data)
{
    struct mapping *mapping = data;
    mapping->address = MmMapLockedPagesSpecifyCache(mapping->mdl, UserMode, mapping->caching, NULL,
                                                    FALSE, NormalPagePriority);
}

bool user_memory_map(void *data, bool registers, struct user_view *view)
{
    const struct driver *from = data;
    PHYSICAL_ADDRESS physical = registers ? from->registers : from->window;
    physical.QuadPart += view->offset;
    void *kernel = MmMapIoSpace(physical, view->bytes, caching(registers));
    struct mapping mapping = {.caching = caching(registers)};
    if (!kernel) {
        return false;
    }
    mapping.mdl = IoAllocateMdl(kernel, view->bytes, FALSE, FALSE, NULL);
    if (mapping.mdl) {
        MmBuildMdlForNonPagedPool(mapping.mdl);
        if (guarded_call(map_for_program, &mapping) == 0 && mapping.address) {
            view->address = (ULONG_PTR)mapping.address;
            view->system[0] = mapping.mdl;
            view->system[1] = kernel;
            return true;
        }
        IoFreeMdl(mapping.mdl);
    }
    MmUnmapIoSpace(kernel, view->bytes);
    return false;
}

void user_memory_unmap(void *data, struct user_view *view)
{
    MDL *mdl = view->system[0];
    MmUnmapLockedPages((void *)(ULONG_PTR)view->address, mdl);
    IoFreeMdl(mdl);
    MmUnmapIoSpace(view->system[1], view->bytes);
}
