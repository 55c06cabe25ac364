/* SPDX-License-Identifier: MIT */
#include "guest/common/vertex_ranges.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/vertex_format.h"

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

bool vertex_range_is_dense(const struct vertex_array_object *vao, const struct vertex_range *range,
                           size_t indices)
{
    const uint64_t between = (uint64_t)(range->last - range->first);
    return between < indices || between * greatest_client_stride(vao) <= SMALLEST_PAGE;
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

static uint32_t vertex_at(const struct index_list *list, size_t i)
{
    uint32_t index = 0;
    memcpy(&index, (const uint8_t *)list->indices + i * index_bytes(list->type),
           index_bytes(list->type)); /* guests are little-endian */
    return index;
}

static bool names_vertex(const struct index_list *list, uint32_t index)
{
    return !list->restart || index != list->restart_index;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

bool vertex_runs_find(struct vertex_runs *runs, const struct vertex_array_object *vao,
                      const struct index_list *list, GLint base_vertex)
{
    const uint64_t stride = greatest_client_stride(vao);
    uint32_t *sorted = malloc(list->count * sizeof *sorted);
    size_t named = 0;
    *runs = (struct vertex_runs){.range = malloc(list->count * sizeof *runs->range),
                                 .number = malloc(list->count * sizeof *runs->number)};
    const bool memory = sorted && runs->range && runs->number;
    for (size_t i = 0; memory && i < list->count; i++) {
        sorted[named] = vertex_at(list, i);
        named += names_vertex(list, sorted[named]);
    }
    if (named > 0)
        qsort(sorted, named, sizeof *sorted, by_number);
    for (size_t i = 0; i < named; i++) {
        const int64_t vertex = (int64_t)sorted[i] + base_vertex;
        if (i == 0 || (uint64_t)(sorted[i] - sorted[i - 1]) * stride > SMALLEST_PAGE)
            runs->range[runs->ranges++].first = vertex;
        runs->range[runs->ranges - 1].last = vertex;
    }
    for (size_t i = 0; i < runs->ranges; i++) {
        runs->number[i] = runs->vertices;
        runs->vertices += (uint32_t)(runs->range[i].last - runs->range[i].first + 1);
    }
    free(sorted);
    /* The restart index stays what it is, and no vertex may get its number. */
    if (runs->ranges > 1 && !(list->restart && list->restart_index < runs->vertices))
        return true;
    vertex_runs_finish(runs);
    return false;
}

void vertex_runs_finish(struct vertex_runs *runs)
{
    free(runs->range);
    free(runs->number);
}

/* The number of a vertex that is in one of the runs. */
static uint32_t number_of(const struct vertex_runs *runs, int64_t vertex)
{
    size_t low = 0, high = runs->ranges - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (runs->range[middle].last < vertex)
            low = middle + 1;
        else
            high = middle;
    }
    return runs->number[low] + (uint32_t)(vertex - runs->range[low].first);
}

void vertex_runs_renumber(const struct vertex_runs *runs, const struct index_list *list,
                          GLint base_vertex, void *to)
{
    const size_t bytes = index_bytes(list->type);
    for (size_t i = 0; i < list->count; i++) {
        uint32_t index = vertex_at(list, i);
        if (names_vertex(list, index))
            index = number_of(runs, (int64_t)index + base_vertex);
        memcpy((uint8_t *)to + i * bytes, &index, bytes);
    }
}
