/* SPDX-License-Identifier: MIT */
/*
 * The entry points that say where vertex arrays lie. The host learns format and stride of each
 * array at once; of its place it learns an offset into the bound buffer, or nothing.
 */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/array_refusal.h"
#include "guest/common/buffer_refusal.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <stdlib.h>

/* Named vertex array objects take offsets into buffers only (section 10.3.9): an error. Mesa
 * records it and takes the pointer nevertheless, and programs got used to that. */
static struct gl_payload pointer_payload(struct gl_encoder *e, const void *pointer)
{
    if (e->state && e->state->vao->name && !e->state->array_buffer && pointer)
        gl_encoder_error(e, GL_INVALID_OPERATION);
    return e->state && e->state->array_buffer ? gl_payload_offset((uintptr_t)pointer)
                                              : gl_payload_null();
}

static void track_pointer(struct gl_encoder *e, unsigned array, enum array_kind kind, GLint size,
                          GLenum type, GLsizei stride, const void *pointer)
{
    if (!e->state || array >= ARRAY_COUNT || stride < 0 ||
        array_command_refused(e, array, kind, size, type, stride))
        return;
    vertex_array_set_pointer(e->state->vao, array, kind, size, type, stride, pointer,
                             e->state->array_buffer);
}

void GL_API_CALL trireme_glVertexPointer(GLint size, GLenum type, GLsizei stride,
                                         const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_VertexPointer(e, size, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_VERTEX, ARRAY_KIND_FLOAT, size, type, stride, pointer);
}

void GL_API_CALL trireme_glNormalPointer(GLenum type, GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_NormalPointer(e, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_NORMAL, ARRAY_KIND_NORMALIZED, 3, type, stride, pointer);
}

void GL_API_CALL trireme_glColorPointer(GLint size, GLenum type, GLsizei stride,
                                        const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_ColorPointer(e, size, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_COLOR, ARRAY_KIND_NORMALIZED, size, type, stride, pointer);
}

void GL_API_CALL trireme_glIndexPointer(GLenum type, GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_IndexPointer(e, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_INDEX, ARRAY_KIND_FLOAT, 1, type, stride, pointer);
}

void GL_API_CALL trireme_glEdgeFlagPointer(GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_EdgeFlagPointer(e, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_EDGE_FLAG, ARRAY_KIND_FLOAT, 1, GL_UNSIGNED_BYTE, stride, pointer);
}

void GL_API_CALL trireme_glSecondaryColorPointer(GLint size, GLenum type, GLsizei stride,
                                                 const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_SecondaryColorPointer(e, size, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_SECONDARY_COLOR, ARRAY_KIND_NORMALIZED, size, type, stride, pointer);
}

void GL_API_CALL trireme_glFogCoordPointer(GLenum type, GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_FogCoordPointer(e, type, stride, pointer_payload(e, pointer));
    track_pointer(e, ARRAY_FOG_COORD, ARRAY_KIND_FLOAT, 1, type, stride, pointer);
}

void GL_API_CALL trireme_glTexCoordPointer(GLint size, GLenum type, GLsizei stride,
                                           const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexCoordPointer(e, size, type, stride, pointer_payload(e, pointer));
    if (e->state && e->state->client_texture < ARRAY_TEXCOORDS)
        track_pointer(e, ARRAY_TEXCOORD0 + e->state->client_texture, ARRAY_KIND_FLOAT, size, type,
                      stride, pointer);
}

static void track_generic(struct gl_encoder *e, GLuint index, enum array_kind kind, GLint size,
                          GLenum type, GLsizei stride, const void *pointer)
{
    if (index < ARRAY_GENERICS)
        track_pointer(e, ARRAY_GENERIC0 + index, kind, size, type, stride, pointer);
}

void GL_API_CALL trireme_glVertexAttribPointer(GLuint index, GLint size, GLenum type,
                                               GLboolean normalized, GLsizei stride,
                                               const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_VertexAttribPointer(e, index, size, type, normalized, stride,
                                  pointer_payload(e, pointer));
    track_generic(e, index, normalized ? ARRAY_KIND_NORMALIZED : ARRAY_KIND_FLOAT, size, type,
                  stride, pointer);
}

void GL_API_CALL trireme_glVertexAttribIPointer(GLuint index, GLint size, GLenum type,
                                                GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_VertexAttribIPointer(e, index, size, type, stride, pointer_payload(e, pointer));
    track_generic(e, index, ARRAY_KIND_INTEGER, size, type, stride, pointer);
}

void GL_API_CALL trireme_glVertexAttribLPointer(GLuint index, GLint size, GLenum type,
                                                GLsizei stride, const void *pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_VertexAttribLPointer(e, index, size, type, stride, pointer_payload(e, pointer));
    track_generic(e, index, ARRAY_KIND_DOUBLE, size, type, stride, pointer);
}

