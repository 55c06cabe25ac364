/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws. One takes place if its arrays and its indices lie where the GL may read them; what the GL
 * will refuse anyway (a negative count, a mode that does not exist) goes to it for its error.
 */
#include <string.h>

#include "dispatch/gl_call.h"
#include "dispatch/gl_host_arrays.h"
#include "dispatch/vertex_format.h"
#include "gl_host.h"

/* Between glBegin and glEnd draws are errors. */
static bool outside(struct gl_decoder *d)
{
    if (gl_host_outside(d)) {
        return true;
    }
    gl_decoder_set_error(d, GL_INVALID_OPERATION);
    return false;
}

/* Nothing is drawn, or an error. But drivers that read with the CPU map the buffers even so. */
static bool none(struct gl_decoder *d, GLsizei count, GLsizei instances)
{
    return count < 0 || instances < 0 ||
           ((count == 0 || instances == 0) && !gl_host_reads_unchecked(d));
}

/* The last of `count` that begin at `first`, with none as with one. */
static uint64_t last_of(uint64_t first, GLsizei count)
{
    return count > 0 ? first + (uint64_t)count - 1 : first;
}

/* A vertex's number as the arrays count. */
static GLint moved(const struct gl_decoder *d, GLint vertex)
{
    return (GLint)((GLuint)vertex + (GLuint)gl_vertex_run_shift(d));
}

static bool may_draw_arrays(struct gl_decoder *d, GLint first, GLsizei count, GLsizei instances,
                            GLuint base_instance, bool moves)
{
    if (!outside(d)) {
        return false;
    }
    if (first < 0 && gl_host_reads_unchecked(d)) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return false;
    }
    if (first < 0 || none(d, count, instances)) {
        return true;
    }
    return gl_host_may_draw(d, last_of((uint64_t)first, count), last_of(base_instance, instances),
                            moves);
}

void gl_host_DrawArrays(struct gl_decoder *d, GLenum mode, GLint first, GLsizei count)
{
    if (may_draw_arrays(d, first, count, 1, 0, true)) {
        d->gl->DrawArrays(mode, first < 0 ? first : moved(d, first), count);
    }
}

void gl_host_DrawArraysInstanced(struct gl_decoder *d, GLenum mode, GLint first, GLsizei count,
                                 GLsizei instances)
{
    if (may_draw_arrays(d, first, count, instances, 0, false)) {
        d->gl->DrawArraysInstanced(mode, first, count, instances);
    }
}

void gl_host_DrawArraysInstancedBaseInstance(struct gl_decoder *d, GLenum mode, GLint first,
                                             GLsizei count, GLsizei instances, GLuint base_instance)
{
    if (may_draw_arrays(d, first, count, instances, base_instance, false)) {
        d->gl->DrawArraysInstancedBaseInstance(mode, first, count, instances, base_instance);
    }
}

void gl_host_MultiDrawArrays(struct gl_decoder *d, GLenum mode, struct gl_payload first,
                             struct gl_payload count, GLsizei draws)
{
    uint64_t last = 0;
    const GLint *firsts = first.data;
    const GLsizei *counts = count.data;
    if (!outside(d)) {
        return;
    }
    if (draws > 0 && (!firsts || !counts)) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    for (GLsizei i = 0; i < draws; i++) {
        last = MAX(last, firsts[i] < 0 ? UINT64_MAX : last_of((uint64_t)firsts[i], counts[i]));
    }
    if (draws <= 0 || gl_host_may_draw(d, last, 0, false)) {
        d->gl->MultiDrawArrays(mode, firsts, counts, draws);
    }
}

/* The greatest vertex that indices in client memory name, for a display list. */
static uint64_t last_vertex(struct gl_decoder *d, const void *indices, GLenum type, GLsizei count,
                            GLint base_vertex)
{
    bool fixed = false, restart = false;
    uint32_t restart_index = 0;
    if (d->version >= 0x403) {
        fixed = d->gl->IsEnabled(GL_PRIMITIVE_RESTART_FIXED_INDEX);
    }
    if (d->version >= 0x301) {
        restart = d->gl->IsEnabled(GL_PRIMITIVE_RESTART);
        restart_index = (uint32_t)gl_host_integer(d, GL_PRIMITIVE_RESTART_INDEX, 0);
    }
    if (fixed) {
        restart_index = (uint32_t)((UINT64_C(1) << index_bytes(type) * 8) - 1);
    }
    struct index_range range =
        index_scan(indices, type, (size_t)count, fixed || restart, restart_index);
    int64_t last = (int64_t)range.max + base_vertex;
    int64_t least = (int64_t)range.min + base_vertex;
    return !range.any ? 0 : least < 0 ? UINT64_MAX : (uint64_t)last;
}

