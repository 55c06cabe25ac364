/* SPDX-License-Identifier: MIT */
/*
 * glArrayElement with arrays in the program's memory: what it stands for (section 10.4), a call of
 * glColor, glTexCoord, … for each enabled array, the position last. Arrays in buffer objects are
 * read by the host's glArrayElement, which finds the others disabled.
 */
#include "guest/common/array_element.h"

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <string.h>

typedef void emit_function(struct gl_encoder *e, const void *value);

#define EMIT(name)                                                                                 \
    static void emit_##name(struct gl_encoder *e, const void *value)                               \
    {                                                                                              \
        gl_encode_##name(e, value);                                                                \
    }
#define EMIT_TYPES(name)                                                                           \
    EMIT(name##bv)                                                                                 \
    EMIT(name##ubv)                                                                                \
    EMIT(name##sv) EMIT(name##usv) EMIT(name##iv) EMIT(name##uiv) EMIT(name##fv) EMIT(name##dv)
#define TYPES(name)                                                                                \
    {                                                                                              \
        emit_##name##bv, emit_##name##ubv, emit_##name##sv, emit_##name##usv, emit_##name##iv,     \
            emit_##name##uiv, emit_##name##fv, NULL, NULL, NULL, emit_##name##dv                   \
    }

/* Colours and normals are normalised in ways that depend on the GL's version: that is left to it.
 * Rows are indexed by type - GL_BYTE. */
EMIT_TYPES(Color3)
EMIT_TYPES(Color4)
EMIT_TYPES(SecondaryColor3)
EMIT(Normal3bv)
EMIT(Normal3sv)
EMIT(Normal3iv)
EMIT(Normal3fv)
EMIT(Normal3dv)

static emit_function *const color3[] = TYPES(Color3);
static emit_function *const color4[] = TYPES(Color4);
static emit_function *const secondary3[] = TYPES(SecondaryColor3);
static emit_function *const normal3[] = {
    emit_Normal3bv, NULL, emit_Normal3sv, NULL, emit_Normal3iv, NULL,
    emit_Normal3fv, NULL, NULL,           NULL, emit_Normal3dv,
};

#define TYPE_ROWS (GL_DOUBLE - GL_BYTE + 1)

static float half_to_float(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, exponent = half >> 10 & 31;
    uint32_t mantissa = half & 0x3ff;
    if (exponent == 0) {
        float value = (float)mantissa / 16777216.0f; /* 2^-24 */
        return sign ? -value : value;
    }
    uint32_t bits = sign | (exponent == 31 ? 255u : exponent + 112) << 23 | mantissa << 13;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* One component of an array that is not normalised. */
static float component(const uint8_t *element, unsigned n, GLenum type)
{
#define READ(ctype)                                                                                \
    {                                                                                              \
        ctype value;                                                                               \
        memcpy(&value, element + n * sizeof value, sizeof value);                                  \
        return (float)value;                                                                       \
    }
    switch (type) {
    case GL_BYTE:
        READ(int8_t)
    case GL_UNSIGNED_BYTE:
        READ(uint8_t)
    case GL_SHORT:
        READ(int16_t)
    case GL_UNSIGNED_SHORT:
        READ(uint16_t)
    case GL_INT:
        READ(int32_t)
    case GL_UNSIGNED_INT:
        READ(uint32_t)
    case GL_FLOAT:
        READ(float)
    case GL_DOUBLE:
        READ(double)
    case GL_HALF_FLOAT: {
        uint16_t half;
        memcpy(&half, element + n * sizeof half, sizeof half);
        return half_to_float(half);
    }
    case GL_FIXED: {
        int32_t fixed;
        memcpy(&fixed, element + n * sizeof fixed, sizeof fixed);
        return (float)fixed / 65536.0f;
    }
    default:
        return 0;
    }
#undef READ
}

static bool is_packed(GLenum type)
{
    return type == GL_INT_2_10_10_10_REV || type == GL_UNSIGNED_INT_2_10_10_10_REV ||
           type == GL_UNSIGNED_INT_10F_11F_11F_REV;
}

static void emit_packed(struct gl_encoder *e, unsigned array, const struct vertex_attrib *attrib,
                        const uint8_t *element)
{
    GLuint value;
    memcpy(&value, element, sizeof value);
    GLenum unit = GL_TEXTURE0 + array - ARRAY_TEXCOORD0;
    if (array >= ARRAY_GENERIC0)
        gl_encode_VertexAttribP4ui(e, array - ARRAY_GENERIC0, attrib->type,
                                   attrib->kind == ARRAY_KIND_NORMALIZED, value);
    else if (array >= ARRAY_TEXCOORD0)
        gl_encode_MultiTexCoordP4ui(e, unit, attrib->type, value);
    else if (array == ARRAY_NORMAL)
        gl_encode_NormalP3ui(e, attrib->type, value);
    else if (array == ARRAY_COLOR && attrib->size == 3)
        gl_encode_ColorP3ui(e, attrib->type, value);
    else if (array == ARRAY_COLOR)
        gl_encode_ColorP4ui(e, attrib->type, value);
    else if (array == ARRAY_SECONDARY_COLOR)
        gl_encode_SecondaryColorP3ui(e, attrib->type, value);
    else if (array == ARRAY_VERTEX && attrib->size == 2)
        gl_encode_VertexP2ui(e, attrib->type, value);
    else if (array == ARRAY_VERTEX && attrib->size == 3)
        gl_encode_VertexP3ui(e, attrib->type, value);
    else if (array == ARRAY_VERTEX)
        gl_encode_VertexP4ui(e, attrib->type, value);
}

static void emit_color(struct gl_encoder *e, unsigned array, const struct vertex_attrib *attrib,
                       const uint8_t *element)
{
    uint8_t swapped[4];
    if (attrib->size == GL_BGRA) {
        swapped[0] = element[2];
        swapped[1] = element[1];
        swapped[2] = element[0];
        swapped[3] = element[3];
        element = swapped;
    }
    if (attrib->type - GL_BYTE >= TYPE_ROWS)
        return;
    emit_function *const *row = array == ARRAY_NORMAL            ? normal3
                                : array == ARRAY_SECONDARY_COLOR ? secondary3
                                : attrib->size == 3              ? color3
                                                                 : color4;
    emit_function *emit = row[attrib->type - GL_BYTE];
    if (emit)
        emit(e, element);
}

/* The greatest value of a signed type, twice and 1; 0 for others. */
static float signed_range(GLenum type)
{
    return type == GL_BYTE    ? 255.0f
           : type == GL_SHORT ? 65535.0f
           : type == GL_INT   ? 4294967295.0f
                              : 0;
}

/* Missing components are 0, 0, 0 and 1. */
static void emit_generic_normalized(struct gl_encoder *e, GLuint index,
                                    const struct vertex_attrib *attrib, const uint8_t *element)
{
    uint8_t swapped[4];
    unsigned size = attrib->size == GL_BGRA ? 4 : (unsigned)attrib->size;
    if (attrib->size == GL_BGRA) {
        swapped[0] = element[2];
        swapped[1] = element[1];
        swapped[2] = element[0];
        swapped[3] = element[3];
        element = swapped;
    }
    const float range = signed_range(attrib->type);
    if (size < 4 && range > 0) {
        /* glVertexAttrib4N* has no 0 for signed numbers: it makes (2c + 1) / range of c. */
        float values[4] = {0, 0, 0, 1};
        for (unsigned n = 0; n < size; n++)
            values[n] = (2 * component(element, n, attrib->type) + 1) * (1 / range);
        gl_encode_VertexAttrib4fv(e, index, values);
        return;
    }
#define CASE(constant, ctype, greatest, name)                                                      \
    case constant: {                                                                               \
        ctype values[4] = {0, 0, 0, greatest};                                                     \
        memcpy(values, element, size * sizeof values[0]);                                          \
        gl_encode_VertexAttrib4N##name##v(e, index, values);                                       \
        break;                                                                                     \
    }
    switch (attrib->type) {
        CASE(GL_BYTE, GLbyte, 0, b)
        CASE(GL_UNSIGNED_BYTE, GLubyte, UINT8_MAX, ub)
        CASE(GL_SHORT, GLshort, 0, s)
        CASE(GL_UNSIGNED_SHORT, GLushort, UINT16_MAX, us)
        CASE(GL_INT, GLint, 0, i)
        CASE(GL_UNSIGNED_INT, GLuint, UINT32_MAX, ui)
    default: {
        float values[4] = {0, 0, 0, 1};
        for (unsigned n = 0; n < size; n++)
            values[n] = component(element, n, attrib->type);
        gl_encode_VertexAttrib4fv(e, index, values);
    }
    }
#undef CASE
}

static void emit_generic_integer(struct gl_encoder *e, GLuint index,
                                 const struct vertex_attrib *attrib, const uint8_t *element)
{
    GLint values[4] = {0, 0, 0, 1};
#define CASE(constant, ctype)                                                                      \
    case constant:                                                                                 \
        for (int n = 0; n < attrib->size; n++) {                                                   \
            ctype value;                                                                           \
            memcpy(&value, element + (size_t)n * sizeof value, sizeof value);                      \
            values[n] = (GLint)value;                                                              \
        }                                                                                          \
        break;
    switch (attrib->type) {
        CASE(GL_BYTE, GLbyte)
        CASE(GL_UNSIGNED_BYTE, GLubyte)
        CASE(GL_SHORT, GLshort)
        CASE(GL_UNSIGNED_SHORT, GLushort)
        CASE(GL_INT, GLint)
        CASE(GL_UNSIGNED_INT, GLuint)
    }
#undef CASE
    bool is_signed = attrib->type == GL_BYTE || attrib->type == GL_SHORT || attrib->type == GL_INT;
    if (is_signed)
        gl_encode_VertexAttribI4iv(e, index, values);
    else
        gl_encode_VertexAttribI4uiv(e, index, (const GLuint *)values);
}

static void emit_generic(struct gl_encoder *e, GLuint index, const struct vertex_attrib *attrib,
                         const uint8_t *element)
{
    if (attrib->kind == ARRAY_KIND_NORMALIZED) {
        emit_generic_normalized(e, index, attrib, element);
    } else if (attrib->kind == ARRAY_KIND_INTEGER) {
        emit_generic_integer(e, index, attrib, element);
    } else if (attrib->kind == ARRAY_KIND_DOUBLE) {
        GLdouble values[4] = {0, 0, 0, 1};
        memcpy(values, element, (size_t)attrib->size * sizeof values[0]);
        gl_encode_VertexAttribL4dv(e, index, values);
    } else {
        float values[4] = {0, 0, 0, 1};
        for (int n = 0; n < attrib->size && n < 4; n++)
            values[n] = component(element, (unsigned)n, attrib->type);
        gl_encode_VertexAttrib4fv(e, index, values);
    }
}

static void emit_array(struct gl_encoder *e, unsigned array, const struct vertex_attrib *attrib,
                       const uint8_t *element)
{
    if (is_packed(attrib->type)) {
        emit_packed(e, array, attrib, element);
        return;
    }
    if (array >= ARRAY_GENERIC0) {
        emit_generic(e, array - ARRAY_GENERIC0, attrib, element);
        return;
    }
    if (array == ARRAY_COLOR || array == ARRAY_SECONDARY_COLOR || array == ARRAY_NORMAL) {
        emit_color(e, array, attrib, element);
        return;
    }
    float values[4] = {0, 0, 0, 1};
    for (int n = 0; n < attrib->size; n++)
        values[n] = component(element, (unsigned)n, attrib->type);
    if (array >= ARRAY_TEXCOORD0)
        gl_encode_MultiTexCoord4fv(e, GL_TEXTURE0 + array - ARRAY_TEXCOORD0, values);
    else if (array == ARRAY_FOG_COORD)
        gl_encode_FogCoordf(e, values[0]);
    else if (array == ARRAY_INDEX)
        gl_encode_Indexf(e, values[0]);
    else if (array == ARRAY_EDGE_FLAG)
        gl_encode_EdgeFlag(e, element[0]);
    else
        gl_encode_Vertex4fv(e, values);
}

static void emit_element(struct gl_encoder *e, const struct vertex_array_object *vao,
                         unsigned array, GLint i)
{
    const struct vertex_attrib *attrib = &vao->attribs[array];
    const struct vertex_binding *binding = &vao->bindings[attrib->binding];
    if (!binding->offset || binding->buffer)
        return;
    int64_t element = binding->divisor ? 0 : i;
    emit_array(e, array, attrib,
               (const uint8_t *)binding->offset + attrib->relative_offset +
                   (intptr_t)(element * binding->stride));
}

static void emit_elements(struct gl_encoder *e, const struct vertex_array_object *vao,
                          uint64_t arrays, GLint i)
{
    for (; arrays; arrays &= arrays - 1)
        emit_element(e, vao, (unsigned)__builtin_ctzll(arrays), i);
}

static void set_client_state(struct gl_encoder *e, GLenum array, bool enabled)
{
    if (enabled)
        gl_encode_EnableClientState(e, array);
    else
        gl_encode_DisableClientState(e, array);
}

/* On the host alone. */
static void set_enabled(struct gl_encoder *e, unsigned array, bool enabled)
{
    static const GLenum names[ARRAY_TEXCOORD0] = {
        [ARRAY_VERTEX] = GL_VERTEX_ARRAY,       [ARRAY_NORMAL] = GL_NORMAL_ARRAY,
        [ARRAY_COLOR] = GL_COLOR_ARRAY,         [ARRAY_INDEX] = GL_INDEX_ARRAY,
        [ARRAY_EDGE_FLAG] = GL_EDGE_FLAG_ARRAY, [ARRAY_SECONDARY_COLOR] = GL_SECONDARY_COLOR_ARRAY,
        [ARRAY_FOG_COORD] = GL_FOG_COORD_ARRAY,
    };
    if (array >= ARRAY_GENERIC0 && enabled) {
        gl_encode_EnableVertexAttribArray(e, array - ARRAY_GENERIC0);
    } else if (array >= ARRAY_GENERIC0) {
        gl_encode_DisableVertexAttribArray(e, array - ARRAY_GENERIC0);
    } else if (array >= ARRAY_TEXCOORD0) {
        gl_encode_ClientActiveTexture(e, GL_TEXTURE0 + array - ARRAY_TEXCOORD0);
        set_client_state(e, GL_TEXTURE_COORD_ARRAY, enabled);
        gl_encode_ClientActiveTexture(e, GL_TEXTURE0 + e->state->client_texture);
    } else {
        set_client_state(e, names[array], enabled);
    }
}

static const uint64_t generic0 = UINT64_C(1) << ARRAY_GENERIC0;
static const uint64_t vertex = UINT64_C(1) << ARRAY_VERTEX;

void array_elements_begin(struct gl_encoder *e)
{
    const struct vertex_array_object *vao = e->state->vao;
    uint64_t client = vertex_arrays_in_client_memory(vao);
    if (!client || client == vao->enabled || e->state->hidden_arrays)
        return;
    /* The generic attribute 0 stands in for the position. */
    if (client & generic0)
        client |= vao->enabled & vertex;
    e->state->hidden_arrays = client;
    for (; client; client &= client - 1)
        set_enabled(e, (unsigned)__builtin_ctzll(client), false);
}

void array_elements_end(struct gl_encoder *e)
{
    uint64_t hidden = e->state->hidden_arrays & e->state->vao->enabled;
    e->state->hidden_arrays = 0;
    for (; hidden; hidden &= hidden - 1)
        set_enabled(e, (unsigned)__builtin_ctzll(hidden), true);
}

void GL_API_CALL trireme_glArrayElement(GLint i)
{
    struct gl_encoder *e = gl_encoder_current();
    if (e->state && e->state->primitive_restart && (GLuint)i == e->state->restart_index) {
        gl_encode_PrimitiveRestartNV(e);
        return;
    }
    if (!e->state || !vertex_arrays_in_client_memory(e->state->vao) || i < 0) {
        gl_encode_ArrayElement(e, i);
        return;
    }
    const struct vertex_array_object *vao = e->state->vao;
    const uint64_t client = vertex_arrays_in_client_memory(vao);
    const uint64_t position = vao->enabled & generic0 ? generic0 : vao->enabled & vertex;
    const bool outside = !e->state->hidden_arrays;
    if (outside)
        array_elements_begin(e);
    emit_elements(e, vao, client & ~(generic0 | vertex), i);
    if (e->state->hidden_arrays)
        gl_encode_ArrayElement(e, i);
    emit_elements(e, vao, client & position, i);
    if (outside)
        array_elements_end(e);
}
