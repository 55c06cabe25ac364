/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every array × type × size × stride × enable, in the program's memory and in buffer objects: the
 * vertices that come out of the GL are those of the host's own.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "dispatch/vertex_format.h"
#include "tests/opengl/array_types.h"
#include "tests/opengl/capture.h"

#define ELEMENTS 6

enum kind {
    VERTEX,
    NORMAL,
    COLOR,
    SECONDARY,
    FOG,
    UNIT0,
    UNIT1,
    ORIGIN, /* the generic attribute 0, which stands in for the position */
    FLOATS,
    NORMALIZED,
    INTEGERS,
    DOUBLES
};

struct array {
    enum kind kind;
    GLint size;
    GLenum type;
    GLsizei stride;
    bool enabled;
};

static void point(const struct pair_gl *gl, const struct array *array, const void *at)
{
    const GLint size = array->size;
    const GLenum type = array->type;
    const GLsizei stride = array->stride;
    switch (array->kind) {
    case VERTEX:
        gl->VertexPointer(size, type, stride, at);
        break;
    case NORMAL:
        gl->NormalPointer(type, stride, at);
        break;
    case COLOR:
        gl->ColorPointer(size, type, stride, at);
        break;
    case SECONDARY:
        gl->SecondaryColorPointer(size, type, stride, at);
        break;
    case FOG:
        gl->FogCoordPointer(type, stride, at);
        break;
    case UNIT0:
    case UNIT1:
        gl->ClientActiveTexture(array->kind == UNIT0 ? GL_TEXTURE0 : GL_TEXTURE1);
        gl->TexCoordPointer(size, type, stride, at);
        break;
    case ORIGIN:
        gl->VertexAttribPointer(0, size, type, GL_FALSE, stride, at);
        break;
    case FLOATS:
    case NORMALIZED:
        gl->VertexAttribPointer(CAPTURE_ATTRIB, size, type, array->kind == NORMALIZED, stride, at);
        break;
    case INTEGERS:
        gl->VertexAttribIPointer(CAPTURE_ATTRIB, size, type, stride, at);
        break;
    case DOUBLES:
        gl->VertexAttribLPointer(CAPTURE_ATTRIB, size, type, stride, at);
        break;
    }
}

static void set_enabled(const struct pair_gl *gl, enum kind kind, bool enabled)
{
    static const GLenum names[] = {
        GL_VERTEX_ARRAY,    GL_NORMAL_ARRAY,        GL_COLOR_ARRAY,        GL_SECONDARY_COLOR_ARRAY,
        GL_FOG_COORD_ARRAY, GL_TEXTURE_COORD_ARRAY, GL_TEXTURE_COORD_ARRAY};
    if (kind < ORIGIN)
        (enabled ? gl->EnableClientState : gl->DisableClientState)(names[kind]);
    else
        (enabled ? gl->EnableVertexAttribArray
                 : gl->DisableVertexAttribArray)(kind == ORIGIN ? 0 : CAPTURE_ATTRIB);
}

/* Numbers of every size and sign; none of them is a NaN. */
static void fill(uint8_t *bytes, size_t n, const struct array *array)
{
    static const uint16_t halves[] = {0x3c00, 0xb555, 0x0001, 0x7bff, 0x8400, 0x5640, 0x83ff};
    const unsigned seed = (unsigned)array->size * 7 + (unsigned)array->stride;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)((i + seed) * 73 ^ (i * i >> 2));
    const size_t stride =
        array->stride ? (size_t)array->stride : vertex_element_bytes(array->size, array->type);
    const unsigned components = array->size == GL_BGRA ? 4 : (unsigned)array->size;
    for (unsigned i = 0; i < ELEMENTS; i++)
        for (unsigned c = 0; c < components; c++) {
            uint8_t *element = bytes + i * stride;
            const unsigned number = i * 5 + c + seed;
            const double wide = ldexp(number % 2 ? 1.1 : -1.7, (int)(number % 13) - 6);
            const float narrow = (float)wide;
            if (array->type == GL_DOUBLE)
                memcpy(element + c * sizeof wide, &wide, sizeof wide);
            else if (array->type == GL_FLOAT)
                memcpy(element + c * sizeof narrow, &narrow, sizeof narrow);
            else if (array->type == GL_HALF_FLOAT)
                memcpy(element + c * 2, &halves[number % G_N_ELEMENTS(halves)], 2);
        }
}

/* One by one Mesa 22.3 takes elements of other arrays for whole numbers, for RGBA, for doubles of
 * the same place or for four of them. */
static bool one_by_one(const struct array *array)
{
    switch (array->type) {
    case GL_HALF_FLOAT:
    case GL_FIXED:
    case GL_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_10F_11F_11F_REV:
        return false;
    default:
        return array->kind != DOUBLES && array->size != GL_BGRA;
    }
}

/* Every way to name elements; the last of ELEMENTS is among them, and what is disabled is not read.
 */
