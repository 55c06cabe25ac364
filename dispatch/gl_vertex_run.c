/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_vertex_run.h"

#include <string.h>

#include "dispatch/gl_host_arrays.h"
#include "dispatch/vertex_format.h"
#include "gl_host.h"

/* A run is as long as this at first, and longer each time that it was too short: layouts that
 * change with every draw must not use up the stream. */
#define LEAST_ROOM (UINT64_C(16) << 10)
#define MOST_ROOM (UINT64_C(256) << 10)

/* A region that the array may be part of, a new one if there is none. */
static unsigned region_for(struct vertex_layout *layout, const struct client_array_record *record,
                           uint64_t element)
{
    unsigned i;
    for (i = 0; i < layout->regions; i++) {
        struct vertex_region *region = &layout->region[i];
        uint64_t low = MIN(region->low, record->offset);
        uint64_t high = MAX(region->low + region->bytes, record->offset + element);
        if (region->stride == record->stride && high - low <= region->stride) {
            region->low = low;
            region->bytes = high - low;
            return i;
        }
    }
    layout->region[i] =
        (struct vertex_region){.low = record->offset, .bytes = element, .stride = record->stride};
    layout->regions++;
    return i;
}

/* Each region's bytes go up to where the next one's begin. */
static void find_ends(struct vertex_layout *layout, uint64_t bytes)
{
    for (unsigned i = 0; i < layout->regions; i++) {
        uint64_t end = bytes;
        for (unsigned n = 0; n < layout->regions; n++) {
            if (layout->region[n].low > layout->region[i].low) {
                end = MIN(end, layout->region[n].low);
            }
        }
        layout->region[i].bytes = end - layout->region[i].low;
    }
}

/* False: arrays that count differently, or that are none. */
static bool find_layout(struct vertex_layout *layout, const struct client_array_record *records,
                        unsigned count, uint64_t bytes)
{
    memset(layout, 0, sizeof *layout);
    for (unsigned i = 0; i < count; i++) {
        const struct client_array_record *record = &records[i];
        uint64_t element = vertex_element_bytes((GLint)record->size, record->type);
        if (i >= VERTEX_RUN_ARRAYS || record->array >= VERTEX_RUN_ARRAYS || record->stride == 0 ||
            element == 0 || record->base != records[0].base) {
            return false;
        }
        layout->region_of[i] = (uint8_t)region_for(layout, record, element);
    }
    layout->arrays = count;
    for (unsigned i = 0; i < count; i++) {
        layout->array[i] = records[i];
        layout->array[i].base = 0;
        layout->array[i].offset -= layout->region[layout->region_of[i]].low;
    }
    find_ends(layout, bytes);
    return count > 0;
}

static bool same_layout(const struct vertex_layout *one, const struct vertex_layout *other)
{
    bool same = one->arrays == other->arrays && one->regions == other->regions &&
                memcmp(one->array, other->array, one->arrays * sizeof one->array[0]) == 0 &&
                memcmp(one->region_of, other->region_of, one->arrays) == 0;
    for (unsigned i = 0; same && i < one->regions; i++) {
        same = one->region[i].stride == other->region[i].stride;
    }
    return same;
}

/* How many vertices' places the data take; padding may look like another one. */
static uint64_t count_vertices(const struct vertex_layout *layout)
{
    uint64_t vertices = 0;
    for (unsigned i = 0; i < layout->regions; i++) {
        const struct vertex_region *region = &layout->region[i];
        vertices = MAX(vertices, (region->bytes + region->stride - 1) / region->stride);
    }
    return vertices;
}

static bool counts_vertices(struct gl_decoder *d)
{
    bool pipelines =
        d->version >= 0x401 || gl_decoder_has_extension(d, "GL_ARB_separate_shader_objects");
    return (d->gl->UseProgram && gl_host_integer(d, GL_CURRENT_PROGRAM, 0) != 0) ||
           (pipelines && gl_host_integer(d, GL_PROGRAM_PIPELINE_BINDING, 0) != 0);
}

static void point(struct gl_decoder *d, int32_t shift)
{
    const struct vertex_layout *layout = &d->host->run.layout;
    struct client_array_record arrays[VERTEX_RUN_ARRAYS];
    for (unsigned i = 0; i < layout->arrays; i++) {
        const struct vertex_region *region = &layout->region[layout->region_of[i]];
        arrays[i] = layout->array[i];
        arrays[i].offset += region->place + (uint64_t)shift * region->stride;
    }
    gl_host_point_arrays(d, arrays, (GLsizei)layout->arrays, 0);
    d->host->limits_known = false;
}

