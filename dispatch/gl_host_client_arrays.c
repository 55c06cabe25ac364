/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vertex data out of the guest's memory: into the stream buffer, and the arrays are pointed there.
 */
#include <string.h>

#include "dispatch/gl_host_arrays.h"
#include "gl_host.h"
#include "ring/shared_memory.h"

/* Points a fixed-function array into the bound buffer. */
static void point_fixed(struct gl_decoder *d, const struct client_array_record *array,
                        const void *pointer)
{
    GLint size = (GLint)array->size;
    GLsizei stride = (GLsizei)array->stride;
    switch (array->array) {
    case ARRAY_VERTEX:
        d->gl->VertexPointer(size, array->type, stride, pointer);
        break;
    case ARRAY_NORMAL:
        d->gl->NormalPointer(array->type, stride, pointer);
        break;
    case ARRAY_COLOR:
        d->gl->ColorPointer(size, array->type, stride, pointer);
        break;
    case ARRAY_INDEX:
        d->gl->IndexPointer(array->type, stride, pointer);
        break;
    case ARRAY_EDGE_FLAG:
        d->gl->EdgeFlagPointer(stride, pointer);
        break;
    case ARRAY_SECONDARY_COLOR:
        d->gl->SecondaryColorPointer(size, array->type, stride, pointer);
        break;
    case ARRAY_FOG_COORD:
        d->gl->FogCoordPointer(array->type, stride, pointer);
        break;
    }
}

static void point_texcoord(struct gl_decoder *d, const struct client_array_record *array,
                           const void *pointer)
{
    GLenum unit = GL_TEXTURE0 + array->array - ARRAY_TEXCOORD0;
    GLenum active = d->gl->ClientActiveTexture
                        ? (GLenum)gl_host_integer(d, GL_CLIENT_ACTIVE_TEXTURE, GL_TEXTURE0)
                        : GL_TEXTURE0;
    if (unit != active) {
        if (!d->gl->ClientActiveTexture) {
            return;
        }
        d->gl->ClientActiveTexture(unit);
    }
    d->gl->TexCoordPointer((GLint)array->size, array->type, (GLsizei)array->stride, pointer);
    if (unit != active) {
        d->gl->ClientActiveTexture(active);
    }
}

static void point_generic(struct gl_decoder *d, const struct client_array_record *array,
                          const void *pointer)
{
    GLuint index = array->array - ARRAY_GENERIC0;
    GLint size = (GLint)array->size;
    GLsizei stride = (GLsizei)array->stride;
    if (array->kind == ARRAY_KIND_INTEGER && d->gl->VertexAttribIPointer) {
        d->gl->VertexAttribIPointer(index, size, array->type, stride, pointer);
    } else if (array->kind == ARRAY_KIND_DOUBLE && d->gl->VertexAttribLPointer) {
        d->gl->VertexAttribLPointer(index, size, array->type, stride, pointer);
    } else if (d->gl->VertexAttribPointer) {
        d->gl->VertexAttribPointer(index, size, array->type, array->kind == ARRAY_KIND_NORMALIZED,
                                   stride, pointer);
    }
}

/* How far behind the buffer's start the data must lie, so that element 0 does not lie before it;
 * UINT64_MAX: that is too much. */
static uint64_t needed_lead(const struct client_array_record *arrays, GLsizei count)
{
    uint64_t lead = 0;
    for (GLsizei i = 0; i < count; i++) {
        uint64_t before = (uint64_t)arrays[i].base * arrays[i].stride;
        if (before > CLIENT_ARRAY_MAX_BASE_BYTES + arrays[i].offset) {
            return UINT64_MAX;
        }
        if (before > arrays[i].offset) {
            lead = MAX(lead, before - arrays[i].offset);
        }
    }
    return lead;
}

void gl_host_point_arrays(struct gl_decoder *d, const struct client_array_record *arrays,
                          GLsizei count, uint64_t place)
{
    for (GLsizei i = 0; i < count; i++) {
        const struct client_array_record *array = &arrays[i];
        uint64_t at = place + array->offset - (uint64_t)array->base * array->stride;
        const void *pointer = (const void *)(uintptr_t)at;
        if (array->array >= ARRAY_GENERIC0) {
            point_generic(d, array, pointer);
        } else if (!d->host->legacy) {
            continue;
        } else if (array->array >= ARRAY_TEXCOORD0) {
            point_texcoord(d, array, pointer);
        } else {
            point_fixed(d, array, pointer);
        }
    }
}

/* The arrays, pointed to this draw's data. */
static void put_and_point(struct gl_decoder *d, const struct client_array_record *arrays,
                          GLsizei count, uint64_t touched, const struct gl_payload *data)
{
    uint64_t place = gl_stream_put(d, data->data, data->bytes, needed_lead(arrays, count));
    if (place == UINT64_MAX) {
        return;
    }
    gl_host_attempt(d);
    gl_host_point_arrays(d, arrays, count, place);
    if (gl_host_succeeded(d)) {
        d->host->unsafe &= ~touched;
        d->host->limits_known = false;
    } else {
        d->dirty |= GL_TOUCH_ARRAYS;
    }
}

void gl_host_TriremeClientArrays(struct gl_decoder *d, GLsizei count, struct gl_payload records,
                                 struct gl_payload data)
{
    struct client_array_record arrays[ARRAY_COUNT];
    uint64_t touched = 0;
    if (count < 0 || count > ARRAY_COUNT || records.kind != GL_PAYLOAD_DATA ||
        records.bytes < (uint64_t)count * sizeof arrays[0] || data.kind != GL_PAYLOAD_DATA) {
        gl_decoder_break(d, "%d arrays in %" G_GUINT64_FORMAT " bytes", count, records.bytes);
        return;
    }
    /* The payloads lie in shared memory; the data may change, the descriptions not. */
    ring_copy_once((uint8_t *)arrays, records.data, (size_t)count * sizeof arrays[0]);
    for (GLsizei i = 0; i < count; i++) {
        if (arrays[i].array >= ARRAY_COUNT || arrays[i].stride > G_MAXINT ||
            arrays[i].offset > data.bytes) {
            gl_decoder_break(d, "array %u at %" G_GUINT64_FORMAT, arrays[i].array,
                             arrays[i].offset);
            return;
        }
        touched |= UINT64_C(1) << arrays[i].array;
    }
    if (!gl_host_outside(d) || !d->gl->BindBuffer || needed_lead(arrays, count) == UINT64_MAX) {
        return; /* the draw will not find its arrays, and not take place */
    }
    GLuint bound = (GLuint)gl_host_integer(d, GL_ARRAY_BUFFER_BINDING, 0);
    if (gl_vertex_run_add(d, arrays, (unsigned)count, touched, &data)) {
        d->host->unsafe &= ~touched;
    } else {
        put_and_point(d, arrays, count, touched, &data);
    }
    d->gl->BindBuffer(GL_ARRAY_BUFFER, bound);
}