static void draw(const struct pair_gl *gl, const struct array *array)
{
    static const GLushort indices[5] = {5, 2, 2, 0, 3};
    const GLuint list = 1;
    gl->DrawArrays(GL_POINTS, 2, 4);
    gl->DrawElements(GL_POINTS, 5, GL_UNSIGNED_SHORT, indices);
    if (!one_by_one(array))
        return;
    gl->Begin(GL_POINTS);
    gl->ArrayElement(5);
    gl->ArrayElement(1);
    gl->End();
    gl->NewList(list, GL_COMPILE);
    gl->DrawArrays(GL_POINTS, 4, 2);
    gl->Begin(GL_POINTS);
    gl->ArrayElement(3);
    gl->End();
    gl->EndList();
    gl->CallList(list);
}
#define DRAWN 14

/* The array, with positions unless it is these, each in memory or in a buffer object. */
static void one_array(struct pair_side *side, const struct array *array, bool in_buffer,
                      bool positions_in_buffer)
{
    static const GLfloat positions[ELEMENTS][2] = {{0, 1}, {2, 3}, {4, 5},
                                                   {6, 7}, {8, 9}, {10, 11}};
    const struct pair_gl *gl = side->gl;
    const uint32_t element = vertex_element_bytes(array->size, array->type);
    const size_t stride = array->stride ? (size_t)array->stride : element;
    const size_t bytes = (ELEMENTS - 1) * stride + element;
    GLuint buffers[2];
    /* Mesa reads four of them. */
    const size_t beyond = array->kind == DOUBLES && !side->trireme ? 3 * sizeof(GLdouble) : 0;
    uint8_t *memory = guarded_alloc(bytes + beyond);
    fill(memory, bytes, array);
    gl->GenBuffers(2, buffers);
    if (array->kind != VERTEX) {
        if (positions_in_buffer) {
            gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
            gl->BufferData(GL_ARRAY_BUFFER, sizeof positions, positions, GL_STATIC_DRAW);
        }
        gl->VertexPointer(2, GL_FLOAT, 0, positions_in_buffer ? NULL : positions);
        gl->EnableClientState(GL_VERTEX_ARRAY);
        gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    }
    if (in_buffer) {
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[1]);
        gl->BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)bytes, memory, GL_STATIC_DRAW);
    }
    /* Of an array that is disabled no byte may be read. */
    point(gl, array, in_buffer ? NULL : array->enabled ? memory : memory + bytes + beyond);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    GLenum refused = gl->GetError();
    pair_note(side, &refused, sizeof refused);
    if (refused == GL_NO_ERROR) {
        set_enabled(gl, array->kind, array->enabled);
        capture_begin(gl, GL_POINTS);
        draw(gl, array);
        capture_end(side, DRAWN);
    }
    set_enabled(gl, array->kind, false);
    gl->DisableClientState(GL_VERTEX_ARRAY);
    gl->DeleteBuffers(2, buffers);
    guarded_free(memory, bytes + beyond);
}

static void places(struct pair_side *side, const struct array *array)
{
    one_array(side, array, false, false);
    one_array(side, array, false, true);
    one_array(side, array, true, false);
}

/* All strides, and disabled. */
static void strides(struct pair_side *side, enum kind kind, GLint size, GLenum type)
{
    struct array array = {kind, size, type, 0, true};
    const GLsizei element = (GLsizei)vertex_element_bytes(size, type);
    const GLsizei all[] = {0, element, element | 1, element + 24};
    for (unsigned i = 0; i < G_N_ELEMENTS(all); i++) {
        array.stride = all[i];
        places(side, &array);
    }
    array.enabled = false;
    one_array(side, &array, false, true);
}

/* Also sizes and types that the GL refuses. */
static void all_sizes(struct pair_side *side, enum kind kind, GLint least, GLint most)
{
    for (unsigned t = 0; t < ARRAY_TYPES; t++)
        for (GLint size = least; size <= most; size++)
            strides(side, kind, size, array_types[t]);
}

static void fixed(struct pair_side *side)
{
    capture_use(side->gl, "vec4", false);
    all_sizes(side, VERTEX, 2, 4);
    all_sizes(side, NORMAL, 3, 3);
    all_sizes(side, COLOR, 3, 4);
    strides(side, COLOR, GL_BGRA, GL_UNSIGNED_BYTE);
    all_sizes(side, SECONDARY, 3, 3);
    strides(side, SECONDARY, GL_BGRA, GL_UNSIGNED_BYTE);
    all_sizes(side, FOG, 1, 1);
}

Test(array_kinds, fixed_arrays, .timeout = 120)
{
    pair_run(fixed, 1000000);
}

static void units(struct pair_side *side)
{
    capture_use(side->gl, "vec4", false);
    all_sizes(side, UNIT0, 1, 4);
    all_sizes(side, UNIT1, 1, 4);
}

