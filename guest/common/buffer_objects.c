/* SPDX-License-Identifier: MIT */
#include "guest/common/buffer_objects.h"

#include <stdlib.h>

int buffer_target_index(GLenum target)
{
    switch (target) {
    case GL_PIXEL_PACK_BUFFER:
        return BUFFER_PIXEL_PACK;
    case GL_PIXEL_UNPACK_BUFFER:
        return BUFFER_PIXEL_UNPACK;
    case GL_COPY_READ_BUFFER:
        return BUFFER_COPY_READ;
    case GL_COPY_WRITE_BUFFER:
        return BUFFER_COPY_WRITE;
    case GL_UNIFORM_BUFFER:
        return BUFFER_UNIFORM;
    case GL_TEXTURE_BUFFER:
        return BUFFER_TEXTURE;
    case GL_TRANSFORM_FEEDBACK_BUFFER:
        return BUFFER_TRANSFORM_FEEDBACK;
    case GL_ATOMIC_COUNTER_BUFFER:
        return BUFFER_ATOMIC_COUNTER;
    case GL_SHADER_STORAGE_BUFFER:
        return BUFFER_SHADER_STORAGE;
    case GL_DRAW_INDIRECT_BUFFER:
        return BUFFER_DRAW_INDIRECT;
    case GL_DISPATCH_INDIRECT_BUFFER:
        return BUFFER_DISPATCH_INDIRECT;
    case GL_QUERY_BUFFER:
        return BUFFER_QUERY;
    case GL_PARAMETER_BUFFER:
        return BUFFER_PARAMETER;
    default:
        return -1;
    }
}

void buffer_mapping_destroy(struct buffer_mapping *mapping)
{
    if (mapping)
        free(mapping->memory);
    free(mapping);
}

struct buffer_mapping *buffer_mapping_get(const struct buffer_objects *buffers, GLuint name)
{
    return buffers->mapped && name ? name_table_get(&buffers->mappings, name) : NULL;
}

/* Memory for a part of a buffer; NULL: there is none. */
static struct buffer_mapping *allocate(GLuint name, GLintptr offset, GLsizeiptr length)
{
    struct buffer_mapping *mapping = calloc(1, sizeof *mapping);
    if (!mapping)
        return NULL;
    /* The pointer less the offset is a multiple of MIN_MAP_BUFFER_ALIGNMENT (section 6.3). */
    uintptr_t slack = BUFFER_MAP_ALIGNMENT - 1 + (uintptr_t)offset % BUFFER_MAP_ALIGNMENT;
    mapping->memory = malloc((size_t)length + slack);
    if (!mapping->memory) {
        free(mapping);
        return NULL;
    }
    uintptr_t address = (uintptr_t)mapping->memory + BUFFER_MAP_ALIGNMENT - 1;
    address -= address % BUFFER_MAP_ALIGNMENT;
    mapping->bytes = (uint8_t *)(address + (uintptr_t)offset % BUFFER_MAP_ALIGNMENT);
    mapping->name = name;
    mapping->held_offset = offset;
    mapping->held = length;
    return mapping;
}

struct buffer_mapping *buffer_mapping_create(struct buffer_objects *buffers, GLuint name,
                                             GLintptr offset, GLsizeiptr length, GLbitfield access,
                                             bool kept)
{
    struct buffer_mapping *mapping =
        kept ? buffer_contents_take(&buffers->contents, name, offset, length) : NULL;
    if (!mapping)
        mapping = allocate(name, offset, length);
    if (!mapping || !name_table_set(&buffers->mappings, name, mapping)) {
        buffer_mapping_destroy(mapping);
        return NULL;
    }
    mapping->pointer = mapping->bytes + (offset - mapping->held_offset);
    mapping->offset = offset;
    mapping->length = length;
    mapping->access = access;
    buffers->mapped++;
    return mapping;
}

struct buffer_mapping *buffer_mapping_take(struct buffer_objects *buffers, GLuint name)
{
    struct buffer_mapping *mapping =
        buffers->mapped ? name_table_remove(&buffers->mappings, name) : NULL;
    buffers->mapped -= mapping != NULL;
    return mapping;
}

void buffer_mapping_drop(struct buffer_objects *buffers, GLuint name)
{
    buffer_mapping_destroy(buffer_mapping_take(buffers, name));
}

void buffer_objects_forget(struct buffer_objects *buffers, GLuint name)
{
    for (int i = 0; i < BUFFER_TARGETS; i++) {
        if (buffers->bound[i] == name)
            buffers->bound[i] = 0;
    }
    buffer_mapping_drop(buffers, name);
    buffer_contents_deleted(&buffers->contents, name);
    buffer_size_set(buffers, name, -1);
}

void buffer_size_set(struct buffer_objects *buffers, GLuint name, GLsizeiptr size)
{
    if (size < 0)
        name_table_remove(&buffers->sizes, name);
    else
        name_table_set(&buffers->sizes, name, (void *)((uintptr_t)size + 1));
}

GLsizeiptr buffer_size_get(const struct buffer_objects *buffers, GLuint name)
{
    return (GLsizeiptr)((uintptr_t)name_table_get(&buffers->sizes, name) - 1);
}

static void destroy_value(void *value)
{
    buffer_mapping_destroy(value);
}

void buffer_objects_finish(struct buffer_objects *buffers)
{
    buffer_contents_finish(&buffers->contents);
    name_table_finish(&buffers->sizes, NULL);
    name_table_finish(&buffers->mappings, destroy_value);
    buffers->mapped = 0;
}
