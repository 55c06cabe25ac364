/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vertex arrays. The GL never gets an address: arrays lie in buffer objects, and a draw with an
 * enabled array that has none does not happen. What is enabled and bound is asked from the GL.
 */
#include <string.h>

#include "dispatch/gl_host_arrays.h"
#include "dispatch/gl_host_debug.h"
#include "gl_host.h"

#define BIT(n) (UINT64_C(1) << (n))

static const struct gl_fixed_array fixed_arrays[ARRAY_TEXCOORD0 + 1] = {
    [ARRAY_VERTEX] = {GL_VERTEX_ARRAY, GL_VERTEX_ARRAY_BUFFER_BINDING, GL_VERTEX_ARRAY_SIZE,
                      GL_VERTEX_ARRAY_TYPE, GL_VERTEX_ARRAY_STRIDE, GL_VERTEX_ARRAY_POINTER, 0},
    [ARRAY_NORMAL] = {GL_NORMAL_ARRAY, GL_NORMAL_ARRAY_BUFFER_BINDING, 0, GL_NORMAL_ARRAY_TYPE,
                      GL_NORMAL_ARRAY_STRIDE, GL_NORMAL_ARRAY_POINTER, 3},
    [ARRAY_COLOR] = {GL_COLOR_ARRAY, GL_COLOR_ARRAY_BUFFER_BINDING, GL_COLOR_ARRAY_SIZE,
                     GL_COLOR_ARRAY_TYPE, GL_COLOR_ARRAY_STRIDE, GL_COLOR_ARRAY_POINTER, 0},
    [ARRAY_INDEX] = {GL_INDEX_ARRAY, GL_INDEX_ARRAY_BUFFER_BINDING, 0, GL_INDEX_ARRAY_TYPE,
                     GL_INDEX_ARRAY_STRIDE, GL_INDEX_ARRAY_POINTER, 1},
    [ARRAY_EDGE_FLAG] = {GL_EDGE_FLAG_ARRAY, GL_EDGE_FLAG_ARRAY_BUFFER_BINDING, 0, 0,
                         GL_EDGE_FLAG_ARRAY_STRIDE, GL_EDGE_FLAG_ARRAY_POINTER, 1},
    [ARRAY_SECONDARY_COLOR] = {GL_SECONDARY_COLOR_ARRAY, GL_SECONDARY_COLOR_ARRAY_BUFFER_BINDING,
                               GL_SECONDARY_COLOR_ARRAY_SIZE, GL_SECONDARY_COLOR_ARRAY_TYPE,
                               GL_SECONDARY_COLOR_ARRAY_STRIDE, GL_SECONDARY_COLOR_ARRAY_POINTER,
                               0},
    [ARRAY_FOG_COORD] = {GL_FOG_COORD_ARRAY, GL_FOG_COORD_ARRAY_BUFFER_BINDING, 0,
                         GL_FOG_COORD_ARRAY_TYPE, GL_FOG_COORD_ARRAY_STRIDE,
                         GL_FOG_COORD_ARRAY_POINTER, 1},
    [ARRAY_TEXCOORD0] = {GL_TEXTURE_COORD_ARRAY, GL_TEXTURE_COORD_ARRAY_BUFFER_BINDING,
                         GL_TEXTURE_COORD_ARRAY_SIZE, GL_TEXTURE_COORD_ARRAY_TYPE,
                         GL_TEXTURE_COORD_ARRAY_STRIDE, GL_TEXTURE_COORD_ARRAY_POINTER, 0},
};

const struct gl_fixed_array *gl_fixed_array(unsigned array)
{
    return &fixed_arrays[array < ARRAY_TEXCOORD0 ? array : ARRAY_TEXCOORD0];
}

static bool array_exists(const struct gl_decoder *d, unsigned array)
{
    if (array >= ARRAY_GENERIC0) {
        return array - ARRAY_GENERIC0 < d->host->max_attribs;
    }
    if (array >= ARRAY_TEXCOORD0) {
        return d->host->legacy && array - ARRAY_TEXCOORD0 < d->host->max_texcoords;
    }
    return d->host->legacy && fixed_arrays[array].enable != 0;
}

/* Asks the GL about one array; what it does not answer counts as enabled and without a buffer.
 * For texture coordinates the unit is the client active one. */
static void look_at_array(struct gl_decoder *d, unsigned array)
{
    struct gl_host_state *h = d->host;
    GLint enabled = 1, buffer = 0;
    if (array >= ARRAY_GENERIC0) {
        GLuint index = array - ARRAY_GENERIC0;
        d->gl->GetVertexAttribiv(index, GL_VERTEX_ATTRIB_ARRAY_ENABLED, &enabled);
        if (enabled) {
            d->gl->GetVertexAttribiv(index, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &buffer);
        }
    } else {
        enabled = gl_host_integer(d, gl_fixed_array(array)->enable, 1);
        if (enabled) {
            buffer = gl_host_integer(d, gl_fixed_array(array)->buffer, 0);
        }
    }
    h->enabled = enabled ? h->enabled | BIT(array) : h->enabled & ~BIT(array);
    h->unsafe = enabled && !buffer ? h->unsafe | BIT(array) : h->unsafe & ~BIT(array);
    h->limits_known = false;
    gl_vertex_run_drop(d);
}