/* GL_EXT_vertex_array: how many elements there are is said beforehand, and of no use. */
void GL_API_CALL trireme_glVertexPointerEXT(GLint size, GLenum type, GLsizei stride, GLsizei count,
                                            const void *pointer)
{
    trireme_glVertexPointer(size, type, stride, pointer);
}

void GL_API_CALL trireme_glNormalPointerEXT(GLenum type, GLsizei stride, GLsizei count,
                                            const void *pointer)
{
    trireme_glNormalPointer(type, stride, pointer);
}

void GL_API_CALL trireme_glColorPointerEXT(GLint size, GLenum type, GLsizei stride, GLsizei count,
                                           const void *pointer)
{
    trireme_glColorPointer(size, type, stride, pointer);
}

void GL_API_CALL trireme_glIndexPointerEXT(GLenum type, GLsizei stride, GLsizei count,
                                           const void *pointer)
{
    trireme_glIndexPointer(type, stride, pointer);
}

void GL_API_CALL trireme_glTexCoordPointerEXT(GLint size, GLenum type, GLsizei stride,
                                              GLsizei count, const void *pointer)
{
    trireme_glTexCoordPointer(size, type, stride, pointer);
}

void GL_API_CALL trireme_glEdgeFlagPointerEXT(GLsizei stride, GLsizei count,
                                              const GLboolean *pointer)
{
    trireme_glEdgeFlagPointer(stride, pointer);
}

/* Table 10.7: what the formats consist of; offsets in units of 4 bytes. */
void GL_API_CALL trireme_glInterleavedArrays(GLenum format, GLsizei stride, const void *pointer)
{
    static const struct {
        uint8_t texture, color, normal, vertex; /* components */
        uint8_t color_at, normal_at, vertex_at, units;
        bool bytes; /* colour is 4 unsigned bytes */
    } formats[] = {
        {0, 0, 0, 2, 0, 0, 0, 2, false},   /* V2F */
        {0, 0, 0, 3, 0, 0, 0, 3, false},   /* V3F */
        {0, 4, 0, 2, 0, 0, 1, 3, true},    /* C4UB_V2F */
        {0, 4, 0, 3, 0, 0, 1, 4, true},    /* C4UB_V3F */
        {0, 3, 0, 3, 0, 0, 3, 6, false},   /* C3F_V3F */
        {0, 0, 3, 3, 0, 0, 3, 6, false},   /* N3F_V3F */
        {0, 4, 3, 3, 0, 4, 7, 10, false},  /* C4F_N3F_V3F */
        {2, 0, 0, 3, 0, 0, 2, 5, false},   /* T2F_V3F */
        {4, 0, 0, 4, 0, 0, 4, 8, false},   /* T4F_V4F */
        {2, 4, 0, 3, 2, 0, 3, 6, true},    /* T2F_C4UB_V3F */
        {2, 3, 0, 3, 2, 0, 5, 8, false},   /* T2F_C3F_V3F */
        {2, 0, 3, 3, 0, 2, 5, 8, false},   /* T2F_N3F_V3F */
        {2, 4, 3, 3, 2, 6, 9, 12, false},  /* T2F_C4F_N3F_V3F */
        {4, 4, 3, 4, 4, 8, 11, 15, false}, /* T4F_C4F_N3F_V4F */
    };
    struct gl_encoder *e = gl_encoder_current();
    if (e->state && e->state->core_profile) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return;
    }
    if (format < GL_V2F || format > GL_T4F_C4F_N3F_V4F || stride < 0) {
        gl_encoder_error(e, stride < 0 ? GL_INVALID_VALUE : GL_INVALID_ENUM);
        return;
    }
    const unsigned row = format - GL_V2F;
    const uint8_t *at = pointer;
    if (!stride)
        stride = formats[row].units * 4;
    trireme_glDisableClientState(GL_EDGE_FLAG_ARRAY);
    trireme_glDisableClientState(GL_INDEX_ARRAY);
    trireme_glDisableClientState(GL_SECONDARY_COLOR_ARRAY);
    trireme_glDisableClientState(GL_FOG_COORD_ARRAY);
    if (formats[row].texture) {
        trireme_glEnableClientState(GL_TEXTURE_COORD_ARRAY);
        trireme_glTexCoordPointer(formats[row].texture, GL_FLOAT, stride, at);
    } else {
        trireme_glDisableClientState(GL_TEXTURE_COORD_ARRAY);
    }
    if (formats[row].color) {
        trireme_glEnableClientState(GL_COLOR_ARRAY);
        trireme_glColorPointer(formats[row].color, formats[row].bytes ? GL_UNSIGNED_BYTE : GL_FLOAT,
                               stride, at + formats[row].color_at * 4);
    } else {
        trireme_glDisableClientState(GL_COLOR_ARRAY);
    }
    if (formats[row].normal) {
        trireme_glEnableClientState(GL_NORMAL_ARRAY);
        trireme_glNormalPointer(GL_FLOAT, stride, at + formats[row].normal_at * 4);
    } else {
        trireme_glDisableClientState(GL_NORMAL_ARRAY);
    }
    trireme_glEnableClientState(GL_VERTEX_ARRAY);
    trireme_glVertexPointer(formats[row].vertex, GL_FLOAT, stride, at + formats[row].vertex_at * 4);
}

