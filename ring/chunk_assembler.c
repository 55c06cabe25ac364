/* SPDX-License-Identifier: MIT */
#include "chunk_assembler.h"

#include <stdlib.h>
#include <string.h>

#include "shared_memory.h"

/* A buffer of up to this many bytes is kept for the next upload. */
#define KEPT_CAPACITY (16u << 20)

void chunk_assembler_init(struct chunk_assembler *assembler, uint64_t limit)
{
    memset(assembler, 0, sizeof *assembler);
    assembler->limit = limit < SIZE_MAX ? limit : SIZE_MAX;
}

void chunk_assembler_finish(struct chunk_assembler *assembler)
{
    free(assembler->bytes);
    memset(assembler, 0, sizeof *assembler);
}

/* The first CHUNK of a series. */
static const char *begin(struct chunk_assembler *assembler, uint64_t total)
{
    if (total == 0) {
        return "chunk: the total is 0";
    }
    if (total > assembler->limit) {
        return "chunk: the total is beyond the context's limit";
    }
    if (total > assembler->capacity) {
        free(assembler->bytes);
        assembler->capacity = 0;
        assembler->bytes = malloc((size_t)total);
        if (!assembler->bytes) {
            return "chunk: out of memory";
        }
        assembler->capacity = total;
    }
    assembler->total = total;
    return NULL;
}

const char *chunk_assembler_feed(struct chunk_assembler *assembler, struct trireme_record header,
                                 const uint8_t *record)
{
    struct trireme_chunk chunk;
    uint32_t record_bytes = header.units * TRIREME_RECORD_UNIT;
    if (record_bytes < sizeof chunk) {
        return "chunk: the record is too short";
    }
    ring_copy_once(&chunk, record, sizeof chunk);
    if (chunk.bytes == 0 || chunk.bytes > record_bytes - sizeof chunk) {
        return "chunk: its bytes are not in the record";
    }
    if (chunk.offset != assembler->received) {
        return "chunk: out of order";
    }
    if (assembler->received == 0) {
        const char *wrong = begin(assembler, chunk.total);
        if (wrong) {
            return wrong;
        }
    } else if (chunk.total != assembler->total) {
        return "chunk: the total changed";
    }
    if (chunk.bytes > assembler->total - assembler->received) {
        return "chunk: more bytes than the total";
    }
    memcpy(assembler->bytes + assembler->received, record + sizeof chunk, chunk.bytes);
    assembler->received += chunk.bytes;
    return NULL;
}

bool chunk_assembler_complete(const struct chunk_assembler *assembler)
{
    return assembler->total > 0 && assembler->received == assembler->total;
}

void chunk_assembler_reset(struct chunk_assembler *assembler)
{
    assembler->total = assembler->received = 0;
    if (assembler->capacity > KEPT_CAPACITY) {
        free(assembler->bytes);
        assembler->bytes = NULL;
        assembler->capacity = 0;
    }
}