Test(array_kinds, texture_coordinates, .timeout = 120)
{
    pair_run(units, 1000000);
}

static void generic(struct pair_side *side)
{
    capture_use(side->gl, "vec4", false);
    strides(side, ORIGIN, 2, GL_SHORT);
    strides(side, ORIGIN, 3, GL_FLOAT);
    all_sizes(side, FLOATS, 1, 4);
    all_sizes(side, NORMALIZED, 1, 4);
    strides(side, NORMALIZED, GL_BGRA, GL_UNSIGNED_BYTE);
}

Test(array_kinds, generic_attributes, .timeout = 120)
{
    pair_run(generic, 1000000);
}

static void whole_numbers(struct pair_side *side)
{
    for (unsigned t = 0; t < 6; t++) {
        capture_use(side->gl, t % 2 ? "uvec4" : "ivec4", false);
        for (GLint size = 1; size <= 4; size++)
            strides(side, INTEGERS, size, array_types[t]);
    }
    for (GLint size = 1; size <= 4; size++) {
        static const char *const types[] = {"double", "dvec2", "dvec3", "dvec4"};
        capture_use(side->gl, types[size - 1], false); /* the others are undefined */
        strides(side, DOUBLES, size, GL_DOUBLE);
    }
}

Test(array_kinds, integers_and_doubles, .timeout = 120)
{
    pair_run(whole_numbers, 500000);
}

/* What no shader sees: colour indices, which one can ask for, and edge flags. */
static void current_index(struct pair_side *side, GLenum type, GLsizei stride)
{
    const struct pair_gl *gl = side->gl;
    const struct array array = {.size = 1, .type = type, .stride = stride};
    const size_t bytes = 5 * (size_t)stride + vertex_element_bytes(1, type);
    uint8_t *memory = guarded_alloc(bytes);
    fill(memory, bytes, &array);
    gl->IndexPointer(type, stride, memory);
    gl->EnableClientState(GL_INDEX_ARRAY);
    for (GLint i = 0; i < ELEMENTS; i++) {
        GLfloat value = -1;
        gl->ArrayElement(i);
        gl->GetFloatv(GL_CURRENT_INDEX, &value);
        pair_note(side, &value, sizeof value);
    }
    gl->DisableClientState(GL_INDEX_ARRAY);
    guarded_free(memory, bytes);
}

static void indices(struct pair_side *side)
{
    static const GLenum types[] = {GL_UNSIGNED_BYTE, GL_SHORT, GL_INT, GL_FLOAT, GL_DOUBLE};
    for (unsigned t = 0; t < G_N_ELEMENTS(types); t++) {
        current_index(side, types[t], 8);
        current_index(side, types[t], 13);
    }
}

Test(array_kinds, color_indices)
{
    pair_run(indices, 100);
}

static void edges(struct pair_side *side, GLsizei stride, bool flags_in_buffer,
                  bool places_in_buffer)
{
    static const GLfloat places[8][2] = {{-1, -1},     {0, -1},      {0, 0},       {-1, 0},
                                         {0.1f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.9f}, {0.1f, 0.9f}};
    const struct pair_gl *gl = side->gl;
    const size_t bytes = 7 * (size_t)MAX(stride, 1) + 1;
    GLboolean *flags = guarded_alloc(bytes);
    GLuint buffers[2];
    for (unsigned i = 0; i < 8; i++)
        flags[i * (unsigned)MAX(stride, 1)] = i % 3 == 1;
    gl->GenBuffers(2, buffers);
    if (flags_in_buffer) {
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[0]);
        gl->BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)bytes, flags, GL_STATIC_DRAW);
    }
    gl->EdgeFlagPointer(stride, flags_in_buffer ? NULL : flags);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    if (places_in_buffer) {
        gl->BindBuffer(GL_ARRAY_BUFFER, buffers[1]);
        gl->BufferData(GL_ARRAY_BUFFER, sizeof places, places, GL_STATIC_DRAW);
    }
    gl->VertexPointer(2, GL_FLOAT, 0, places_in_buffer ? NULL : places);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->DrawArrays(GL_QUADS, 0, 4);
    gl->Begin(GL_QUADS);
    for (GLint i = 4; i < 8; i++)
        gl->ArrayElement(i);
    gl->End();
    pair_note_picture(side);
    gl->DeleteBuffers(2, buffers);
    guarded_free(flags, bytes);
}

static void edge_flags(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    gl->PolygonMode(GL_FRONT_AND_BACK, GL_LINE);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_EDGE_FLAG_ARRAY);
    for (GLsizei stride = 0; stride < 6; stride += 5) {
        edges(side, stride, false, false);
        edges(side, stride, true, false);
        edges(side, stride, false, true);
        edges(side, stride, true, true);
    }
}

Test(array_kinds, edge_flags)
{
    pair_run(edge_flags, 8 * 16384);
}
