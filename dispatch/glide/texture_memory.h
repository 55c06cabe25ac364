/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory of one texture unit: bytes at addresses, and for each page of them when it was last
 * written, so that what was made from them can be told to be old.
 */
#ifndef TRIREME_DISPATCH_GLIDE_TEXTURE_MEMORY_H
#define TRIREME_DISPATCH_GLIDE_TEXTURE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXTURE_PAGE 1024u

struct texture_memory {
    uint8_t *bytes;
    uint32_t size;     /* a power of two, at least a page */
    uint64_t *written; /* of each page: the write's number */
    uint64_t writes;   /* so far */
};

/* False: there is not that much. */
bool texture_memory_init(struct texture_memory *memory, uint32_t size);
void texture_memory_finish(struct texture_memory *memory);
/* Addresses wrap at the memory's end. */
void texture_memory_write(struct texture_memory *memory, uint32_t address, const void *data,
                          size_t size);
void texture_memory_read(const struct texture_memory *memory, uint32_t address, void *data,
                         size_t size);
/* The number of the latest write to these bytes' pages. */
uint64_t texture_memory_written(const struct texture_memory *memory, uint32_t address, size_t size);

#endif