/* The indices where the CPU can read them; NULL: they are not all there. */
static const void *readable_indices(struct gl_decoder *d, const struct gl_payload *indices,
                                    uint64_t bytes)
{
    GLint size = 0;
    if (indices->kind == GL_PAYLOAD_DATA) {
        return indices->data;
    }
    d->gl->GetBufferParameteriv(GL_ELEMENT_ARRAY_BUFFER, GL_BUFFER_SIZE, &size);
    if (size < 0 || indices->offset > (uint64_t)size || bytes > (uint64_t)size - indices->offset) {
        return NULL;
    }
    void *copy = gl_decoder_scratch(d, bytes);
    if (copy) {
        d->gl->GetBufferSubData(GL_ELEMENT_ARRAY_BUFFER, (GLintptr)indices->offset,
                                (GLsizeiptr)bytes, copy);
    }
    return copy;
}

/*
 * Whether a draw with indices may take place, and the pointer to hand to the GL: private memory,
 * or an offset if and only if a buffer is bound.
 */
static bool may_draw_elements(struct gl_decoder *d, GLsizei count, GLenum type,
                              const struct gl_payload *indices, GLsizei instances,
                              GLint base_vertex, GLuint base_instance, bool moves,
                              const void **pointer)
{
    *pointer = NULL;
    if (!outside(d)) {
        return false;
    }
    if (none(d, count, instances) || index_bytes(type) == 0) {
        return true;
    }
    uint64_t bytes = gl_bytes(count, index_bytes(type));
    bool bound = d->gl->BindBuffer && gl_host_integer(d, GL_ELEMENT_ARRAY_BUFFER_BINDING, 0);
    struct gl_payload zeros = {.kind = GL_PAYLOAD_DATA, .bytes = bytes};
    if (indices->kind == GL_PAYLOAD_NULL && !bound) {
        /* The GL may find an error in the mode, but must not follow NULL. */
        zeros.data = gl_decoder_scratch(d, bytes);
        if (!zeros.data) {
            return false;
        }
        indices = &zeros;
    }
    if (indices->kind == GL_PAYLOAD_DATA ? bound : !bound) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (indices->kind == GL_PAYLOAD_DATA && indices->bytes < bytes) {
        gl_decoder_break(d, "%d indices in %" G_GUINT64_FORMAT " bytes", count, indices->bytes);
        return false;
    }
    *pointer =
        indices->kind == GL_PAYLOAD_DATA ? indices->data : (const void *)(uintptr_t)indices->offset;
    uint64_t last = 0;
    if (gl_host_reads_unchecked(d)) {
        const void *readable = readable_indices(d, indices, bytes);
        if (!readable) {
            return false;
        }
        last = last_vertex(d, readable, type, count, base_vertex);
    }
    return gl_host_may_draw(d, last, last_of(base_instance, instances), moves);
}

void gl_host_DrawElements(struct gl_decoder *d, GLenum mode, GLsizei count, GLenum type,
                          struct gl_payload indices)
{
    const void *pointer;
    if (!may_draw_elements(d, count, type, &indices, 1, 0, 0, true, &pointer)) {
        return;
    }
    if (moved(d, 0) != 0) {
        d->gl->DrawElementsBaseVertex(mode, count, type, pointer, moved(d, 0));
    } else {
        d->gl->DrawElements(mode, count, type, pointer);
    }
}

void gl_host_DrawElementsBaseVertex(struct gl_decoder *d, GLenum mode, GLsizei count, GLenum type,
                                    struct gl_payload indices, GLint base_vertex)
{
    const void *pointer;
    if (may_draw_elements(d, count, type, &indices, 1, base_vertex, 0, true, &pointer)) {
        d->gl->DrawElementsBaseVertex(mode, count, type, pointer, moved(d, base_vertex));
    }
}

void gl_host_DrawElementsInstanced(struct gl_decoder *d, GLenum mode, GLsizei count, GLenum type,
                                   struct gl_payload indices, GLsizei instances)
{
    const void *pointer;
    if (may_draw_elements(d, count, type, &indices, instances, 0, 0, false, &pointer)) {
        d->gl->DrawElementsInstanced(mode, count, type, pointer, instances);
    }
}

void gl_host_DrawElementsInstancedBaseVertex(struct gl_decoder *d, GLenum mode, GLsizei count,
                                             GLenum type, struct gl_payload indices,
                                             GLsizei instances, GLint base_vertex)
{
    const void *pointer;
    if (may_draw_elements(d, count, type, &indices, instances, base_vertex, 0, false, &pointer)) {
        d->gl->DrawElementsInstancedBaseVertex(mode, count, type, pointer, instances, base_vertex);
    }
}

void gl_host_DrawElementsInstancedBaseVertexBaseInstance(struct gl_decoder *d, GLenum mode,
                                                         GLsizei count, GLenum type,
                                                         struct gl_payload indices,
                                                         GLsizei instances, GLint base_vertex,
                                                         GLuint base_instance)
{
    const void *pointer;
    if (may_draw_elements(d, count, type, &indices, instances, base_vertex, base_instance, false,
                          &pointer)) {
        d->gl->DrawElementsInstancedBaseVertexBaseInstance(mode, count, type, pointer, instances,
                                                           base_vertex, base_instance);
    }
}

/* One draw's indices: at an offset into the bound buffer, or into those of all draws together. */
static struct gl_payload indices_at(const struct gl_payload *all, uint64_t offset)
{
    if (all->kind != GL_PAYLOAD_DATA) {
        return gl_payload_offset(offset);
    }
    offset = MIN(offset, all->bytes);
    return gl_payload_data((const uint8_t *)all->data + offset, all->bytes - offset);
}

