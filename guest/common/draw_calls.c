/* SPDX-License-Identifier: MIT */
/*
 * Draws. Arrays in the program's memory travel just before the draw, in a TriremeClientArrays
 * record; indices in the program's memory travel in the draw itself. Without either, a draw is one
 * small record.
 */
#include "dispatch/vertex_format.h"
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/array_element.h"
#include "guest/common/client_arrays.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <stdlib.h>
#include <string.h>

/* The record's fixed part: GLsizei count, then the references of records and data. */
#define CLIENT_ARRAYS_FIXED 24

/* Blocks that lie apart in the program's memory are copied together first. */
static struct gl_payload gathered(struct gl_state *state, const struct client_plan *plan)
{
    uint8_t *bytes = gl_state_scratch(state, plan->bytes);
    if (bytes)
        client_plan_copy(plan, bytes);
    return gl_payload_data(bytes, bytes ? plan->bytes : 0);
}

/*
 * Sends the arrays in `mask`. The blocks go into the record as payloads of their own: each is
 * padded to 8 bytes, just as the plan's offsets count them, so that to the host they are one.
 */
static void send_arrays(struct gl_encoder *e, const struct client_plan *plan)
{
    struct gl_payload payloads[1 + ARRAY_COUNT];
    unsigned count = 1;
    payloads[0] = gl_payload_data(plan->array, plan->arrays * sizeof plan->array[0]);
    bool contiguous = true;
    for (unsigned i = 0; i < plan->blocks; i++)
        contiguous &= client_block_is_contiguous(&plan->block[i]);
    if (contiguous) {
        for (unsigned i = 0; i < plan->blocks; i++)
            payloads[count++] = gl_payload_data(plan->block[i].source, plan->block[i].bytes);
    } else {
        payloads[count++] = gathered(e->state, plan);
    }
    uint32_t bytes;
    if (plan->bytes > GL_HARMLESS_BYTES)
        e->calm = GL_CALM_NOT;
    uint8_t *record = gl_encoder_begin_payloads(e, GL_OP_TriremeClientArrays, CLIENT_ARRAYS_FIXED,
                                                payloads, count, &bytes);
    gl_put_32(record + 4, plan->arrays);
    gl_put_64(record + 8, TRIREME_REF_PAYLOAD | payloads[0].bytes);
    gl_put_64(record + 16, TRIREME_REF_PAYLOAD | plan->bytes);
    gl_encoder_end(e, bytes);
}

/* Sends what a draw needs out of the program's memory. True: the draw must count its vertices from
 * draw->first. */
static bool send_client_arrays(struct gl_encoder *e, const struct client_draw *draw)
{
    const struct vertex_array_object *vao = e->state->vao;
    struct client_plan plan;
    uint64_t mask = gl_state_client_arrays(e->state);
    if (!mask || !draw->count || !draw->instances)
        return false;
    /* A glBegin failed, and no glEnd followed. */
    if (e->state->hidden_arrays)
        array_elements_end(e);
    if (!client_plan_make(&plan, vao, mask, draw)) {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        return false;
    }
    send_arrays(e, &plan);
    return plan.renumber;
}

static bool has_client_arrays(const struct gl_encoder *e)
{
    return e->state && gl_state_client_arrays(e->state);
}

/* The first vertex as the host must get it. */
static GLint arrays_first(struct gl_encoder *e, GLint first, GLsizei count, GLsizei instances,
                          GLuint base_instance)
{
    if (!has_client_arrays(e) || first < 0 || count <= 0 || instances <= 0)
        return first;
    const struct client_draw draw = {(uint32_t)first, (uint32_t)count, (uint32_t)instances,
                                     base_instance, NULL};
    return send_client_arrays(e, &draw) ? 0 : first;
}

void GL_API_CALL trireme_glDrawArrays(GLenum mode, GLint first, GLsizei count)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_DrawArrays(e, mode, arrays_first(e, first, count, 1, 0), count);
}

void GL_API_CALL trireme_glDrawArraysInstanced(GLenum mode, GLint first, GLsizei count,
                                               GLsizei instances)
{
    struct gl_encoder *e = gl_encoder_current();
    first = arrays_first(e, first, count, instances, 0);
    gl_encode_DrawArraysInstanced(e, mode, first, count, instances);
}