static void track_enabled(struct gl_encoder *e, GLenum array, bool enabled)
{
    if (!e->state || e->state->core_profile)
        return;
    unsigned number;
    switch (array) {
    case GL_VERTEX_ARRAY:
        number = ARRAY_VERTEX;
        break;
    case GL_NORMAL_ARRAY:
        number = ARRAY_NORMAL;
        break;
    case GL_COLOR_ARRAY:
        number = ARRAY_COLOR;
        break;
    case GL_INDEX_ARRAY:
        number = ARRAY_INDEX;
        break;
    case GL_EDGE_FLAG_ARRAY:
        number = ARRAY_EDGE_FLAG;
        break;
    case GL_SECONDARY_COLOR_ARRAY:
        number = ARRAY_SECONDARY_COLOR;
        break;
    case GL_FOG_COORD_ARRAY:
        number = ARRAY_FOG_COORD;
        break;
    case GL_TEXTURE_COORD_ARRAY:
        if (e->state->client_texture >= ARRAY_TEXCOORDS)
            return;
        number = ARRAY_TEXCOORD0 + e->state->client_texture;
        break;
    case GL_PRIMITIVE_RESTART_NV:
        e->state->primitive_restart = enabled;
        return;
    default:
        return;
    }
    uint64_t bit = UINT64_C(1) << number;
    e->state->vao->enabled = enabled ? e->state->vao->enabled | bit : e->state->vao->enabled & ~bit;
}

void gl_track_EnableClientState(struct gl_encoder *e, GLenum array)
{
    track_enabled(e, array, true);
}

void gl_track_DisableClientState(struct gl_encoder *e, GLenum array)
{
    track_enabled(e, array, false);
}

/* Some GLs take names of arrays in glEnable too. */
static void track_capability(struct gl_encoder *e, GLenum cap, bool enabled)
{
    if (!e->state)
        return;
    if (cap == GL_PRIMITIVE_RESTART)
        e->state->primitive_restart = enabled;
    else if (cap == GL_PRIMITIVE_RESTART_FIXED_INDEX)
        e->state->primitive_restart_fixed = enabled;
    else if (cap == GL_DEBUG_OUTPUT || cap == GL_DEBUG_OUTPUT_SYNCHRONOUS)
        debug_ask(e);
    else
        track_enabled(e, cap, enabled);
}

void gl_track_Enable(struct gl_encoder *e, GLenum cap)
{
    track_capability(e, cap, true);
}

void gl_track_Disable(struct gl_encoder *e, GLenum cap)
{
    track_capability(e, cap, false);
}

void gl_track_EnableVertexAttribArray(struct gl_encoder *e, GLuint index)
{
    if (e->state && index < ARRAY_GENERICS)
        e->state->vao->enabled |= UINT64_C(1) << (ARRAY_GENERIC0 + index);
}

void gl_track_DisableVertexAttribArray(struct gl_encoder *e, GLuint index)
{
    if (e->state && index < ARRAY_GENERICS)
        e->state->vao->enabled &= ~(UINT64_C(1) << (ARRAY_GENERIC0 + index));
}

void gl_track_ClientActiveTexture(struct gl_encoder *e, GLenum texture)
{
    if (e->state && texture - GL_TEXTURE0 < ARRAY_TEXCOORDS)
        e->state->client_texture = texture - GL_TEXTURE0;
}

void gl_track_VertexAttribDivisor(struct gl_encoder *e, GLuint index, GLuint divisor)
{
    if (!e->state || index >= ARRAY_GENERICS)
        return;
    vertex_array_set_binding(e->state->vao, ARRAY_GENERIC0 + index, ARRAY_GENERIC0 + index);
    e->state->vao->bindings[ARRAY_GENERIC0 + index].divisor = divisor;
}

/* In core profiles bindings belong to vertex array objects that have a name (section 10.3.1). */
static bool has_bindings(const struct gl_encoder *e)
{
    return e->state && (!e->state->core_profile || e->state->vao->name);
}