void gl_host_with_unit(struct gl_decoder *d, unsigned array,
                       void (*visit)(struct gl_decoder *d, unsigned array))
{
    if (array < ARRAY_TEXCOORD0 || array >= ARRAY_GENERIC0) {
        visit(d, array);
        return;
    }
    GLint active = gl_host_integer(d, GL_CLIENT_ACTIVE_TEXTURE, GL_TEXTURE0);
    GLenum unit = GL_TEXTURE0 + array - ARRAY_TEXCOORD0;
    if (unit != (GLenum)active) {
        d->gl->ClientActiveTexture(unit);
    }
    visit(d, array);
    if (unit != (GLenum)active) {
        d->gl->ClientActiveTexture((GLenum)active);
    }
}

static void find_limits(struct gl_decoder *d)
{
    struct gl_host_state *h = d->host;
    if (d->gl->GetVertexAttribiv) {
        h->max_attribs =
            (unsigned)CLAMP(gl_host_integer(d, GL_MAX_VERTEX_ATTRIBS, 0), 0, ARRAY_GENERICS);
    }
    if (h->legacy && d->gl->ClientActiveTexture) {
        h->max_texcoords =
            (unsigned)CLAMP(gl_host_integer(d, GL_MAX_TEXTURE_COORDS, 1), 1, ARRAY_TEXCOORDS);
    }
}

bool gl_host_fresh_arrays(struct gl_decoder *d)
{
    struct gl_host_state *h = d->host;
    if (!(d->dirty & GL_TOUCH_ARRAYS)) {
        return true;
    }
    if (!gl_host_outside(d)) {
        return false;
    }
    if (d->gl->BindVertexArray) {
        h->vao = (GLuint)gl_host_integer(d, GL_VERTEX_ARRAY_BINDING, 0);
    }
    gl_host_attempt(d);
    if (h->max_attribs == 0 && h->max_texcoords == 0) {
        find_limits(d);
    }
    for (unsigned array = 0; array < ARRAY_COUNT; array++) {
        if (array_exists(d, array)) {
            gl_host_with_unit(d, array, look_at_array);
        }
    }
    /* A fixed-function array that an old GL does not know cannot be enabled either. */
    if (d->gl->GetError() != GL_NO_ERROR) {
        return false;
    }
    d->dirty &= ~GL_TOUCH_ARRAYS;
    return true;
}

/* After a command about one array. */
static void array_changed(struct gl_decoder *d, unsigned array)
{
    if (d->dirty & GL_TOUCH_ARRAYS) {
        return;
    }
    if (!gl_host_outside(d) || array >= ARRAY_COUNT || !array_exists(d, array)) {
        d->dirty |= GL_TOUCH_ARRAYS;
    } else {
        look_at_array(d, array);
    }
}

/* The unit that texture coordinate commands are about. */
static unsigned texcoord_array(struct gl_decoder *d)
{
    if (d->host->max_texcoords == 0 || !gl_host_outside(d)) {
        return ARRAY_COUNT;
    }
    unsigned unit =
        (unsigned)gl_host_integer(d, GL_CLIENT_ACTIVE_TEXTURE, GL_TEXTURE0) - GL_TEXTURE0;
    return unit < ARRAY_TEXCOORDS ? ARRAY_TEXCOORD0 + unit : ARRAY_COUNT;
}

static void client_state_changed(struct gl_decoder *d, GLenum name)
{
    if (name == GL_TEXTURE_COORD_ARRAY) {
        array_changed(d, texcoord_array(d));
        return;
    }
    for (unsigned array = 0; array < ARRAY_TEXCOORD0; array++) {
        if (fixed_arrays[array].enable == name) {
            array_changed(d, array);
        }
    }
}

void gl_host_EnableClientState(struct gl_decoder *d, GLenum name)
{
    d->gl->EnableClientState(name);
    client_state_changed(d, name);
}

void gl_host_DisableClientState(struct gl_decoder *d, GLenum name)
{
    d->gl->DisableClientState(name);
    client_state_changed(d, name);
}

/* Display lists that enable arrays are about; they may be shared between contexts. */
static gint lists_enable_arrays;

/* Some GLs take names of arrays here too, and, other than glEnableClientState, put the command into
 * display lists. */
static void enable_changed(struct gl_decoder *d, GLenum name)
{
    bool is_array = (name >= GL_VERTEX_ARRAY && name <= GL_EDGE_FLAG_ARRAY) ||
                    name == GL_FOG_COORD_ARRAY || name == GL_SECONDARY_COLOR_ARRAY;
    if (!is_array) {
        return;
    }
    if (d->host->lists.compiling != 0) {
        g_atomic_int_set(&lists_enable_arrays, 1);
    }
    client_state_changed(d, name);
}

void gl_host_Enable(struct gl_decoder *d, GLenum cap)
{
    d->gl->Enable(cap);
    enable_changed(d, cap);
    gl_host_debug_enabled(d, cap);
}

