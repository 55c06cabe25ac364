/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Contents of buffer objects to the guest. */
#include "gl_host.h"

#include "dispatch/gl_host_state.h"

/* The guest learns from an empty answer that the GL refused. */
void gl_host_GetBufferSubData(struct gl_decoder *d, GLenum target, GLintptr offset, GLsizeiptr size,
                              struct gl_result *data)
{
    if (!data->data && size > 0) {
        /* The program's pointer is NULL; the GL may find an error before it would follow it. */
        data->capacity = (uint64_t)size;
        data->data = gl_decoder_scratch(d, data->capacity);
        if (!data->data) {
            return;
        }
    }
    const GLsizeiptr room = data->data ? (GLsizeiptr)MIN(data->capacity, (uint64_t)INTPTR_MAX) : 0;
    if (size > room) {
        gl_decoder_break(d, "room for %" G_GSIZE_FORMAT " bytes, of %" G_GSIZE_FORMAT, (gsize)room,
                         (gsize)size);
        return;
    }
    bool outside = gl_host_outside(d);
    gl_host_attempt(d);
    d->gl->GetBufferSubData(target, offset, size, data->data);
    /* Between glBegin and glEnd the GL cannot be asked. */
    data->bytes = outside && gl_host_succeeded(d) && size > 0 ? (uint64_t)size : 0;
}