void gl_host_TriremeMultiDrawElements(struct gl_decoder *d, GLenum mode, GLenum type, GLsizei draws,
                                      struct gl_payload counts, struct gl_payload offsets,
                                      struct gl_payload base_vertices, struct gl_payload all)
{
    const GLsizei *count = counts.data;
    const GLuint64 *offset = offsets.data;
    const GLint *base = base_vertices.data;
    const void *pointer;
    if (draws <= 0 || !count || !offset || !d->gl->MultiDrawElements ||
        (base && !d->gl->MultiDrawElementsBaseVertex)) {
        gl_decoder_set_error(d, draws < 0 ? GL_INVALID_VALUE : GL_INVALID_OPERATION);
        return;
    }
    const void **pointers = gl_decoder_scratch(d, (uint64_t)draws * sizeof *pointers);
    for (GLsizei i = 0; pointers && i < draws; i++) {
        const struct gl_payload indices = indices_at(&all, offset[i]);
        if (!may_draw_elements(d, count[i], type, &indices, 1, base ? base[i] : 0, 0, false,
                               &pointer)) {
            return;
        }
        /* Of an empty draw too: some GLs draw nothing if any of them is NULL. */
        pointers[i] = indices.kind == GL_PAYLOAD_DATA ? indices.data
                                                      : (const void *)(uintptr_t)indices.offset;
    }
    if (!pointers) {
        return;
    }
    if (base) {
        d->gl->MultiDrawElementsBaseVertex(mode, count, type, pointers, draws, base);
    } else {
        d->gl->MultiDrawElements(mode, count, type, pointers, draws);
    }
}

/* Draws whose arguments lie in a buffer. The GL checks that they do. */
static bool may_draw_indirect(struct gl_decoder *d, const struct gl_payload *indirect,
                              const void **pointer)
{
    *pointer = (const void *)(uintptr_t)indirect->offset;
    if (!outside(d) || !gl_host_may_draw(d, 0, 0, false)) {
        return false;
    }
    if (indirect->kind == GL_PAYLOAD_DATA || !gl_call_adds_up((int64_t)indirect->offset) ||
        gl_host_integer(d, GL_DRAW_INDIRECT_BUFFER_BINDING, 0) == 0 || gl_host_reads_unchecked(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    return true;
}

void gl_host_DrawArraysIndirect(struct gl_decoder *d, GLenum mode, struct gl_payload indirect)
{
    const void *pointer;
    if (may_draw_indirect(d, &indirect, &pointer)) {
        d->gl->DrawArraysIndirect(mode, pointer);
    }
}

void gl_host_DrawElementsIndirect(struct gl_decoder *d, GLenum mode, GLenum type,
                                  struct gl_payload indirect)
{
    const void *pointer;
    if (may_draw_indirect(d, &indirect, &pointer)) {
        d->gl->DrawElementsIndirect(mode, type, pointer);
    }
}

void gl_host_MultiDrawArraysIndirect(struct gl_decoder *d, GLenum mode, struct gl_payload indirect,
                                     GLsizei draws, GLsizei stride)
{
    const void *pointer;
    if (may_draw_indirect(d, &indirect, &pointer)) {
        d->gl->MultiDrawArraysIndirect(mode, pointer, draws, stride);
    }
}

void gl_host_MultiDrawElementsIndirect(struct gl_decoder *d, GLenum mode, GLenum type,
                                       struct gl_payload indirect, GLsizei draws, GLsizei stride)
{
    const void *pointer;
    if (may_draw_indirect(d, &indirect, &pointer)) {
        d->gl->MultiDrawElementsIndirect(mode, type, pointer, draws, stride);
    }
}

/* Draws whose count comes from transform feedback. */
static bool may_draw_feedback(struct gl_decoder *d)
{
    return outside(d) && gl_host_may_draw(d, UINT32_MAX, 0, false);
}

void gl_host_DrawTransformFeedback(struct gl_decoder *d, GLenum mode, GLuint id)
{
    if (may_draw_feedback(d)) {
        d->gl->DrawTransformFeedback(mode, id);
    }
}

void gl_host_DrawTransformFeedbackStream(struct gl_decoder *d, GLenum mode, GLuint id,
                                         GLuint stream)
{
    if (may_draw_feedback(d)) {
        d->gl->DrawTransformFeedbackStream(mode, id, stream);
    }
}

void gl_host_DrawTransformFeedbackInstanced(struct gl_decoder *d, GLenum mode, GLuint id,
                                            GLsizei instances)
{
    if (may_draw_feedback(d)) {
        d->gl->DrawTransformFeedbackInstanced(mode, id, instances);
    }
}

void gl_host_DrawTransformFeedbackStreamInstanced(struct gl_decoder *d, GLenum mode, GLuint id,
                                                  GLuint stream, GLsizei instances)
{
    if (may_draw_feedback(d)) {
        d->gl->DrawTransformFeedbackStreamInstanced(mode, id, stream, instances);
    }
}
