/* SPDX-License-Identifier: MIT */
/* The entry points of buffer objects that are not just records. */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/buffer_refusal.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <stdint.h>
#include <string.h>

/* Where the name of the buffer bound to a target is kept; NULL: not a target. */
static GLuint *bound_place(struct gl_state *state, GLenum target)
{
    if (target == GL_ARRAY_BUFFER)
        return &state->array_buffer;
    if (target == GL_ELEMENT_ARRAY_BUFFER)
        return &state->vao->element_buffer;
    int index = buffer_target_index(target);
    return index < 0 ? NULL : &state->buffers.bound[index];
}

/* The bit of a target in buffer_contents.uncertain. */
static unsigned target_bit(GLenum target)
{
    return target == GL_ARRAY_BUFFER           ? BUFFER_ARRAY
           : target == GL_ELEMENT_ARRAY_BUFFER ? BUFFER_ELEMENT_ARRAY
                                               : (unsigned)buffer_target_index(target);
}

/* The GL writes to what is bound here, by commands that do not name it. */
static bool is_written(GLenum target)
{
    switch (target) {
    case GL_PIXEL_PACK_BUFFER:
    case GL_TRANSFORM_FEEDBACK_BUFFER:
    case GL_ATOMIC_COUNTER_BUFFER:
    case GL_SHADER_STORAGE_BUFFER:
    case GL_QUERY_BUFFER:
        return true;
    default:
        return false;
    }
}

/* `valid`: with a name that there is, the command is no error. */
static void bind(struct gl_encoder *e, GLenum target, GLuint buffer, bool valid)
{
    GLuint *place = e->state ? bound_place(e->state, target) : NULL;
    if (!place || buffer_bind_refused(e, buffer))
        return;
    *place = buffer;
    buffer_contents_bound(&e->state->buffers.contents, target_bit(target), buffer,
                          valid && !e->state->may_be_inside, is_written(target));
}

void gl_track_GenBuffers(struct gl_encoder *e, GLsizei n, GLuint *names)
{
    if (e->state && !e->state->may_be_inside && names)
        buffer_contents_generated(&e->state->buffers.contents, n, names);
}

void gl_track_BindBuffer(struct gl_encoder *e, GLenum target, GLuint buffer)
{
    bind(e, target, buffer, true);
}

/* What every GL that knows the target has: that many indexed binding points, and offsets that may
 * be any multiple of this. 0: the target has none. */
struct indexed_target {
    GLuint points;
    GLintptr alignment;
    GLenum binding; /* the query of the general binding point */
};

static struct indexed_target indexed_target(GLenum target)
{
    switch (target) {
    case GL_UNIFORM_BUFFER:
        return (struct indexed_target){24, 256, GL_UNIFORM_BUFFER_BINDING};
    case GL_SHADER_STORAGE_BUFFER:
        return (struct indexed_target){8, 256, GL_SHADER_STORAGE_BUFFER_BINDING};
    case GL_TRANSFORM_FEEDBACK_BUFFER:
        return (struct indexed_target){4, 4, GL_TRANSFORM_FEEDBACK_BUFFER_BINDING};
    case GL_ATOMIC_COUNTER_BUFFER:
        return (struct indexed_target){1, 4, GL_ATOMIC_COUNTER_BUFFER_BINDING};
    default:
        return (struct indexed_target){0};
    }
}

/* Indexed binding points bind the general one too (section 6.1.1), if the command is no error. */
static void bind_indexed(struct gl_encoder *e, GLenum target, GLuint index, GLuint buffer,
                         bool valid)
{
    const struct indexed_target indexed = indexed_target(target);
    if (!indexed.points)
        return;
    if (!valid || index >= indexed.points) {
        GLint bound = -1;
        gl_encode_GetIntegerv(e, indexed.binding, &bound);
        if ((GLuint)bound != buffer)
            return;
    }
    bind(e, target, buffer, true);
}

void gl_track_BindBufferBase(struct gl_encoder *e, GLenum target, GLuint index, GLuint buffer)
{
    bind_indexed(e, target, index, buffer, true);
}

