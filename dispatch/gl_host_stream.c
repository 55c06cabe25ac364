/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "dispatch/gl_call.h"
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

#define STREAM_BYTES (UINT64_C(4) << 20)
#define STREAM_ALIGNMENT 64u

/* Gives the stream new memory of at least `bytes`; the GL keeps the old as long as it reads it. */
static bool renew(struct gl_decoder *d, uint64_t bytes)
{
    struct gl_stream *stream = &d->host->stream;
    uint64_t size = STREAM_BYTES;
    while (size < bytes) {
        size *= 2;
    }
    gl_host_attempt(d);
    gl_storage_change_begin(&d->share->storage);
    d->gl->BufferData(GL_ARRAY_BUFFER, (GLsizeiptr)size, NULL, GL_STREAM_DRAW);
    gl_storage_change_end(&d->share->storage);
    stream->size = gl_host_succeeded(d) ? size : 0;
    stream->used = 0;
    return stream->size > 0;
}

static bool write_range(struct gl_decoder *d, uint64_t place, const void *data, uint64_t bytes)
{
    if (!d->gl->MapBufferRange) {
        d->gl->BufferSubData(GL_ARRAY_BUFFER, (GLintptr)place, (GLsizeiptr)bytes, data);
        return true;
    }
    void *memory = d->gl->MapBufferRange(GL_ARRAY_BUFFER, (GLintptr)place, (GLsizeiptr)bytes,
                                         GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT |
                                             GL_MAP_UNSYNCHRONIZED_BIT);
    if (!memory) {
        return false;
    }
    memcpy(memory, data, bytes);
    return d->gl->UnmapBuffer(GL_ARRAY_BUFFER);
}

uint64_t gl_stream_aligned(uint64_t bytes)
{
    return (bytes + STREAM_ALIGNMENT - 1) / STREAM_ALIGNMENT * STREAM_ALIGNMENT;
}

void gl_stream_bind(struct gl_decoder *d)
{
    if (d->host->stream.name == 0) {
        d->gl->GenBuffers(1, &d->host->stream.name);
    }
    d->gl->BindBuffer(GL_ARRAY_BUFFER, d->host->stream.name);
}

uint64_t gl_stream_reserve(struct gl_decoder *d, uint64_t bytes, uint64_t lead)
{
    struct gl_stream *stream = &d->host->stream;
    if (bytes > d->limits.max_payload_bytes || lead > CLIENT_ARRAY_MAX_BASE_BYTES) {
        return UINT64_MAX;
    }
    gl_stream_bind(d);
    uint64_t place = gl_stream_aligned(MAX(stream->used, lead));
    if (place + bytes > stream->size) {
        place = gl_stream_aligned(lead);
        if (!renew(d, place + bytes)) {
            return UINT64_MAX;
        }
    }
    stream->used = place + bytes;
    return place;
}

bool gl_stream_write(struct gl_decoder *d, uint64_t place, const void *data, uint64_t bytes)
{
    if (bytes > 0 && !write_range(d, place, data, bytes)) {
        /* A guest got hold of the name and made the buffer smaller, or unmapped it. */
        d->host->stream.size = 0;
        return false;
    }
    return true;
}

uint64_t gl_stream_put(struct gl_decoder *d, const void *data, uint64_t bytes, uint64_t lead)
{
    gl_decoder_mute(d);
    uint64_t place = gl_stream_reserve(d, bytes, lead);
    if (place != UINT64_MAX && !gl_stream_write(d, place, data, bytes)) {
        place = UINT64_MAX;
    }
    gl_decoder_unmute(d);
    return place;
}

void gl_stream_destroy(struct gl_decoder *d)
{
    if (d->host->stream.name != 0) {
        d->gl->DeleteBuffers(1, &d->host->stream.name);
    }
    d->host->stream = (struct gl_stream){0};
    gl_vertex_run_drop(d);
}

/*
 * Programs may bind names that nobody generated, and so hit upon the stream's. Then it gives way:
 * the program gets a new object of that name, the stream another name, and arrays that pointed into
 * it are pointed anew before the next draw.
 */
static void give_way(struct gl_decoder *d, GLuint name)
{
    if (name != 0 && name == d->host->stream.name && gl_host_outside(d)) {
        gl_stream_destroy(d);
        d->dirty |= GL_TOUCH_ARRAYS;
    }
}

void gl_host_BindBuffer(struct gl_decoder *d, GLenum target, GLuint buffer)
{
    give_way(d, buffer);
    d->gl->BindBuffer(target, buffer);
}

void gl_host_BindBufferBase(struct gl_decoder *d, GLenum target, GLuint index, GLuint buffer)
{
    give_way(d, buffer);
    d->gl->BindBufferBase(target, index, buffer);
}

void gl_host_BindBufferRange(struct gl_decoder *d, GLenum target, GLuint index, GLuint buffer,
                             GLintptr offset, GLsizeiptr size)
{
    give_way(d, buffer);
    if (!gl_call_adds_up(offset) || !gl_call_adds_up(size)) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return;
    }
    d->gl->BindBufferRange(target, index, buffer, offset, size);
}
