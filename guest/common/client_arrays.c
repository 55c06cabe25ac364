/* SPDX-License-Identifier: MIT */
#include "guest/common/client_arrays.h"

#include <string.h>

/* The block that holds [address, address + bytes) of each element, a new one if there is none. */
static unsigned block_for(struct client_plan *plan, const uint8_t *address, uint32_t bytes,
                          const struct client_block *like)
{
    for (unsigned i = 0; i < plan->blocks; i++) {
        struct client_block *block = &plan->block[i];
        if (block->stride != like->stride || block->base != like->base ||
            block->count != like->count || block->runs != like->runs)
            continue;
        const uint8_t *low = address < block->source ? address : block->source;
        const uint8_t *end = block->source + block->element;
        const uint8_t *high = address + bytes > end ? address + bytes : end;
        if ((uint64_t)(high - low) > like->stride)
            continue;
        block->source = low;
        block->element = (uint64_t)(high - low);
        return i;
    }
    struct client_block *block = &plan->block[plan->blocks];
    *block = *like;
    block->source = address;
    block->element = bytes;
    return plan->blocks++;
}

/* Gives the block its place in the data. */
static bool block_finish(struct client_plan *plan, struct client_block *block)
{
    block->packed_stride = block->stride >= SMALLEST_PAGE ? block->element : block->stride;
    block->bytes = (block->count - 1) * block->packed_stride + block->element;
    block->offset = plan->bytes;
    plan->bytes += (block->bytes + 7) & ~UINT64_C(7);
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
        struct client_block like = {.stride = (uint64_t)binding->stride,
                                    .base = draw->first,
                                    .count = draw->count,
                                    .runs = draw->runs};
        if (binding->divisor) {
            like.base = draw->base_instance;
            like.count = (draw->instances - 1) / binding->divisor + 1;
            like.runs = NULL;
        } else if (like.stride > per_vertex_stride) {
            per_vertex_stride = like.stride;
        }
        if (!binding->stride) {
            like.base = 0;
            like.count = 1;
            like.runs = NULL;
        }
        unsigned n = plan->arrays++;
        const uint8_t *address = NULL;
        if (binding->offset) {
            address = (const uint8_t *)binding->offset + attrib->relative_offset +
                      (uintptr_t)(like.base * like.stride);
            block_of[n] = (uint8_t)block_for(plan, address, bytes, &like);
        }
        address_of[n] = address;
        plan->array[n] = (struct client_array_record){
            .array = number,
            .kind = attrib->kind,
            .size = (uint32_t)attrib->size,
            .type = attrib->type,
            .stride = (uint32_t)binding->stride,
            .base = address ? like.base : 0,
        };
    }
    plan->renumber = draw->runs || per_vertex_stride * draw->first > CLIENT_ARRAY_MAX_BASE_BYTES;
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
        if (block->count > 1)
            array->stride = (uint32_t)block->packed_stride;
        if (plan->renumber && !vao->bindings[vao->attribs[array->array].binding].divisor)
            array->base = 0;
    }
    return true;
}

/* One range of a block's elements. Returns where the next one goes. */
static uint8_t *copy_elements(const struct client_block *block, const uint8_t *source,
                              uint64_t count, uint8_t *to)
{
    if (block->packed_stride == block->stride) {
        memcpy(to, source, (count - 1) * block->stride + block->element);
        return to + count * block->stride;
    }
    for (uint64_t n = 0; n < count; n++, source += block->stride, to += block->packed_stride)
        memcpy(to, source, block->element);
    return to;
}

void client_plan_copy(const struct client_plan *plan, uint8_t *to)
{
    for (unsigned i = 0; i < plan->blocks; i++) {
        const struct client_block *block = &plan->block[i];
        const struct vertex_runs *runs = block->runs;
        uint8_t *at = to + block->offset;
        if (!runs)
            copy_elements(block, block->source, block->count, at);
        for (size_t n = 0; runs && n < runs->ranges; n++) {
            const struct vertex_range *range = &runs->range[n];
            const uint64_t from = (uint64_t)(range->first - block->base);
            at = copy_elements(block, block->source + from * block->stride,
                               (uint64_t)(range->last - range->first + 1), at);
        }
    }
}