void gl_track_BindBufferRange(struct gl_encoder *e, GLenum target, GLuint index, GLuint buffer,
                              GLintptr offset, GLsizeiptr size)
{
    const GLintptr alignment = indexed_target(target).alignment;
    bind_indexed(e, target, index, buffer,
                 alignment && offset >= 0 && offset % alignment == 0 && size > 0 && size % 4 == 0);
}

void gl_track_DeleteBuffers(struct gl_encoder *e, GLsizei n, const GLuint *names)
{
    if (!e->state || !names)
        return;
    for (GLsizei i = 0; i < n; i++) {
        if (!names[i])
            continue;
        buffer_objects_forget(&e->state->buffers, names[i]);
        vertex_array_forget_buffer(e->state->vao, names[i]);
        if (e->state->array_buffer == names[i])
            e->state->array_buffer = 0;
    }
}

/* What the buffer holds is undefined until the next command. */
static void set_fresh(struct gl_encoder *e, GLuint name)
{
    e->state->buffers.fresh = name;
    e->state->buffers.fresh_position = ring_producer_position(&e->commands);
}

void gl_track_BufferData(struct gl_encoder *e, GLenum target, GLsizeiptr size, const void *data,
                         GLenum usage)
{
    if (!e->state)
        return;
    GLuint *place = bound_place(e->state, target);
    if (!place || !*place || size < 0)
        return;
    struct buffer_objects *buffers = &e->state->buffers;
    buffer_contents_forget(&buffers->contents, target_bit(target), *place);
    buffer_mapping_drop(buffers, *place);
    buffer_size_set(buffers, *place, size);
    set_fresh(e, data ? 0 : *place);
}

/* -1: it never had memory, and cannot be mapped. */
static GLsizeiptr bound_size(struct gl_encoder *e, GLenum target, GLuint name)
{
    GLsizeiptr size = buffer_size_get(&e->state->buffers, name);
    if (size < 0) {
        GLint value = 0;
        gl_encode_GetBufferParameteriv(e, target, GL_BUFFER_SIZE, &value);
        size = value > 0 ? value : -1;
    }
    return size;
}

static GLenum map_error(GLintptr offset, GLsizeiptr length, GLbitfield access, GLsizeiptr size)
{
    const GLbitfield known = GL_MAP_READ_BIT | GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT |
                             GL_MAP_INVALIDATE_BUFFER_BIT | GL_MAP_FLUSH_EXPLICIT_BIT |
                             GL_MAP_UNSYNCHRONIZED_BIT;
    if (offset < 0 || length < 0 || access & ~known || offset > size || length > size - offset)
        return GL_INVALID_VALUE;
    if (!length || !(access & (GL_MAP_READ_BIT | GL_MAP_WRITE_BIT)) ||
        (access & GL_MAP_READ_BIT &&
         access & (GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT |
                   GL_MAP_UNSYNCHRONIZED_BIT)) ||
        (access & GL_MAP_FLUSH_EXPLICIT_BIT && !(access & GL_MAP_WRITE_BIT)))
        return GL_INVALID_OPERATION;
    return GL_NO_ERROR;
}

/* The bound buffer's name, or 0 with an error recorded. */
static GLuint bound_buffer(struct gl_encoder *e, GLenum target)
{
    GLuint *place = bound_place(e->state, target);
    if (!place)
        gl_encoder_error(e, GL_INVALID_ENUM);
    else if (!*place)
        gl_encoder_error(e, GL_INVALID_OPERATION);
    return place ? *place : 0;
}

/* The guest knows what the buffer bound to a target holds, as long as it has the memory for it. */
static bool is_certain(const struct gl_encoder *e, GLenum target, GLuint name)
{
    return !e->buffers_escape && !e->state->may_be_inside && gl_state_is_alone(e->state) &&
           buffer_contents_certain(&e->state->buffers.contents, target_bit(target), name);
}

