/* SPDX-License-Identifier: MIT */
/*
 * Draws whose arguments lie in a buffer object. In compatibility contexts they may lie in the
 * program's memory too, and are read here then (section 10.4: what the structures consist of). They
 * are fetched from the buffer where it is the arrays that lie in the program's memory, since what
 * is to be sent of those depends on them.
 */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <stdlib.h>
#include <string.h>

struct arrays_command {
    GLuint count, instances, first, base_instance;
};

struct elements_command {
    GLuint count, instances, first_index;
    GLint base_vertex;
    GLuint base_instance;
};

/* Core contexts read them from nowhere else: without a buffer it is the host that says so. */
static bool in_buffer(struct gl_encoder *e)
{
    return !e->state || e->state->buffers.bound[BUFFER_DRAW_INDIRECT] || e->state->core_profile;
}

/* `bytes` of arguments to be read here, to be freed with free(); NULL: the host reads them. */
static uint8_t *own_copy(struct gl_encoder *e, const void *indirect, size_t bytes)
{
    bool buffer = in_buffer(e);
    if (buffer ? !e->state || !gl_state_client_arrays(e->state) : !indirect)
        return NULL;
    uint8_t *copy = calloc(1, bytes);
    struct gl_result result = {.data = copy, .capacity = bytes};
    if (copy && buffer)
        gl_encode_GetBufferSubData(e, GL_DRAW_INDIRECT_BUFFER, (GLintptr)(uintptr_t)indirect,
                                   (GLsizeiptr)bytes, &result);
    else if (copy)
        memcpy(copy, indirect, bytes);
    return copy;
}

static struct gl_payload command_offset(const void *indirect)
{
    return gl_payload_offset((uintptr_t)indirect);
}

static void draw_arrays(GLenum mode, const void *indirect)
{
    struct arrays_command command;
    memcpy(&command, indirect, sizeof command);
    trireme_glDrawArraysInstancedBaseInstance(mode, (GLint)command.first, (GLsizei)command.count,
                                              (GLsizei)command.instances, command.base_instance);
}

static void draw_elements(GLenum mode, GLenum type, const void *indirect)
{
    struct elements_command command;
    memcpy(&command, indirect, sizeof command);
    uintptr_t offset = (uintptr_t)command.first_index * index_bytes(type);
    trireme_glDrawElementsInstancedBaseVertexBaseInstance(
        mode, (GLsizei)command.count, type, (const void *)offset, (GLsizei)command.instances,
        command.base_vertex, command.base_instance);
}

void GL_API_CALL trireme_glDrawArraysIndirect(GLenum mode, const void *indirect)
{
    struct gl_encoder *e = gl_encoder_current();
    uint8_t *command = own_copy(e, indirect, sizeof(struct arrays_command));
    if (command)
        draw_arrays(mode, command);
    else
        gl_encode_DrawArraysIndirect(e, mode, command_offset(indirect));
    free(command);
}

/* Indices come from a buffer in any case. */
static bool has_index_buffer(struct gl_encoder *e)
{
    if (!e->state->vao->element_buffer)
        gl_encoder_error(e, GL_INVALID_OPERATION);
    return e->state->vao->element_buffer;
}

void GL_API_CALL trireme_glDrawElementsIndirect(GLenum mode, GLenum type, const void *indirect)
{
    struct gl_encoder *e = gl_encoder_current();
    uint8_t *command = own_copy(e, indirect, sizeof(struct elements_command));
    if (!command)
        gl_encode_DrawElementsIndirect(e, mode, type, command_offset(indirect));
    else if (has_index_buffer(e))
        draw_elements(mode, type, command);
    free(command);
}

/* What the GL looks at before it looks where the arguments are. */
static bool stride_valid(struct gl_encoder *e, GLsizei stride)
{
    if (stride % 4)
        gl_encoder_error(e, GL_INVALID_VALUE);
    return stride % 4 == 0;
}

/* The same for several draws; what is an error is left to the host. */
static uint8_t *own_copies(struct gl_encoder *e, const void *indirect, GLsizei draws,
                           GLsizei stride, size_t step, size_t one)
{
    if (draws <= 0 || (stride < 0 && draws > 1))
        return NULL;
    return own_copy(e, indirect, (size_t)(draws - 1) * step + one);
}

void GL_API_CALL trireme_glMultiDrawArraysIndirect(GLenum mode, const void *indirect, GLsizei draws,
                                                   GLsizei stride)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!in_buffer(e) && (!stride_valid(e, stride) || draws == 0))
        return;
    size_t step = stride ? (size_t)stride : sizeof(struct arrays_command);
    uint8_t *commands = own_copies(e, indirect, draws, stride, step, sizeof(struct arrays_command));
    if (!commands)
        gl_encode_MultiDrawArraysIndirect(e, mode, command_offset(indirect), draws, stride);
    for (GLsizei i = 0; commands && i < draws; i++)
        draw_arrays(mode, commands + (size_t)i * step);
    free(commands);
}

void GL_API_CALL trireme_glMultiDrawElementsIndirect(GLenum mode, GLenum type, const void *indirect,
                                                     GLsizei draws, GLsizei stride)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!in_buffer(e) && (!has_index_buffer(e) || !stride_valid(e, stride) || draws == 0))
        return;
    size_t step = stride ? (size_t)stride : sizeof(struct elements_command);
    uint8_t *commands =
        own_copies(e, indirect, draws, stride, step, sizeof(struct elements_command));
    if (!commands)
        gl_encode_MultiDrawElementsIndirect(e, mode, type, command_offset(indirect), draws, stride);
    for (GLsizei i = 0; commands && has_index_buffer(e) && i < draws; i++)
        draw_elements(mode, type, commands + (size_t)i * step);
    free(commands);
}
