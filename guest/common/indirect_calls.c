/* SPDX-License-Identifier: MIT */
/*
 * Draws whose arguments lie in a buffer object. In compatibility contexts they may lie in the
 * program's memory too, and are read here then (section 10.4: what the structures consist of).
 */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <string.h>

struct arrays_command {
    GLuint count, instances, first, base_instance;
};

struct elements_command {
    GLuint count, instances, first_index;
    GLint base_vertex;
    GLuint base_instance;
};

static bool in_buffer(const struct gl_encoder *e)
{
    return !e->state || e->state->buffers.bound[BUFFER_DRAW_INDIRECT];
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
    if (in_buffer(e) || !indirect)
        gl_encode_DrawArraysIndirect(e, mode, command_offset(indirect));
    else
        draw_arrays(mode, indirect);
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
    if (in_buffer(e) || !indirect)
        gl_encode_DrawElementsIndirect(e, mode, type, command_offset(indirect));
    else if (has_index_buffer(e))
        draw_elements(mode, type, indirect);
}

void GL_API_CALL trireme_glMultiDrawArraysIndirect(GLenum mode, const void *indirect, GLsizei draws,
                                                   GLsizei stride)
{
    struct gl_encoder *e = gl_encoder_current();
    if (in_buffer(e) || !indirect || draws < 0 || stride % 4) {
        gl_encode_MultiDrawArraysIndirect(e, mode, command_offset(indirect), draws, stride);
        return;
    }
    size_t step = stride ? (size_t)stride : sizeof(struct arrays_command);
    for (GLsizei i = 0; i < draws; i++)
        draw_arrays(mode, (const uint8_t *)indirect + (size_t)i * step);
}

void GL_API_CALL trireme_glMultiDrawElementsIndirect(GLenum mode, GLenum type, const void *indirect,
                                                     GLsizei draws, GLsizei stride)
{
    struct gl_encoder *e = gl_encoder_current();
    if (in_buffer(e) || !indirect || draws < 0 || stride % 4) {
        gl_encode_MultiDrawElementsIndirect(e, mode, type, command_offset(indirect), draws, stride);
        return;
    }
    size_t step = stride ? (size_t)stride : sizeof(struct elements_command);
    for (GLsizei i = 0; has_index_buffer(e) && i < draws; i++)
        draw_elements(mode, type, (const uint8_t *)indirect + (size_t)i * step);
}