void GL_API_CALL trireme_glDrawArraysInstancedBaseInstance(GLenum mode, GLint first, GLsizei count,
                                                           GLsizei instances, GLuint base_instance)
{
    struct gl_encoder *e = gl_encoder_current();
    first = arrays_first(e, first, count, instances, base_instance);
    gl_encode_DrawArraysInstancedBaseInstance(e, mode, first, count, instances, base_instance);
}

/* A multi-draw's vertices, all at once. Returns what the draws must count from. */
static GLint send_vertex_range(struct gl_encoder *e, const struct vertex_range *range)
{
    const struct client_draw draw = {(uint32_t)range->first,
                                     (uint32_t)(range->last - range->first + 1), 1, 0, NULL};
    return send_client_arrays(e, &draw) ? (GLint)range->first : 0;
}

/* One negative count, and nothing is drawn; nor with a NULL in place of an array. */
static bool counts_valid(struct gl_encoder *e, const GLsizei *count, const void *first,
                         GLsizei draws)
{
    bool valid = draws >= 0 && (draws == 0 || (count && first));
    for (GLsizei i = 0; valid && i < draws; i++)
        valid &= count[i] >= 0;
    if (!valid)
        gl_encoder_error(e, GL_INVALID_VALUE);
    return valid;
}

/* Together the draws remain one multi-draw, which gl_DrawID tells. False: nothing was sent. */
static bool multi_draw_together(struct gl_encoder *e, GLenum mode, const GLint *first,
                                const GLsizei *count, GLsizei draws)
{
    struct vertex_range whole;
    struct vertex_range *ranges = gl_state_scratch(e->state, (uint64_t)draws * sizeof *ranges);
    for (GLsizei i = 0; ranges && i < draws; i++)
        ranges[i] = (struct vertex_range){first[i], (int64_t)first[i] + count[i] - 1};
    if (!ranges || !vertex_ranges_join(e->state->vao, ranges, (size_t)draws, &whole))
        return false;
    const GLint base = send_vertex_range(e, &whole);
    GLint *moved = gl_state_scratch(e->state, (uint64_t)draws * sizeof *moved);
    if (!moved) {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        return true;
    }
    for (GLsizei i = 0; i < draws; i++)
        moved[i] = first[i] - base;
    gl_encode_MultiDrawArrays(e, mode, moved, count, draws);
    return true;
}

void GL_API_CALL trireme_glMultiDrawArrays(GLenum mode, const GLint *first, const GLsizei *count,
                                           GLsizei draws)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!has_client_arrays(e)) {
        gl_encode_MultiDrawArrays(e, mode, first, count, draws);
        return;
    }
    if (!counts_valid(e, count, first, draws))
        return;
    if (multi_draw_together(e, mode, first, count, draws))
        return;
    for (GLsizei i = 0; i < draws; i++)
        trireme_glDrawArrays(mode, first[i], count[i]);
}

/* A draw with indices, of any kind. */
struct elements {
    GLenum mode;
    GLsizei count;
    GLenum type;
    const void *indices;
    GLsizei instances;
    GLint base_vertex;
    GLuint base_instance;
    bool instanced;
    bool has_range; /* the program promises that indices lie in [start, end] */
    GLuint start, end;
    void *renumbered; /* what `indices` is instead of the element buffer's; NULL: nothing */
};

static struct gl_payload index_payload(const struct gl_encoder *e, const struct elements *draw)
{
    if (e->state && e->state->vao->element_buffer && !draw->renumbered)
        return gl_payload_offset((uintptr_t)draw->indices);
    if (!draw->indices || draw->count <= 0)
        return gl_payload_null();
    return gl_payload_data(draw->indices, (uint64_t)draw->count * index_bytes(draw->type));
}

/* The indices where they can be read; out of a buffer object only if the program did not promise a
 * range. False: there are none. */