/* Opens a run that begins with vertex `first` and has room for `vertices`. */
static bool open_run(struct gl_decoder *d, const struct vertex_layout *layout, uint64_t first,
                     uint64_t vertices)
{
    struct gl_vertex_run *run = &d->host->run;
    uint64_t strides = 0, lead = 0, bytes = 0;
    for (unsigned i = 0; i < layout->regions; i++) {
        strides += layout->region[i].stride;
        lead = MAX(lead, first * layout->region[i].stride);
    }
    run->room = CLAMP(run->room, LEAST_ROOM, MOST_ROOM);
    vertices = MAX(vertices, run->room / strides);
    for (unsigned i = 0; i < layout->regions; i++) {
        bytes += gl_stream_aligned(vertices * layout->region[i].stride);
    }
    uint64_t place = gl_stream_reserve(d, bytes, lead);
    if (place == UINT64_MAX) {
        return false;
    }
    run->layout = *layout;
    run->next = first;
    run->end = first + vertices;
    for (unsigned i = 0; i < layout->regions; i++) {
        struct vertex_region *region = &run->layout.region[i];
        region->place = place - first * region->stride;
        place += gl_stream_aligned(vertices * region->stride);
    }
    gl_host_attempt(d);
    point(d, 0);
    run->open = gl_host_succeeded(d);
    return run->open;
}

static bool write_vertices(struct gl_decoder *d, const struct vertex_layout *draw, uint64_t vertex,
                           const uint8_t *data)
{
    bool written = true;
    for (unsigned i = 0; written && i < draw->regions; i++) {
        const struct vertex_region *from = &draw->region[i], *to = &d->host->run.layout.region[i];
        written =
            gl_stream_write(d, to->place + vertex * to->stride, data + from->low, from->bytes);
    }
    return written;
}

/* Which vertex of the run the draw's first one becomes. A run stays above the number that the
 * program uses, so that the arrays never begin before the buffer. */
static bool find_place(struct gl_decoder *d, const struct vertex_layout *layout, uint64_t base,
                       uint64_t vertices, uint64_t *vertex)
{
    struct gl_vertex_run *run = &d->host->run;
    bool known = run->open && same_layout(&run->layout, layout);
    *vertex = MAX(run->next, base);
    if (known && *vertex + vertices <= run->end) {
        gl_stream_bind(d);
        return true;
    }
    run->open = false;
    run->room = known ? run->room * 4 : LEAST_ROOM;
    *vertex = base;
    return open_run(d, layout, base, vertices);
}

bool gl_vertex_run_add(struct gl_decoder *d, const struct client_array_record *records,
                       unsigned count, uint64_t touched, const struct gl_payload *data)
{
    struct gl_vertex_run *run = &d->host->run;
    struct vertex_layout layout;
    uint64_t vertex;
    if (!d->host->legacy || !d->gl->DrawElementsBaseVertex || !gl_host_fresh_arrays(d) ||
        (d->host->enabled & ~touched) != 0 || gl_host_reads_unchecked(d) || counts_vertices(d) ||
        !find_layout(&layout, records, count, data->bytes)) {
        gl_vertex_run_drop(d);
        return false;
    }
    uint64_t vertices = count_vertices(&layout);
    if (data->bytes > d->limits.max_payload_bytes || vertices > G_MAXINT32 / 2) {
        gl_vertex_run_drop(d);
        return false;
    }
    gl_decoder_mute(d);
    run->open = find_place(d, &layout, records[0].base, vertices, &vertex) &&
                write_vertices(d, &layout, vertex, data->data);
    gl_decoder_unmute(d);
    run->next = vertex + vertices;
    run->shift = (int32_t)(vertex - records[0].base);
    return run->open;
}

int32_t gl_vertex_run_shift(const struct gl_decoder *d)
{
    return d->host->run.open ? d->host->run.shift : 0;
}

void gl_vertex_run_settle(struct gl_decoder *d)
{
    if (gl_vertex_run_shift(d) == 0) {
        return;
    }
    GLuint bound = (GLuint)gl_host_integer(d, GL_ARRAY_BUFFER_BINDING, 0);
    gl_decoder_mute(d);
    gl_stream_bind(d);
    point(d, d->host->run.shift);
    d->gl->BindBuffer(GL_ARRAY_BUFFER, bound);
    gl_decoder_unmute(d);
    gl_vertex_run_drop(d);
}

void gl_vertex_run_drop(struct gl_decoder *d)
{
    d->host->run.open = false;
    d->host->run.room = LEAST_ROOM;
}
