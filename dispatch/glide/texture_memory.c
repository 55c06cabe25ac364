/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/texture_memory.h"

#include <glib.h>
#include <string.h>

bool texture_memory_init(struct texture_memory *memory, uint32_t size)
{
    memory->size = size;
    memory->bytes = g_try_malloc0(size);
    memory->written = g_try_new0(uint64_t, size / TEXTURE_PAGE);
    memory->writes = 0;
    return memory->bytes && memory->written;
}

void texture_memory_finish(struct texture_memory *memory)
{
    g_clear_pointer(&memory->bytes, g_free);
    g_clear_pointer(&memory->written, g_free);
}

void texture_memory_write(struct texture_memory *memory, uint32_t address, const void *data,
                          size_t size)
{
    const uint8_t *from = data;
    memory->writes++;
    while (size > 0) {
        address &= memory->size - 1;
        size_t part = MIN(size, memory->size - address);
        memcpy(memory->bytes + address, from, part);
        for (uint32_t page = address / TEXTURE_PAGE; page <= (address + part - 1) / TEXTURE_PAGE;
             page++) {
            memory->written[page] = memory->writes;
        }
        address += part;
        from += part;
        size -= part;
    }
}

void texture_memory_read(const struct texture_memory *memory, uint32_t address, void *data,
                         size_t size)
{
    uint8_t *to = data;
    while (size > 0) {
        address &= memory->size - 1;
        size_t part = MIN(size, memory->size - address);
        memcpy(to, memory->bytes + address, part);
        address += part;
        to += part;
        size -= part;
    }
}

uint64_t texture_memory_written(const struct texture_memory *memory, uint32_t address, size_t size)
{
    if (size == 0) {
        return 0;
    }
    uint32_t pages = memory->size / TEXTURE_PAGE;
    uint32_t first = (address & (memory->size - 1)) / TEXTURE_PAGE;
    uint32_t last = ((address & (memory->size - 1)) + size - 1) / TEXTURE_PAGE;
    uint64_t latest = 0;
    for (uint32_t page = first; page <= last && page < first + pages; page++) {
        latest = MAX(latest, memory->written[page % pages]);
    }
    return latest;
}