static bool find_indices(struct gl_encoder *e, const struct elements *draw, struct index_list *list)
{
    const struct gl_state *state = e->state;
    const bool fixed = state->primitive_restart_fixed;
    *list = (struct index_list){
        .indices = draw->indices,
        .type = draw->type,
        .count = (size_t)draw->count,
        .restart = fixed || state->primitive_restart,
        .restart_index = fixed ? (uint32_t)((UINT64_C(1) << index_bytes(draw->type) * 8) - 1)
                               : state->restart_index,
    };
    if (draw->has_range && state->vao->element_buffer)
        return false;
    if (state->vao->element_buffer) {
        uint64_t bytes = (uint64_t)draw->count * index_bytes(draw->type);
        void *copy = gl_state_scratch(e->state, bytes);
        if (!copy)
            return false;
        memset(copy, 0, (size_t)bytes);
        struct gl_result result = {.data = copy, .capacity = bytes};
        gl_encode_GetBufferSubData(e, GL_ELEMENT_ARRAY_BUFFER, (GLintptr)(uintptr_t)draw->indices,
                                   (GLsizeiptr)bytes, &result);
        list->indices = copy;
    }
    return list->indices != NULL;
}

static struct index_range index_list_range(const struct index_list *list)
{
    return index_scan(list->indices, list->type, list->count, list->restart, list->restart_index);
}

/*
 * A draw of vertices that lie far apart goes with these alone, and names them by other numbers,
 * which a shader sees in gl_VertexID. False: there is nothing to leave out. With as many indices as
 * there are vertices in their range that is taken for granted.
 */
static bool send_vertex_runs(struct gl_encoder *e, struct elements *draw,
                             const struct index_list *list, const struct client_draw *range)
{
    struct vertex_runs runs;
    if (!vertex_runs_find(&runs, e->state->vao, list, draw->base_vertex))
        return false;
    /* Before the arrays are gathered, since what is read of an element buffer lies in the scratch
     * memory, too. */
    draw->renumbered = malloc(list->count * index_bytes(list->type));
    if (draw->renumbered) {
        vertex_runs_renumber(&runs, list, draw->base_vertex, draw->renumbered);
        draw->indices = draw->renumbered;
        draw->base_vertex = 0;
        struct client_draw vertices = *range;
        vertices.count = runs.vertices;
        vertices.runs = &runs;
        send_client_arrays(e, &vertices);
    } else {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        draw->count = 0;
    }
    vertex_runs_finish(&runs);
    return true;
}

static void send_element_arrays(struct gl_encoder *e, struct elements *draw)
{
    if (draw->count <= 0 || draw->instances <= 0 || !index_bytes(draw->type) ||
        (!draw->indices && !e->state->vao->element_buffer))
        return;
    struct index_list list;
    struct index_range range = {draw->start, draw->end, draw->has_range};
    bool found = find_indices(e, draw, &list);
    if (found)
        range = index_list_range(&list);
    int64_t first = (int64_t)range.min + draw->base_vertex;
    int64_t last = (int64_t)range.max + draw->base_vertex;
    if (!range.any || first < 0 || last > UINT32_MAX - 1 || last < first)
        return;
    const struct client_draw vertices = {(uint32_t)first, (uint32_t)(last - first + 1),
                                         (uint32_t)draw->instances, draw->base_instance, NULL};
    const struct vertex_range whole = {first, last};
    if (found && !vertex_range_is_dense(e->state->vao, &whole, (size_t)draw->count) &&
        send_vertex_runs(e, draw, &list, &vertices))
        return;
    if (send_client_arrays(e, &vertices))
        draw->base_vertex -= (GLint)first;
}

static void encode_elements(struct gl_encoder *e, const struct elements *draw)
{
    struct gl_payload indices = index_payload(e, draw);
    if (draw->base_instance)
        gl_encode_DrawElementsInstancedBaseVertexBaseInstance(
            e, draw->mode, draw->count, draw->type, indices, draw->instances, draw->base_vertex,
            draw->base_instance);
    else if (draw->instanced && draw->base_vertex)
        gl_encode_DrawElementsInstancedBaseVertex(e, draw->mode, draw->count, draw->type, indices,
                                                  draw->instances, draw->base_vertex);
    else if (draw->instanced)
        gl_encode_DrawElementsInstanced(e, draw->mode, draw->count, draw->type, indices,
                                        draw->instances);
    else if (draw->base_vertex)
        gl_encode_DrawElementsBaseVertex(e, draw->mode, draw->count, draw->type, indices,
                                         draw->base_vertex);
    else
        gl_encode_DrawElements(e, draw->mode, draw->count, draw->type, indices);
}

