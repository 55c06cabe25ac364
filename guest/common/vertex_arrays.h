/* SPDX-License-Identifier: MIT */
/*
 * Vertex array objects as the program sees them: where each array lies, in the program's memory or
 * in a buffer object. The host's arrays point elsewhere (into its stream buffer) when they are in
 * the program's memory, so the program's questions about them are answered from here.
 */
#ifndef TRIREME_GUEST_VERTEX_ARRAYS_H
#define TRIREME_GUEST_VERTEX_ARRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/client_array_record.h"
#include "dispatch/vertex_format.h"
#include "gl_api.h"

/* The format of an array, and the binding that its elements come from. */
struct vertex_attrib {
    GLint size; /* components, or GL_BGRA */
    GLenum type;
    uint8_t kind;        /* enum array_kind */
    uint8_t binding;     /* fixed-function arrays: their own number, for ever */
    GLsizei user_stride; /* as given to gl*Pointer */
    GLuint relative_offset;
    const void *pointer; /* as given to gl*Pointer */
};

struct vertex_binding {
    GLuint buffer; /* 0: `offset` is an address in the program's memory */
    uintptr_t offset;
    GLsizei stride; /* bytes; 0: all vertices get the same element */
    GLuint divisor;
};

struct vertex_array_object {
    GLuint name;
    GLuint element_buffer;
    uint64_t enabled; /* bit n: array n */
    uint64_t client;  /* bit n: array n's binding has no buffer object */
    struct vertex_attrib attribs[ARRAY_COUNT];
    struct vertex_binding bindings[ARRAY_COUNT];
};

void vertex_array_object_init(struct vertex_array_object *vao, GLuint name);

/* What gl*Pointer does: format and binding of an array at once. The arguments are valid. */
void vertex_array_set_pointer(struct vertex_array_object *vao, unsigned array, enum array_kind kind,
                              GLint size, GLenum type, GLsizei stride, const void *pointer,
                              GLuint buffer);

void vertex_array_bind_buffer(struct vertex_array_object *vao, unsigned binding, GLuint buffer,
                              uintptr_t offset, GLsizei stride);
void vertex_array_set_binding(struct vertex_array_object *vao, unsigned array, unsigned binding);

/* A buffer object was deleted while the vertex array object was bound. */
void vertex_array_forget_buffer(struct vertex_array_object *vao, GLuint buffer);

/* The arrays that a draw must bring along. */
static inline uint64_t vertex_arrays_in_client_memory(const struct vertex_array_object *vao)
{
    return vao->enabled & vao->client;
}

#endif
