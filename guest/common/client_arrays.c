/* SPDX-License-Identifier: MIT */
#include "guest/common/client_arrays.h"

#include <stdlib.h>
#include <string.h>

/* What lies further apart than this may have unmapped memory between it. */
#define SMALLEST_PAGE 4096

/* The block that holds [address, address + bytes) of each element, a new one if there is none. */
static unsigned block_for(struct client_plan *plan, const uint8_t *address, uint32_t bytes,
                          GLsizei stride, uint32_t base, uint32_t count)
{
    for (unsigned i = 0; i < plan->blocks; i++) {
        struct client_block *block = &plan->block[i];
        if (block->array_stride != stride || block->base != base || block->count != count)
            continue;
        const uint8_t *low = address < block->source ? address : block->source;
        const uint8_t *end = block->source + block->bytes;
        const uint8_t *high = address + bytes > end ? address + bytes : end;
        if (high - low > stride)
            continue;
        block->source = low;
        block->bytes = (uint64_t)(high - low);
        return i;
    }
    plan->block[plan->blocks] = (struct client_block){
        .source = address,
        .bytes = bytes,
        .array_stride = stride,
        .base = base,
        .count = count,
    };
    return plan->blocks++;
}

/* From the bytes of one element to the whole block. */
static bool block_finish(struct client_plan *plan, struct client_block *block)
{
    uint64_t span = block->bytes;
    block->stride = (uint64_t)block->array_stride;
    if (block->array_stride >= SMALLEST_PAGE) {
        block->elements = block->count;
    } else {
        block->elements = 1;
        block->bytes = (uint64_t)(block->count - 1) * block->stride + span;
    }
    block->offset = plan->bytes;
    plan->bytes += (block->bytes * block->elements + 7) & ~UINT64_C(7);
    return plan->bytes <= INTPTR_MAX;
}

bool client_plan_make(struct client_plan *plan, const struct vertex_array_object *vao,
                      uint64_t mask, const struct client_draw *draw)
{
    uint8_t block_of[ARRAY_COUNT];
    const uint8_t *address_of[ARRAY_COUNT];
    uint64_t per_vertex_stride = 0;
    plan->arrays = plan->blocks = 0;
    plan->bytes = 0;
    for (; mask; mask &= mask - 1) {
        unsigned number = (unsigned)__builtin_ctzll(mask);
        const struct vertex_attrib *attrib = &vao->attribs[number];
        const struct vertex_binding *binding = &vao->bindings[attrib->binding];
        uint32_t bytes = vertex_element_bytes(attrib->size, attrib->type);
        uint32_t base = draw->first, count = draw->count;
        if (binding->divisor) {
            base = draw->base_instance;
            count = (draw->instances - 1) / binding->divisor + 1;
        } else if ((uint64_t)binding->stride > per_vertex_stride) {
            per_vertex_stride = (uint64_t)binding->stride;
        }
        if (!binding->stride) {
            base = 0;
            count = 1;
        }
        unsigned n = plan->arrays++;
        const uint8_t *address = NULL;
        if (binding->offset) {
            address = (const uint8_t *)binding->offset + attrib->relative_offset +
                      (uintptr_t)((uint64_t)base * (uint64_t)binding->stride);
            block_of[n] = (uint8_t)block_for(plan, address, bytes, binding->stride, base, count);
        }
        address_of[n] = address;
        plan->array[n] = (struct client_array_record){
            .array = number,
            .kind = attrib->kind,
            .size = (uint32_t)attrib->size,
            .type = attrib->type,
            .stride = (uint32_t)binding->stride,
            .base = address ? base : 0,
        };
    }
    plan->renumber = per_vertex_stride * draw->first > CLIENT_ARRAY_MAX_BASE_BYTES;
    for (unsigned i = 0; i < plan->blocks; i++) {
        if (!block_finish(plan, &plan->block[i]))
            return false;
    }
    for (unsigned i = 0; i < plan->arrays; i++) {
        struct client_array_record *array = &plan->array[i];
        if (!address_of[i])
            continue;
        const struct client_block *block = &plan->block[block_of[i]];
        array->offset = block->offset + (uint64_t)(address_of[i] - block->source);
        if (block->elements > 1)
            array->stride = (uint32_t)block->bytes;
        if (plan->renumber && !vao->bindings[vao->attribs[array->array].binding].divisor)
            array->base = 0;
    }
    return true;
}

static int by_first_vertex(const void *a, const void *b)
{
    const struct vertex_range *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

static uint64_t greatest_client_stride(const struct vertex_array_object *vao)
{
    uint64_t mask = vertex_arrays_in_client_memory(vao), greatest = 0;
    for (unsigned array = 0; array < ARRAY_COUNT; array++) {
        const struct vertex_binding *binding = &vao->bindings[vao->attribs[array].binding];
        if (mask >> array & 1 && binding->stride > 0 && (uint64_t)binding->stride > greatest)
            greatest = (uint64_t)binding->stride;
    }
    return greatest;
}

bool vertex_ranges_join(const struct vertex_array_object *vao, struct vertex_range *ranges,
                        size_t count, struct vertex_range *whole)
{
    const uint64_t stride = greatest_client_stride(vao);
    *whole = (struct vertex_range){0, -1};
    qsort(ranges, count, sizeof *ranges, by_first_vertex);
    for (size_t i = 0; i < count; i++) {
        const struct vertex_range *range = &ranges[i];
        if (range->last < range->first)
            continue;
        if (range->first < 0 || range->last >= UINT32_MAX)
            return false;
        if (whole->last < whole->first) {
            *whole = *range;
        } else if (range->first > whole->last + 1 &&
                   (uint64_t)(range->first - whole->last) * stride > SMALLEST_PAGE) {
            return false;
        } else if (range->last > whole->last) {
            whole->last = range->last;
        }
    }
    return whole->last >= whole->first;
}

void client_plan_copy(const struct client_plan *plan, uint8_t *to)
{
    for (unsigned i = 0; i < plan->blocks; i++) {
        const struct client_block *block = &plan->block[i];
        uint8_t *at = to + block->offset;
        const uint8_t *source = block->source;
        for (uint64_t n = 0; n < block->elements; n++) {
            memcpy(at, source, block->bytes);
            at += block->bytes;
            source += block->stride;
        }
    }
}
