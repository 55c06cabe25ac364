/* SPDX-License-Identifier: MIT */
#include "guest/common/vertex_arrays.h"

#include <string.h>

void vertex_array_object_init(struct vertex_array_object *vao, GLuint name)
{
    memset(vao, 0, sizeof *vao);
    vao->name = name;
    vao->client = ~UINT64_C(0);
    for (unsigned i = 0; i < ARRAY_COUNT; i++) {
        vao->attribs[i] =
            (struct vertex_attrib){.size = 4, .type = GL_FLOAT, .binding = (uint8_t)i};
        vao->bindings[i].stride = 16;
    }
    vao->attribs[ARRAY_NORMAL].size = 3;
    vao->attribs[ARRAY_SECONDARY_COLOR].size = 3;
    vao->attribs[ARRAY_FOG_COORD].size = 1;
    vao->attribs[ARRAY_INDEX].size = 1;
    vao->attribs[ARRAY_EDGE_FLAG].size = 1;
    vao->attribs[ARRAY_EDGE_FLAG].type = GL_UNSIGNED_BYTE;
}

static void update_client(struct vertex_array_object *vao, unsigned binding)
{
    for (unsigned i = 0; i < ARRAY_COUNT; i++) {
        if (vao->attribs[i].binding != binding)
            continue;
        if (vao->bindings[binding].buffer)
            vao->client &= ~(UINT64_C(1) << i);
        else
            vao->client |= UINT64_C(1) << i;
    }
}

void vertex_array_set_pointer(struct vertex_array_object *vao, unsigned array, enum array_kind kind,
                              GLint size, GLenum type, GLsizei stride, const void *pointer,
                              GLuint buffer)
{
    vao->attribs[array] = (struct vertex_attrib){
        .size = size,
        .type = type,
        .kind = (uint8_t)kind,
        .binding = (uint8_t)array,
        .user_stride = stride,
        .pointer = pointer,
    };
    struct vertex_binding *binding = &vao->bindings[array];
    bool moved = !binding->buffer != !buffer;
    binding->buffer = buffer;
    binding->offset = (uintptr_t)pointer;
    binding->stride = stride ? stride : (GLsizei)vertex_element_bytes(size, type);
    uint64_t bit = UINT64_C(1) << array;
    vao->client = buffer ? vao->client & ~bit : vao->client | bit;
    if (moved && array >= ARRAY_GENERIC0)
        update_client(vao, array);
}

void vertex_array_bind_buffer(struct vertex_array_object *vao, unsigned binding, GLuint buffer,
                              uintptr_t offset, GLsizei stride)
{
    vao->bindings[binding].buffer = buffer;
    vao->bindings[binding].offset = offset;
    vao->bindings[binding].stride = stride;
    update_client(vao, binding);
}

void vertex_array_set_binding(struct vertex_array_object *vao, unsigned array, unsigned binding)
{
    vao->attribs[array].binding = (uint8_t)binding;
    update_client(vao, binding);
}

void vertex_array_forget_buffer(struct vertex_array_object *vao, GLuint buffer)
{
    if (vao->element_buffer == buffer)
        vao->element_buffer = 0;
    for (unsigned i = 0; i < ARRAY_COUNT; i++) {
        if (vao->bindings[i].buffer == buffer) {
            vao->bindings[i].buffer = 0;
            vao->bindings[i].offset = 0;
            update_client(vao, i);
        }
    }
}