void gl_track_VertexBindingDivisor(struct gl_encoder *e, GLuint binding, GLuint divisor)
{
    if (has_bindings(e) && binding < ARRAY_GENERICS)
        e->state->vao->bindings[ARRAY_GENERIC0 + binding].divisor = divisor;
}

void gl_track_VertexAttribBinding(struct gl_encoder *e, GLuint index, GLuint binding)
{
    if (has_bindings(e) && index < ARRAY_GENERICS && binding < ARRAY_GENERICS)
        vertex_array_set_binding(e->state->vao, ARRAY_GENERIC0 + index, ARRAY_GENERIC0 + binding);
}

static void track_format(struct gl_encoder *e, GLuint index, enum array_kind kind, GLint size,
                         GLenum type, GLuint relative_offset)
{
    if (!has_bindings(e) || index >= ARRAY_GENERICS ||
        array_command_refused(e, ARRAY_GENERIC0 + index, kind, size, type, -1))
        return;
    struct vertex_attrib *attrib = &e->state->vao->attribs[ARRAY_GENERIC0 + index];
    attrib->size = size;
    attrib->type = type;
    attrib->kind = (uint8_t)kind;
    attrib->relative_offset = relative_offset;
}

void gl_track_VertexAttribFormat(struct gl_encoder *e, GLuint index, GLint size, GLenum type,
                                 GLboolean normalized, GLuint relative_offset)
{
    track_format(e, index, normalized ? ARRAY_KIND_NORMALIZED : ARRAY_KIND_FLOAT, size, type,
                 relative_offset);
}

void gl_track_VertexAttribIFormat(struct gl_encoder *e, GLuint index, GLint size, GLenum type,
                                  GLuint relative_offset)
{
    track_format(e, index, ARRAY_KIND_INTEGER, size, type, relative_offset);
}

void gl_track_VertexAttribLFormat(struct gl_encoder *e, GLuint index, GLint size, GLenum type,
                                  GLuint relative_offset)
{
    track_format(e, index, ARRAY_KIND_DOUBLE, size, type, relative_offset);
}

void gl_track_BindVertexBuffer(struct gl_encoder *e, GLuint binding, GLuint buffer, GLintptr offset,
                               GLsizei stride)
{
    if (has_bindings(e) && binding < ARRAY_GENERICS && offset >= 0 &&
        !array_stride_refused(e, binding, stride) && !buffer_bind_refused(e, buffer))
        vertex_array_bind_buffer(e->state->vao, ARRAY_GENERIC0 + binding, buffer,
                                 buffer ? (uintptr_t)offset : 0, stride);
}

/* Makes what the guest keeps of a vertex array object; NULL: out of memory. */
static struct vertex_array_object *add_vao(struct gl_state *state, GLuint name)
{
    struct vertex_array_object *vao = malloc(sizeof *vao);
    if (!vao)
        return NULL;
    vertex_array_object_init(vao, name);
    if (!name_table_set(&state->vaos, name, vao)) {
        free(vao);
        return NULL;
    }
    return vao;
}

void gl_track_GenVertexArrays(struct gl_encoder *e, GLsizei n, GLuint *names)
{
    for (GLsizei i = 0; e->state && names && i < n; i++)
        if (names[i] && !gl_state_vao(e->state, names[i]))
            add_vao(e->state, names[i]);
}

/* Names that were not generated, or are deleted, are errors and leave what was bound. */
static bool vao_bound(struct gl_encoder *e, GLuint name)
{
    GLint bound = -1;
    gl_encode_GetIntegerv(e, GL_VERTEX_ARRAY_BINDING, &bound);
    return (GLuint)bound == name;
}

void gl_track_BindVertexArray(struct gl_encoder *e, GLuint name)
{
    if (!e->state)
        return;
    e->state->buffers.contents.uncertain |= 1u << BUFFER_ELEMENT_ARRAY;
    struct vertex_array_object *vao = gl_state_vao(e->state, name);
    if (!vao && vao_bound(e, name))
        vao = add_vao(e->state, name);
    if (vao)
        e->state->vao = vao;
}

void gl_track_DeleteVertexArrays(struct gl_encoder *e, GLsizei n, const GLuint *names)
{
    if (!e->state || !names)
        return;
    e->state->buffers.contents.uncertain |= 1u << BUFFER_ELEMENT_ARRAY;
    for (GLsizei i = 0; i < n; i++) {
        struct vertex_array_object *vao =
            names[i] ? name_table_remove(&e->state->vaos, names[i]) : NULL;
        if (vao && vao == e->state->vao)
            e->state->vao = &e->state->default_vao;
        free(vao);
    }
}