static void draw_elements(struct elements draw)
{
    struct gl_encoder *e = gl_encoder_current();
    if (draw.has_range && draw.end < draw.start) {
        gl_encoder_error(e, GL_INVALID_VALUE);
        return;
    }
    static const GLuint zero = 0;
    if (e->state && !gl_state_draws(e->state)) {
        /* The host says which error it is. */
        draw.indices = &zero;
        draw.count = draw.count > 1 ? 1 : draw.count;
    }
    if (has_client_arrays(e))
        send_element_arrays(e, &draw);
    const GLuint buffer = draw.renumbered ? e->state->vao->element_buffer : 0;
    if (buffer)
        gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, 0);
    encode_elements(e, &draw);
    if (buffer)
        gl_encode_BindBuffer(e, GL_ELEMENT_ARRAY_BUFFER, buffer);
    if (draw.renumbered)
        free(draw.renumbered);
}

void GL_API_CALL trireme_glDrawElements(GLenum mode, GLsizei count, GLenum type,
                                        const void *indices)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = 1});
}

void GL_API_CALL trireme_glDrawRangeElements(GLenum mode, GLuint start, GLuint end, GLsizei count,
                                             GLenum type, const void *indices)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = 1, .has_range = true,
                                    .start = start, .end = end});
}

void GL_API_CALL trireme_glDrawElementsBaseVertex(GLenum mode, GLsizei count, GLenum type,
                                                  const void *indices, GLint base_vertex)
{
    draw_elements(
        (struct elements){mode, count, type, indices, .instances = 1, .base_vertex = base_vertex});
}

void GL_API_CALL trireme_glDrawRangeElementsBaseVertex(GLenum mode, GLuint start, GLuint end,
                                                       GLsizei count, GLenum type,
                                                       const void *indices, GLint base_vertex)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = 1,
                                    .base_vertex = base_vertex, .has_range = true, .start = start,
                                    .end = end});
}

void GL_API_CALL trireme_glDrawElementsInstanced(GLenum mode, GLsizei count, GLenum type,
                                                 const void *indices, GLsizei instances)
{
    draw_elements(
        (struct elements){mode, count, type, indices, .instances = instances, .instanced = true});
}

void GL_API_CALL trireme_glDrawElementsInstancedBaseVertex(GLenum mode, GLsizei count, GLenum type,
                                                           const void *indices, GLsizei instances,
                                                           GLint base_vertex)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = instances,
                                    .base_vertex = base_vertex, .instanced = true});
}

void GL_API_CALL trireme_glDrawElementsInstancedBaseInstance(GLenum mode, GLsizei count,
                                                             GLenum type, const void *indices,
                                                             GLsizei instances,
                                                             GLuint base_instance)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = instances,
                                    .base_instance = base_instance, .instanced = true});
}

void GL_API_CALL trireme_glDrawElementsInstancedBaseVertexBaseInstance(
    GLenum mode, GLsizei count, GLenum type, const void *indices, GLsizei instances,
    GLint base_vertex, GLuint base_instance)
{
    draw_elements((struct elements){mode, count, type, indices, .instances = instances,
                                    .base_vertex = base_vertex, .base_instance = base_instance,
                                    .instanced = true});
}

/*
 * Indices in the program's memory, and arrays there, too, if their ranges join. False: nothing was
 * sent, and the draws must go one by one.
 */