/* The buffer that is bound to a target gets other contents, perhaps beside what is mapped. */
static void forget_contents(struct gl_encoder *e, GLenum target)
{
    GLuint *place = e->state ? bound_place(e->state, target) : NULL;
    if (!place)
        return;
    struct buffer_mapping *mapping = buffer_mapping_get(&e->state->buffers, *place);
    if (mapping)
        mapping->known = false;
    buffer_contents_forget(&e->state->buffers.contents, target_bit(target), *place);
}

/* Fills a mapping from the host; false: the GL has refused, and has the error. */
static bool fetch(struct gl_encoder *e, GLenum target, struct buffer_mapping *mapping)
{
    struct gl_result result = {.data = mapping->pointer, .capacity = (uint64_t)mapping->length};
    gl_encode_GetBufferSubData(e, target, mapping->offset, mapping->length, &result);
    mapping->known = result.bytes == result.capacity;
    return mapping->known || e->lost;
}

static void *map(struct gl_encoder *e, GLenum target, GLuint name, GLintptr offset,
                 GLsizeiptr length, GLbitfield access)
{
    struct buffer_objects *buffers = &e->state->buffers;
    struct buffer_mapping *mapping =
        buffer_mapping_create(buffers, name, offset, length, access, is_certain(e, target, name));
    if (!mapping) {
        gl_encoder_error(e, GL_OUT_OF_MEMORY);
        return NULL;
    }
    bool fresh =
        buffers->fresh == name && buffers->fresh_position == ring_producer_position(&e->commands);
    bool invalidate = access & (GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);
    /* With explicit flushes only what was flushed is written back; the rest may be anything,
     * but a program may flush more than it wrote. */
    if (mapping->known)
        return mapping->pointer;
    if (fresh || invalidate) {
        memset(mapping->pointer, 0, (size_t)length);
    } else if (!fetch(e, target, mapping)) {
        buffer_mapping_drop(buffers, name);
        return NULL;
    }
    return mapping->pointer;
}

/* The buffer is not mapped any more. What it holds is known, if nothing has spoken against it since
 * it was mapped. */
static void unmap(struct gl_encoder *e, GLenum target, GLuint name)
{
    struct buffer_objects *buffers = &e->state->buffers;
    struct buffer_mapping *mapping = buffer_mapping_take(buffers, name);
    if (mapping->known && !(mapping->access & GL_MAP_FLUSH_EXPLICIT_BIT) &&
        is_certain(e, target, name)) {
        buffer_contents_keep(&buffers->contents, mapping);
    } else {
        buffer_contents_forget(&buffers->contents, target_bit(target), name);
        buffer_mapping_destroy(mapping);
    }
}

void *GL_API_CALL trireme_glMapBufferRange(GLenum target, GLintptr offset, GLsizeiptr length,
                                           GLbitfield access)
{
    struct gl_encoder *e = gl_encoder_current();
    GLuint name = e->state ? bound_buffer(e, target) : 0;
    if (!name)
        return NULL;
    const GLsizeiptr size = bound_size(e, target, name);
    GLenum error = map_error(offset, length, access, size < 0 ? PTRDIFF_MAX : size);
    if (!error && (size < 0 || buffer_mapping_get(&e->state->buffers, name)))
        error = GL_INVALID_OPERATION;
    if (error) {
        gl_encoder_error(e, error);
        return NULL;
    }
    return map(e, target, name, offset, length, access);
}

void *GL_API_CALL trireme_glMapBuffer(GLenum target, GLenum access)
{
    struct gl_encoder *e = gl_encoder_current();
    GLbitfield bits = access == GL_READ_ONLY    ? GL_MAP_READ_BIT
                      : access == GL_WRITE_ONLY ? GL_MAP_WRITE_BIT
                      : access == GL_READ_WRITE ? GL_MAP_READ_BIT | GL_MAP_WRITE_BIT
                                                : 0;
    if (!bits) {
        gl_encoder_error(e, GL_INVALID_ENUM);
        return NULL;
    }
    GLuint name = e->state ? bound_buffer(e, target) : 0;
    if (!name)
        return NULL;
    GLsizeiptr size = bound_size(e, target, name);
    if (size <= 0 || buffer_mapping_get(&e->state->buffers, name)) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return NULL;
    }
    return map(e, target, name, 0, size, bits);
}