void gl_host_Disable(struct gl_decoder *d, GLenum cap)
{
    d->gl->Disable(cap);
    enable_changed(d, cap);
}

void gl_host_list_called(struct gl_decoder *d)
{
    d->begin = GL_BEGIN_UNKNOWN;
    if (g_atomic_int_get(&lists_enable_arrays)) {
        d->dirty |= GL_TOUCH_ARRAYS;
    }
}

static unsigned generic_array(GLuint index)
{
    return index < ARRAY_GENERICS ? ARRAY_GENERIC0 + index : ARRAY_COUNT;
}

void gl_host_EnableVertexAttribArray(struct gl_decoder *d, GLuint index)
{
    d->gl->EnableVertexAttribArray(index);
    array_changed(d, generic_array(index));
}

void gl_host_DisableVertexAttribArray(struct gl_decoder *d, GLuint index)
{
    d->gl->DisableVertexAttribArray(index);
    array_changed(d, generic_array(index));
}

/* An array's place: an offset into the bound buffer, or NULL and no buffer, until data come. */
static bool place_valid(struct gl_decoder *d, const struct gl_payload *pointer)
{
    if (pointer->kind == GL_PAYLOAD_DATA) {
        gl_decoder_break(d, "an array cannot come with its pointer");
        return false;
    }
    if (!gl_host_outside(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (pointer->kind == GL_PAYLOAD_OFFSET &&
        (!d->gl->BindBuffer || !gl_host_integer(d, GL_ARRAY_BUFFER_BINDING, 0))) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    return true;
}

/* Mesa gives offsets back with 32 bits, and the limits (gl_host_limits.c) rest on that. What lies
 * beyond does so at 2 GiB, too. */
static uint64_t near_offset(uint64_t offset)
{
    return MIN(offset, (uint64_t)G_MAXINT32);
}

static const void *place(const struct gl_payload *pointer)
{
    return (const void *)(uintptr_t)near_offset(pointer->offset);
}

void gl_host_BindVertexBuffer(struct gl_decoder *d, GLuint index, GLuint buffer, GLintptr offset,
                              GLsizei stride)
{
    d->gl->BindVertexBuffer(index, buffer,
                            offset < 0 ? offset : (GLintptr)near_offset((uint64_t)offset), stride);
}

void gl_host_VertexPointer(struct gl_decoder *d, GLint size, GLenum type, GLsizei stride,
                           struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->VertexPointer(size, type, stride, place(&pointer));
        array_changed(d, ARRAY_VERTEX);
    }
}

void gl_host_NormalPointer(struct gl_decoder *d, GLenum type, GLsizei stride,
                           struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->NormalPointer(type, stride, place(&pointer));
        array_changed(d, ARRAY_NORMAL);
    }
}

void gl_host_ColorPointer(struct gl_decoder *d, GLint size, GLenum type, GLsizei stride,
                          struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->ColorPointer(size, type, stride, place(&pointer));
        array_changed(d, ARRAY_COLOR);
    }
}

void gl_host_IndexPointer(struct gl_decoder *d, GLenum type, GLsizei stride,
                          struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->IndexPointer(type, stride, place(&pointer));
        array_changed(d, ARRAY_INDEX);
    }
}

void gl_host_EdgeFlagPointer(struct gl_decoder *d, GLsizei stride, struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->EdgeFlagPointer(stride, place(&pointer));
        array_changed(d, ARRAY_EDGE_FLAG);
    }
}

void gl_host_SecondaryColorPointer(struct gl_decoder *d, GLint size, GLenum type, GLsizei stride,
                                   struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->SecondaryColorPointer(size, type, stride, place(&pointer));
        array_changed(d, ARRAY_SECONDARY_COLOR);
    }
}

void gl_host_FogCoordPointer(struct gl_decoder *d, GLenum type, GLsizei stride,
                             struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->FogCoordPointer(type, stride, place(&pointer));
        array_changed(d, ARRAY_FOG_COORD);
    }
}

void gl_host_TexCoordPointer(struct gl_decoder *d, GLint size, GLenum type, GLsizei stride,
                             struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->TexCoordPointer(size, type, stride, place(&pointer));
        array_changed(d, texcoord_array(d));
    }
}

void gl_host_VertexAttribPointer(struct gl_decoder *d, GLuint index, GLint size, GLenum type,
                                 GLboolean normalized, GLsizei stride, struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->VertexAttribPointer(index, size, type, normalized, stride, place(&pointer));
        array_changed(d, generic_array(index));
    }
}

void gl_host_VertexAttribIPointer(struct gl_decoder *d, GLuint index, GLint size, GLenum type,
                                  GLsizei stride, struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->VertexAttribIPointer(index, size, type, stride, place(&pointer));
        array_changed(d, generic_array(index));
    }
}

void gl_host_VertexAttribLPointer(struct gl_decoder *d, GLuint index, GLint size, GLenum type,
                                  GLsizei stride, struct gl_payload pointer)
{
    if (place_valid(d, &pointer)) {
        d->gl->VertexAttribLPointer(index, size, type, stride, place(&pointer));
        array_changed(d, generic_array(index));
    }
}