static bool multi_draw_from_memory(struct gl_encoder *e, GLenum mode, const GLsizei *count,
                                   GLenum type, const void *const *indices, GLsizei draws,
                                   const GLint *base_vertex)
{
    const uint64_t size = index_bytes(type);
    uint64_t all = 0;
    GLint base = 0;
    for (GLsizei i = 0; i < draws; i++) {
        if (count[i] > 0 && !indices[i])
            return false;
        all += (uint64_t)count[i] * size;
    }
    if (draws <= 0 || all == 0)
        return false;
    if (has_client_arrays(e)) {
        struct vertex_range whole;
        struct vertex_range *ranges = gl_state_scratch(e->state, (uint64_t)draws * sizeof *ranges);
        for (GLsizei i = 0; ranges && i < draws; i++) {
            const struct elements draw = {.count = count[i], .type = type, .indices = indices[i]};
            const int64_t from = base_vertex ? base_vertex[i] : 0;
            struct index_list list;
            struct index_range range = {0};
            if (find_indices(e, &draw, &list))
                range = index_list_range(&list);
            ranges[i] = range.any ? (struct vertex_range){range.min + from, range.max + from}
                                  : (struct vertex_range){0, -1};
            if (range.any && !vertex_range_is_dense(e->state->vao, &ranges[i], (size_t)count[i]))
                return false;
        }
        if (!ranges || !vertex_ranges_join(e->state->vao, ranges, (size_t)draws, &whole))
            return false;
        base = send_vertex_range(e, &whole);
    }

    const uint64_t words = (uint64_t)draws * (sizeof(uint64_t) + sizeof(GLint));
    uint64_t *offsets = gl_state_scratch(e->state, words + all);
    if (!offsets) {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        return true;
    }
    GLint *bases = (GLint *)(offsets + draws);
    uint8_t *copy = (uint8_t *)(bases + draws);
    for (uint64_t i = 0, at = 0; i < (uint64_t)draws; i++) {
        const uint64_t bytes = (uint64_t)count[i] * size;
        offsets[i] = at;
        bases[i] = (base_vertex ? base_vertex[i] : 0) - base;
        if (bytes)
            memcpy(copy + at, indices[i], bytes);
        at += bytes;
    }
    gl_encode_TriremeMultiDrawElements(e, mode, type, draws, count, offsets,
                                       base_vertex || base ? bases : NULL,
                                       gl_payload_data(copy, all));
    return true;
}

/* Offsets as 64 bits each, whatever the program's pointers are. */
static bool multi_draw_from_buffer(struct gl_encoder *e, GLenum mode, const GLsizei *count,
                                   GLenum type, const void *const *indices, GLsizei draws,
                                   const GLint *base_vertex)
{
    if (draws <= 0 || !indices)
        return false;
    uint64_t *offsets = gl_state_scratch(e->state, (uint64_t)draws * sizeof *offsets);
    if (!offsets)
        return false;
    for (GLsizei i = 0; i < draws; i++)
        offsets[i] = (uintptr_t)indices[i];
    gl_encode_TriremeMultiDrawElements(e, mode, type, draws, count, offsets, base_vertex,
                                       gl_payload_null());
    return true;
}

static void multi_draw_elements(GLenum mode, const GLsizei *count, GLenum type,
                                const void *const *indices, GLsizei draws, const GLint *base_vertex)
{
    struct gl_encoder *e = gl_encoder_current();
    if (e->state && e->state->vao->element_buffer && !has_client_arrays(e) &&
        multi_draw_from_buffer(e, mode, count, type, indices, draws, base_vertex))
        return;
    if (!counts_valid(e, count, indices, draws))
        return;
    if (e->state && !e->state->vao->element_buffer && gl_state_draws(e->state) &&
        multi_draw_from_memory(e, mode, count, type, indices, draws, base_vertex))
        return;
    for (GLsizei i = 0; i < draws; i++)
        draw_elements((struct elements){mode, count[i], type, indices[i], .instances = 1,
                                        .base_vertex = base_vertex ? base_vertex[i] : 0});
}

void GL_API_CALL trireme_glMultiDrawElements(GLenum mode, const GLsizei *count, GLenum type,
                                             const void *const *indices, GLsizei draws)
{
    multi_draw_elements(mode, count, type, indices, draws, NULL);
}

void GL_API_CALL trireme_glMultiDrawElementsBaseVertex(GLenum mode, const GLsizei *count,
                                                       GLenum type, const void *const *indices,
                                                       GLsizei draws, const GLint *base_vertex)
{
    multi_draw_elements(mode, count, type, indices, draws, base_vertex);
}

void gl_track_PrimitiveRestartIndex(struct gl_encoder *e, GLuint index)
{
    if (e->state)
        e->state->restart_index = index;
}

void gl_track_PrimitiveRestartIndexNV(struct gl_encoder *e, GLuint index)
{
    gl_track_PrimitiveRestartIndex(e, index);
}
