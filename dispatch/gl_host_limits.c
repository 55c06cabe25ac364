/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far arrays reach into their buffers. Robust contexts check what the GPU reads; but drivers
 * read buffers with the CPU, unchecked, when a display list is compiled, for selection and feedback
 * and for glArrayElement.
 */
#include "dispatch/gl_host_arrays.h"
#include "dispatch/vertex_format.h"
#include "gl_host.h"

/* An enabled array, as the GL describes it. */
struct reach {
    GLint buffer, size, stride, divisor;
    GLenum type;
    uint64_t offset; /* bytes */
};

static uint64_t buffer_bytes(struct gl_decoder *d, GLuint buffer)
{
    GLint bytes = 0;
    GLint bound = gl_host_integer(d, GL_ARRAY_BUFFER_BINDING, 0);
    d->gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    d->gl->GetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, &bytes);
    d->gl->BindBuffer(GL_ARRAY_BUFFER, (GLuint)bound);
    return bytes > 0 ? (uint64_t)bytes : 0;
}

static GLint attrib_integer(struct gl_decoder *d, GLuint index, GLenum pname)
{
    GLint values[4] = {0};
    d->gl->GetVertexAttribiv(index, pname, values);
    return values[0];
}

static struct reach generic_reach(struct gl_decoder *d, GLuint index)
{
    struct reach reach = {
        .buffer = attrib_integer(d, index, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING),
        .size = attrib_integer(d, index, GL_VERTEX_ATTRIB_ARRAY_SIZE),
        .type = (GLenum)attrib_integer(d, index, GL_VERTEX_ATTRIB_ARRAY_TYPE),
    };
    if (d->gl->BindVertexBuffer) {
        GLuint binding = (GLuint)attrib_integer(d, index, GL_VERTEX_ATTRIB_BINDING);
        GLint64 offset = 0;
        d->gl->GetInteger64i_v(GL_VERTEX_BINDING_OFFSET, binding, &offset);
        d->gl->GetIntegeri_v(GL_VERTEX_BINDING_STRIDE, binding, &reach.stride);
        d->gl->GetIntegeri_v(GL_VERTEX_BINDING_DIVISOR, binding, &reach.divisor);
        reach.offset =
            (uint64_t)offset + (uint64_t)attrib_integer(d, index, GL_VERTEX_ATTRIB_RELATIVE_OFFSET);
        return reach;
    }
    void *pointer = NULL;
    d->gl->GetVertexAttribPointerv(index, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
    reach.offset = (uintptr_t)pointer;
    reach.stride = attrib_integer(d, index, GL_VERTEX_ATTRIB_ARRAY_STRIDE);
    if (reach.stride == 0) {
        reach.stride = (GLint)vertex_element_bytes(reach.size, reach.type);
    }
    if (d->gl->VertexAttribDivisor) {
        reach.divisor = attrib_integer(d, index, GL_VERTEX_ATTRIB_ARRAY_DIVISOR);
    }
    return reach;
}

static struct reach fixed_reach(struct gl_decoder *d, unsigned array)
{
    const struct gl_fixed_array *names = gl_fixed_array(array);
    void *pointer = NULL;
    d->gl->GetPointerv(names->pointer, &pointer);
    struct reach reach = {
        .buffer = gl_host_integer(d, names->buffer, 0),
        .size = names->size ? gl_host_integer(d, names->size, 4) : names->components,
        .type = names->type ? (GLenum)gl_host_integer(d, names->type, GL_DOUBLE) : GL_UNSIGNED_BYTE,
        .stride = gl_host_integer(d, names->stride, 0),
        .offset = (uintptr_t)pointer,
    };
    if (reach.stride == 0) {
        reach.stride = (GLint)vertex_element_bytes(reach.size, reach.type);
    }
    return reach;
}

/* What drivers take with the CPU: Mesa 22.3 takes packed numbers for as many doubles. */
static uint64_t element_bytes(const struct reach *reach)
{
    switch (reach->type) {
    case GL_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_10F_11F_11F_REV:
        return vertex_element_bytes(reach->size, GL_DOUBLE);
    default:
        return vertex_element_bytes(reach->size, reach->type);
    }
}

/* Takes one array into account. */
static void limit_by(struct gl_decoder *d, unsigned array)
{
    struct gl_host_state *h = d->host;
    struct reach reach =
        array >= ARRAY_GENERIC0 ? generic_reach(d, array - ARRAY_GENERIC0) : fixed_reach(d, array);
    uint64_t bytes = buffer_bytes(d, (GLuint)reach.buffer);
    uint64_t element = element_bytes(&reach);
    uint64_t limit = 0;
    if (element > 0 && reach.offset <= bytes && element <= bytes - reach.offset) {
        uint64_t space = bytes - reach.offset - element;
        limit = reach.stride > 0 ? space / (uint64_t)reach.stride + 1 : UINT64_MAX;
    }
    h->element_limit = MIN(h->element_limit, limit);
    if (reach.divisor == 0) {
        h->vertex_limit = MIN(h->vertex_limit, limit);
    } else if (limit < UINT32_MAX) {
        h->instance_limit = MIN(h->instance_limit, limit * (uint64_t)reach.divisor);
    }
}

/* No command has changed arrays or, in any context of the share group, buffers since. */
static bool limits_are_fresh(struct gl_decoder *d)
{
    return d->host->limits_known && !(d->dirty & (GL_TOUCH_ARRAYS | GL_TOUCH_BUFFERS)) &&
           d->host->limits_of == gl_storage_changes(&d->share->storage);
}

bool gl_host_fresh_limits(struct gl_decoder *d)
{
    struct gl_host_state *h = d->host;
    if (limits_are_fresh(d)) {
        return true;
    }
    if (!gl_host_fresh_arrays(d) || !gl_host_outside(d) || h->unsafe != 0) {
        return false;
    }
    h->limits_of = gl_storage_changes(&d->share->storage);
    h->element_limit = h->vertex_limit = h->instance_limit = UINT64_MAX;
    for (uint64_t left = h->enabled; left; left &= left - 1) {
        gl_host_with_unit(d, (unsigned)__builtin_ctzll(left), limit_by);
    }
    h->limits_known = true;
    d->dirty &= ~GL_TOUCH_BUFFERS;
    return true;
}

bool gl_host_reads_unchecked(const struct gl_decoder *d)
{
    return d->host->lists.compiling != 0 || d->host->render_mode != GL_RENDER;
}

bool gl_host_may_draw(struct gl_decoder *d, uint64_t last, uint64_t last_instance, bool moves)
{
    if (!gl_host_fresh_arrays(d) || d->host->unsafe != 0) {
        /* Core profiles draw with a vertex array object (section 10.4). */
        if (d->core_profile && d->host->vao == 0) {
            gl_decoder_set_error(d, GL_INVALID_OPERATION);
        }
        return false;
    }
    if (!moves || gl_host_reads_unchecked(d)) {
        gl_vertex_run_settle(d);
    }
    if (!gl_host_reads_unchecked(d)) {
        return true;
    }
    if (!gl_host_fresh_limits(d)) {
        return false;
    }
    const struct gl_host_state *h = d->host;
    /* Into a display list go elements of all arrays, whatever their divisors. */
    return h->lists.compiling != 0 ? last < h->element_limit
                                   : last < h->vertex_limit && last_instance < h->instance_limit;
}

void gl_host_prepare_elements(struct gl_decoder *d)
{
    if (d->begin != GL_BEGIN_INSIDE) {
        gl_host_fresh_limits(d);
    }
}

void gl_host_ArrayElement(struct gl_decoder *d, GLint i)
{
    const struct gl_host_state *h = d->host;
    gl_storage_read_begin(&d->share->storage);
    bool known = limits_are_fresh(d);
    if (!known && d->begin != GL_BEGIN_INSIDE) {
        known = gl_host_fresh_limits(d);
    }
    if (known && h->unsafe == 0 && i >= 0 && (uint64_t)i < h->element_limit) {
        d->gl->ArrayElement(i);
    }
    gl_storage_read_end(&d->share->storage);
}