void GL_API_CALL trireme_glFlushMappedBufferRange(GLenum target, GLintptr offset, GLsizeiptr length)
{
    struct gl_encoder *e = gl_encoder_current();
    GLuint name = e->state ? bound_buffer(e, target) : 0;
    if (!name)
        return;
    struct buffer_mapping *mapping = buffer_mapping_get(&e->state->buffers, name);
    if (!mapping || !(mapping->access & GL_MAP_FLUSH_EXPLICIT_BIT)) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
    } else if (offset < 0 || length < 0 || offset > mapping->length ||
               length > mapping->length - offset) {
        gl_encoder_error(e, GL_INVALID_VALUE);
    } else if (length) {
        forget_contents(e, target);
        gl_encode_BufferSubData(e, target, mapping->offset + offset, length,
                                (const uint8_t *)mapping->pointer + offset);
    }
}

GLboolean GL_API_CALL trireme_glUnmapBuffer(GLenum target)
{
    struct gl_encoder *e = gl_encoder_current();
    GLuint name = e->state ? bound_buffer(e, target) : 0;
    if (!name)
        return GL_FALSE;
    struct buffer_mapping *mapping = buffer_mapping_get(&e->state->buffers, name);
    if (!mapping) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return GL_FALSE;
    }
    if (mapping->access & GL_MAP_WRITE_BIT && !(mapping->access & GL_MAP_FLUSH_EXPLICIT_BIT))
        gl_encode_BufferSubData(e, target, mapping->offset, mapping->length, mapping->pointer);
    unmap(e, target, name);
    return GL_TRUE;
}

/* The buffer is mapped, so commands that read or write it are errors: here, as the host does not
 * know it. */
static bool refused_as_mapped(struct gl_encoder *e, GLuint name)
{
    bool mapped = e->state && buffer_mapping_get(&e->state->buffers, name);
    if (mapped)
        gl_encoder_error(e, GL_INVALID_OPERATION);
    return mapped;
}

/* The same for a command to which only a mapping of what it touches is an error. */
static bool refused_as_range_mapped(struct gl_encoder *e, GLuint name, GLintptr offset,
                                    GLsizeiptr size)
{
    const struct buffer_mapping *mapping =
        e->state ? buffer_mapping_get(&e->state->buffers, name) : NULL;
    if (!mapping || offset >= mapping->offset + mapping->length ||
        (size >= 0 && offset < mapping->offset && size <= mapping->offset - offset))
        return false;
    gl_encoder_error(e, GL_INVALID_OPERATION);
    return true;
}

static GLuint bound_name(struct gl_encoder *e, GLenum target)
{
    GLuint *place = e->state ? bound_place(e->state, target) : NULL;
    return place ? *place : 0;
}

void GL_API_CALL trireme_glBufferSubData(GLenum target, GLintptr offset, GLsizeiptr size,
                                         const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!refused_as_mapped(e, bound_name(e, target))) {
        forget_contents(e, target);
        gl_encode_BufferSubData(e, target, offset, size, data);
    }
}

void GL_API_CALL trireme_glGetBufferSubData(GLenum target, GLintptr offset, GLsizeiptr size,
                                            void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    struct gl_result result = {.data = data, .capacity = size > 0 ? (uint64_t)size : 0};
    if (!refused_as_mapped(e, bound_name(e, target)))
        gl_encode_GetBufferSubData(e, target, offset, size, &result);
}

void GL_API_CALL trireme_glCopyBufferSubData(GLenum from, GLenum to, GLintptr from_offset,
                                             GLintptr to_offset, GLsizeiptr size)
{
    struct gl_encoder *e = gl_encoder_current();
    if (refused_as_mapped(e, bound_name(e, from)) || refused_as_mapped(e, bound_name(e, to)))
        return;
    forget_contents(e, to);
    gl_encode_CopyBufferSubData(e, from, to, from_offset, to_offset, size);
}

void GL_API_CALL trireme_glClearBufferData(GLenum target, GLenum internal_format, GLenum format,
                                           GLenum type, const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    if (refused_as_mapped(e, bound_name(e, target)))
        return;
    forget_contents(e, target);
    gl_encode_ClearBufferData(e, target, internal_format, format, type, data);
}

void GL_API_CALL trireme_glClearBufferSubData(GLenum target, GLenum internal_format,
                                              GLintptr offset, GLsizeiptr size, GLenum format,
                                              GLenum type, const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    if (refused_as_range_mapped(e, bound_name(e, target), offset, size))
        return;
    forget_contents(e, target);
    gl_encode_ClearBufferSubData(e, target, internal_format, offset, size, format, type, data);
}

void GL_API_CALL trireme_glInvalidateBufferData(GLuint name)
{
    struct gl_encoder *e = gl_encoder_current();
    if (refused_as_mapped(e, name))
        return;
    gl_encode_InvalidateBufferData(e, name);
    if (e->state)
        set_fresh(e, name);
}

void GL_API_CALL trireme_glInvalidateBufferSubData(GLuint name, GLintptr offset, GLsizeiptr length)
{
    struct gl_encoder *e = gl_encoder_current();
    const struct buffer_mapping *mapping =
        e->state ? buffer_mapping_get(&e->state->buffers, name) : NULL;
    /* What lies beside the mapped range may be invalidated (section 6.5). */
    bool apart = mapping && (offset >= mapping->offset + mapping->length ||
                             offset + length <= mapping->offset);
    if (apart || !refused_as_mapped(e, name))
        gl_encode_InvalidateBufferSubData(e, name, offset, length);
}

/* What the host does not know of a buffer; false: it does. */
static bool mapping_parameter(struct gl_state *state, GLenum target, GLenum pname, GLint64 *value)
{
    GLuint *place = bound_place(state, target);
    if (!place || !*place)
        return false;
    const struct buffer_mapping *mapping = buffer_mapping_get(&state->buffers, *place);
    if (!mapping)
        return false;
    const GLbitfield both = GL_MAP_READ_BIT | GL_MAP_WRITE_BIT;
    switch (pname) {
    case GL_BUFFER_MAPPED:
        *value = GL_TRUE;
        return true;
    case GL_BUFFER_ACCESS:
        *value = (mapping->access & both) == both              ? GL_READ_WRITE
                 : (mapping->access & both) == GL_MAP_READ_BIT ? GL_READ_ONLY
                                                               : GL_WRITE_ONLY;
        return true;
    case GL_BUFFER_ACCESS_FLAGS:
        *value = mapping->access;
        return true;
    case GL_BUFFER_MAP_OFFSET:
        *value = mapping->offset;
        return true;
    case GL_BUFFER_MAP_LENGTH:
        *value = mapping->length;
        return true;
    default:
        return false;
    }
}

void GL_API_CALL trireme_glGetBufferParameteriv(GLenum target, GLenum pname, GLint *params)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint64 value;
    if (e->state && mapping_parameter(e->state, target, pname, &value))
        *params = (GLint)value;
    else
        gl_encode_GetBufferParameteriv(e, target, pname, params);
}

void GL_API_CALL trireme_glGetBufferParameteri64v(GLenum target, GLenum pname, GLint64 *params)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!e->state || !mapping_parameter(e->state, target, pname, params))
        gl_encode_GetBufferParameteri64v(e, target, pname, params);
}

void GL_API_CALL trireme_glGetBufferPointerv(GLenum target, GLenum pname, void **params)
{
    struct gl_encoder *e = gl_encoder_current();
    if (pname != GL_BUFFER_MAP_POINTER) {
        gl_encoder_error(e, GL_INVALID_ENUM);
        return;
    }
    GLuint name = e->state ? bound_buffer(e, target) : 0;
    if (!name)
        return;
    struct buffer_mapping *mapping = buffer_mapping_get(&e->state->buffers, name);
    if (params)
        *params = mapping ? mapping->pointer : NULL;
}
